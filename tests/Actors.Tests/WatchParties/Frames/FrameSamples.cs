using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.Tests.WatchParties;

/// <summary>At least one of each kind of event and signal.</summary>
internal static class FrameSamples
{
    private const string Secret = "hash-secret";

    private static readonly DateTimeOffset At = new DateTimeOffset(2026, 2, 2, 20, 15, 30, TimeSpan.Zero).AddTicks(1_234_560);
    private static readonly DateTimeOffset Effect = new(2026, 2, 2, 20, 15, 30, 340, TimeSpan.Zero);
    private static readonly WatchFace Ann = new("ann-id", "Ann", "https://example.org/ann.png", IsGuest: false, WatchRole.Host);
    private static readonly WatchFace Bob = new("bob-id", "Bob", null, IsGuest: false, WatchRole.CoHost);
    private static readonly WatchFace Guest = new("guest-id", "Zoë 🎬", null, IsGuest: true, WatchRole.Viewer);

    private static readonly MediaItem Film = new(
        "item-1", "Der müde Tod", "https://example.org/1.mp4", "media-1", 19, "https://example.org/1.jpg", 5_843_210);

    private static readonly MediaItem Other = new("item-2", "Live");
    private static readonly BarrierView Barrier = new(7, ["bob-id", "guest-id"], ["Bob", "Zoë 🎬"], At.AddSeconds(10));
    private static readonly SkipVotes Votes = new("item-1", 2, 3);

    private static readonly ChatMessage Message =
        new("message-1", "guest-id", "Zoë 🎬", "What a <film>!", At, "item-1", 61_234, Deleted: false);

    private static readonly WatchTokenGrant Token = new(Secret, At.AddDays(1));

    internal static IReadOnlyList<(string Name, WatchEvent Event)> Events { get; } =
    [
        .. Playback().Concat(Party()).Concat(People()).Concat(Access()).Select(row => (row.Name, row.Event with
        {
            Moment = new WatchMoment("party-1", "item-1", 61_234, Playing: true),
        })),
    ];

    internal static IReadOnlyList<(string Name, WatchSignal Signal)> Signals { get; } =
    [
        ("reaction", new ReactionSignal("guest-id", "Zoë 🎬", At, "🍿", 61_234)),
        ("reaction without a position", new ReactionSignal("guest-id", "Zoë 🎬", At, "🍿", null)),
        ("typing", new TypingSignal("ann-id", "Ann", At, IsTyping: true)),
        ("no longer typing", new TypingSignal("ann-id", "Ann", At, IsTyping: false)),
    ];

    private static IEnumerable<(string Name, WatchEvent Event)> Playback()
    {
        var mark = new SeekMark(At, "guest-id", ByHost: false);
        yield return ("plays", Moved(PlaybackAction.Play, Film, 61_234, true, 1, Ann));
        yield return ("pauses", Moved(PlaybackAction.Pause, Film, 61_250, false, 1, Bob));
        yield return ("seeks", Moved(PlaybackAction.Seek, Film, 3_723_999, true, 1, Guest) with { Seek = mark });
        yield return ("skips", Moved(PlaybackAction.Skip, Other, 0, true, 1, Ann));
        yield return ("is skipped by votes", Moved(PlaybackAction.Skip, Other, 0, true, 1, null));
        yield return ("plays at another speed", Moved(PlaybackAction.Rate, Film, 61_234, true, 1.25, Ann));
        yield return ("goes on to the next", Moved(PlaybackAction.Ended, Other, 0, true, 1, null));
        yield return ("stands at the end", Moved(PlaybackAction.Ended, Film, 5_843_210, false, 1, null));
        yield return ("plays without a film", Moved(PlaybackAction.Play, null, 500, true, 2, Ann));
        yield return ("barrier raised", new BarrierRaised(At, Barrier, Ann));
        yield return ("barrier raised by itself", new BarrierRaised(At, Barrier with { Count = 40 }, null));
        yield return ("barrier reached", new BarrierReached(At, Barrier, "ann-id"));
        yield return ("barrier ended", new BarrierEnded(At, 7, BarrierEnd.TimedOut, ["bob-id"]));
        yield return ("skip vote", new SkipVoteChanged(At, "guest-id", Skip: true, Votes));
        yield return ("duration", new DurationNoted(At, "item-2", 90_000, "bob-id"));
        yield return ("item added", new MediaItemAdded(At, Film, 3, "bob-id"));
        yield return ("item removed", new MediaItemRemoved(At, "item-2", null));
        yield return ("item moved", new MediaItemMoved(At, "item-2", 0, "ann-id"));
    }

    private static IEnumerable<(string Name, WatchEvent Event)> Party()
    {
        var settings = new WatchSettings { Visibility = WatchVisibility.Friends, Controls = WatchControls.AnyonePauses };
        var host = new WatchPerson("ann-id", "Ann", Email: "ann@example.org");
        yield return ("created", new WatchPartyCreated(At, host, "ABC234", "Film night", null, settings, [Film], null, [], null));
        yield return ("updated", new WatchPartyUpdated(
            At, "Film night", "Silent ones", settings, new WatchPassword(Secret, 3), 3, "ann-id"));
        yield return ("ended", new WatchPartyEnded(At, "ann-id", "Ann", 5_400_000, [new WatchedTime("ann-id", "Ann", 5_000)]));
        yield return ("restarted", new WatchPartyRestarted(At, "ann-id", "Ann"));
        yield return ("deleted", new WatchPartyDeleted(At, null, ["ann-id"]));
        yield return ("message sent", new WatchMessageSent(At, Message, WatchRole.CoHost, "https://example.org/z.png"));
        yield return ("message deleted", new WatchMessageDeleted(At, "message-1", "guest-id", "ann-id"));
    }

    private static IEnumerable<(string Name, WatchEvent Event)> People()
    {
        var person = new WatchPerson("ann-id", "Ann", AvatarUrl: "https://example.org/ann.png", Email: "ann@example.org");
        yield return ("joined", new ParticipantJoined(At, person, WatchRole.CoHost, Returned: true, Secret, 3));
        yield return ("guest joined", new ParticipantJoined(
            At, new WatchPerson("guest-id", "Zoë 🎬", IsGuest: true), WatchRole.Viewer, Returned: false, Secret, 4));
        yield return ("left", new ParticipantLeft(At, Bob, LeaveReason.Left, null, 5_000, 3));
        yield return ("kicked", new ParticipantLeft(At, Guest, LeaveReason.Kicked, "ann-id", 5_000, 3));
        yield return ("banned later", new ParticipantBanned(At, Guest, "ann-id"));
        yield return ("ban lifted", new WatchBanLifted(At, "guest-id", "Zoë 🎬", "ann-id"));
        yield return ("host changed", new HostChanged(At, Ann, "bob-id", HostChangeReason.Away));
        yield return ("co-host", new CoHostChanged(At, Bob, "ann-id"));
        yield return ("muted", new ParticipantMuted(At, Guest, Muted: true, "bob-id"));
        yield return ("account deleted", new AccountForgotten(At, Bob with { Name = WatchPerson.DeletedName }));
        yield return ("connected", new ParticipantConnected(At, Bob));
        yield return ("disconnected", new ParticipantDisconnected(At, Bob, 5_000));
        yield return ("buffering", new ClientReported(At, Bob, WatchStatus.Buffering, ReportsReady: true, 200, -35));
        yield return ("ready", new ClientReported(At, Bob, WatchStatus.Ready, ReportsReady: true, 200, -35));
        yield return ("online", new ClientReported(At, Bob, WatchStatus.Online, ReportsReady: true, 200, -35));
        yield return ("away", new ClientReported(At, Bob, WatchStatus.Away, ReportsReady: true, 200, -35));
        yield return ("quiet report", new ClientReported(At, Bob, WatchStatus.Ready, ReportsReady: true, 300, 12) { Quiet = true });
    }

    private static IEnumerable<(string Name, WatchEvent Event)> Access()
    {
        var person = new WatchPerson("eve-id", "Eve", Email: "eve@example.org");
        yield return ("invited", new AccountInvited(At, person, "ann-id"));
        yield return ("access requested", new AccessRequested(At, person, "Let me in", null));
        yield return ("access reviewed", new AccessReviewed(At, "eve-id", "Eve", Approved: false, "No", "ann-id"));
        yield return ("guest asks", new GuestAccessRequested(
            At, "request-1", Secret, "guest-id", "Zoë 🎬", "Hello", Secret, Granted: false, null));
        yield return ("guest let in", new GuestAccessRequested(
            At, "request-1", Secret, "guest-id", "Zoë 🎬", null, Secret, Granted: true, null));
        yield return ("guest reviewed", new GuestRequestReviewed(At, "request-1", "Zoë 🎬", Approved: true, null, "ann-id"));
        yield return ("guest token", new GuestTokenIssued(At, "guest-id", Token, Secret));
        yield return ("ticket", new WatchTicketIssued(At, "guest-id", Secret, null, At.AddSeconds(30), null));
        yield return ("ticket used", new WatchTicketRedeemed(At, "guest-id", Secret));
    }

    private static PlaybackMoved Moved(
        PlaybackAction action, MediaItem? item, long positionMs, bool playing, double rate, WatchFace? by) => new(
        At, action, new Playback(item?.ItemId, positionMs, playing, rate, Effect, by?.MemberId), item, by, Seek: null);
}
