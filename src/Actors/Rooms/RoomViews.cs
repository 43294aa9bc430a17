using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Actors.Rooms;

/// <summary>What may be seen of a room: never a token.</summary>
internal static class RoomViews
{
    /// <summary>The room as whoever knows its code may see it.</summary>
    /// <param name="state">The state.</param>
    /// <returns>The view.</returns>
    internal static RoomView Of(RoomState state) => new(
        state.Id,
        state.Name,
        state.Code,
        [.. state.Members.Select(member => Of(state, member))],
        state.Admins,
        state.Settings,
        state.CreatedAt,
        state.Seq,
        state.Openings.IsEmpty ? null : state.Openings[^1].View);

    /// <summary>The open round and the last result.</summary>
    /// <param name="state">The state.</param>
    /// <returns>Both.</returns>
    internal static VotingRounds Rounds(RoomState state) => new(
        state.Round is { } round
            ? new OpenRoundView(round.Id, round.StartedAt, round.EndsAt, round.DurationSeconds, round.StartedBy, round.Done)
            : null,
        state.LastRound);

    /// <summary>A vote.</summary>
    /// <param name="itemId">The item.</param>
    /// <param name="userId">The voter.</param>
    /// <param name="isUp">Up or down.</param>
    /// <param name="at">When it was cast or changed.</param>
    /// <returns>The view.</returns>
    internal static VoteView Vote(string itemId, string userId, bool isUp, DateTimeOffset at) => new(itemId, userId, Word(isUp), at);

    /// <summary>A vote's word.</summary>
    /// <param name="isUp">Up or down.</param>
    /// <returns><c>up</c> or <c>down</c>.</returns>
    internal static string Word(bool isUp) => isUp ? "up" : "down";

    /// <summary>A selection with what the room still knows of its candidates.</summary>
    /// <param name="state">The state.</param>
    /// <param name="made">The selection.</param>
    /// <returns>The view.</returns>
    internal static SelectionView Of(RoomState state, SelectionMade made) => new(
        made.Id,
        made.At,
        made.Mode,
        made.SelectedBy,
        made.ItemId,
        made.Title,
        [.. made.Candidates.Select(candidate => Of(state, candidate))],
        made.TotalWeight,
        made.Draw,
        made.Ticket,
        made.Turn,
        made.Explanation);

    private static CandidateView Of(RoomState state, DrawnCandidate candidate)
    {
        var facts = state.FindItem(candidate.ItemId)?.Facts;
        return new CandidateView(candidate.ItemId, facts?.Title, facts?.AddedBy, candidate.VoteScore, candidate.Weight);
    }

    private static RoomMemberView Of(RoomState state, RoomPerson member) => new(
        member.Seat.UserId,
        member.Seat.Name,
        member.Seat.Avatar,
        member.Seat.Region,
        member.Holder is not null,
        state.Present.Contains(member.Seat.UserId));
}
