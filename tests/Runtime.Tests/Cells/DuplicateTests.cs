using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.TestKit.Counters;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Runtime.Tests.Cells;

public sealed class DuplicateTests : CellTest
{
    protected override TestNodeOptions Options => TestNodeOptions.Manual(new CounterEntity { Snapshots = new SnapshotPolicy(5) });

    [Fact]
    public void A_repeated_command_is_answered_with_its_first_reply_from_the_journal()
    {
        ShouldBeValue(Node.Ask("a", new Add(3), Id(1)), 3, seq: 1);
        Node.Ask("a", new Add(4), Id(2));

        ShouldBeValue(Node.Ask("a", new Add(3), Id(1)), 3, seq: 1);
        Node.Stored("a").Count.ShouldBe(2);
    }

    [Fact]
    public void A_repeated_command_of_several_events_is_answered_at_its_last_one()
    {
        ShouldBeValue(Node.Ask("a", new AddMany(1, 4), Id(1)), 4, seq: 4);
        ShouldBeValue(Node.Ask("a", new AddMany(1, 4), Id(1)), 4, seq: 4);
        Node.Stored("a").Count.ShouldBe(4);
    }

    [Fact]
    public async Task Copies_within_one_turn_are_decided_once()
    {
        var asked = Enumerable.Range(0, 10).Select(_ => Node.Counters.AskAsync("a", new Add(3), Id(1)).AsTask()).ToArray();
        Node.Dispatcher.RunAll();

        (await Task.WhenAll(asked)).ToList().ForEach(result => ShouldBeValue(result, 3, seq: 1));
        Node.Stored("a").Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_copy_that_comes_while_the_first_is_being_stored_is_decided_once()
    {
        var stall = Node.Journal.StallNextCommit();
        var first = Node.Counters.AskAsync("a", new Add(3), Id(1)).AsTask();
        Node.Dispatcher.RunAll();
        var copy = Node.Counters.AskAsync("a", new Add(3), Id(1)).AsTask();
        Node.Dispatcher.RunAll();
        stall.Release();
        Node.Dispatcher.RunAll();

        ShouldBeValue(await first, 3, seq: 1);
        ShouldBeValue(await copy, 3, seq: 1);
        Node.Stored("a").Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_repeated_command_is_found_after_a_restart()
    {
        Node.Ask("a", new Add(3), Id(1));
        await CrashAndRestartAsync();

        ShouldBeValue(Node.Ask("a", new Add(3), Id(1)), 3, seq: 1);
        Node.Stored("a").Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_repeated_command_is_found_after_a_snapshot_and_a_restart()
    {
        for (var number = 1; number <= 7; number++)
        {
            Node.Ask("a", new Add(1), Id(number));
        }

        await CrashAndRestartAsync();

        ShouldBeValue(Node.Ask("a", new Add(1), Id(2)), 2, seq: 2);
        ShouldBeValue(Node.Ask("a", new Add(1), Id(7)), 7, seq: 7);
        Node.Stored("a").Count.ShouldBe(7);
    }

    [Fact]
    public async Task A_second_owner_that_never_saw_the_command_finds_it_by_the_conflict()
    {
        Node.Query("a");
        await using var other = await Node.StartBesideAsync(TestNodeOptions.Manual());
        other.Ask("a", new Add(3), Id(1));

        ShouldBeValue(Node.Ask("a", new Add(3), Id(1)), 3, seq: 1);
        Node.Stored("a").Count.ShouldBe(1);
    }

    [Fact]
    public void A_rejected_command_may_be_sent_again_and_is_decided_anew()
    {
        ShouldFail(Node.Ask("a", new Add(-1), Id(1)), AskOutcome.Rejected, "below_zero");
        Node.Ask("a", new Add(5), Id(2));

        ShouldBeValue(Node.Ask("a", new Add(-1), Id(1)), 4, seq: 2);
    }

    [Fact]
    public void A_command_older_than_the_window_gets_command_expired()
    {
        Node.Ask("a", new Add(1), Id(100));

        ShouldFail(Node.Ask("a", new Add(1), Id(36)), AskOutcome.Rejected, "command_expired");
        ShouldBeValue(Node.Ask("a", new Add(1), Id(37)), 2, seq: 2);
        ShouldBeValue(Node.Ask("a", new Add(1), Id(36, Guid.NewGuid())), 3, seq: 3);
    }

    [Fact]
    public void The_same_number_in_another_session_is_another_command()
    {
        Node.Ask("a", new Add(1), Id(1));
        ShouldBeValue(Node.Ask("a", new Add(1), Id(1, Guid.NewGuid())), 2, seq: 2);
    }

    [Fact]
    public void The_same_command_at_another_entity_is_another_command()
    {
        Node.Ask("a", new Add(1), Id(1));
        ShouldBeValue(Node.Ask("b", new Add(1), Id(1)), 1, seq: 1);
    }

    [Fact]
    public void A_command_without_a_reply_is_answered_alike_the_second_time()
    {
        Node.Ask("a", new Ban("m"), Id(1)).Reply.ShouldBeNull();
        var again = Node.Ask("a", new Ban("m"), Id(1));
        again.Outcome.ShouldBe(AskOutcome.Replied);
        again.Reply.ShouldBeNull();
        again.Seq.ShouldBe(1);
    }

    [Fact]
    public void A_duplicate_is_unavailable_while_the_store_cannot_be_read()
    {
        Node.Ask("a", new Add(1), Id(1));
        Node.Journal.FailReads(1);

        ShouldFail(Node.Ask("a", new Add(1), Id(1)), AskOutcome.Unavailable, "store_unavailable");
        ShouldBeValue(Node.Ask("a", new Add(1), Id(1)), 1, seq: 1);
    }

    [Fact]
    public async Task A_duplicate_whose_reply_is_not_read_in_time_gets_an_answer_that_says_so()
    {
        Node.Ask("a", new Add(1), Id(1));
        var stall = Node.Journal.StallNextRead();
        var duplicate = Node.Counters.AskAsync("a", new Add(1), Id(1)).AsTask();
        Node.Dispatcher.RunAll();
        await stall.Reached;
        duplicate.IsCompleted.ShouldBeFalse();
        ShouldBeValue(Node.Query("a"), 1);

        Node.Advance(TimeSpan.FromSeconds(11));

        ShouldFail(await duplicate.Within("the duplicate's answer"), AskOutcome.Unavailable, "store_unavailable");
    }
}
