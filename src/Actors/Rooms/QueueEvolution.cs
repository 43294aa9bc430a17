using System.Diagnostics;
using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Actors.Rooms;

/// <summary>What the events of the queue, the votes and the history do to a room.</summary>
internal static class QueueEvolution
{
    internal static RoomState Added(RoomState state, ItemAdded e)
    {
        var added = WithFacts(state with { LastNumber = RoomIds.NumberOf(e.Item.Id) }, e.Item);
        return WithFigures(added, e.Item.AddedBy, figures => figures with { ItemsAdded = figures.ItemsAdded + 1 });
    }

    /// <summary>Puts an item where its status says, with the votes and reactions it has.</summary>
    internal static RoomState WithFacts(RoomState state, ItemFacts facts)
    {
        var number = RoomIds.NumberOf(facts.Id);
        var before = state.FindItem(facts.Id);
        var item = before is null ? new RoomItem(facts, RoomItem.NoVotes, RoomItem.NoReactions, 0) : before with { Facts = facts };
        var isActive = facts.Status is ItemStatus.Queued or ItemStatus.Watching;
        var after = state with
        {
            Active = isActive ? state.Active.SetItem(number, item) : state.Active.Remove(number),
            Watched = facts.Status == ItemStatus.Watched ? state.Watched.SetItem(number, item) : state.Watched.Remove(number),
            Removed = facts.Status == ItemStatus.Removed ? state.Removed.SetItem(number, item) : state.Removed.Remove(number),
        };
        if (after.Removed.Count > RoomLimits.RemovedItemsMax)
        {
            after = after with { Removed = after.Removed.Remove(after.Removed.First().Key) };
        }

        var wasQueued = before?.Facts.Status == ItemStatus.Queued;
        var isQueued = facts.Status == ItemStatus.Queued;
        return wasQueued == isQueued ? after : Queued(after, facts.AddedBy, isQueued ? 1 : -1);
    }

    internal static RoomState Watched(RoomState state, ItemWatched e)
    {
        var userId = e.Item.AddedBy;
        var isFirst = state.Figures.GetValueOrDefault(userId) is not { ServedSeq: > 0 };
        var after = WithFigures(WithFacts(state, e.Item), userId, figures => figures with
        {
            ItemsPicked = figures.ItemsPicked + 1,
            Turns = figures.Turns + 1,
            ServedSeq = state.Seq + 1,
            PassedAt = 0,
        });
        if (!isFirst)
        {
            return after;
        }

        var served = after.Figures[userId];
        return after with { Figures = RoundRobin.Passed(after.Figures, state.LastNumber).SetItem(userId, served) };
    }

    internal static RoomState InHistory(RoomState state, EntryAdded e)
    {
        var number = RoomIds.NumberOf(e.Entry.Id);
        var itemNumber = RoomIds.NumberOf(e.Entry.ItemId);
        var after = state with
        {
            LastNumber = number,
            WatchedCount = state.WatchedCount + 1,
            History = state.History.Add(number, new RoomEntry(e.Entry, itemNumber)),
            Watched = state.Watched.SetItem(itemNumber, state.Watched[itemNumber] with { Entry = number }),
        };
        if (after.History.Count <= RoomLimits.HistoryMax)
        {
            return after;
        }

        var (oldest, entry) = after.History.First();
        return after with { History = after.History.Remove(oldest), Watched = after.Watched.Remove(entry.ItemNumber) };
    }

    internal static RoomState Rated(RoomState state, EntryRated e)
    {
        var number = RoomIds.NumberOf(e.Entry.Id);
        var entry = state.History[number];
        var before = entry.View.Ratings.FirstOrDefault(rating => rating.UserId == e.UserId);
        var rated = state with { History = state.History.SetItem(number, entry with { View = e.Entry }) };
        return WithFigures(rated, e.UserId, figures => figures with
        {
            RatingCount = figures.RatingCount + (before is null ? 1 : 0),
            RatingHalfStars = figures.RatingHalfStars + e.HalfStars - (before?.HalfStars ?? 0),
        });
    }

    internal static RoomState Voted(RoomState state, VoteCast e)
    {
        var (number, item) = Open(state, e.ItemId);
        var seq = state.Seq + 1;
        var first = item.Votes.TryGetValue(e.UserId, out var before) ? before.FirstSeq : seq;
        return With(state, number, item with
        {
            Facts = item.Facts with { Upvotes = e.Upvotes, Downvotes = e.Downvotes },
            Votes = item.Votes.SetItem(e.UserId, new RoomVote(e.IsUp, e.At, first, seq)),
        });
    }

    internal static RoomState Unvoted(RoomState state, VoteRemoved e)
    {
        var (number, item) = Open(state, e.ItemId);
        return With(state, number, item with
        {
            Facts = item.Facts with { Upvotes = e.Upvotes, Downvotes = e.Downvotes },
            Votes = item.Votes.Remove(e.UserId),
        });
    }

    internal static RoomState Reacted(RoomState state, ItemReacted e)
    {
        var (number, item) = Open(state, e.ItemId);
        var bit = RoomReactions.BitOf(e.Reaction);
        var bits = item.Reactions.GetValueOrDefault(e.UserId);
        bits = e.Active ? bits | bit : bits & ~bit;
        var reacted = item with
        {
            Reactions = bits == 0 ? item.Reactions.Remove(e.UserId) : item.Reactions.SetItem(e.UserId, bits),
        };
        return With(state, number, reacted);
    }

    internal static RoomState Selected(RoomState state, SelectionMade e)
    {
        var selections = state.Selections.Add(e);
        return state with
        {
            LastNumber = RoomIds.NumberOf(e.Id),
            Selections = selections.Count > RoomLimits.SelectionsMax ? selections.RemoveAt(0) : selections,
        };
    }

    private static (uint Number, RoomItem Item) Open(RoomState state, string itemId)
    {
        var number = RoomIds.NumberOf(itemId);
        var item = state.Active.GetValueOrDefault(number) ?? state.Watched.GetValueOrDefault(number);
        return item is null ? throw new UnreachableException($"An event names {itemId}, which the room does not have.") : (number, item);
    }

    private static RoomState With(RoomState state, uint number, RoomItem item) => item.Facts.Status == ItemStatus.Watched
        ? state with { Watched = state.Watched.SetItem(number, item) }
        : state with { Active = state.Active.SetItem(number, item) };

    private static RoomState WithFigures(RoomState state, string userId, Func<RoomFigures, RoomFigures> change) =>
        state with { Figures = state.Figures.SetItem(userId, change(state.Figures.GetValueOrDefault(userId) ?? RoomFigures.None)) };

    private static RoomState Queued(RoomState state, string userId, int by)
    {
        var figures = state.Figures.GetValueOrDefault(userId) ?? RoomFigures.None;
        var after = figures with { Queued = figures.Queued + by };
        if (figures.Queued == 0 && by > 0)
        {
            after = after with { Turns = RoundRobin.TurnsOnArrival(state.Figures, figures.Turns), PassedAt = 0 };
        }

        return state with { Figures = state.Figures.SetItem(userId, after) };
    }
}
