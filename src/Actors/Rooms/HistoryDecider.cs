using AkkaParty.Protocol;
using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Actors.Rooms;

/// <summary>What was watched, and how it was found.</summary>
internal static class HistoryDecider
{
    internal static RoomOutcome Watch(RoomTurn turn, MarkWatched c)
    {
        if (RoomInput.ValidateNotes(c.Notes) is { } error)
        {
            return RoomOutcome.Refuse(error)!;
        }

        if (turn.State.FindItem(c.ItemId) is not { Facts.Status: not ItemStatus.Removed } item)
        {
            return RoomOutcome.Refuse(RoomErrorCodes.ItemNotFound);
        }

        if (item.Facts.Status != ItemStatus.Watched)
        {
            Watch(turn, item, c.At, c.Actor.UserId, c.Notes);
        }

        return RoomOutcome.Say(state => new EntryChanged(state.History[state.FindItem(c.ItemId)!.Entry].View));
    }

    internal static RoomOutcome Rate(RoomTurn turn, RateEntry c, RoomCaller caller)
    {
        var refusal = RoomAccess.ActAs(caller, c.UserId, "user_id") ?? RoomOutcome.Refuse(RoomInput.ValidateRating(c.HalfStars));
        if (refusal is not null)
        {
            return refusal;
        }

        if (turn.State.FindEntry(c.EntryId)?.View is not { } entry)
        {
            return RoomOutcome.Refuse(RoomErrorCodes.HistoryNotFound);
        }

        var place = entry.Ratings.TakeWhile(rating => rating.UserId != c.UserId).Count();
        var isNew = place == entry.Ratings.Count;
        if (isNew && entry.Ratings.Count >= RoomLimits.VotersMax)
        {
            return RoomOutcome.Refuse(RoomErrorCodes.VotersTooMany);
        }

        if (isNew || entry.Ratings[place].HalfStars != c.HalfStars)
        {
            var rating = new RatingView(c.UserId, c.HalfStars);
            var rated = entry with { Ratings = [.. entry.Ratings.Take(place), rating, .. entry.Ratings.Skip(place + 1)] };
            turn.Raise(new EntryRated(c.At, c.UserId, c.HalfStars, rated));
        }

        return RoomOutcome.Say(state => new EntryChanged(state.FindEntry(c.EntryId)!.View));
    }

    /// <summary>Marks an item as watched.</summary>
    /// <param name="turn">The turn to add events to.</param>
    /// <param name="item">The item; it was not watched before.</param>
    /// <param name="at">The time now.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="notes">Notes, if there are any.</param>
    internal static void Watch(RoomTurn turn, RoomItem item, DateTimeOffset at, string? by, string? notes)
    {
        var facts = item.Facts with { Status = ItemStatus.Watched };
        var forgotten = turn.State.History.Count >= RoomLimits.HistoryMax ? turn.State.History.First().Value.View.ItemId : null;
        turn.Raise(new ItemWatched(at, facts, by));
        var kept = notes is null || TextRules.IsBlank(notes) ? null : TextRules.Clean(notes);
        turn.Raise(new EntryAdded(
            at, new HistoryView(turn.NextId, turn.State.Id, facts.Id, facts.Title, facts.AddedBy, at, Ratings: [], kept), forgotten));
    }
}
