using System.Buffers;
using System.Text;
using AkkaParty.Actors.WatchParties;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Actors.Tests.WatchParties;

/// <summary>Given commands, when a command, then events or a rejection. Every state on the way must keep all invariants.</summary>
public abstract class WatchSpec
{
    internal const string PartyId = "019c1f00-0000-7000-8000-0000000000ab";
    internal const string Code = "ABC234";

    private Decision<WatchEvent>? _decision;

    internal static WatchEntity Entity { get; } = new();

    internal static DateTimeOffset T0 { get; } = new(2026, 2, 2, 20, 0, 0, TimeSpan.Zero);

    internal WatchState State { get; set; } = Entity.Initial(PartyId);

    internal Decision<WatchEvent> Decision => _decision ?? throw new InvalidOperationException("No command was decided yet.");

    internal IEnumerable<string> Raised => Decision.Events.Select(e => e.GetType().Name);

    internal static WatchActor Nobody => WatchActor.Nobody;

    internal static WatchActor Admin { get; } = new("root", IsAdmin: true);

    internal static DateTimeOffset At(double seconds) => T0.AddSeconds(seconds);

    /// <summary>Somebody with an account.</summary>
    internal static WatchActor As(string memberId) => new(memberId);

    /// <summary>A guest with the token of that name.</summary>
    internal static WatchActor Guest(string memberId, string? token = null) => new(memberId, $"hash-{token ?? memberId}");

    internal static WatchPerson Person(string memberId) => new(memberId, memberId);

    internal static WatchTokenGrant Token(string name, double endsAt = 86_400) => new($"hash-{name}", At(endsAt));

    internal static MediaItem Item(int number, long? durationMs = null) =>
        new($"00000000-0000-4000-8000-{number:D12}", $"Film {number}", DurationMs: durationMs);

    internal static CreateWatchParty Create(WatchSettings? settings = null, double at = 0) =>
        new(At(at), Person("ann"), Code, "Film night", null, settings ?? new WatchSettings(), [Item(1)]);

    internal static JoinWatchParty Join(string memberId, double at = 1, string? code = Code, int? password = null, string? mark = null) =>
        new(At(at), As(memberId), Person(memberId), code, IsFriendOfHost: false, HostSeen: null, password, mark);

    internal static RequestGuestAccess Ask(string memberId, double at = 1, string? name = null, string? mark = null) =>
        new(At(at), $"request-{memberId}", $"secret-{memberId}", memberId, name ?? memberId, null, mark);

    internal static ClaimGuestAccess Claim(string memberId, double at = 3, string? token = null) =>
        new(At(at), $"request-{memberId}", $"secret-{memberId}", Token(token ?? memberId, at + 86_400));

    internal static ReviewGuestRequest Review(string memberId, bool approved = true, double at = 2) =>
        new(At(at), As("ann"), $"request-{memberId}", approved, null);

    internal static SetWatchPresence Connect(string memberId, double at) => new(At(at), memberId, Connected: true);

    internal static SetWatchPresence Disconnect(string memberId, double at) => new(At(at), memberId, Connected: false);

    /// <summary>A party whose host is ann, with these accounts on its seats.</summary>
    internal void GivenParty(params string[] others) => GivenPartyWith(new WatchSettings(), others);

    internal void GivenPartyWith(WatchSettings settings, params string[] others)
    {
        Given(Create(settings));
        foreach (var memberId in others)
        {
            Given(Join(memberId));
        }
    }

    /// <summary>A guest whom the host has let in, with a token.</summary>
    internal void GivenGuest(string memberId, string? mark = null) =>
        Given(Ask(memberId, mark: mark), Review(memberId), Claim(memberId));

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
            WatchInvariants.CheckAfter(State, @event);
        }

        Entity.CheckInvariants(State);
        WatchInvariants.CheckAll(State);
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

    internal void ThenRaised(params string[] events)
    {
        Decision.Rejection.ShouldBeNull();
        Raised.ShouldBe(events);
    }

    internal T ThenRaised<T>()
        where T : WatchEvent
    {
        Decision.Rejection.ShouldBeNull();
        return Decision.Events.OfType<T>().ShouldHaveSingleItem();
    }

    internal T ThenReplied<T>()
    {
        Decision.Rejection.ShouldBeNull();
        return Decision.Reply.ShouldBeOfType<T>();
    }

    internal void ThenRejected(string code, string? field = null, string? message = null)
    {
        Decision.Rejection.ShouldNotBeNull($"the events {string.Join(", ", Raised)}").Code.ShouldBe(code);
        Decision.Rejection.Field.ShouldBe(field);
        Decision.Rejection.Message.ShouldBe(message ?? WatchErrors.TextOf(code));
        Decision.Events.ShouldBeEmpty();
    }

    internal T Answer<T>(WatchQuery query)
    {
        var answer = Entity.Answer(State, query);
        answer.Rejection.ShouldBeNull();
        answer.Events.ShouldBeEmpty();
        return answer.Reply.ShouldBeOfType<T>();
    }

    internal string? Refusal(WatchQuery query) => Entity.Answer(State, query).Rejection?.Code;

    internal WatchPartyView View(WatchActor? by = null, double at = 100) =>
        Answer<WatchPartyChanged>(new GetWatchParty(by ?? As("ann"), At(at))).Party;

    internal ParticipantView Member(string memberId) => View(Admin).Participants.Single(one => one.MemberId == memberId);

    /// <summary>Who has a seat, with the first letter of what they are.</summary>
    internal string Seats() => string.Join(' ', View(Admin).Participants.Select(one => $"{one.MemberId}:{$"{one.Role}"[0]}"));

    internal static string Snapshot(WatchState state)
    {
        var output = new ArrayBufferWriter<byte>();
        Entity.StateCodec.Encode(state, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
