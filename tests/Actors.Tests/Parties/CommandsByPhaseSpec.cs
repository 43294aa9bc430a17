using AkkaParty.Protocol.Parties;

namespace AkkaParty.Actors.Tests.Parties;

/// <summary>Every command in every phase: carried out, refused with a code, or carried out without any event.</summary>
public sealed class CommandsByPhaseSpec : PartySpec
{
    private const string Done = "done";
    private const string Nothing = "nothing";

    /// <summary>Host h and member m have sockets; films 1 and 2 are in the pool and 3 is open where the phase allows it.</summary>
    private static readonly PhaseRow[] Table =
    [
        Row(new CreateParty(At(1), "Again", "x", "Host", "hash", At(99), new PartyOptions()),
            Done, "party_exists", "party_exists", "party_exists", "party_exists"),
        Row(new JoinParty(At(1), "new", "new", "hash", At(99)), Done, Done, Done, Done),
        Row(new LeaveParty(At(1), As("m")), Done, Done, Done, Done),
        Row(new RemoveParticipant(At(1), As("h"), "m"), Done, Done, Done, Done),
        Row(new TransferHost(At(1), As("h"), "m"), Done, Done, Done, Done),
        Row(new StartNomination(At(1), As("h")), Done, "not_in_lobby", "not_in_lobby", "not_in_lobby"),
        Row(new SuggestMovie(At(1), As("m"), Film("4")),
            "nominations_not_open", "nomination_in_progress", "nominations_not_open", "nominations_not_open"),
        Row(new VoteNomination(At(1), As("m"), "yay"), "no_nomination", Done, "no_nomination", "no_nomination"),
        Row(new CloseNomination(At(1), As("h")), "no_nomination", Done, "no_nomination", "no_nomination"),
        Row(new WithdrawNomination(At(1), As("h"), "3"), "nominations_not_open", Done, "nominations_not_open", "nominations_not_open"),
        Row(new FinalizeNominations(At(1), As("h")), "not_nominating", Done, "not_nominating", "not_nominating"),
        Row(new SubmitRanking(At(1), As("m"), ["1"]), "ranking_not_open", "ranking_not_open", Done, "ranking_not_open"),
        Row(new CloseRanking(At(1), As("h")), "ranking_not_open", "ranking_not_open", "no_ballots", "ranking_not_open"),
        Row(new SetRankingDeadline(At(1), As("h"), At(60)), "deadline_not_open", Done, Done, "deadline_not_open"),
        Row(new RestartParty(At(1), As("h")), Nothing, Done, Done, Done),
        Row(new OpenWatchParty(At(1), As("h")), "not_decided", "not_decided", "not_decided", Done),
        Row(new FinishOpening(At(1), "another", "ABC234"), Nothing, Nothing, Nothing, Nothing),
        Row(new IssueToken(At(1), "m", null, "hash-2", At(99)), Done, Done, Done, Done),
        Row(new RevokeToken(At(1), As("m")), Done, Done, Done, Done),
        Row(new SetPresence(At(1), "m", false), Done, Done, Done, Done),
        Row(new SeenParticipant(At(1), As("m")), Nothing, Nothing, Nothing, Nothing),
        Row(new PassDeadline(At(1), At(1)), Nothing, Nothing, Nothing, Nothing),
    ];

    public static TheoryData<string> CommandNames => [.. Table.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(CommandNames))]
    public void Before_the_party_exists(string command) => Decides(command, PartyPhase.Lobby, exists: false);

    [Theory]
    [MemberData(nameof(CommandNames))]
    public void In_the_lobby(string command) => Decides(command, PartyPhase.Lobby);

    [Theory]
    [MemberData(nameof(CommandNames))]
    public void While_nominating(string command) => Decides(command, PartyPhase.Nominating);

    [Theory]
    [MemberData(nameof(CommandNames))]
    public void While_ranking(string command) => Decides(command, PartyPhase.Ranking);

    [Theory]
    [MemberData(nameof(CommandNames))]
    public void When_finished(string command) => Decides(command, PartyPhase.Finished);

    [Theory]
    [MemberData(nameof(CommandNames))]
    public void A_caller_whose_token_does_not_hold_is_refused_in_every_phase(string command)
    {
        if (Table.Single(row => row.Name == command).Command is not CallerCommand call)
        {
            return;
        }

        Finished(["h", "m"], "1", "2");
        When(call with { Caller = call.Caller with { TokenHash = "hash-of-another" } });
        ThenRejected(PartyErrorCodes.InvalidToken);
        When(call with { Caller = new Caller("stranger", call.Caller.TokenHash) });
        ThenRejected(PartyErrorCodes.InvalidToken);
        When(call with { At = T0.AddHours(24) });
        ThenRejected(PartyErrorCodes.InvalidToken);
    }

    [Theory]
    [MemberData(nameof(CommandNames))]
    public void What_is_the_hosts_alone_is_refused_to_others_in_every_phase(string command)
    {
        if (Table.Single(row => row.Name == command).Command is not CallerCommand { Caller.UserId: "h" } call || call is WithdrawNomination)
        {
            return;
        }

        foreach (var phase in Enum.GetValues<PartyPhase>())
        {
            var spec = new CommandsByPhaseSpec();
            spec.Enter(phase);
            var decision = Entity.Decide(spec.State, call with { Caller = As("m") });
            decision.Rejection.ShouldNotBeNull().Code.ShouldBe(PartyErrorCodes.HostOnly);
        }
    }

    [Fact]
    public void Every_command_is_in_the_table()
    {
        var commands = typeof(PartyCommand).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(PartyCommand)) && !type.IsAbstract);
        Table.Select(row => row.Name).Order().ShouldBe(commands.Select(type => type.Name).Order());
    }

    private static PhaseRow Row(
        PartyCommand command, string lobby, string nominating, string ranking, string finished) =>
        Row(command, "party_not_found", lobby, nominating, ranking, finished);

    private static PhaseRow Row(
        PartyCommand command, string absent, string lobby, string nominating, string ranking, string finished) =>
        new(command.GetType().Name, command, absent, lobby, nominating, ranking, finished);

    private void Decides(string name, PartyPhase phase, bool exists = true)
    {
        var row = Table.Single(candidate => candidate.Name == name);
        var expected = !exists ? row.Absent : phase switch
        {
            PartyPhase.Lobby => row.Lobby,
            PartyPhase.Nominating => row.Nominating,
            PartyPhase.Ranking => row.Ranking,
            _ => row.Finished,
        };
        if (exists)
        {
            Enter(phase);
        }

        var seq = State.Seq;
        When(row.Command);
        switch (expected)
        {
            case Done:
                State.Seq.ShouldBeGreaterThan(seq);
                break;
            case Nothing:
                ThenNothing();
                break;
            default:
                Entity.Decide(State, row.Command).Rejection.ShouldNotBeNull().Code.ShouldBe(expected);
                State.Seq.ShouldBe(seq);
                break;
        }
    }

    private void Enter(PartyPhase phase)
    {
        switch (phase)
        {
            case PartyPhase.Lobby:
                Lobby("h", "m");
                break;
            case PartyPhase.Nominating:
                Nominating("h", "m").Pool("1", "2");
                Given(new SuggestMovie(T0, As("m"), Film("3")));
                break;
            case PartyPhase.Ranking:
                Ranking(["h", "m"], "1", "2");
                break;
            default:
                Finished(["h", "m"], "1", "2");
                break;
        }
    }

    private sealed record PhaseRow(
        string Name, PartyCommand Command, string Absent, string Lobby, string Nominating, string Ranking, string Finished);
}
