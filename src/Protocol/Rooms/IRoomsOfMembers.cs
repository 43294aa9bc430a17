namespace AkkaParty.Protocol.Rooms;

/// <summary>Which rooms somebody is in, over all rooms.</summary>
public interface IRoomsOfMembers
{
    /// <summary>The most rooms that are listed.</summary>
    const int CountMax = 1_000;

    /// <summary>Lists rooms.</summary>
    /// <param name="userId">The user id, the same in each of the rooms.</param>
    /// <param name="person">
    /// Only rooms in which that seat belongs to this person (<see cref="RoomMember.Person"/>); null for all rooms.
    /// </param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The ids of at most <see cref="CountMax"/> rooms, the one entered first first.</returns>
    ValueTask<IReadOnlyList<string>> ListAsync(string userId, string? person, CancellationToken cancellationToken);
}
