using AkkaParty.Protocol.Rooms;
using AkkaParty.Runtime.Projections;

namespace AkkaParty.Actors.Rooms;

/// <summary>Reads what <see cref="RoomsOfMembersProjection"/> wrote.</summary>
/// <param name="store">Where the rows are kept.</param>
public sealed class RoomsOfMembersReader(IProjectionStore store) : IRoomsOfMembers
{
    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<string>> ListAsync(string userId, string? person, CancellationToken cancellationToken)
    {
        var sort = RoomsOfMembersProjection.SortOf(userId, person);
        var range = ProjectionRange.All with { SortMin = sort, SortMax = sort };
        var rows = await store.ListAsync(RoomsOfMembersProjection.RowsName, range, cancellationToken);
        return
        [
            .. rows.Select(RoomsOfMembersProjection.FromRow)
                .Where(row => row.UserId == userId && row.Person == person)
                .OrderBy(row => row.At)
                .ThenBy(row => row.RoomId, StringComparer.Ordinal)
                .Take(IRoomsOfMembers.CountMax)
                .Select(row => row.RoomId),
        ];
    }
}
