using AkkaParty.Protocol.Rooms;
using AkkaParty.Runtime;

namespace AkkaParty.Actors.Rooms;

/// <summary>
/// What must hold of every room. After an event only what it touched is checked, so that a check costs no more than the change; by
/// induction all of it holds, and <see cref="CheckAll"/> says so of a whole state.
/// </summary>
internal static class RoomInvariants
{
    /// <summary>Checks what an event touched.</summary>
    /// <param name="state">The state after it.</param>
    /// <param name="event">The event.</param>
    /// <exception cref="InvariantViolatedException">Something does not hold.</exception>
    internal static void CheckAfter(RoomState state, RoomEvent @event)
    {
        switch (@event)
        {
            case VoteCast e:
                CheckVote(state, e.ItemId, e.UserId, e.IsUp);
                break;
            case VoteRemoved e:
                CheckVote(state, e.ItemId, e.UserId, null);
                break;
            case ItemAdded e:
                CheckItem(state, e.Item.Id);
                break;
            case ItemUpdated e:
                CheckItem(state, e.Item.Id);
                break;
            case ItemRemoved e:
                var removed = state.FindItem(e.Item.Id);
                Hold(state, removed is null or { Facts.Status: ItemStatus.Removed }, "a removed item is not in the queue");
                break;
            case ItemWatched e:
                CheckItem(state, e.Item.Id);
                break;
            case ItemEnriched e:
                CheckItem(state, e.Item.Id);
                break;
            case RoomCreated or MemberJoined or SeatClaimed or SeatFreed or MemberListed or MemberUpdated or MemberRemoved
                or AdminGranted or RoomTokenIssued:
                CheckPeople(state);
                break;
        }
    }

    /// <summary>Checks what costs nothing to check.</summary>
    /// <param name="state">The state.</param>
    /// <exception cref="InvariantViolatedException">Something does not hold.</exception>
    internal static void CheckSizes(RoomState state)
    {
        Hold(state, !state.Deleted || state.Members.IsEmpty, "nothing is left of a deleted room");
        Hold(state, state.Members.Length <= RoomLimits.MembersMax, "holds at most as many members as it may");
        Hold(state, state.Active.Count <= RoomLimits.ItemsMax, "the queue holds at most as many items as it may");
        Hold(state, state.History.Count <= RoomLimits.HistoryMax, "the history holds at most as many entries as it may");
        Hold(state, state.History.Count >= state.Watched.Count, "each watched item has a history entry");
        Hold(state, state.Removed.Count <= RoomLimits.RemovedItemsMax, "remembers at most as many removed items as it may");
        Hold(state, state.Selections.Count <= RoomLimits.SelectionsMax, "remembers at most as many selections as it may");
        Hold(state, state.Round is not { } round || round.EndsAt > round.StartedAt, "a round ends after it began");
    }

    /// <summary>Checks everything.</summary>
    /// <param name="state">The state.</param>
    /// <exception cref="InvariantViolatedException">Something does not hold.</exception>
    internal static void CheckAll(RoomState state)
    {
        CheckSizes(state);
        CheckPeople(state);
        var queued = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (number, item) in state.Active.Concat(state.Watched).Concat(state.Removed))
        {
            Hold(state, number <= state.LastNumber && item.Facts.Id == state.IdOf(number), "items are kept under their numbers");
            Hold(state, item.Facts.Upvotes == item.Votes.Count(vote => vote.Value.IsUp), "up votes are those that were cast");
            Hold(state, item.Facts.Downvotes == item.Votes.Count(vote => !vote.Value.IsUp), "down votes are those that were cast");
            if (item.Facts.Status == ItemStatus.Queued)
            {
                queued[item.Facts.AddedBy] = queued.GetValueOrDefault(item.Facts.AddedBy) + 1;
            }

            if (item.Facts.Status is ItemStatus.Queued or ItemStatus.Watching)
            {
                CheckItem(state, item.Facts.Id);
            }
        }

        foreach (var (userId, figures) in state.Figures)
        {
            Hold(state, figures.Queued == queued.GetValueOrDefault(userId), "each user's queued items are counted");
        }

        foreach (var (number, item) in state.Watched)
        {
            Hold(
                state,
                state.History.TryGetValue(item.Entry, out var entry) && entry.ItemNumber == number,
                "each watched item has its history entry");
        }
    }

    private static void CheckPeople(RoomState state)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in state.Members)
        {
            Hold(state, ids.Add(member.Seat.UserId), "members have different ids");
            Hold(state, names.Add(member.NameKey), "members have different names");
            Hold(state, member.Holder is not { Tokens.Length: > RoomLimits.TokensPerMemberMax }, "nobody has too many tokens");
        }

        var admins = new HashSet<string>(StringComparer.Ordinal);
        foreach (var admin in state.Admins)
        {
            Hold(state, ids.Contains(admin) && admins.Add(admin), "each admin is a member, and once");
        }

        Hold(
            state,
            !state.Admins.IsEmpty || state.Members.IsEmpty || state.SeatlessAdmin is not null,
            "somebody is an admin as long as somebody is in the room");
    }

    private static void CheckVote(RoomState state, string itemId, string userId, bool? isUp)
    {
        var item = state.FindItem(itemId);
        Hold(state, item is { Facts.Status: ItemStatus.Queued }, "only queued items are voted on");
        Hold(state, item!.Facts.Upvotes >= 0 && item.Facts.Downvotes >= 0, "no count is negative");
        Hold(state, item.Facts.Upvotes + item.Facts.Downvotes == item.Votes.Count, "everybody has one vote on an item");
        Hold(state, item.Votes.Count <= RoomLimits.VotersMax, "an item has at most as many voters as it may");
        Hold(state, (item.Votes.TryGetValue(userId, out var vote) ? vote.IsUp : null) == isUp, "a vote is what was cast");
    }

    private static void CheckItem(RoomState state, string itemId)
    {
        var item = state.FindItem(itemId);
        Hold(state, item is not null, "an item that changed is there");
        if (item!.Facts.Status is not (ItemStatus.Queued or ItemStatus.Watching))
        {
            return;
        }

        var tmdbId = item.Facts.TmdbId;
        foreach (var (_, other) in state.Active)
        {
            Hold(
                state,
                ReferenceEquals(other, item)
                || (!string.Equals(other.TitleKey, item.TitleKey, StringComparison.OrdinalIgnoreCase)
                    && (tmdbId is null || other.Facts.TmdbId != tmdbId)),
                "the queue holds each film once");
        }
    }

    private static void Hold(RoomState state, bool condition, string rule)
    {
        if (!condition)
        {
            throw new InvariantViolatedException($"room {state.Id} at {state.Seq}: it does not hold that {rule}");
        }
    }
}
