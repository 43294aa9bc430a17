using AkkaParty.Runtime.Journal;

namespace AkkaParty.Runtime.Projections;

/// <summary>One row of a read model: a document under a key.</summary>
/// <param name="Key">Its key within the projection; at most 256 characters, compared by ordinal.</param>
/// <param name="Sort">A number to list the rows by.</param>
/// <param name="Value">The document's bytes; the projection alone knows what they mean.</param>
public readonly record struct ProjectionRow(string Key, long Sort, ReadOnlyMemory<byte> Value);

/// <summary>What happens to one key.</summary>
/// <param name="Key">The key.</param>
/// <param name="Row">The row that takes its place; null removes it.</param>
public readonly record struct ProjectionChange(string Key, ProjectionRow? Row);

/// <summary>How far a projection has come.</summary>
/// <param name="Offset">The last journal record that is in the rows; 0 for none.</param>
/// <param name="Version">The shape of the rows; 0 when there is none.</param>
public readonly record struct ProjectionPosition(long Offset, int Version);

/// <summary>A step of a projection: its position and its rows move together or not at all.</summary>
/// <param name="Projection">Its name.</param>
/// <param name="Expected">Where it must stand.</param>
/// <param name="Next">Where it stands afterwards.</param>
/// <param name="Changes">What happens to the rows; each key at most once.</param>
/// <param name="Clear">Whether all its rows are removed first.</param>
public sealed record ProjectionCommit(
    string Projection, ProjectionPosition Expected, ProjectionPosition Next, IReadOnlyList<ProjectionChange> Changes, bool Clear = false);

/// <summary>Which rows to list, and in which order.</summary>
/// <param name="SortMin">The lowest <see cref="ProjectionRow.Sort"/>.</param>
/// <param name="SortMax">The highest.</param>
/// <param name="RowsMax">At most this many rows, 1 to 10,000.</param>
/// <param name="Descending">Highest first instead of lowest first.</param>
public readonly record struct ProjectionRange(long SortMin, long SortMax, int RowsMax, bool Descending = false)
{
    /// <summary>All rows, lowest first.</summary>
    public static ProjectionRange All { get; } = new(long.MinValue, long.MaxValue, 10_000);
}

/// <summary>
/// Keeps read models. All of them have one form, key to document with a sort number, so that a projection knows no
/// SQL and every store can keep any projection without a schema of its own.
/// </summary>
public interface IProjectionStore
{
    /// <summary>Reads how far a projection has come.</summary>
    /// <param name="projection">Its name.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>Its position; offset 0 and version 0 before its first step.</returns>
    /// <exception cref="JournalUnavailableException">The store is away; try again.</exception>
    ValueTask<ProjectionPosition> ReadPositionAsync(string projection, CancellationToken cancellationToken);

    /// <summary>Takes a step, if the projection still stands where it is expected to.</summary>
    /// <param name="commit">The step.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>False when somebody else moved the projection: nothing was changed.</returns>
    /// <exception cref="JournalUnavailableException">
    /// The store is away, and the step may or may not be stored: read the position again.
    /// </exception>
    ValueTask<bool> CommitAsync(ProjectionCommit commit, CancellationToken cancellationToken);

    /// <summary>Finds one row.</summary>
    /// <param name="projection">The projection's name.</param>
    /// <param name="key">The row's key.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The row, or null.</returns>
    /// <exception cref="JournalUnavailableException">The store is away; try again.</exception>
    ValueTask<ProjectionRow?> FindAsync(string projection, string key, CancellationToken cancellationToken);

    /// <summary>Lists rows by their sort number, and by the UTF-8 bytes of their key where that is the same.</summary>
    /// <param name="projection">The projection's name.</param>
    /// <param name="range">Which.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The rows.</returns>
    /// <exception cref="JournalUnavailableException">The store is away; try again.</exception>
    ValueTask<IReadOnlyList<ProjectionRow>> ListAsync(string projection, ProjectionRange range, CancellationToken cancellationToken);
}
