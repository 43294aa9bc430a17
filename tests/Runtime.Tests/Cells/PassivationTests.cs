using AkkaParty.Runtime.Diagnostics;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.TestKit.Counters;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Runtime.Tests.Cells;

public sealed class PassivationTests : CellTest
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    [Fact]
    public void An_idle_entity_leaves_memory_and_comes_back_as_it_was()
    {
        Node.Ask("a", new Add(3));
        Node.Advance(TimeSpan.FromSeconds(119), Step);
        Node.Runtime.ActiveEntities.ShouldBe(1);
        Node.Advance(TimeSpan.FromSeconds(2), Step);
        Node.Runtime.ActiveEntities.ShouldBe(0);
        Node.Events.Of<EntityPassivated>().Count.ShouldBe(1);
        ShouldBeValue(Node.Query("a"), 3, seq: 1);
    }

    [Fact]
    public void A_message_starts_the_idle_time_anew()
    {
        Node.Ask("a", new Add(3));
        Node.Advance(TimeSpan.FromSeconds(100), Step);
        Node.Query("a");
        Node.Advance(TimeSpan.FromSeconds(100), Step);
        Node.Runtime.ActiveEntities.ShouldBe(1);
        Node.Advance(TimeSpan.FromSeconds(21), Step);
        Node.Runtime.ActiveEntities.ShouldBe(0);
    }

    [Fact]
    public void An_entity_with_a_subscriber_stays_until_the_subscriber_is_gone()
    {
        var subscription = Node.Counters.Subscribe("a", new Audience("public"), null, new TestSubscriber());
        Node.Dispatcher.RunAll();
        Node.Advance(TimeSpan.FromMinutes(10), Step);
        Node.Runtime.ActiveEntities.ShouldBe(1);
        subscription.Dispose();
        Node.Advance(TimeSpan.FromMinutes(3), Step);
        Node.Runtime.ActiveEntities.ShouldBe(0);
    }

    [Fact]
    public void A_pinned_entity_stays_until_it_is_let_go()
    {
        Node.Ask("a", new Pin(true));
        Node.Advance(TimeSpan.FromMinutes(10), Step);
        Node.Runtime.ActiveEntities.ShouldBe(1);
        Node.Ask("a", new Pin(false));
        Node.Advance(TimeSpan.FromMinutes(5), Step);
        Node.Runtime.ActiveEntities.ShouldBe(0);
    }

    [Fact]
    public void An_entity_with_a_near_deadline_stays_and_one_with_a_far_deadline_leaves()
    {
        Node.Ask("near", new SetAlarm(Node.Time.GetUtcNow() + TimeSpan.FromSeconds(150)));
        Node.Ask("far", new SetAlarm(Node.Time.GetUtcNow() + TimeSpan.FromHours(1)));
        Node.Advance(TimeSpan.FromSeconds(121), Step);
        Node.Events.Of<EntityPassivated>().Select(e => e.Address.Id).ShouldBe(["far"]);
    }

    [Fact]
    public async Task A_pinned_entity_is_restarted_on_the_next_node()
    {
        Node.Ask("a", new Pin(true));
        await using var next = await Node.RestartAsync();
        next.Dispatcher.RunAll();
        next.Runtime.ActiveEntities.ShouldBe(1);
        next.Events.Of<EntityRecovered>().Single().Address.Id.ShouldBe("a");
    }

    [Fact]
    public void A_signal_to_an_entity_that_is_not_in_memory_is_dropped_without_waking_it()
    {
        Node.Counters.Signal("a", new Cheer("hello")).ShouldBeFalse();
        Node.Dispatcher.RunAll();
        Node.Runtime.ActiveEntities.ShouldBe(0);
    }

    [Fact]
    public async Task A_late_catch_up_of_an_entity_that_has_left_does_not_bring_up_a_second_one()
    {
        var late = new TestSubscriber();
        await using var quick = await TestNode.StartAsync(TestNodeOptions.Manual(new CounterEntity { Idle = TimeSpan.FromSeconds(2) }));
        quick.Ask("a", new AddMany(1, 5));
        var held = quick.Journal.StallNextRead();
        var gone = quick.Counters.Subscribe("a", new Audience("member"), 2, late);
        quick.Dispatcher.RunAll();
        await held.Reached;
        gone.Dispose();
        quick.Dispatcher.RunAll();
        quick.Advance(TimeSpan.FromSeconds(3), Step);
        quick.Runtime.ActiveEntities.ShouldBe(0);
        held.Release();
        quick.Dispatcher.RunAll();

        quick.Runtime.ActiveEntities.ShouldBe(0);
        quick.Events.Of<EntityRecovered>().Count.ShouldBe(1);
        late.Batches.ShouldBeEmpty();
    }

    [Fact]
    public async Task No_message_is_lost_when_it_races_an_entity_that_leaves()
    {
        var counter = new CounterEntity { Idle = TimeSpan.FromMilliseconds(1) };
        await using var node = await TestNode.StartAsync(new TestNodeOptions { Counter = counter });
        var callers = Enumerable.Range(0, 4).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < 3_000; i++)
            {
                var result = await node.Counters.AskAsync($"e{i % 3}", new Add(1)).Within("an answer");
                result.Outcome.ShouldBe(AskOutcome.Replied, result.Rejection?.Message);

                // The callers move the clock themselves, so that entities go idle however the threads are scheduled.
                node.Time.Advance(TimeSpan.FromMilliseconds(1));
            }
        })).ToArray();
        await Task.WhenAll(callers);

        Enumerable.Range(0, 3).Sum(i => node.Stored($"e{i}").Count).ShouldBe(12_000);
        node.Events.Of<EntityPassivated>().Count.ShouldBeGreaterThan(10, "the race must have been run");
        node.Events.Of<AppendLost>().ShouldBeEmpty("a second cell of one entity would have met a conflict");
    }
}
