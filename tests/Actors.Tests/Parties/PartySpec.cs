using System.Buffers;
using System.Text;
using AkkaParty.Actors.Parties;
using AkkaParty.Protocol.Parties;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Actors.Tests.Parties;

/// <summary>Given events, when a command, then events or a rejection. Every state on the way must keep the invariants.</summary>
public abstract class PartySpec
{
    private Decision<PartyEvent>? _decision;

    internal static PartyEntity Entity { get; } = new();

    internal static DateTimeOffset T0 { get; } = new(2025, 6, 7, 20, 0, 0, TimeSpan.Zero);

    internal PartyState State { get; private set; } = Entity.Initial("p1");

    internal object? Reply => Decision.Reply;

    private Decision<PartyEvent> Decision => _decision ?? throw new InvalidOperationException("No command was decided yet.");

    internal static DateTimeOffset At(double seconds) => T0.AddSeconds(seconds);

    internal static Caller As(string userId) => new(userId, $"hash-{userId}");

    internal static Movie Film(string id) => new(id, $"Film {id}", "1924", "");

    internal void Given(params PartyEvent[] events)
    {
        foreach (var @event in events)
        {
            Apply(@event);
        }
    }

    internal void Given(params PartyCommand[] commands)
    {
        foreach (var command in commands)
        {
            When(command);
            Decision.Rejection.ShouldBeNull($"given {command}");
        }
    }

    internal void When(PartyCommand command)
    {
        _decision = Entity.Decide(State, command);
        foreach (var @event in _decision.Value.Events)
        {
            Apply(@event);
        }
    }

    /// <summary>Lets time pass: every deadline up to the instant fires, each on time.</summary>
    internal void WhenTimeIs(DateTimeOffset now)
    {
        var events = new List<PartyEvent>();
        while (Entity.Deadline(State) is { } due && due <= now)
        {
            When(Entity.OnDeadline(State, due, due));
            events.AddRange(Decision.Events);
            Entity.Deadline(State).ShouldNotBe(due, "a deadline must move when it has passed");
        }

        _decision = Decision<PartyEvent>.Accept(events, null);
    }

    internal void Then(params PartyEvent[] events)
    {
        Decision.Rejection.ShouldBeNull();
        Text(Decision.Events).ShouldBe(Text(events));
    }

    internal void ThenNothing() => Then();

    internal void ThenRejected(string code, string? field = null, string? message = null)
    {
        Decision.Rejection.ShouldNotBeNull($"the events {Text(Decision.Events)}").Code.ShouldBe(code);
        Decision.Rejection.Field.ShouldBe(field);
        Decision.Rejection.Message.ShouldBe(message ?? PartyErrors.TextOf(code));
        Decision.Events.ShouldBeEmpty();
    }

    /// <summary>A party of the given people, the first one its host, all of them with a socket, in the lobby.</summary>
    internal PartySpec Lobby(params string[] userIds)
    {
        Given(new CreateParty(T0, "Film night", userIds[0], userIds[0], $"hash-{userIds[0]}", T0.AddHours(24), new PartyOptions()));
        foreach (var userId in userIds.Skip(1))
        {
            Given(new JoinParty(T0, userId, userId, $"hash-{userId}", T0.AddHours(24)));
        }

        foreach (var userId in userIds)
        {
            Given(new SetPresence(T0, userId, true));
        }

        return this;
    }

    internal PartySpec Nominating(params string[] userIds)
    {
        Lobby(userIds);
        Given(new StartNomination(T0, As(userIds[0])));
        return this;
    }

    /// <summary>Puts films into the pool.</summary>
    internal PartySpec Pool(params string[] filmIds)
    {
        foreach (var filmId in filmIds)
        {
            Given(
                new MovieNominated(T0, Film(filmId), State.HostId!, At(120)),
                new NominationPassed(T0, filmId, NominationEnd.Certain));
        }

        return this;
    }

    internal PartySpec Ranking(string[] userIds, params string[] filmIds)
    {
        Nominating(userIds).Pool(filmIds);
        Given(new FinalizeNominations(T0, As(userIds[0])));
        return this;
    }

    internal PartySpec Finished(string[] userIds, params string[] filmIds)
    {
        Ranking(userIds, filmIds);
        Given(new SubmitRanking(T0, As(userIds[0]), [filmIds[0]]));
        if (State.Phase == PartyPhase.Ranking)
        {
            Given(new CloseRanking(T0, As(userIds[0])));
        }

        return this;
    }

    private static string Text(IEnumerable<PartyEvent> events)
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

    private void Apply(PartyEvent @event)
    {
        State = Entity.Evolve(State, @event);
        Entity.CheckInvariants(State);
    }
}
