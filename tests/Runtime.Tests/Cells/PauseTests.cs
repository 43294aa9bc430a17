using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.TestKit.Counters;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Runtime.Tests.Cells;

/// <summary>Two subscribers make a pause of ten milliseconds here.</summary>
public sealed class PauseTests : CellTest
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    protected override TestNodeOptions Options => TestNodeOptions.Manual(limits: new RuntimeOptions
    {
        PausePerSubscriber = TimeSpan.FromMilliseconds(5),
        PauseMax = TimeSpan.FromMilliseconds(15),
    });

    [Fact]
    public async Task What_comes_right_after_a_turn_that_told_many_goes_together()
    {
        var subscribers = Follow(2);
        ShouldBeValue(Node.Ask("a", new Add(1)), 1, seq: 1);
        var commits = Node.Journal.Commits;

        var second = Node.Counters.AskAsync("a", new Add(1), Id(1)).AsTask();
        Node.Dispatcher.RunAll();
        Node.Advance(Pause / 2);
        var third = Node.Counters.AskAsync("a", new Add(1), Id(2)).AsTask();
        Node.Dispatcher.RunAll();
        (second.IsCompleted, Node.Journal.Commits).ShouldBe((false, commits));
        Node.Advance(Pause / 2);

        ShouldBeValue(await second.Within("the second answer"), 2, seq: 2);
        ShouldBeValue(await third.Within("the third answer"), 3, seq: 3);
        Node.Journal.Commits.ShouldBe(commits + 1);
        subscribers[0].Batches.Select(batch => batch.Frames.Count).ShouldBe([1, 2]);
    }

    [Fact]
    public void The_first_after_a_silence_waits_for_nothing()
    {
        Follow(2);
        Node.Ask("a", new Add(1));
        Node.Advance(Pause);
        ShouldBeValue(Node.Ask("a", new Add(1)), 2, seq: 2);
    }

    [Fact]
    public void Where_nobody_follows_nothing_waits()
    {
        for (var value = 1; value <= 5; value++)
        {
            ShouldBeValue(Node.Ask("a", new Add(1)), value, seq: value);
        }
    }

    [Fact]
    public void What_told_nobody_of_an_event_makes_no_pause()
    {
        Follow(2);
        Node.Ask("a", new Add(0));
        Node.Counters.Signal("a", new Cheer("hi")).ShouldBeTrue();
        Node.Dispatcher.RunAll();
        ShouldBeValue(Node.Ask("a", new Add(1)), 1, seq: 1);
    }

    [Fact]
    public async Task However_many_follow_a_pause_has_an_end()
    {
        Follow(50);
        Node.Ask("a", new Add(1));
        var second = Node.Counters.AskAsync("a", new Add(1)).AsTask();
        Node.Dispatcher.RunAll();
        Node.Advance(TimeSpan.FromMilliseconds(15));
        ShouldBeValue(await second.Within("the second answer"), 2, seq: 2);
    }

    [Fact]
    public async Task Others_are_not_held_up()
    {
        Follow(2);
        Node.Ask("a", new Add(1));
        var held = Node.Counters.AskAsync("a", new Add(1)).AsTask();
        ShouldBeValue(Node.Ask("b", new Add(1)), 1, seq: 1);
        held.IsCompleted.ShouldBeFalse();
        Node.Advance(Pause);
        ShouldBeValue(await held.Within("the answer"), 2, seq: 2);
    }

    [Fact]
    public async Task A_pause_is_no_reason_to_forget_who_waits_when_the_store_fails()
    {
        Follow(2);
        Node.Ask("a", new Add(1));
        var second = Node.Counters.AskAsync("a", new Add(1), Id(1)).AsTask();
        Node.Journal.FailNext(JournalFault.LostAfter);
        Node.Advance(Pause);
        second.IsCompleted.ShouldBeFalse("what was stored has been read back and told");
        Node.Advance(Pause);

        ShouldBeValue(await second.Within("the answer"), 2, seq: 2);
        ShouldBeValue(Node.Query("a"), 2, seq: 2);
    }

    private List<TestSubscriber> Follow(int count)
    {
        List<TestSubscriber> subscribers = [.. Enumerable.Range(0, count).Select(_ => new TestSubscriber())];
        subscribers.ForEach(subscriber => Node.Counters.Subscribe("a", new Audience("member"), null, subscriber));
        Node.Dispatcher.RunAll();
        return subscribers;
    }
}
