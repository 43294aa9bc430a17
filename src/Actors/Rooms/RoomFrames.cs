using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Actors.Rooms;

/// <summary>What a room's sockets are told of an event. It depends on the event alone, so that a resumed feed is the live one.</summary>
internal static class RoomFrames
{
    /// <summary>The frame of an event.</summary>
    /// <param name="event">The event.</param>
    /// <param name="seq">Its number.</param>
    /// <returns>The frame, or null when nobody is told of it.</returns>
    internal static RoomFrame? Of(RoomEvent @event, long seq) => @event switch
    {
        VoteCast e => new VoteUpdateFrame(
            e.ItemId, e.UserId, e.UserName, RoomViews.Word(e.IsUp), e.Upvotes, e.Downvotes, e.Upvotes - e.Downvotes, e.At, seq),
        VoteRemoved e => new VoteUpdateFrame(
            e.ItemId, e.UserId, e.UserName, null, e.Upvotes, e.Downvotes, e.Upvotes - e.Downvotes, e.At, seq),
        ItemReacted e => new ReactionUpdateFrame(e.ItemId, e.UserId, e.Reaction, e.Active, e.At, seq),
        MemberConnected e => new UserJoinedFrame(e.UserId, e.Name, e.At, seq),
        MemberDisconnected e => new UserLeftFrame(e.UserId, e.Name, e.At, seq),
        ItemAdded e => Queue("add", e.Item, e.At, seq),
        ItemUpdated e => Queue(IsStart(e) ? "watching" : "update", e.Item, e.At, seq),
        ItemRemoved e => Queue("remove", e.Item, e.At, seq),
        ItemWatched e => Queue("watched", e.Item, e.At, seq),
        EnrichmentRequested e => Queue("update", e.Item, e.At, seq),
        ItemEnriched e => Queue("enriched", e.Item, e.At, seq),
        EntryAdded e => new HistoryUpdateFrame("watched", HistoryShown.Of(e.Entry), e.At, seq),
        EntryRated e => new HistoryUpdateFrame("rated", HistoryShown.Of(e.Entry), e.At, seq),
        SelectionMade e => new SelectionFrame(
            e.ItemId, e.Title, e.SelectedBy, e.PosterUrl, e.Id, e.Mode, e.Explanation, e.At, seq),
        VotingRoundStarted e => new VotingRoundStartFrame(e.RoundId, e.DurationSeconds, e.StartedBy, e.EndsAt, e.At, seq),
        VotingDone e => new VotingRoundDoneFrame(e.RoundId, e.UserId, e.At, seq),
        VotingRoundEnded e => new VotingRoundEndFrame(
            e.Result.Id, e.Result.Reason, e.Result.WinnerItemId, e.Result.Standings, e.At, seq),
        RoomWatchPartyOpened e => new WatchPartyOpenedFrame(e.WatchPartyId, e.InviteCode, e.ItemId, e.Title, e.At, seq),
        RoomWatchPartyFailed e => new WatchPartyFailedFrame(e.WatchPartyId, e.ItemId, e.Title, e.Reason, e.At, seq),
        _ => OfPeople(@event, seq),
    };

    private static RoomFrame? OfPeople(RoomEvent @event, long seq) => @event switch
    {
        RoomUpdated e => new RoomUpdateFrame(new RoomShown(e.Name, e.Settings), e.At, seq),
        RoomDeleted e => new RoomDeletedFrame(e.By, e.At, seq),
        MemberJoined e => new MemberAddedFrame(Shown(e.Seat, claimed: true), e.At, seq),
        MemberListed e => new MemberAddedFrame(Shown(e.Seat, claimed: false), e.At, seq),
        SeatClaimed e => new MemberUpdatedFrame(Shown(e.Seat, claimed: true), e.At, seq),
        MemberUpdated e => new MemberUpdatedFrame(Shown(e.Seat, e.Claimed), e.At, seq),
        SeatFreed e => new MemberUpdatedFrame(Shown(e.Seat, claimed: false), e.At, seq),
        MemberRemoved e => new MemberRemovedFrame(e.UserId, e.By, e.At, seq),
        AdminGranted e => new RoomAdminUpdateFrame(e.UserId, e.Name, e.By, e.ByName, e.At, seq),
        _ => null,
    };

    private static QueueUpdateFrame Queue(string action, ItemFacts item, DateTimeOffset at, long seq) =>
        new(action, item.Id, item.Title, item.AddedBy, item.ToView(), at, seq);

    private static bool IsStart(ItemUpdated e) =>
        e.Item.Status == ItemStatus.Watching && e.Fields.Contains("status", StringComparer.Ordinal);

    private static MemberShown Shown(RoomSeat seat, bool claimed) => new(seat.UserId, seat.Name, seat.Avatar, seat.Region, claimed);
}
