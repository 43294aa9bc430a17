namespace AkkaParty.Runtime.Projections;

/// <summary>The rows a projection changes in one step; nobody else sees them before the whole step is stored.</summary>
public sealed class ProjectionBatch
{
    private readonly IProjectionStore _store;
    private readonly string _projection;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<ProjectionChange> _changes = [];

    internal ProjectionBatch(IProjectionStore store, string projection)
    {
        _store = store;
        _projection = projection;
    }

    internal IReadOnlyList<ProjectionChange> Changes => _changes;

    /// <summary>Writes a row, in place of the one with its key.</summary>
    /// <param name="row">The row; its bytes must not change afterwards.</param>
    public void Put(ProjectionRow row) => Change(new ProjectionChange(row.Key, row));

    /// <summary>Removes a row, if it is there.</summary>
    /// <param name="key">Its key.</param>
    public void Remove(string key) => Change(new ProjectionChange(key, null));

    /// <summary>Finds a row as the events applied so far have left it.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The row, or null.</returns>
    /// <exception cref="Journal.JournalUnavailableException">The store is away: let it through.</exception>
    public ValueTask<ProjectionRow?> FindAsync(string key, CancellationToken cancellationToken) =>
        _places.TryGetValue(key, out var place)
            ? new ValueTask<ProjectionRow?>(_changes[place].Row)
            : _store.FindAsync(_projection, key, cancellationToken);

    private void Change(ProjectionChange change)
    {
        if (_places.TryGetValue(change.Key, out var place))
        {
            _changes[place] = change;
        }
        else
        {
            _places.Add(change.Key, _changes.Count);
            _changes.Add(change);
        }
    }
}
