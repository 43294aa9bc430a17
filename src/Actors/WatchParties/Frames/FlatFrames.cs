using System.Diagnostics;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>The flat frames of <c>/api/v1/watch-parties/{id}/ws</c>.</summary>
internal static class FlatFrames
{
    private const string Added = "add";
    private const string Removed = "remove";
    private const string Moved = "move";
    private const string Updated = "update";

    /// <summary>The frame of an event.</summary>
    /// <param name="event">The event.</param>
    /// <param name="seq">Its number.</param>
    /// <returns>The frame, or null when nobody is told of it.</returns>
    internal static WatchEventFrame? Of(WatchEvent @event, long seq)
    {
        var frame = @event is PlaybackEvent playback ? OfPlayback(playback) : OfPeople(@event);
        if (frame is null)
        {
            return null;
        }

        var moment = @event.Moment!;
        var moved = (frame as WatchMovedFrame)?.Playback;
        var positionMs = moved?.PositionMs ?? moment.PositionMs;
        return frame with
        {
            PartyId = moment.PartyId,
            ClipId = moved is null ? moment.ItemId : moved.ItemId,
            Position = positionMs / 1_000,
            IsPlaying = moved?.Playing ?? moment.Playing,
            ServerTimestamp = @event.At.ToUnixTimeSeconds(),
            Seq = seq,
            PositionMs = positionMs,
            ServerTimeMs = WatchFrames.Milliseconds(@event.At),
        };
    }

    /// <summary>The frame of a signal.</summary>
    /// <param name="partyId">The party.</param>
    /// <param name="signal">The signal.</param>
    /// <returns>The frame.</returns>
    internal static WatchSignalFrame OfSignal(string partyId, WatchSignal signal)
    {
        var seconds = signal.At.ToUnixTimeSeconds();
        var milliseconds = WatchFrames.Milliseconds(signal.At);
        return signal switch
        {
            ReactionSignal s => new WatchReactionFrame(
                partyId,
                seconds,
                milliseconds,
                new ReactionShown(s.MemberId, s.Name, s.Emoji, s.PositionMs is { } position ? position / 1_000d : null, s.PositionMs)),
            TypingSignal s => new WatchTypingFrame(partyId, seconds, milliseconds, s.MemberId, s.Name, s.IsTyping),
            _ => throw new UnreachableException($"Nobody is told of {signal.GetType().Name}."),
        };
    }

    /// <summary>What a move is called by clients that know no other moves.</summary>
    /// <param name="e">The move.</param>
    /// <returns>One of <see cref="WatchEventTypes"/>.</returns>
    internal static string TypeOf(PlaybackMoved e) => e.Action switch
    {
        PlaybackAction.Play => WatchEventTypes.Play,
        PlaybackAction.Pause => WatchEventTypes.Pause,
        PlaybackAction.Seek => WatchEventTypes.Seek,
        PlaybackAction.Rate => WatchEventTypes.Rate,
        PlaybackAction.Ended when e.IsEndOfList() => WatchEventTypes.Pause,
        _ => WatchEventTypes.Skip,
    };

    /// <summary>Whether playback stands at the end of the last item.</summary>
    /// <param name="e">The move.</param>
    /// <returns>False when the next item follows.</returns>
    internal static bool IsEndOfList(this PlaybackMoved e) => e.Action == PlaybackAction.Ended && e.Playback.PositionMs > 0;

    private static WatchEventFrame? OfPlayback(PlaybackEvent @event) => @event switch
    {
        PlaybackMoved e => new WatchMovedFrame(
            TypeOf(e),
            e.Action,
            e.Playback.At.ToUnixTimeMilliseconds(),
            e.Playback.Rate,
            PlaybackShown.Of(e.Playback, e.Item?.DurationMs),
            e.Item,
            e.By?.MemberId)
        {
            Participant = Shown(e.By),
        },
        BarrierRaised e => new WatchBarrierFrame("raised", e.Barrier.BarrierId, e.Barrier) { Participant = Shown(e.By) },
        BarrierReached e => new WatchBarrierFrame("reached", e.Barrier.BarrierId, e.Barrier, UserId: e.MemberId),
        BarrierEnded e => new WatchBarrierFrame("ended", e.BarrierId, null, e.Reason, Missing: e.Missing),
        SkipVoteChanged e => new WatchSkipVotesFrame(e.MemberId, e.Skip, e.Votes),
        MediaItemAdded e => new WatchPlaylistFrame(Added, e.Item.ItemId, e.Item, e.Place, null, e.By),
        MediaItemRemoved e => new WatchPlaylistFrame(Removed, e.ItemId, null, null, null, e.By),
        MediaItemMoved e => new WatchPlaylistFrame(Moved, e.ItemId, null, e.Place, null, e.By),
        DurationNoted e => new WatchPlaylistFrame(Updated, e.ItemId, null, null, e.DurationMs, e.By),
        _ => throw new UnreachableException($"There is no frame for {@event.GetType().Name}."),
    };

    private static WatchEventFrame? OfPeople(WatchEvent @event) => @event switch
    {
        ParticipantJoined e => new WatchJoinedFrame(e.Count, e.Returned) { Participant = Shown(e.Person, e.Role) },
        ParticipantLeft e => new WatchLeftFrame(e.Who.MemberId, e.Reason, e.By, e.Count) { Participant = Shown(e.Who) },
        ParticipantConnected e => new WatchPresenceFrame(e.Who.MemberId, true, WatchStatus.Online, null) { Participant = Shown(e.Who) },
        ParticipantDisconnected e => new WatchPresenceFrame(e.Who.MemberId, false, WatchStatus.Online, null)
        {
            Participant = Shown(e.Who),
        },
        ClientReported { Quiet: false } e => new WatchPresenceFrame(e.Who.MemberId, true, e.Status, e.SyncOffsetMs)
        {
            Participant = Shown(e.Who),
        },
        CoHostChanged e => new WatchUpdatedFrame(e.Who.MemberId, null, e.By) { Participant = Shown(e.Who) },
        ParticipantMuted e => new WatchUpdatedFrame(e.Who.MemberId, e.Muted, e.By) { Participant = Shown(e.Who) },
        AccountForgotten e => new WatchUpdatedFrame(e.Who.MemberId, null, null) { AccountDeleted = true, Participant = Shown(e.Who) },
        HostChanged e => new WatchHostFrame(e.Host.MemberId, e.FormerId, e.Reason) { Participant = Shown(e.Host) },
        WatchMessageSent e => new WatchChatFrame(WatchChatShown.Of(e.Moment!.PartyId, e.Message) with
        {
            Role = WatchPersonShown.WordOf(e.Role),
            AvatarUrl = e.AvatarUrl,
        }),
        WatchMessageDeleted e => new WatchChatDeletedFrame(e.MessageId, e.MemberId, e.By),
        WatchPartyUpdated e => new WatchSettingsFrame(e.Title, e.Description, e.Settings, e.Password is not null, e.By),
        WatchPartyEnded e => new WatchEndedFrame(e.By, e.ByName, e.DurationMs, Deleted: false),
        WatchPartyDeleted e => new WatchEndedFrame(e.By, null, null, Deleted: true),
        WatchPartyRestarted e => new WatchRestartedFrame(e.By, e.ByName),
        AccessRequested or GuestAccessRequested { Granted: false } => new WatchAccessRequestedFrame(),
        _ => null,
    };

    private static WatchPersonShown? Shown(WatchFace? face) => face is null ? null : WatchPersonShown.Of(face);

    private static WatchPersonShown Shown(WatchPerson person, WatchRole role) =>
        new(person.MemberId, person.Name, person.AvatarUrl, WatchPersonShown.WordOf(role), person.IsGuest);
}
