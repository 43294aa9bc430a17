using System.Globalization;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.Rooms;

/// <summary>
/// From a film that is watched to the watch party. The room only says that it is wanted and, later, that it is there; between the two it
/// is on the list of what is to be opened, which a node works on until it is done.
/// </summary>
internal static class RoomOpeningDecider
{
    /// <summary>Why somebody may not have a watch party opened.</summary>
    /// <param name="state">The room.</param>
    /// <param name="caller">Who asks.</param>
    /// <returns>Why not, or null when they may.</returns>
    internal static RoomOutcome? Refusal(RoomState state, RoomCaller caller)
    {
        var refusal = RoomAccess.AsAdmin(caller, "open the watch party");
        if (refusal is null && (caller.UserId is null || state.Find(caller.UserId) is null))
        {
            refusal = RoomOutcome.Refuse(RoomErrorCodes.SeatRequired);
        }

        return refusal ?? (HasPlace(state) ? null : RoomOutcome.Refuse(RoomErrorCodes.OpeningsTooMany));
    }

    /// <summary>Has it opened; once is enough, unless it could not be made.</summary>
    /// <param name="turn">The turn to add events to.</param>
    /// <param name="itemId">The item, which is in the history.</param>
    /// <param name="hostId">The member who hosts it.</param>
    /// <param name="at">The time now.</param>
    internal static void Request(RoomTurn turn, string itemId, string hostId, DateTimeOffset at)
    {
        var state = turn.State;
        var item = state.FindItem(itemId)!;
        var decision = item.Entry.ToString(CultureInfo.InvariantCulture);
        var watchPartyId = OpeningIds.WatchParty(RoomAddress.Kind, state.Id, decision);
        if (state.FindOpening(watchPartyId) is null or { View.Status: OpeningStatus.Failed })
        {
            OpeningSeat[] seats = [.. state.Members.Select(m => new OpeningSeat(m.Seat.UserId, m.Seat.Name, m.Holder?.AccountId))];
            turn.Raise(new RoomWatchPartyRequested(at, watchPartyId, state.Name, hostId, item.Facts, seats));
        }
    }

    /// <summary>It follows by itself where the room's settings say so, and a member is there to host it.</summary>
    /// <param name="turn">The turn to add events to.</param>
    /// <param name="itemId">The item that was just marked as watched.</param>
    /// <param name="by">Who said so.</param>
    /// <param name="at">The time now.</param>
    internal static void FollowDecision(RoomTurn turn, string itemId, string? by, DateTimeOffset at)
    {
        var state = turn.State;
        if (state.Settings.OpenWatchParty == OpensWatchParty.Auto && by is not null && state.Find(by) is not null && HasPlace(state))
        {
            Request(turn, itemId, by, at);
        }
    }

    /// <summary>It is there, or cannot be made.</summary>
    internal static RoomOutcome Finish(RoomTurn turn, FinishRoomOpening c)
    {
        if (turn.State.FindOpening(c.WatchPartyId) is { View.Status: OpeningStatus.Opening } wanted)
        {
            var failure = c.Failure ?? OpeningIds.UnknownFailure;
            turn.Raise(c.InviteCode is { } code
                ? new RoomWatchPartyOpened(c.At, c.WatchPartyId, code, wanted.ItemId, wanted.Title)
                : new RoomWatchPartyFailed(c.At, c.WatchPartyId, wanted.ItemId, wanted.Title, failure));
        }

        return RoomOutcome.Done;
    }

    private static bool HasPlace(RoomState state) =>
        state.Openings.Length < RoomLimits.OpeningsMax || state.Openings.Any(opening => opening.View.Status != OpeningStatus.Opening);
}
