using System.Text;

namespace AkkaParty.Runtime.Projections;

/// <summary>Read models in memory, gone with the process.</summary>
public sealed class InMemoryProjectionStore : IProjectionStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Model> _models = new(StringComparer.Ordinal);

    /// <inheritdoc />
    public ValueTask<ProjectionPosition> ReadPositionAsync(string projection, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return cancellationToken.IsCancellationRequested
                ? ValueTask.FromCanceled<ProjectionPosition>(cancellationToken)
                : new ValueTask<ProjectionPosition>(Find(projection).Position);
        }
    }

    /// <inheritdoc />
    public ValueTask<bool> CommitAsync(ProjectionCommit commit, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return cancellationToken.IsCancellationRequested
                ? ValueTask.FromCanceled<bool>(cancellationToken)
                : new ValueTask<bool>(Find(commit.Projection).Commit(commit));
        }
    }

    /// <inheritdoc />
    public ValueTask<ProjectionRow?> FindAsync(string projection, string key, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return cancellationToken.IsCancellationRequested
                ? ValueTask.FromCanceled<ProjectionRow?>(cancellationToken)
                : new ValueTask<ProjectionRow?>(Find(projection).Rows.TryGetValue(key, out var row) ? row : null);
        }
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<ProjectionRow>> ListAsync(
        string projection, ProjectionRange range, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return cancellationToken.IsCancellationRequested
                ? ValueTask.FromCanceled<IReadOnlyList<ProjectionRow>>(cancellationToken)
                : new ValueTask<IReadOnlyList<ProjectionRow>>(Find(projection).List(range));
        }
    }

    private Model Find(string projection)
    {
        if (!_models.TryGetValue(projection, out var model))
        {
            _models[projection] = model = new Model();
        }

        return model;
    }

    private sealed class Model
    {
        private readonly SortedSet<ProjectionRow> _order = new(RowOrder.Instance);

        public ProjectionPosition Position { get; private set; }

        public Dictionary<string, ProjectionRow> Rows { get; } = new(StringComparer.Ordinal);

        public bool Commit(ProjectionCommit commit)
        {
            if (Position != commit.Expected)
            {
                return false;
            }

            Position = commit.Next;
            if (commit.Clear)
            {
                Rows.Clear();
                _order.Clear();
            }

            foreach (var change in commit.Changes)
            {
                if (Rows.Remove(change.Key, out var before))
                {
                    _order.Remove(before);
                }

                if (change.Row is { } row)
                {
                    var kept = row with { Value = row.Value.ToArray() };
                    Rows.Add(row.Key, kept);
                    _order.Add(kept);
                }
            }

            return true;
        }

        public List<ProjectionRow> List(ProjectionRange range)
        {
            var rows = range.Descending ? _order.Reverse() : _order;
            return [.. rows.Where(row => row.Sort >= range.SortMin && row.Sort <= range.SortMax).Take(range.RowsMax)];
        }
    }

    private sealed class RowOrder : IComparer<ProjectionRow>
    {
        public static RowOrder Instance { get; } = new();

        public int Compare(ProjectionRow x, ProjectionRow y)
        {
            var bySort = x.Sort.CompareTo(y.Sort);
            return bySort != 0 ? bySort : Bytes(x.Key).SequenceCompareTo(Bytes(y.Key));
        }

        private static ReadOnlySpan<byte> Bytes(string key) => Encoding.UTF8.GetBytes(key);
    }
}
