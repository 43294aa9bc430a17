using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Projections;

namespace AkkaParty.Actors.WatchParties;

/// <summary>Reads what <see cref="PendingOpeningsProjection"/> wrote.</summary>
/// <param name="store">Where the rows are kept.</param>
public sealed class PendingOpeningsReader(IProjectionStore store)
{
    /// <summary>Lists watch parties that are to be made.</summary>
    /// <param name="count">At most this many, 1 to 10,000.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The one that waits the longest first.</returns>
    /// <exception cref="Runtime.Journal.JournalUnavailableException">The store is away; try again.</exception>
    public async ValueTask<IReadOnlyList<PendingOpening>> ListAsync(int count, CancellationToken cancellationToken)
    {
        var range = ProjectionRange.All with { RowsMax = count };
        var rows = await store.ListAsync(PendingOpeningsProjection.RowsName, range, cancellationToken);
        return [.. rows.Select(PendingOpeningsProjection.FromRow)];
    }
}
