using System.Buffers;
using System.Text;
using AkkaParty.Actors.Rooms;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Actors.Tests.Rooms;

/// <summary>Given commands, when a command, then events or a rejection. Every state on the way must keep all invariants.</summary>
public abstract class RoomSpec
{
    internal const string Person = "9f8e7d6c5b4a39281706f5e4d3c2b1a0";

    private Decision<RoomEvent>? _decision;

    internal static RoomEntity Entity { get; } = new();

    internal static string RoomId { get; } = RoomIds.Room(0xab);

    internal static DateTimeOffset T0 { get; } = new(2026, 2, 2, 20, 0, 0, TimeSpan.Zero);

    internal RoomState State { get; set; } = Entity.Initial(RoomId);

    internal object? Reply => Decision.Reply;

    internal Decision<RoomEvent> Decision => _decision ?? throw new InvalidOperationException("No command was decided yet.");

    internal static DateTimeOffset At(double seconds) => T0.AddSeconds(seconds);

    /// <summary>The id of the room's n-th thing.</summary>
    internal static string Id(uint number) => RoomIds.In(RoomId, number);

    internal static RoomActor As(string userId) => new(userId, $"hash-{userId}");

    /// <summary>A caller in a room that is open to everybody.</summary>
    internal static RoomActor Open(string? userId = null) => new(userId, null);

    internal static RoomActor Seatless { get; } = new(null, "hash-admin");

    internal static RoomActor Stranger { get; } = new(null, null);

    internal static RoomTokenGrant Token(string name) => new($"hash-{name}", T0.AddDays(365), Person);

    internal static RoomSeat Seat(string userId) => new(userId, userId);

    internal static JoinRoom Join(string userId, double at = 0) => new(At(at), Stranger, Seat(userId), Token(userId));

    internal static CreateRoom Create(params string[] userIds) =>
        new(T0, "ABC234", "Film club", [.. userIds.Select(Seat)], new RoomSettings(), Token(userIds.FirstOrDefault() ?? "admin"));

    internal static AddItem Add(string userId, string title, double at = 1) => new(At(at), As(userId), userId, title, ItemDetails.None);

    internal static CastVote Vote(string userId, uint item, bool isUp = true, double at = 2) =>
        new(At(at), As(userId), Id(item), userId, isUp);

    /// <summary>A room of these people, the first one its admin, everybody with a token.</summary>
    internal void GivenRoom(params string[] userIds)
    {
        Given(Create(userIds));
        foreach (var userId in userIds.Skip(1))
        {
            Given(Join(userId));
        }
    }

    internal void Given(params RoomCommand[] commands)
    {
        foreach (var command in commands)
        {
            When(command);
            Decision.Rejection.ShouldBeNull($"given {command}");
        }
    }

    internal void When(RoomCommand command)
    {
        _decision = Entity.Decide(State, command);
        foreach (var @event in _decision.Value.Events)
        {
            State = Entity.Evolve(State, @event);
        }

        Entity.CheckInvariants(State);
        RoomInvariants.CheckAll(State);
    }

    /// <summary>Lets time pass: every deadline up to the instant fires, each on time.</summary>
    internal void WhenTimeIs(DateTimeOffset now)
    {
        var events = new List<RoomEvent>();
        while (Entity.Deadline(State) is { } due && due <= now)
        {
            When(Entity.OnDeadline(State, due, due));
            events.AddRange(Decision.Events);
            Entity.Deadline(State).ShouldNotBe(due, "a deadline must move when it has passed");
        }

        _decision = Decision<RoomEvent>.Accept(events, null);
    }

    internal void Then(params RoomEvent[] events)
    {
        Decision.Rejection.ShouldBeNull();
        Text(Decision.Events).ShouldBe(Text(events));
    }

    internal void ThenNothing() => Then();

    internal T ThenReplied<T>()
    {
        Decision.Rejection.ShouldBeNull();
        return Reply.ShouldBeOfType<T>();
    }

    internal void ThenRejected(string code, string? field = null, string? message = null)
    {
        Decision.Rejection.ShouldNotBeNull($"the events {Text(Decision.Events)}").Code.ShouldBe(code);
        Decision.Rejection.Field.ShouldBe(field);
        Decision.Rejection.Message.ShouldBe(message ?? RoomErrors.TextOf(code));
        Decision.Events.ShouldBeEmpty();
    }

    internal T Ask<T>(RoomQuery query)
    {
        var answer = Entity.Answer(State, query);
        answer.Rejection.ShouldBeNull();
        answer.Events.ShouldBeEmpty();
        return answer.Reply.ShouldBeOfType<T>();
    }

    internal string? Refusal(RoomQuery query) => Entity.Answer(State, query).Rejection?.Code;

    internal ItemView Item(uint number) => Ask<ItemView>(new GetItem(Open(), T0, Id(number)));

    internal static string Snapshot(RoomState state)
    {
        var output = new ArrayBufferWriter<byte>();
        Entity.StateCodec.Encode(state, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    internal static string Text(IEnumerable<RoomEvent> events)
    {
        var text = new StringBuilder();
        foreach (var @event in events)
        {
            var output = new ArrayBufferWriter<byte>();
            Entity.EventCodec.Encode(@event, output);
            text.Append(Entity.EventCodec.Manifest(@event)).Append(' ').Append(Encoding.UTF8.GetString(output.WrittenSpan)).Append('\n');
        }

        return text.ToString();
    }
}
