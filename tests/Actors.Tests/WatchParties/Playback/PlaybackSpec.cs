using System.Buffers;
using System.Text;
using AkkaParty.Actors.WatchParties;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Actors.Tests.WatchParties;

/// <summary>
/// Given a party of ann (host), bob (co-host), cy and dee with two films of a hundred and of fifty seconds; when a command; then events or
/// a rejection. Everybody's round trip is a hundred milliseconds, so that commands take effect two hundred milliseconds later.
/// </summary>
public abstract class PlaybackSpec
{
    internal const string PartyId = "0198f0f0-0000-7000-8000-000000000001";
    internal const string Ann = "0198f0f0-0000-7000-8000-0000000000a1";
    internal const string Bob = "0198f0f0-0000-7000-8000-0000000000b2";
    internal const string Cy = "0198f0f0-0000-7000-8000-0000000000c3";
    internal const string Dee = "0198f0f0-0000-7000-8000-0000000000d4";

    private Decision<WatchEvent>? _decision;

    internal static WatchEntity Entity { get; } = new();

    internal static DateTimeOffset T0 { get; } = new(2026, 2, 2, 20, 0, 0, TimeSpan.Zero);

    internal static MediaItem Film { get; } = new(ItemId(1), "Metropolis", Url: "https://example.org/1.mp4", DurationMs: 100_000);

    internal static MediaItem Short { get; } = new(ItemId(2), "Un chien andalou", DurationMs: 50_000);

    internal static MediaItem Live { get; } = new(ItemId(3), "Live");

    internal WatchState State { get; set; } = Entity.Initial(PartyId);

    internal PlaybackState Play => State.Play;

    internal Decision<WatchEvent> Decision => _decision ?? throw new InvalidOperationException("No command was decided yet.");

    internal static DateTimeOffset At(double seconds) => T0.AddTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));

    internal static string ItemId(int number) => $"0198f0f0-0000-7000-9000-{number:d12}";

    internal static WatchActor As(string memberId) => new(memberId);

    internal static string NameOf(string memberId) => memberId[^2..] switch
    {
        "a1" => "ann",
        "b2" => "bob",
        "c3" => "cy",
        "d4" => "dee",
        var other => other,
    };

    internal static WatchFace Face(string memberId, WatchRole role) => new(memberId, NameOf(memberId), null, IsGuest: false, role);

    internal static CreateWatchParty Create(WatchSettings settings, params MediaItem[] items) => new(
        T0,
        new WatchPerson(Ann, "ann"),
        "ABC234",
        "Film night",
        null,
        settings,
        items,
        Seats: [.. new[] { Bob, Cy, Dee }.Select(id => new OriginSeat(new WatchPerson(id, NameOf(id)), $"origin-{NameOf(id)}"))],
        Origin: new WatchOrigin("party", "XYZ", "origin-ann"));

    internal static ReportClient Report(
        string memberId, double at, WatchStatus? status = null, bool? reportsReady = null, int? roundTripMs = null) =>
        new(At(at), As(memberId), status, reportsReady, roundTripMs, null);

    internal static SetWatchPresence Presence(string memberId, double at, bool connected) => new(At(at), memberId, connected);

    /// <summary>The party, with everybody connected, paused at the beginning of the film.</summary>
    internal void GivenParty(WatchSettings? settings = null, params MediaItem[] items)
    {
        Given(Create(settings ?? new WatchSettings(), items.Length == 0 ? [Film, Short] : items));
        Given(new SetCoHost(T0, As(Ann), Bob, CoHost: true));
        foreach (var memberId in new[] { Ann, Bob, Cy, Dee })
        {
            Given(Presence(memberId, 0, true));
        }
    }

    /// <summary>The party in which playing waits for ann, bob and cy.</summary>
    internal void GivenWaitingParty(int seconds = 10, params MediaItem[] items)
    {
        GivenParty(new WatchSettings { WaitForReady = true, ReadySeconds = seconds, Controls = WatchControls.Everyone }, items);
        Given(Report(Ann, 0, reportsReady: true), Report(Bob, 0, reportsReady: true), Report(Cy, 0, reportsReady: true));
    }

    internal void Given(params WatchCommand[] commands)
    {
        foreach (var command in commands)
        {
            When(command);
            Decision.Rejection.ShouldBeNull($"given {command}");
        }
    }

    internal void When(WatchCommand command)
    {
        _decision = Entity.Decide(State, command);
        foreach (var @event in _decision.Value.Events)
        {
            State = Entity.Evolve(State, @event);
        }

        Entity.CheckInvariants(State);
        PlaybackInvariants.CheckAll(State);
    }

    /// <summary>Lets time pass: every deadline up to the instant fires, each on time.</summary>
    internal void WhenTimeIs(double seconds)
    {
        var events = new List<WatchEvent>();
        while (Entity.Deadline(State) is { } due && due <= At(seconds))
        {
            When(Entity.OnDeadline(State, due, due));
            events.AddRange(Decision.Events);
            Entity.Deadline(State).ShouldNotBe(due, "a deadline must move when it has passed");
        }

        _decision = Decision<WatchEvent>.Accept(events, null);
    }

    internal void Then(params WatchEvent[] events)
    {
        Decision.Rejection.ShouldBeNull();
        Text(Decision.Events).ShouldBe(Text(events));
    }

    /// <summary>Of what happened, that which is about playback.</summary>
    internal void ThenPlayback(params PlaybackEvent[] events)
    {
        Decision.Rejection.ShouldBeNull();
        Text(Decision.Events.Where(e => e is PlaybackEvent)).ShouldBe(Text(events));
    }

    internal void ThenNothing() => Then();

    internal T ThenReplied<T>()
    {
        Decision.Rejection.ShouldBeNull();
        return Decision.Reply.ShouldBeOfType<T>();
    }

    internal void ThenRejected(string code, string? field = null)
    {
        Decision.Rejection.ShouldNotBeNull($"the events {Text(Decision.Events)}").Code.ShouldBe(code);
        Decision.Rejection.Field.ShouldBe(field);
        Decision.Events.ShouldBeEmpty();
    }

    /// <summary>What is told of a move: it takes effect the usual time later.</summary>
    internal static PlaybackMoved Moved(
        double at, PlaybackAction action, Playback playback, MediaItem? item, WatchFace? by, SeekMark? seek = null) =>
        new(At(at), action, playback with { ChangedBy = by?.MemberId }, item, by, seek);

    internal static Playback Playing(long positionMs, double at, double rate = 1, MediaItem? item = null) =>
        new((item ?? Film).ItemId, positionMs, Playing: true, rate, At(at), null);

    internal static Playback Paused(long positionMs, double at, double rate = 1, MediaItem? item = null) =>
        new((item ?? Film).ItemId, positionMs, Playing: false, rate, At(at), null);

    internal static WatchEvent Stored(WatchEvent @event)
    {
        var output = new ArrayBufferWriter<byte>();
        Entity.EventCodec.Encode(@event, output);
        return Entity.EventCodec.Decode(Entity.EventCodec.Manifest(@event), output.WrittenSpan);
    }

    internal static string Snapshot(WatchState state)
    {
        var output = new ArrayBufferWriter<byte>();
        Entity.StateCodec.Encode(state, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>Events as they are stored, without the moment, which has tests of its own.</summary>
    internal static string Text(IEnumerable<WatchEvent> events)
    {
        var text = new StringBuilder();
        foreach (var @event in events)
        {
            var output = new ArrayBufferWriter<byte>();
            Entity.EventCodec.Encode(@event with { Moment = null }, output);
            text.Append(Entity.EventCodec.Manifest(@event)).Append(' ').Append(Encoding.UTF8.GetString(output.WrittenSpan)).Append('\n');
        }

        return text.ToString();
    }
}
