using System.Diagnostics;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>The frames of <c>/ws/room/{roomID}</c>: a type and a payload.</summary>
internal static class SyncFrames
{
    /// <summary>The frame of an event.</summary>
    /// <param name="event">The event.</param>
    /// <param name="seq">Its number.</param>
    /// <returns>The frame, or null when nobody is told of it.</returns>
    internal static object? Of(WatchEvent @event, long seq) => @event switch
    {
        PlaybackMoved e => Sync(Move(e), seq),
        ParticipantConnected e => Sync(Doing(e, SyncEventActions.Join, e.Who), seq),
        ParticipantDisconnected e => Sync(Doing(e, SyncEventActions.Leave, e.Who), seq),
        ClientReported { Quiet: false } e => OfReport(e, seq),
        WatchMessageSent e => Sync(Chat(e), seq),
        PlaybackEvent e => OfPlayback(e, seq),
        _ => OfPeople(@event, seq),
    };

    /// <summary>The frame of a signal.</summary>
    /// <param name="signal">The signal.</param>
    /// <returns>The frame.</returns>
    internal static object OfSignal(WatchSignal signal) => signal switch
    {
        ReactionSignal s => new SyncAnswerFrame<RoomReactionShown>(
            SyncEventTypes.Reaction,
            new RoomReactionShown(s.MemberId, s.Name, s.Emoji, s.PositionMs is { } position ? Seconds(position) : null, s.At)),
        TypingSignal s => new SyncAnswerFrame<RoomTypingShown>(
            SyncEventTypes.Typing, new RoomTypingShown(s.MemberId, s.Name, s.IsTyping, s.At)),
        _ => throw new UnreachableException($"Nobody is told of {signal.GetType().Name}."),
    };

    private static object OfPlayback(PlaybackEvent @event, long seq) => @event switch
    {
        BarrierRaised e => Barrier(new RoomBarrierShown("raised", e.Barrier.BarrierId, e.Barrier, e.At), seq),
        BarrierReached e => Barrier(
            new RoomBarrierShown("reached", e.Barrier.BarrierId, e.Barrier, e.At) { UserId = e.MemberId }, seq),
        BarrierEnded e => Barrier(
            new RoomBarrierShown("ended", e.BarrierId, null, e.At) { Reason = e.Reason, Missing = e.Missing }, seq),
        SkipVoteChanged e => new SyncAnswerFrame<RoomSkipVotesShown>(
            SyncEventTypes.SkipVotes, new RoomSkipVotesShown(e.MemberId, e.Skip, e.Votes, e.At), seq),
        MediaItemAdded e => Playlist(
            new RoomPlaylistShown("add", e.Item.ItemId, e.By, e.At) { Item = e.Item, Place = e.Place }, seq),
        MediaItemRemoved e => Playlist(new RoomPlaylistShown("remove", e.ItemId, e.By, e.At), seq),
        MediaItemMoved e => Playlist(new RoomPlaylistShown("move", e.ItemId, e.By, e.At) { Place = e.Place }, seq),
        DurationNoted e => Playlist(new RoomPlaylistShown("update", e.ItemId, e.By, e.At) { DurationMs = e.DurationMs }, seq),
        _ => throw new UnreachableException($"There is no frame for {@event.GetType().Name}."),
    };

    private static object? OfPeople(WatchEvent @event, long seq) => @event switch
    {
        ParticipantJoined e => Person(
            new RoomParticipantChanged(
                "joined", e.Person.MemberId, e.Person.Name, e.Role, e.Role == WatchRole.Host, e.Person.IsGuest, e.At)
            {
                AvatarUrl = e.Person.AvatarUrl,
                Count = e.Count,
            },
            seq),
        ParticipantLeft e => Person(Changed("left", e.Who, e.At) with { Reason = e.Reason, Count = e.Count }, seq),
        CoHostChanged e => Person(Changed("updated", e.Who, e.At), seq),
        ParticipantMuted e => Person(Changed("updated", e.Who, e.At) with { Muted = e.Muted }, seq),
        AccountForgotten e => Person(Changed("updated", e.Who, e.At) with { AccountDeleted = true }, seq),
        HostChanged e => new SyncAnswerFrame<RoomHostShown>(
            SyncEventTypes.HostChanged, new RoomHostShown(e.Host.MemberId, e.Host.Name, e.FormerId, e.Reason, e.At), seq),
        WatchMessageDeleted e => new SyncAnswerFrame<RoomChatDeleted>(
            SyncEventTypes.ChatDeleted, new RoomChatDeleted(e.MessageId, e.MemberId, e.By, e.At), seq),
        WatchPartyUpdated e => new SyncAnswerFrame<RoomSettingsShown>(
            SyncEventTypes.Settings,
            new RoomSettingsShown(e.Title, e.Description, e.Settings, e.Password is not null, e.By, e.At),
            seq),
        WatchPartyEnded e => new SyncAnswerFrame<RoomEndedShown>(
            SyncEventTypes.RoomEnded, new RoomEndedShown(e.By, e.ByName, Deleted: false, e.At), seq),
        WatchPartyDeleted e => new SyncAnswerFrame<RoomEndedShown>(
            SyncEventTypes.RoomEnded, new RoomEndedShown(e.By, null, Deleted: true, e.At), seq),
        WatchPartyRestarted e => new SyncAnswerFrame<RoomRestartedShown>(
            SyncEventTypes.RoomRestarted, new RoomRestartedShown(e.By, e.ByName, e.At), seq),
        AccessRequested or GuestAccessRequested { Granted: false } => new SyncAnswerFrame<RoomAccessRequested>(
            SyncEventTypes.AccessRequested, new RoomAccessRequested(@event.At), seq),
        _ => null,
    };

    // Clients that know only actions learn from one that somebody waits for data or no longer; what else a client says has a type of its
    // own.
    private static object OfReport(ClientReported e, long seq) => e.Status == WatchStatus.Away
        ? Person(Changed("status", e.Who, e.At) with { Status = e.Status, SyncOffsetMs = e.SyncOffsetMs }, seq)
        : Sync(
            Doing(e, e.Status == WatchStatus.Ready ? SyncEventActions.Ready : SyncEventActions.Buffering, e.Who) with
            {
                Data = new SyncDataShown
                {
                    CurrentTime = Seconds(e.Moment!.PositionMs),
                    IsBuffering = e.Status == WatchStatus.Buffering,
                },
            },
            seq);

    private static SyncEventShown Move(PlaybackMoved e)
    {
        var playback = e.Playback;
        var duration = e.Item?.DurationMs is { } durationMs ? Seconds(durationMs) : (double?)null;
        var rate = e.Action == PlaybackAction.Rate || !playback.Rate.Equals(1) ? playback.Rate : (double?)null;
        return new SyncEventShown
        {
            Action = FlatFrames.TypeOf(e),
            CurrentTime = Seconds(playback.PositionMs),
            Timestamp = e.At,
            UserId = e.By?.MemberId ?? "",
            Username = e.By?.Name ?? "",
            Data = duration is null && rate is null
                ? null
                : new SyncDataShown { CurrentTime = Seconds(playback.PositionMs), Duration = duration, PlaybackRate = rate },
            PositionMs = playback.PositionMs,
            ServerTimeMs = WatchFrames.Milliseconds(e.At),
            AtMs = playback.At.ToUnixTimeMilliseconds(),
            Playback = PlaybackShown.Of(playback, e.Item?.DurationMs),
            Item = e.Item,
            Ended = e.Action == PlaybackAction.Ended,
        };
    }

    private static SyncEventShown Chat(WatchMessageSent e) => new()
    {
        Action = SyncEventActions.Chat,
        CurrentTime = Seconds(e.Moment!.PositionMs),
        Timestamp = e.At,
        UserId = e.Message.MemberId,
        Username = e.Message.Name,
        Data = new SyncDataShown { CurrentTime = Seconds(e.Moment.PositionMs), ChatMessage = e.Message.Text },
        PositionMs = e.Moment.PositionMs,
        ServerTimeMs = WatchFrames.Milliseconds(e.At),
        Message = e.Message,
    };

    private static SyncEventShown Doing(WatchEvent e, string action, WatchFace who) => new()
    {
        Action = action,
        CurrentTime = Seconds(e.Moment!.PositionMs),
        Timestamp = e.At,
        UserId = who.MemberId,
        Username = who.Name,
        PositionMs = e.Moment.PositionMs,
        ServerTimeMs = WatchFrames.Milliseconds(e.At),
    };

    private static RoomParticipantChanged Changed(string action, WatchFace who, DateTimeOffset at) =>
        new(action, who.MemberId, who.Name, who.Role, who.Role == WatchRole.Host, who.IsGuest, at) { AvatarUrl = who.AvatarUrl };

    private static SyncAnswerFrame<SyncEventShown> Sync(SyncEventShown shown, long seq) => new(SyncEventTypes.Sync, shown, seq);

    private static SyncAnswerFrame<RoomBarrierShown> Barrier(RoomBarrierShown shown, long seq) => new(SyncEventTypes.Barrier, shown, seq);

    private static SyncAnswerFrame<RoomPlaylistShown> Playlist(RoomPlaylistShown shown, long seq) =>
        new(SyncEventTypes.Playlist, shown, seq);

    private static SyncAnswerFrame<RoomParticipantChanged> Person(RoomParticipantChanged shown, long seq) =>
        new(SyncEventTypes.Participant, shown, seq);

    private static double Seconds(long milliseconds) => Math.Round(milliseconds / 1_000d, 2);
}
