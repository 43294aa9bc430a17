using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Actors.Rooms;

/// <summary>Votes and reactions.</summary>
internal static class VoteDecider
{
    internal static RoomOutcome Cast(RoomTurn turn, CastVote c, RoomCaller caller)
    {
        if (RoomAccess.ActAs(caller, c.UserId, "user_id") is { } refusal)
        {
            return refusal;
        }

        if (Open(turn.State, c.ItemId, RoomErrorCodes.VoteItemNotFound, out var item) is { } notOpen)
        {
            return notOpen;
        }

        var facts = item.Facts;
        var isChange = item.Votes.TryGetValue(c.UserId, out var before);
        if (isChange && before.IsUp == c.IsUp)
        {
            return Changed(c.ItemId, c.UserId);
        }

        if (isChange && IsLocked(turn.State, before))
        {
            return RoomOutcome.Refuse(RoomErrorCodes.RevoteNotAllowed);
        }

        if (!isChange && item.Votes.Count >= RoomLimits.VotersMax)
        {
            return RoomOutcome.Refuse(RoomErrorCodes.VotersTooMany);
        }

        var up = facts.Upvotes + (c.IsUp ? 1 : isChange ? -1 : 0);
        var down = facts.Downvotes + (c.IsUp ? isChange ? -1 : 0 : 1);
        turn.Raise(new VoteCast(c.At, c.ItemId, facts.Title, c.UserId, NameOf(turn.State, caller, c.UserId), c.IsUp, isChange, up, down));
        return Changed(c.ItemId, c.UserId);
    }

    internal static RoomOutcome Remove(RoomTurn turn, RemoveVote c, RoomCaller caller)
    {
        if (RoomAccess.ActAs(caller, c.UserId, "user_id") is { } refusal)
        {
            return refusal;
        }

        if (Open(turn.State, c.ItemId, RoomErrorCodes.VoteNotFound, out var item) is { } notOpen)
        {
            return notOpen;
        }

        if (!item.Votes.TryGetValue(c.UserId, out var before))
        {
            return RoomOutcome.Refuse(RoomErrorCodes.VoteNotFound);
        }

        if (IsLocked(turn.State, before))
        {
            return RoomOutcome.Refuse(RoomErrorCodes.RevoteNotAllowed);
        }

        var facts = item.Facts;
        turn.Raise(new VoteRemoved(
            c.At,
            c.ItemId,
            facts.Title,
            c.UserId,
            NameOf(turn.State, caller, c.UserId),
            before.IsUp,
            before.VotedAt,
            facts.Upvotes - (before.IsUp ? 1 : 0),
            facts.Downvotes - (before.IsUp ? 0 : 1)));
        return RoomOutcome.Done;
    }

    internal static RoomOutcome React(RoomTurn turn, ReactToItem c, RoomCaller caller)
    {
        var refusal = RoomAccess.ActAs(caller, c.UserId, "user_id") ?? RoomOutcome.Refuse(RoomInput.ValidateReaction(c.Reaction));
        if (refusal is not null)
        {
            return refusal;
        }

        if (turn.State.FindItem(c.ItemId) is not { Facts.Status: not ItemStatus.Removed } item)
        {
            return RoomOutcome.Refuse(RoomErrorCodes.ItemNotFound);
        }

        var isThere = (item.Reactions.GetValueOrDefault(c.UserId) & RoomReactions.BitOf(c.Reaction)) != 0;
        var active = c.Active ?? !isThere;
        if (active != isThere)
        {
            if (item.Reactions.Count >= RoomLimits.VotersMax && !item.Reactions.ContainsKey(c.UserId))
            {
                return RoomOutcome.Refuse(RoomErrorCodes.VotersTooMany);
            }

            turn.Raise(new ItemReacted(c.At, c.ItemId, c.UserId, c.Reaction, active));
        }

        return RoomOutcome.Say(_ => new ReactionChanged(new ReactionView(c.ItemId, c.UserId, c.Reaction, active)));
    }

    private static RoomOutcome? Open(RoomState state, string itemId, string notFound, out RoomItem item)
    {
        item = state.FindItem(itemId)!;
        return item switch
        {
            null or { Facts.Status: ItemStatus.Removed } => RoomOutcome.Refuse(notFound),
            { Facts.Status: ItemStatus.Queued } => null,
            _ => RoomOutcome.Refuse(RoomErrorCodes.ItemNotQueued),
        };
    }

    /// <summary>Whether a vote was cast in the open round of a room that allows no second one.</summary>
    private static bool IsLocked(RoomState state, RoomVote vote) =>
        state.Round is { } round && !state.Settings.AllowRevotes && vote.Seq > round.Seq;

    private static string? NameOf(RoomState state, RoomCaller caller, string userId) =>
        caller.UserId == userId ? caller.Name : state.Find(userId)?.Seat.Name;

    private static RoomOutcome Changed(string itemId, string userId) => RoomOutcome.Say(state =>
    {
        var item = state.FindItem(itemId)!;
        var vote = item.Votes[userId];
        return new VoteChanged(
            RoomViews.Vote(itemId, userId, vote.IsUp, vote.VotedAt),
            new VoteCounts(item.Facts.Upvotes, item.Facts.Downvotes, item.Facts.Score));
    });
}
