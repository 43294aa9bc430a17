using AkkaParty.Runtime.Diagnostics;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.TestKit.Counters;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Runtime.Tests.Cells;

public sealed class DeadlineTests : CellTest
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    private int Passed => Node.Manifests("a").Count(manifest => manifest == "counter.alarm-passed.v1");

    [Fact]
    public void Fires_at_its_time_and_not_before()
    {
        SetAlarm(TimeSpan.FromSeconds(10));
        Node.Advance(TimeSpan.FromSeconds(10) - TimeSpan.FromMilliseconds(1));
        Passed.ShouldBe(0);
        Node.Advance(TimeSpan.FromMilliseconds(1));
        Passed.ShouldBe(1);
        Node.Advance(TimeSpan.FromMinutes(5), Step);
        Passed.ShouldBe(1);
    }

    [Fact]
    public void Follows_a_deadline_that_is_moved_forwards_and_back()
    {
        SetAlarm(TimeSpan.FromSeconds(10));
        SetAlarm(TimeSpan.FromSeconds(20));
        Node.Advance(TimeSpan.FromSeconds(19), Step);
        Passed.ShouldBe(0);
        SetAlarm(TimeSpan.FromSeconds(100));
        SetAlarm(TimeSpan.FromSeconds(3));
        Node.Advance(TimeSpan.FromSeconds(3));
        Passed.ShouldBe(1);
    }

    [Fact]
    public void Survives_passivation()
    {
        SetAlarm(TimeSpan.FromHours(1));
        Node.Advance(TimeSpan.FromMinutes(30), TimeSpan.FromSeconds(10));
        Node.Events.Of<EntityPassivated>().Count.ShouldBe(1);
        Passed.ShouldBe(0);
        Node.Advance(TimeSpan.FromMinutes(30), TimeSpan.FromSeconds(10));
        Passed.ShouldBe(1);
    }

    [Fact]
    public async Task Survives_a_restart_and_fires_late_when_the_node_was_down_at_its_time()
    {
        SetAlarm(TimeSpan.FromMinutes(1));
        await Node.Runtime.DisposeAsync();
        Node.Time.Advance(TimeSpan.FromHours(2));
        await CrashAndRestartAsync();
        Node.Advance(TimeSpan.Zero);
        Node.Advance(TimeSpan.FromMilliseconds(1));

        Passed.ShouldBe(1);
    }

    [Fact]
    public async Task Is_carried_out_once_when_two_nodes_wake_for_it()
    {
        SetAlarm(TimeSpan.FromSeconds(10));
        await using var other = await Node.StartBesideAsync(TestNodeOptions.Manual());
        other.Dispatcher.RunAll();
        Node.Time.Advance(TimeSpan.FromSeconds(10));
        other.Dispatcher.RunAll();
        Node.Dispatcher.RunAll();

        Passed.ShouldBe(1);
        Node.Events.Of<DeadlineFired>().Count.ShouldBe(1);
        other.Events.Of<DeadlineFired>().Count.ShouldBe(1);
        Node.Value("a").ShouldBe(0);
    }

    [Theory]
    [InlineData(JournalFault.Refused)]
    [InlineData(JournalFault.LostBefore)]
    [InlineData(JournalFault.LostAfter)]
    [InlineData(JournalFault.ForeignWriter)]
    public void Is_carried_out_once_whatever_the_store_does(JournalFault fault)
    {
        SetAlarm(TimeSpan.FromSeconds(10));
        Node.Journal.FailNext(fault);
        Node.Advance(TimeSpan.FromSeconds(10));
        Node.Advance(TimeSpan.FromSeconds(6), Step);

        Passed.ShouldBe(1);
    }

    [Fact]
    public void Is_carried_out_after_a_long_outage_of_the_store()
    {
        SetAlarm(TimeSpan.FromSeconds(10));
        Node.Journal.Chaos = _ => JournalFault.Refused;
        Node.Advance(TimeSpan.FromMinutes(10), Step);
        Passed.ShouldBe(0);
        Node.Journal.Chaos = null;
        Node.Advance(TimeSpan.FromSeconds(6), Step);
        Passed.ShouldBe(1);
    }

    [Fact]
    public void One_that_is_stuck_is_tried_again_every_five_seconds_and_does_not_spin()
    {
        SetAlarm(TimeSpan.FromSeconds(10));
        Node.Journal.Chaos = _ => JournalFault.Refused;
        Node.Advance(TimeSpan.FromSeconds(10), Step);
        var before = Node.Journal.Commits;
        Node.Advance(TimeSpan.FromSeconds(50), Step);

        (Node.Journal.Commits - before).ShouldBeInRange(9, 11);
    }

    [Fact]
    public void A_bug_in_its_command_is_tried_again_and_does_not_spin()
    {
        SetAlarm(TimeSpan.FromSeconds(10));
        Node.Ask("a", new Break("decide")).Outcome.ShouldBe(AskOutcome.Failed);
        Node.Advance(TimeSpan.FromMinutes(3), Step);

        Passed.ShouldBe(1, "the entity was stopped by a bug and still keeps its deadline");
    }

    [Fact]
    public void An_instant_that_has_passed_once_and_is_named_again_passes_again()
    {
        var instant = Node.Time.GetUtcNow() + TimeSpan.FromSeconds(10);
        Node.Ask("a", new SetAlarm(instant)).Outcome.ShouldBe(AskOutcome.Replied);
        Node.Advance(TimeSpan.FromSeconds(11), Step);
        Passed.ShouldBe(1);

        Node.Ask("a", new SetAlarm(instant)).Outcome.ShouldBe(AskOutcome.Replied);
        Node.Advance(TimeSpan.FromSeconds(10), Step);
        Passed.ShouldBe(2);
    }

    private void SetAlarm(TimeSpan after) =>
        Node.Ask("a", new SetAlarm(Node.Time.GetUtcNow() + after)).Outcome.ShouldBe(AskOutcome.Replied);
}
