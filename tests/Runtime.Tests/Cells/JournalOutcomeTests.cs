using AkkaParty.Runtime.Diagnostics;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.TestKit.Counters;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Runtime.Tests.Cells;

public sealed class JournalOutcomeTests : CellTest
{
    private static readonly Audience Member = new("member");

    [Fact]
    public void After_a_conflict_it_replays_and_decides_again_exactly_once()
    {
        Node.Ask("a", new Add(1));
        var subscriber = new TestSubscriber();
        using var subscription = Node.Counters.Subscribe("a", Member, 1, subscriber);
        Node.Dispatcher.RunAll();
        Node.Journal.FailNext(JournalFault.ForeignWriter);

        ShouldBeValue(Node.Ask("a", new Add(5)), 1_000_006, seq: 3);
        Node.Stored("a").Count.ShouldBe(3);
        subscriber.Texts.ShouldBe(["2:+1000000:foreign", "3:+5:"]);
        Node.Events.Of<AppendLost>().Count.ShouldBe(1);
    }

    [Fact]
    public async Task After_a_conflict_every_command_of_the_turn_is_decided_again_in_its_order()
    {
        Node.Query("a");
        Node.Journal.FailNext(JournalFault.ForeignWriter);
        var asked = Enumerable.Range(1, 20)
            .Select(i => Node.Counters.AskAsync("a", new Add(i), i % 2 == 0 ? Id(i) : null).AsTask())
            .ToArray();
        Node.Dispatcher.RunAll();

        (await Task.WhenAll(asked)).Select(r => r.Seq).ShouldBe(Enumerable.Range(2, 20).Select(i => (long)i));
        Node.Stored("a").Count.ShouldBe(21);
        Node.Value("a").ShouldBe(1_000_210);
    }

    [Fact]
    public void Survives_many_conflicts_in_a_row()
    {
        Node.Journal.FailNext([.. Enumerable.Repeat(JournalFault.ForeignWriter, 10)]);

        ShouldBeValue(Node.Ask("a", new Add(1)), 10_000_001, seq: 11);
    }

    [Theory]
    [InlineData(JournalFault.LostBefore)]
    [InlineData(JournalFault.LostAfter)]
    public void After_a_lost_answer_a_command_with_an_id_is_applied_exactly_once(JournalFault fault)
    {
        Node.Ask("a", new Add(1));
        Node.Journal.FailNext(fault);

        ShouldBeValue(Node.Ask("a", new Add(5), Id(1)), 6, seq: 2);
        Node.Stored("a").Count.ShouldBe(2);
        Node.Value("a").ShouldBe(6);
    }

    [Theory]
    [InlineData(JournalFault.LostBefore, 1)]
    [InlineData(JournalFault.LostAfter, 6)]
    public void After_a_lost_answer_a_command_without_an_id_gets_unknown(JournalFault fault, long value)
    {
        Node.Ask("a", new Add(1));
        Node.Journal.FailNext(fault);

        var result = Node.Ask("a", new Add(5));
        ShouldFail(result, AskOutcome.Unknown, "outcome_unknown");
        result.Retryable.ShouldBeTrue();
        Node.Value("a").ShouldBe(value);
    }

    [Theory]
    [InlineData(JournalFault.LostBefore)]
    [InlineData(JournalFault.LostAfter)]
    public void After_a_lost_answer_the_feed_has_every_event_once(JournalFault fault)
    {
        Node.Ask("a", new Add(1));
        var subscriber = new TestSubscriber();
        using var subscription = Node.Counters.Subscribe("a", Member, 1, subscriber);
        Node.Dispatcher.RunAll();
        Node.Journal.FailNext(fault);
        Node.Ask("a", new AddMany(1, 3), Id(1));
        Node.Ask("a", new Add(2));

        subscriber.EventSeqs.ShouldBe([2, 3, 4, 5]);
    }

    [Fact]
    public async Task After_a_lost_answer_queries_and_identified_commands_of_the_turn_are_answered_anew()
    {
        Node.Query("a");
        Node.Journal.FailNext(JournalFault.LostAfter);
        var identified = Node.Counters.AskAsync("a", new Add(2), Id(1)).AsTask();
        var bare = Node.Counters.AskAsync("a", new Add(3)).AsTask();
        var query = Node.Counters.QueryAsync("a", GetValue.Instance).AsTask();
        Node.Dispatcher.RunAll();

        ShouldBeValue(await identified, 2, seq: 1);
        ShouldFail(await bare, AskOutcome.Unknown, "outcome_unknown");
        ShouldBeValue(await query, 5, seq: 2);
    }

    [Fact]
    public async Task A_refusal_leaves_the_state_as_it_was_and_says_unavailable()
    {
        Node.Ask("a", new Add(1));
        Node.Journal.FailNext(JournalFault.Refused);
        var command = Node.Counters.AskAsync("a", new Add(5), Id(1)).AsTask();
        var query = Node.Counters.QueryAsync("a", GetValue.Instance).AsTask();
        Node.Dispatcher.RunAll();

        ShouldFail(await command, AskOutcome.Unavailable, "store_unavailable");
        (await query).Outcome.ShouldBe(AskOutcome.Unavailable);
        ShouldBeValue(Node.Query("a"), 1, seq: 1);
        ShouldBeValue(Node.Ask("a", new Add(5), Id(1)), 6, seq: 2);
        Node.Events.Of<EntityRecovered>().Count.ShouldBe(1);
    }

    [Fact]
    public async Task One_entitys_conflict_never_touches_another_of_the_same_commit()
    {
        Node.Query("a");
        Node.Query("b");
        var stall = Node.Journal.StallNextCommit();
        var first = Node.Counters.AskAsync("c", new Add(1)).AsTask();
        Node.Dispatcher.RunAll();
        Node.AppendForeign("a", new Added(10, ""));
        var a = Node.Counters.AskAsync("a", new Add(1)).AsTask();
        var b = Node.Counters.AskAsync("b", new Add(1)).AsTask();
        Node.Dispatcher.RunAll();
        stall.Release();
        Node.Dispatcher.RunAll();

        ShouldBeValue(await first, 1);
        ShouldBeValue(await a, 11, seq: 2);
        ShouldBeValue(await b, 1, seq: 1);
        Node.Events.Of<AppendLost>().Select(e => e.Address.Id).ShouldBe(["a"]);
    }

    [Fact]
    public void A_journal_that_throws_against_its_contract_is_treated_as_a_lost_answer()
    {
        Node.Ask("a", new Add(1));
        Node.Journal.Chaos = _ => throw new InvalidOperationException("The journal is broken on purpose.");
        ShouldFail(Node.Ask("a", new Add(1)), AskOutcome.Unknown, "outcome_unknown");
        Node.Journal.Chaos = null;

        ShouldBeValue(Node.Ask("a", new Add(1)), 2, seq: 2);
    }

    [Fact]
    public void Says_that_the_store_refuses_until_it_keeps_something_again()
    {
        Node.Ask("a", new Add(1));
        Node.Runtime.StoreRefuses.ShouldBeFalse();
        Node.Journal.FailNext(JournalFault.Refused);
        Node.Ask("a", new Add(1));
        Node.Runtime.StoreRefuses.ShouldBeTrue();
        Node.Ask("a", new Add(0));
        Node.Runtime.StoreRefuses.ShouldBeTrue("only the head was confirmed");

        Node.Ask("a", new Add(1));
        Node.Runtime.StoreRefuses.ShouldBeFalse();
    }

    [Fact]
    public void Tells_projections_only_of_commits_that_stored_something()
    {
        var pokes = 0;
        Node.Runtime.OnAppended(() => pokes++);
        Node.Ask("a", new Add(0));
        pokes.ShouldBe(0);
        Node.Ask("a", new Add(1));
        pokes.ShouldBe(1);
        Node.Journal.FailNext(JournalFault.Refused);
        Node.Ask("a", new Add(1));
        pokes.ShouldBe(1);
    }
}
