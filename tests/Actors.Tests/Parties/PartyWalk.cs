using System.Buffers;
using System.Text;
using AkkaParty.Actors.Parties;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.Actors.Tests.Parties;

/// <summary>
/// A party that lives through a sequence of numbers: each number is one command by somebody, or time passing. Every event
/// must keep the invariants.
/// </summary>
internal sealed class PartyWalk
{
    private static readonly int[] Pauses = [0, 0, 1, 7, 45, 130, 310, 700];

    private int _people;

    /// <summary>Begins with a party of one.</summary>
    internal PartyWalk()
    {
        Do(new CreateParty(Now, "Walk", NextId(), "u1", "hash-u1", Now.AddDays(9), new PartyOptions(ParticipantsMax: 6)));
    }

    internal PartyState State { get; private set; } = PartySpec.Entity.Initial("p1");

    internal DateTimeOffset Now { get; private set; } = PartySpec.T0;

    internal List<PartyEvent> Events { get; } = [];

    internal List<PartyCommand> Commands { get; } = [];

    internal static string Snapshot(PartyState state)
    {
        var output = new ArrayBufferWriter<byte>();
        PartySpec.Entity.StateCodec.Encode(state, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    internal PartyWalk Walk(IEnumerable<int> steps, Action<PartyWalk>? afterEach = null)
    {
        foreach (var step in steps)
        {
            Step(step & int.MaxValue);
            afterEach?.Invoke(this);
        }

        return this;
    }

    /// <summary>Lets time pass; every deadline on the way fires on time.</summary>
    internal void Pass(TimeSpan time)
    {
        Now += time;
        while (PartySpec.Entity.Deadline(State) is { } due && due <= Now)
        {
            Do(PartySpec.Entity.OnDeadline(State, due, due));
            PartySpec.Entity.Deadline(State).ShouldNotBe(due, "a deadline must move when it has passed");
        }
    }

    internal void Do(PartyCommand command)
    {
        Commands.Add(command);
        var decision = PartySpec.Entity.Decide(State, command);
        foreach (var @event in decision.Events)
        {
            State = PartySpec.Entity.Evolve(State, @event);
            PartySpec.Entity.CheckInvariants(State);
            Events.Add(@event);
        }
    }

    private void Step(int step)
    {
        Pass(TimeSpan.FromSeconds(Take(ref step, Pauses)));
        var kind = step % 24;
        step /= 24;
        var someone = Someone(ref step);
        var caller = new Caller(someone, $"hash-{someone}");
        Do(kind switch
        {
            0 or 1 => new JoinParty(Now, NextId(), $"u{_people}", $"hash-u{_people}", Now.AddDays(9)),
            2 => new LeaveParty(Now, caller),
            3 => new RemoveParticipant(Now, Host(), someone),
            4 => new TransferHost(Now, Host(), someone),
            5 => new StartNomination(Now, Host()),
            6 or 7 => new SuggestMovie(Now, caller, PartySpec.Film($"{step % 4}")),
            8 or 9 or 10 => new VoteNomination(Now, caller, step % 3 == 0 ? "nay" : "yay", step % 5 == 0 ? $"{step % 4}" : null),
            11 => new CloseNomination(Now, Host()),
            12 => new WithdrawNomination(Now, caller, $"{step % 4}"),
            13 => new FinalizeNominations(Now, Host()),
            14 or 15 => new SubmitRanking(Now, caller, Ballot(step)),
            16 => new CloseRanking(Now, Host()),
            17 => new SetRankingDeadline(Now, Host(), step % 3 == 0 ? null : Now.AddSeconds(step % 900)),
            18 => step % 4 == 0 ? new RestartParty(Now, Host()) : new SeenParticipant(Now, caller),
            19 => step % 5 == 0 ? new RevokeToken(Now, caller) : new IssueToken(Now, someone, null, $"hash-{someone}", Now.AddDays(9)),
            20 => State.WatchParty is { } opening && step % 3 == 0
                ? new FinishOpening(Now, opening.Id, step % 2 == 0 ? "ABC234" : null)
                : new OpenWatchParty(Now, Host()),
            21 => new SetPresence(Now, someone, true),
            22 => new SetPresence(Now, someone, false),
            _ => new SeenParticipant(Now, caller),
        });
    }

    private static int Take(ref int step, int[] choices)
    {
        var choice = choices[step % choices.Length];
        step /= choices.Length;
        return choice;
    }

    private string NextId() => $"u{++_people}";

    private Caller Host() => new(State.HostId ?? "nobody", $"hash-{State.HostId}");

    /// <summary>A participant, or now and then somebody who is not in the party.</summary>
    private string Someone(ref int step)
    {
        var place = step % (State.Participants.Length + 1);
        step /= State.Participants.Length + 1;
        return place < State.Participants.Length ? State.Participants[place].Id : "u999";
    }

    private string[] Ballot(int step)
    {
        var films = State.Pool.Select(film => film.Id).ToList();
        if (step % 2 == 0)
        {
            films.Reverse();
        }

        return [.. films.Take(1 + (step % 4))];
    }
}
