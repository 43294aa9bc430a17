using AkkaParty.Runtime.Diagnostics;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.TestKit.Counters;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Runtime.Tests.Cells;

public sealed class DecideTests : CellTest
{
    [Fact]
    public void Recovers_decides_appends_and_replies()
    {
        ShouldBeValue(Node.Ask("a", new Add(3)), 3, seq: 1);
        ShouldBeValue(Node.Ask("a", new AddMany(2, 5)), 13, seq: 6);
        ShouldBeValue(Node.Query("a"), 13, seq: 6);
        Node.Events.Of<EntityRecovered>().Count.ShouldBe(1);
        Node.Stored("a").Count.ShouldBe(6);
    }

    [Fact]
    public void Answers_a_query_on_an_entity_that_has_stored_nothing_with_number_0() => ShouldBeValue(Node.Query("new"), 0, seq: 0);

    [Fact]
    public async Task Replies_only_after_the_append_is_durable()
    {
        var stall = Node.Journal.StallNextCommit();
        var asked = Node.Counters.AskAsync("a", new Add(3)).AsTask();
        var query = Node.Counters.QueryAsync("a", GetValue.Instance).AsTask();
        Node.Dispatcher.RunAll();
        await stall.Reached;

        asked.IsCompleted.ShouldBeFalse();
        query.IsCompleted.ShouldBeFalse("it would show what is not durable");
        Node.Stored("a").ShouldBeEmpty();

        stall.Release();
        Node.Dispatcher.RunAll();
        ShouldBeValue(await asked, 3, seq: 1);
        ShouldBeValue(await query, 3, seq: 1);
    }

    [Fact]
    public void A_query_before_the_first_undurable_event_does_not_wait_for_the_append()
    {
        Node.Query("a");
        Node.Journal.StallNextCommit();
        var before = Node.Counters.QueryAsync("a", GetValue.Instance).AsTask();
        var added = Node.Counters.AskAsync("a", new Add(1)).AsTask();
        var after = Node.Counters.QueryAsync("a", GetValue.Instance).AsTask();
        Node.Dispatcher.RunAll();

        before.IsCompleted.ShouldBeTrue();
        added.IsCompleted.ShouldBeFalse();
        after.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Puts_all_waiting_commands_into_one_append_in_their_order()
    {
        var asked = Enumerable.Range(1, 50).Select(i => Node.Counters.AskAsync("a", new Add(1, $"{i}")).AsTask()).ToArray();
        Node.Dispatcher.RunAll();
        var results = await Task.WhenAll(asked);

        results.Select(r => ((CounterValue)r.Reply!).Value).ShouldBe(Enumerable.Range(1, 50).Select(i => (long)i));
        results.Select(r => r.Seq).ShouldBe(Enumerable.Range(1, 50).Select(i => (long)i));
        Node.Journal.Operations.ShouldBe([new CommittedOperation(TestNode.Address("a"), 0, 50, AppendOutcome.Appended)]);
    }

    [Fact]
    public async Task Puts_many_entities_into_one_commit_while_another_is_under_way()
    {
        var stall = Node.Journal.StallNextCommit();
        var first = Node.Counters.AskAsync("first", new Add(1)).AsTask();
        Node.Dispatcher.RunAll();
        var others = Enumerable.Range(0, 20).Select(i => Node.Counters.AskAsync($"e{i}", new Add(1)).AsTask()).ToArray();
        Node.Dispatcher.RunAll();
        stall.Release();
        Node.Dispatcher.RunAll();

        (await Task.WhenAll([first, .. others])).ShouldAllBe(r => r.Outcome == AskOutcome.Replied);
        Node.Journal.Commits.ShouldBe(2);
    }

    [Fact]
    public async Task Decides_at_most_so_many_messages_in_one_turn_and_all_of_them_in_the_end()
    {
        await using var node = await TestNode.StartAsync(TestNodeOptions.Manual(limits: new RuntimeOptions { TurnMessagesMax = 10 }));
        var asked = Enumerable.Range(1, 35).Select(_ => node.Counters.AskAsync("a", new Add(1)).AsTask()).ToArray();
        node.Dispatcher.RunAll();

        (await Task.WhenAll(asked))[^1].Seq.ShouldBe(35);
        node.Journal.Operations.Select(o => o.Entries).ShouldBe([10, 10, 10, 5]);
    }

    [Fact]
    public async Task Releases_a_rejection_only_after_the_head_was_confirmed()
    {
        Node.Ask("a", new Add(3));
        var stall = Node.Journal.StallNextCommit();
        var rejected = Node.Counters.AskAsync("a", new Add(-5)).AsTask();
        Node.Dispatcher.RunAll();
        rejected.IsCompleted.ShouldBeFalse();
        stall.Release();
        Node.Dispatcher.RunAll();

        ShouldFail(await rejected, AskOutcome.Rejected, "below_zero");
        (await rejected).Seq.ShouldBe(1);
        Node.Journal.Operations[^1].ShouldBe(new CommittedOperation(TestNode.Address("a"), 1, 0, AppendOutcome.Appended));
    }

    [Fact]
    public void Decides_a_rejection_again_on_fresh_state_when_the_memory_was_stale()
    {
        Node.Ask("a", new Add(3));
        Node.AppendForeign("a", new Added(10, "elsewhere"));

        ShouldBeValue(Node.Ask("a", new Add(-5)), 8, seq: 3);
        Node.Events.Of<AppendLost>().Single().Outcome.ShouldBe(AppendOutcome.Conflict);
    }

    [Fact]
    public void Decides_a_no_op_again_on_fresh_state_when_the_memory_was_stale()
    {
        Node.Ask("a", new Add(3));
        Node.AppendForeign("a", new Added(10, "elsewhere"));

        ShouldBeValue(Node.Ask("a", new Add(0)), 13, seq: 2);
    }

    [Fact]
    public void Reads_the_store_again_for_a_query_that_has_seen_more_than_memory_holds()
    {
        Node.Ask("a", new Add(3));
        Node.AppendForeign("a", new Added(10, "elsewhere"));

        ShouldBeValue(Node.Query("a"), 3, seq: 1);
        ShouldBeValue(Node.Query("a", seqMin: 2), 13, seq: 2);
        Node.Events.Of<EntityRecovered>().Count.ShouldBe(2);
    }

    [Fact]
    public void Tells_a_query_for_a_number_that_is_not_stored_so_after_one_look_at_the_store()
    {
        Node.Ask("a", new Add(3));

        var ahead = Node.Query("a", seqMin: 9);

        ShouldFail(ahead, AskOutcome.Rejected, "seq_ahead");
        ahead.Rejection!.Field.ShouldBe("seq");
        Node.Events.Of<EntityRecovered>().Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_query_ahead_of_memory_behind_an_undurable_command_stores_that_command_once()
    {
        Node.Ask("a", new Add(1));
        var added = Node.Counters.AskAsync("a", new Add(1)).AsTask();
        var ahead = Node.Counters.QueryAsync("a", GetValue.Instance, seqMin: 5).AsTask();
        var later = Node.Counters.AskAsync("a", new Add(1)).AsTask();
        Node.Dispatcher.RunAll();

        ShouldBeValue(await added, 2, seq: 2);
        ShouldFail(await ahead, AskOutcome.Rejected, "seq_ahead");
        ShouldBeValue(await later, 3, seq: 3);
        Node.Stored("a").Count.ShouldBe(3);
        Node.Events.Of<AppendLost>().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_query_that_asks_for_what_its_own_turn_is_about_to_store_waits_for_it()
    {
        Node.Query("a");
        var added = Node.Counters.AskAsync("a", new Add(7)).AsTask();
        var query = Node.Counters.QueryAsync("a", GetValue.Instance, seqMin: 1).AsTask();
        Node.Dispatcher.RunAll();

        ShouldBeValue(await added, 7);
        ShouldBeValue(await query, 7, seq: 1);
        Node.Events.Of<EntityRecovered>().Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(129)]
    public void Refuses_an_id_of_the_wrong_length(int length) =>
        ShouldFail(Node.Ask(new string('x', length), new Add(1)), AskOutcome.Rejected, "invalid_id");

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    public void Refuses_a_command_number_below_1(long number)
    {
        ShouldFail(Node.Ask("a", new Add(1), Id(number)), AskOutcome.Rejected, "invalid_id");
        Node.Stored("a").ShouldBeEmpty();
    }
}
