using AkkaParty.Protocol;
using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Actors.Rooms;

/// <summary>What is in the queue.</summary>
internal static class QueueDecider
{
    internal static RoomOutcome Add(RoomTurn turn, AddItem c, RoomCaller caller)
    {
        var refusal = RoomAccess.ActAs(caller, c.AddedBy, "added_by")
            ?? RoomOutcome.Refuse(RoomInput.ValidateTitle(c.Title) ?? ItemInput.Validate(c.Details));
        if (refusal is not null)
        {
            return refusal;
        }

        var details = ItemInput.Clean(c.Details);
        if (FindActive(turn.State, TextRules.KeyOf(c.Title), details.TmdbId) is { } there)
        {
            return RoomOutcome.Say(_ => new ItemChanged(there.Facts.ToView()));
        }

        if (turn.State.Active.Count >= RoomLimits.ItemsMax)
        {
            return RoomOutcome.Refuse(RoomErrorCodes.QueueFull);
        }

        // Of equal scores the film added first comes first: along the numbers times do not go back, whatever the clocks of the nodes say.
        var addedAt = turn.State.Active.Values.Select(item => item.Facts.AddedAt).Append(c.At).Max();
        var isPending = !details.IsComplete;
        var facts = new ItemFacts(
            turn.NextId,
            TextRules.Clean(c.Title),
            c.AddedBy,
            addedAt,
            ItemStatus.Queued,
            details,
            ItemDetails.None,
            Upvotes: 0,
            Downvotes: 0,
            isPending ? EnrichmentStatus.Pending : EnrichmentStatus.Done,
            EnrichmentError: null,
            EnrichmentRequest: isPending ? 1 : 0);
        turn.Raise(new ItemAdded(c.At, facts, isPending ? EnrichmentDecider.Regions(turn.State) : []));
        return RoomOutcome.Say(_ => new ItemChanged(facts.ToView(), IsNew: true));
    }

    internal static RoomOutcome Update(RoomTurn turn, UpdateItem c, RoomCaller caller)
    {
        if (RefusalToChange(turn.State, c.ItemId, caller, out var item) is { } refusal)
        {
            return refusal;
        }

        if (ItemInput.Validate(c.Details) is { } error)
        {
            return RoomOutcome.Refuse(error)!;
        }

        if (c.Status is { } status && !Enum.IsDefined(status))
        {
            return RoomOutcome.Refuse(RoomErrorCodes.StatusInvalid, "status");
        }

        var before = item.Facts;
        var isWatched = before.Status == ItemStatus.Watched;
        if (isWatched && c.Status is ItemStatus.Queued or ItemStatus.Watching)
        {
            return RoomOutcome.Refuse(RoomErrorCodes.ItemWatched, "status");
        }

        var after = before with
        {
            Typed = ItemInput.Clean(c.Details).Over(before.Typed),
            Status = c.Status is ItemStatus.Queued or ItemStatus.Watching ? c.Status.Value : before.Status,
        };
        if (!isWatched && after.TmdbId != before.TmdbId && FindActive(turn.State, null, after.TmdbId) is { } other && other != item)
        {
            return RoomOutcome.Refuse(RoomErrorCodes.ItemExists, "tmdb_id");
        }

        if (ItemFields.Changed(before, after) is { Count: > 0 } fields)
        {
            turn.Raise(new ItemUpdated(c.At, after, fields, caller.UserId));
        }

        if (c.Status == ItemStatus.Watched && !isWatched)
        {
            HistoryDecider.Watch(turn, turn.State.FindItem(c.ItemId)!, c.At, caller.UserId, notes: null);
        }
        else if (c.Status == ItemStatus.Removed)
        {
            Remove(turn, turn.State.FindItem(c.ItemId)!, c.At, caller.UserId);
        }

        return RoomOutcome.Say(state => new ItemChanged(state.FindItem(c.ItemId)!.Facts.ToView()));
    }

    internal static RoomOutcome Remove(RoomTurn turn, RemoveItem c, RoomCaller caller)
    {
        if (RefusalToChange(turn.State, c.ItemId, caller, out var item) is { } refusal)
        {
            return refusal;
        }

        Remove(turn, item, c.At, caller.UserId);
        return RoomOutcome.Done;
    }

    /// <summary>Finds a film that is queued or being watched.</summary>
    /// <param name="state">The room.</param>
    /// <param name="titleKey">The key of its title; null not to look for one.</param>
    /// <param name="tmdbId">Its TMDB id; null not to look for one.</param>
    /// <returns>The item, or null.</returns>
    internal static RoomItem? FindActive(RoomState state, string? titleKey, long? tmdbId)
    {
        foreach (var (_, item) in state.Active)
        {
            if (string.Equals(item.TitleKey, titleKey, StringComparison.OrdinalIgnoreCase)
                || (tmdbId is not null && item.Facts.TmdbId == tmdbId))
            {
                return item;
            }
        }

        return null;
    }

    private static RoomOutcome? RefusalToChange(RoomState state, string itemId, RoomCaller caller, out RoomItem item)
    {
        item = state.FindItem(itemId)!;
        if (item is null or { Facts.Status: ItemStatus.Removed })
        {
            return RoomOutcome.Refuse(RoomErrorCodes.ItemNotFound);
        }

        return caller.IsAdmin || caller.UserId == item.Facts.AddedBy ? null : RoomOutcome.Refuse(RoomErrorCodes.AdderOrAdminOnly);
    }

    private static void Remove(RoomTurn turn, RoomItem item, DateTimeOffset at, string? by)
    {
        // What was watched stays in the history, which is about what happened.
        turn.Raise(new ItemRemoved(at, item.Facts with { Status = ItemStatus.Removed }, by));
    }
}
