using AkkaParty.Runtime.Diagnostics;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.TestKit.Counters;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Runtime.Tests.Cells;

public sealed class BugTests : CellTest
{
    private readonly CounterEntity _counter = new() { Snapshots = new SnapshotPolicy(3) };

    protected override TestNodeOptions Options => TestNodeOptions.Manual(_counter);

    [Theory]
    [InlineData("decide")]
    [InlineData("evolve")]
    [InlineData("invariant")]
    [InlineData("encode")]
    public async Task Fails_the_one_command_and_stores_what_was_decided_before_and_after_it(string where)
    {
        Node.Query("a");
        var before = Node.Counters.AskAsync("a", new Add(1)).AsTask();
        var broken = Node.Counters.AskAsync("a", new Break(where), Id(1)).AsTask();
        var after = Node.Counters.AskAsync("a", new Add(2)).AsTask();
        var query = Node.Counters.QueryAsync("a", GetValue.Instance).AsTask();
        Node.Dispatcher.RunAll();

        ShouldBeValue(await before, 1, seq: 1);
        ShouldFail(await broken, AskOutcome.Failed, "internal_error");
        ShouldBeValue(await after, 3, seq: 2);
        ShouldBeValue(await query, 3, seq: 2);
        Node.Manifests("a").ShouldBe(["counter.added.v1", "counter.added.v1"]);
        Node.Events.Of<EntityStopped>().Count.ShouldBe(1);
        Node.Events.Of<EntityRecovered>().Count.ShouldBe(2);
    }

    [Fact]
    public void A_bug_as_the_only_command_stores_nothing_and_the_entity_recovers()
    {
        Node.Ask("a", new Add(1));
        ShouldFail(Node.Ask("a", new Break("invariant")), AskOutcome.Failed, "internal_error");
        ShouldBeValue(Node.Ask("a", new Add(1)), 2, seq: 2);
    }

    [Fact]
    public async Task A_bug_in_a_turn_whose_append_met_a_conflict_is_met_again_and_the_rest_is_stored()
    {
        Node.Query("a");
        Node.Journal.FailNext(JournalFault.ForeignWriter);
        var before = Node.Counters.AskAsync("a", new Add(1)).AsTask();
        var broken = Node.Counters.AskAsync("a", new Break("decide")).AsTask();
        Node.Dispatcher.RunAll();

        ShouldBeValue(await before, 1_000_001, seq: 2);
        (await broken).Outcome.ShouldBe(AskOutcome.Failed);
    }

    [Fact]
    public void Subscribers_stay_through_a_bug_and_miss_nothing()
    {
        Node.Ask("a", new Add(1));
        var subscriber = new TestSubscriber();
        using var subscription = Node.Counters.Subscribe("a", new Audience("member"), 1, subscriber);
        Node.Dispatcher.RunAll();
        Node.Ask("a", new Break("decide"));
        Node.AppendForeign("a", new Added(5, "while it was down"));
        Node.Ask("a", new Add(2));

        subscriber.EventSeqs.ShouldBe([2, 3]);
        subscriber.Ended.ShouldBeNull();
    }

    [Fact]
    public async Task A_query_that_throws_fails_alone()
    {
        Node.Ask("a", new Add(1));
        var query = Node.Counters.QueryAsync("a", new Break("answer")).AsTask();
        Node.Dispatcher.RunAll();
        (await query).Outcome.ShouldBe(AskOutcome.Failed);
        Node.Events.Of<EntityStopped>().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Deadline")]
    [InlineData("KeepAlive")]
    public void A_part_of_the_definition_that_throws_while_storing_fails_the_turn_and_backs_off(string part)
    {
        Node.Ask("a", new Add(1));
        _counter.Broken = part;
        ShouldFail(Node.Ask("a", new Add(1)), AskOutcome.Failed, "internal_error");
        ShouldFail(Node.Ask("a", new Add(1)), AskOutcome.Failed, "internal_error");
        Node.Stored("a").Count.ShouldBe(1);
        _counter.Broken = null;
        Node.Advance(TimeSpan.FromSeconds(1));
        ShouldBeValue(Node.Ask("a", new Add(1)), 2, seq: 2);
    }

    [Theory]
    [InlineData("Deadline")]
    [InlineData("ConnectedMembers")]
    public async Task A_part_that_throws_at_every_recovery_never_spins_and_doubles_its_back_off(string part)
    {
        Node.Ask("a", new Add(1));
        _counter.Broken = part;
        await CrashAndRestartAsync();
        for (var seconds = 1; seconds <= 16; seconds *= 2)
        {
            ShouldFail(Node.Ask("a", new Add(1)), AskOutcome.Failed, "internal_error");
            Node.Advance(TimeSpan.FromSeconds(seconds));
        }

        Node.Events.Of<EntityRecoveryFailed>().Count.ShouldBe(5);
        _counter.Broken = null;
        ShouldBeValue(Node.Ask("a", new Add(1)), 2, seq: 2);
    }

    [Fact]
    public void A_snapshot_that_cannot_be_encoded_harms_nobody()
    {
        _counter.Broken = "Snapshot";
        ShouldBeValue(Node.Ask("a", new AddMany(1, 4)), 4, seq: 4);
        ShouldBeValue(Node.Ask("a", new AddMany(1, 4)), 8, seq: 8);
        Node.Events.Of<SnapshotSaved>().ShouldBeEmpty();
        _counter.Broken = null;
        Node.Ask("a", new AddMany(1, 3));
        Node.Events.Of<SnapshotSaved>().Single().Seq.ShouldBe(11);
    }
}
