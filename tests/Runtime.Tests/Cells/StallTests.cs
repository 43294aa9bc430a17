using AkkaParty.Runtime.Diagnostics;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.TestKit.Counters;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Runtime.Tests.Cells;

public sealed class StallTests : CellTest
{
    [Fact]
    public async Task A_silent_store_gets_callers_an_answer_after_the_time_out_and_the_late_append_counts_once()
    {
        Node.Ask("a", new Add(1));
        var subscriber = new TestSubscriber();
        using var subscription = Node.Counters.Subscribe("a", new Audience("member"), 1, subscriber);
        Node.Dispatcher.RunAll();
        var stall = Node.Journal.StallNextCommit();
        var bare = Node.Counters.AskAsync("a", new Add(10)).AsTask();
        var identified = Node.Counters.AskAsync("a", new Add(100), Id(1)).AsTask();
        var query = Node.Counters.QueryAsync("a", GetValue.Instance).AsTask();
        Node.Dispatcher.RunAll();
        var waiting = Node.Counters.AskAsync("a", new Add(1_000), Id(2)).AsTask();
        Node.Advance(TimeSpan.FromSeconds(9));
        bare.IsCompleted.ShouldBeFalse();
        Node.Advance(TimeSpan.FromSeconds(2));

        ShouldFail(await bare, AskOutcome.Unknown, "outcome_unknown");
        ShouldFail(await identified, AskOutcome.Unknown, "outcome_unknown");
        ShouldFail(await query, AskOutcome.Unavailable, "timed_out");
        ShouldFail(await waiting, AskOutcome.Unavailable, "store_unavailable");
        ShouldFail(Node.Ask("a", new Add(100), Id(1)), AskOutcome.Unavailable, "store_unavailable");

        stall.Release();
        Node.Dispatcher.RunAll();
        ShouldBeValue(Node.Ask("a", new Add(100), Id(1)), 111, seq: 3);
        ShouldBeValue(Node.Ask("a", new Add(1_000), Id(2)), 1_111, seq: 4);
        subscriber.EventSeqs.ShouldBe([2, 3, 4]);
        Node.Events.Of<AppendLost>().ShouldBeEmpty();
    }

    [Theory]
    [InlineData(JournalFault.Refused, 1)]
    [InlineData(JournalFault.LostBefore, 1)]
    [InlineData(JournalFault.LostAfter, 101)]
    [InlineData(JournalFault.ForeignWriter, 1_000_001)]
    public async Task A_silent_store_that_fails_in_the_end_leaves_what_the_journal_holds(JournalFault fault, long value)
    {
        Node.Ask("a", new Add(1));
        var stall = Node.Journal.StallNextCommit();
        Node.Journal.FailNext(fault);
        var asked = Node.Counters.AskAsync("a", new Add(100), Id(1)).AsTask();
        Node.Dispatcher.RunAll();
        Node.Advance(TimeSpan.FromSeconds(11));
        ShouldFail(await asked, AskOutcome.Unknown, "outcome_unknown");
        stall.Release();
        Node.Dispatcher.RunAll();

        ShouldBeValue(Node.Query("a"), value);
        ShouldBeValue(Node.Ask("a", new Add(100), Id(1)), fault == JournalFault.LostAfter ? 101 : value + 100);
    }

    [Fact]
    public async Task A_rejection_that_cannot_be_confirmed_in_time_is_unavailable_because_nothing_was_stored()
    {
        Node.Ask("a", new Add(1));
        var stall = Node.Journal.StallNextCommit();
        var rejected = Node.Counters.AskAsync("a", new Add(-5)).AsTask();
        Node.Dispatcher.RunAll();
        Node.Advance(TimeSpan.FromSeconds(11));

        ShouldFail(await rejected, AskOutcome.Unavailable, "timed_out");
        stall.Release();
        Node.Dispatcher.RunAll();
        ShouldBeValue(Node.Query("a"), 1);
    }

    [Fact]
    public async Task Entities_that_wait_behind_a_silent_commit_get_an_answer_too_and_are_stored_later()
    {
        var stall = Node.Journal.StallNextCommit();
        var first = Node.Counters.AskAsync("a", new Add(1), Id(1)).AsTask();
        Node.Dispatcher.RunAll();
        var second = Node.Counters.AskAsync("b", new Add(1), Id(1)).AsTask();
        Node.Dispatcher.RunAll();
        Node.Advance(TimeSpan.FromSeconds(11));
        (await first).Outcome.ShouldBe(AskOutcome.Unknown);
        (await second).Outcome.ShouldBe(AskOutcome.Unknown);
        stall.Release();
        Node.Dispatcher.RunAll();

        ShouldBeValue(Node.Ask("a", new Add(1), Id(1)), 1, seq: 1);
        ShouldBeValue(Node.Ask("b", new Add(1), Id(1)), 1, seq: 1);
    }

    [Fact]
    public async Task Whoever_subscribes_while_the_store_is_silent_is_sent_away_and_others_stay()
    {
        Node.Ask("a", new Add(1));
        var stays = new TestSubscriber();
        using var one = Node.Counters.Subscribe("a", new Audience("member"), 1, stays);
        Node.Dispatcher.RunAll();
        var stall = Node.Journal.StallNextCommit();
        var asked = Node.Counters.AskAsync("a", new Add(1)).AsTask();
        Node.Dispatcher.RunAll();
        Node.Advance(TimeSpan.FromSeconds(11));
        var late = new TestSubscriber();
        using var two = Node.Counters.Subscribe("a", new Audience("member"), 1, late);
        Node.Dispatcher.RunAll();
        late.Ended.ShouldBe(FeedEnd.Failed);
        stall.Release();
        Node.Dispatcher.RunAll();

        (await asked).Outcome.ShouldBe(AskOutcome.Unknown);
        stays.EventSeqs.ShouldBe([2]);
        stays.Ended.ShouldBeNull();
    }
}
