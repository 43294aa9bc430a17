using System.Text;
using AkkaParty.Actors.Parties;
using AkkaParty.Protocol.Parties;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Actors.Tests.Parties;

/// <summary>One evening from its creation to the second round, in which everything happens that can happen to a party.</summary>
public sealed class PartyStory : PartySpec
{
    private readonly List<PartyEvent> _events = [];

    [Fact]
    public void Every_kind_of_event_is_raised_by_some_command_and_understood()
    {
        UntilTheVote();
        UntilTheResult();
        Play(new OpenWatchParty(At(890), As("bob")));
        Play(new FinishOpening(At(890), State.WatchParty!.Id, null, "no free invite code was found"));
        Play(new OpenWatchParty(At(890), As("bob")));
        Play(new FinishOpening(At(891), State.WatchParty!.Id, "ABC234"));
        Play(new RestartParty(At(900), As("bob")));

        var known = typeof(PartyEvent).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(PartyEvent)));
        _events.Select(e => e.GetType().Name).Distinct().Order().ShouldBe(known.Select(type => type.Name).Order());
    }

    [Fact]
    public void An_unknown_event_is_an_error() =>
        Should.Throw<System.Diagnostics.UnreachableException>(() => Entity.Evolve(State, new Unheard(T0)));

    [Fact]
    public void An_unknown_command_or_query_is_an_error()
    {
        Lobby("h");
        Should.Throw<System.Diagnostics.UnreachableException>(() => Entity.Decide(State, new Asked(T0)));
        Should.Throw<System.Diagnostics.UnreachableException>(() => Entity.Answer(State, "what?"));
    }

    [Fact]
    public void A_party_that_was_never_created_answers_no_query()
    {
        foreach (PartyQuery query in new PartyQuery[] { new GetParty(), new AuthenticateCaller("x", T0), new GetOwnBallot(As("x"), T0) })
        {
            Entity.Answer(State, query).Rejection.ShouldBe(new Rejection("party_not_found", "Party not found"));
        }

        Entity.ViewState(State, 0, new Audience(PartyAddress.MemberAudience)).ShouldBeNull();
        Entity.Deadline(State).ShouldBeNull();
    }

    [Fact]
    public void The_snapshot_is_written_exactly_like_the_golden_files()
    {
        UntilTheVote();
        ShouldBeGolden("party_snapshot_nominating.json", PartyWalk.Snapshot(State));
        UntilTheResult();
        ShouldBeGolden("party_snapshot_finished.json", PartyWalk.Snapshot(State));
    }

    [Fact]
    public void The_golden_snapshots_are_read_back()
    {
        foreach (var name in new[] { "party_snapshot_nominating.json", "party_snapshot_finished.json" })
        {
            var text = File.ReadAllText(GoldenPath(name)).TrimEnd();
            var state = Entity.StateCodec.Decode(Encoding.UTF8.GetBytes(text));
            Entity.CheckInvariants(state);
            PartyWalk.Snapshot(state).ShouldBe(text);
        }
    }

    [Fact]
    public void Followers_get_the_whole_party_with_its_number_and_other_audiences_nothing()
    {
        UntilTheVote();

        var frame = Entity.ViewState(State, State.Seq, new Audience(PartyAddress.MemberAudience)).ShouldNotBeNull();
        ShouldBeGolden("party_update.json", Encoding.UTF8.GetString(frame.Span));
        Entity.ViewState(State, State.Seq, new Audience("somebody/else")).ShouldBeNull();
        (Entity.HasStateView, Entity.HasEventView, Entity.KeepAlive(State)).ShouldBe((true, false, false));
    }

    private void UntilTheVote()
    {
        Play(new CreateParty(T0, "Film night", "ann", "Host", "hash-ann", At(9000), new PartyOptions()));
        Play(new JoinParty(At(1), "bob", "Bob", "hash-bob", At(9001)));
        Play(new JoinParty(At(2), "cy", "Cy", "hash-cy", At(9002)));
        Play(new JoinParty(At(3), "dee", "Dee", "hash-dee", At(9003)));
        Play(new SetPresence(At(4), "ann", true));
        Play(new SetPresence(At(4), "bob", true));
        Play(new RemoveParticipant(At(5), As("ann"), "dee"));
        Play(new IssueToken(At(6), "bob", null, "hash-bob-2", At(9006)));
        Play(new RevokeToken(At(7), new Caller("bob", "hash-bob-2")));
        Play(new StartNomination(At(10), As("ann")));
        Play(new SuggestMovie(At(11), As("bob"), Film("1")));
        Play(new VoteNomination(At(12), As("ann"), "yay"));
        Play(new VoteNomination(At(13), As("bob"), "yay"));
        Play(new SuggestMovie(At(14), As("bob"), Film("2")));
        Play(new WithdrawNomination(At(15), As("bob"), "2"));
        Play(new SuggestMovie(At(16), As("cy"), Film("3")));
        Play(new VoteNomination(At(17), As("cy"), "yay"));
        Play(new CloseNomination(At(18), As("ann")));
        Play(new SuggestMovie(At(50), As("cy"), Film("4")));
        Play(new VoteNomination(At(51), As("bob"), "nay"));
    }

    private void UntilTheResult()
    {
        Play(new PassDeadline(At(170), At(170)));
        Play(new SuggestMovie(At(171), As("cy"), Film("5")));
        Play(new CloseNomination(At(172), As("ann")));
        Play(new WithdrawNomination(At(173), As("ann"), "3"));
        Play(new SuggestMovie(At(174), As("cy"), Film("6")));
        Play(new VoteNomination(At(175), As("ann"), "yay"));
        Play(new VoteNomination(At(175), As("bob"), "yay"));
        Play(new SetRankingDeadline(At(176), As("ann"), At(800)));
        Play(new FinalizeNominations(At(177), As("ann")));
        Play(new SetPresence(At(178), "ann", false));
        Play(new PassDeadline(At(298), At(298)));
        Play(new PassDeadline(At(478), At(478)));
        Play(new LeaveParty(At(479), As("cy")));
        Play(new SubmitRanking(At(480), As("bob"), ["6"]));
        State.Phase.ShouldBe(PartyPhase.Finished);
        State.HostId.ShouldBe("bob");
    }

    private void Play(PartyCommand command)
    {
        var seq = State.Seq;
        var before = State;
        Given(command);
        State.Seq.ShouldBeGreaterThan(seq, $"{command} at {Entity.Deadline(before)}");
        _events.AddRange(Entity.Decide(before, command).Events);
    }

    private static void ShouldBeGolden(string name, string actual)
    {
        var path = GoldenPath(name);
        if (!File.Exists(path) || File.ReadAllText(path) != actual + "\n")
        {
            File.WriteAllText(path + ".actual", actual + "\n");
        }

        File.Exists(path).ShouldBeTrue($"{path} is missing; the actual text is in {path}.actual");
        (actual + "\n").ShouldBe(File.ReadAllText(path));
    }

    private static string GoldenPath(string name) => Path.Combine(AppContext.BaseDirectory, "Parties", "Golden", name);

    private sealed record Unheard(DateTimeOffset At) : PartyEvent(At);

    private sealed record Asked(DateTimeOffset At) : PartyCommand(At);
}
