using AkkaParty.Protocol.Rooms;
using AkkaParty.Runtime.Projections;

namespace AkkaParty.Actors.Rooms;

/// <summary>Reads what <see cref="PendingEnrichmentsProjection"/> wrote.</summary>
/// <param name="store">Where the rows are kept.</param>
public sealed class PendingEnrichmentsReader(IProjectionStore store)
{
    /// <summary>Lists items whose data is to be looked up.</summary>
    /// <param name="count">At most this many, 1 to 10,000.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The items, the one that waits the longest first.</returns>
    /// <exception cref="Runtime.Journal.JournalUnavailableException">The store is away; try again.</exception>
    public async ValueTask<IReadOnlyList<PendingEnrichment>> ListAsync(int count, CancellationToken cancellationToken)
    {
        var range = ProjectionRange.All with { RowsMax = count };
        var rows = await store.ListAsync(PendingEnrichmentsProjection.RowsName, range, cancellationToken);
        return [.. rows.Select(PendingEnrichmentsProjection.FromRow)];
    }

    /// <summary>Finds an item.</summary>
    /// <param name="itemId">The item.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>What is to be looked up, or null when nothing is.</returns>
    /// <exception cref="Runtime.Journal.JournalUnavailableException">The store is away; try again.</exception>
    public async ValueTask<PendingEnrichment?> FindAsync(string itemId, CancellationToken cancellationToken) =>
        await store.FindAsync(PendingEnrichmentsProjection.RowsName, itemId, cancellationToken) is { } row
            ? PendingEnrichmentsProjection.FromRow(row)
            : null;
}
