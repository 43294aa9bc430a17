using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Projections;

namespace AkkaParty.Actors.WatchParties;

/// <summary>Reads what <see cref="WatchPartiesProjection"/> and <see cref="WatchParticipantsProjection"/> wrote.</summary>
/// <param name="store">Where the rows are kept.</param>
/// <param name="catchUp">Waits until the rows are up to date, at most a second.</param>
public sealed class WatchPartiesReader(IProjectionStore store, Func<CancellationToken, ValueTask> catchUp) : IWatchParties
{
    private const int OfMemberMax = 1_000;
    private const int RowsMax = 10_000;

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<WatchPartyOfMember>> ListOfMemberAsync(string memberId, CancellationToken cancellationToken)
    {
        // Ids grow with time, so the newest parties are those with the greatest.
        var newest = (await SeatsAsync(memberId, cancellationToken))
            .OrderByDescending(row => row.PartyId, StringComparer.Ordinal)
            .Take(OfMemberMax);
        List<WatchPartyOfMember> found = [];
        foreach (var row in newest)
        {
            // The one read model may be ahead of the other: what is not there yet, or not any more, is not listed.
            if (await FindAsync(row.PartyId, cancellationToken) is { } party)
            {
                found.Add(new WatchPartyOfMember(party, row.MemberId, row.Role, row.JoinedAt, row.LeftAt, row.WatchedMs));
            }
        }

        return [.. found.OrderByDescending(one => one.Party.CreatedAt).ThenByDescending(one => one.Party.Id, StringComparer.Ordinal)];
    }

    /// <summary>Lists all parties in which somebody has, or had, a seat, or into which they were let.</summary>
    /// <param name="memberId">The account.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>Their ids, the oldest first.</returns>
    /// <exception cref="Runtime.Journal.JournalUnavailableException">The store is away; try again.</exception>
    public async ValueTask<IReadOnlyList<string>> ListIdsOfMemberAsync(string memberId, CancellationToken cancellationToken) =>
        [.. (await SeatsAsync(memberId, cancellationToken)).Select(row => row.PartyId).Order(StringComparer.Ordinal)];

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<WatchPartyRow>> ListPublicAsync(int limit, int offset, CancellationToken cancellationToken)
    {
        var range = new ProjectionRange(1, long.MaxValue, Math.Min(limit + offset, RowsMax), Descending: true);
        var rows = await store.ListAsync(WatchPartiesProjection.RowsName, range, cancellationToken);
        return [.. rows.Skip(offset).Take(limit).Select(WatchPartiesProjection.FromRow)];
    }

    /// <inheritdoc />
    public async ValueTask<WatchPartyRow?> FindAsync(string id, CancellationToken cancellationToken) =>
        await store.FindAsync(WatchPartiesProjection.RowsName, id, cancellationToken) is { } row
            ? WatchPartiesProjection.FromRow(row)
            : null;

    /// <inheritdoc />
    public ValueTask CatchUpAsync(CancellationToken cancellationToken) => catchUp(cancellationToken);

    private async ValueTask<IEnumerable<WatchParticipantRow>> SeatsAsync(string memberId, CancellationToken cancellationToken)
    {
        var sort = WatchParticipantsProjection.SortOf(memberId);
        var range = ProjectionRange.All with { SortMin = sort, SortMax = sort };
        var seats = await store.ListAsync(WatchParticipantsProjection.RowsName, range, cancellationToken);
        return seats.Select(WatchParticipantsProjection.FromRow).Where(row => row.MemberId == memberId);
    }
}
