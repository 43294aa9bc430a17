using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using AkkaParty.Actors.Parties;
using AkkaParty.Protocol.Parties;
using AkkaParty.Runtime.Feeds;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaParty.Actors.Tests.Parties;

public sealed class PartyProperties
{
    private static readonly Audience Member = new(PartyAddress.MemberAudience);

    private static Arbitrary<int[]> Steps { get; } = Arb.From(
        from length in Gen.Choose(0, 120)
        from steps in Gen.ArrayOf(Gen.Choose(0, int.MaxValue - 1), length)
        select steps,
        Shorter);

    [Fact]
    public void No_sequence_of_commands_breaks_an_invariant() => Holds(steps => new PartyWalk().Walk(steps), times: 1000);

    [Fact]
    public void Walks_get_everywhere()
    {
        var random = new Random(7);
        var phases = new HashSet<PartyPhase>();
        var raised = new HashSet<string>();
        for (var walks = 0; walks < 500; walks++)
        {
            var steps = Enumerable.Range(0, 120).Select(_ => random.Next()).ToArray();
            var walk = new PartyWalk().Walk(steps, walk => phases.Add(walk.State.Phase));
            raised.UnionWith(walk.Events.Select(e => e.GetType().Name));
        }

        phases.Count.ShouldBe(4);
        PartyCodec.Events.Rows.Select(row => row.Type.Name).Except(raised).ShouldBeEmpty();
    }

    [Fact]
    public void Replaying_the_stored_events_gives_the_live_state() => Holds(steps =>
    {
        var walk = new PartyWalk().Walk(steps);
        var replayed = PartySpec.Entity.Initial("p1");
        foreach (var @event in walk.Events)
        {
            var output = new ArrayBufferWriter<byte>();
            PartySpec.Entity.EventCodec.Encode(@event, output);
            var stored = PartySpec.Entity.EventCodec.Decode(PartySpec.Entity.EventCodec.Manifest(@event), output.WrittenSpan);
            replayed = PartySpec.Entity.Evolve(replayed, stored);
        }

        PartyWalk.Snapshot(replayed).ShouldBe(PartyWalk.Snapshot(walk.State));
        replayed.Seq.ShouldBe(walk.Events.Count);
    });

    [Fact]
    public void A_snapshot_is_read_back_as_the_same_state() => Holds(steps =>
    {
        var snapshot = PartyWalk.Snapshot(new PartyWalk().Walk(steps).State);
        var restored = PartySpec.Entity.StateCodec.Decode(Encoding.UTF8.GetBytes(snapshot));

        PartyWalk.Snapshot(restored).ShouldBe(snapshot);
        PartySpec.Entity.CheckInvariants(restored);
    });

    [Fact]
    public void A_late_timer_changes_nothing() => Holds(steps =>
    {
        var prompt = new PartyWalk().Walk(steps);
        var state = PartySpec.Entity.Initial("p1");
        var last = new PassDeadline(prompt.Now, prompt.Now);
        foreach (var command in prompt.Commands.Where(command => command is not PassDeadline).Append(last))
        {
            state = PartySpec.Entity.Decide(state, command).Events.Aggregate(state, PartySpec.Entity.Evolve);
        }

        PartyWalk.Snapshot(state).ShouldBe(PartyWalk.Snapshot(prompt.State));
    });

    [Fact]
    public void What_followers_see_has_no_token_and_does_not_depend_on_what_is_on_a_ballot() => Holds(steps =>
        new PartyWalk().Walk(steps, walk =>
        {
            var frame = Frame(walk.State);
            frame.ShouldNotContain("hash-");
            frame.ShouldNotContain("ranks");
            var others = walk.State with
            {
                Ballots = walk.State.Ballots.Select(ballot => ballot with { Ranks = ["secret"] }).ToImmutableArray(),
            };
            Frame(others).ShouldBe(frame);
        }));

    [Fact]
    public void Nobody_can_block_a_party_in_which_somebody_is_present() => Holds(steps =>
    {
        var walk = new PartyWalk().Walk(steps);
        walk.Do(new JoinParty(walk.Now, "last", "last", "hash-last", walk.Now.AddDays(9)));
        if (walk.State.Find("last") is null)
        {
            return;
        }

        foreach (var participant in walk.State.Participants)
        {
            walk.Do(new SetPresence(walk.Now, participant.Id, participant.Id == "last"));
        }

        FinishAlone(walk);
        walk.State.Phase.ShouldBe(PartyPhase.Finished);
    });

    /// <summary>Everybody else has gone silent; one person does what is theirs to do, and time passes.</summary>
    private static void FinishAlone(PartyWalk walk)
    {
        var caller = new Caller("last", "hash-last");
        for (var tries = 0; tries < 10 && walk.State.Phase != PartyPhase.Finished; tries++)
        {
            walk.Pass(TimeSpan.FromSeconds(700));
            walk.Do(new StartNomination(walk.Now, caller));
            walk.Do(new SuggestMovie(walk.Now, caller, PartySpec.Film("77")));
            walk.Do(new VoteNomination(walk.Now, caller, "yay"));
            walk.Do(new FinalizeNominations(walk.Now, caller));
            walk.Do(new SubmitRanking(walk.Now, caller, [.. walk.State.Pool.Take(1).Select(film => film.Id)]));
        }
    }

    private static string Frame(PartyState state) =>
        Encoding.UTF8.GetString(PartySpec.Entity.ViewState(state, state.Seq, Member).ShouldNotBeNull().Span);

    private static IEnumerable<int[]> Shorter(int[] steps)
    {
        for (var cut = steps.Length / 2; cut > 0; cut /= 2)
        {
            for (var from = 0; from + cut <= steps.Length; from += cut)
            {
                yield return [.. steps[..from], .. steps[(from + cut)..]];
            }
        }
    }

    private static void Holds(Action<int[]> property, int times = 300) =>
        Prop.ForAll(Steps, property).Check(Config.QuickThrowOnFailure.WithMaxTest(times).WithQuietOnSuccess(true));
}
