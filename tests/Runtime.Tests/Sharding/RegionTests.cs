using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Sharding;
using AkkaParty.Runtime.TestKit.Counters;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Runtime.Tests.Sharding;

public sealed class RegionTests
{
    [Fact]
    public async Task A_full_mailbox_answers_busy_at_once_and_serves_the_others()
    {
        await using var node = await TestNode.StartAsync(TestNodeOptions.Manual(limits: new RuntimeOptions { MailboxMax = 10 }));
        var asked = Enumerable.Range(0, 15).Select(_ => node.Counters.AskAsync("a", new Add(1)).AsTask()).ToArray();
        asked.Count(ask => ask.IsCompleted).ShouldBe(5);
        var elsewhere = node.Counters.AskAsync("b", new Add(1)).AsTask();
        node.Dispatcher.RunAll();
        var results = await Task.WhenAll(asked);

        results.Take(10).ShouldAllBe(r => r.Outcome == AskOutcome.Replied);
        results.Skip(10).ShouldAllBe(r => r.Outcome == AskOutcome.Unavailable && r.Rejection!.Code == "busy" && r.RetryAfter != null);
        (await elsewhere).Outcome.ShouldBe(AskOutcome.Replied);
        node.Ask("a", new Add(1)).Seq.ShouldBe(11);
    }

    [Fact]
    public async Task A_mailbox_has_all_its_places_again_after_conflicts_refreshes_and_refusals()
    {
        await using var node = await TestNode.StartAsync(TestNodeOptions.Manual(limits: new RuntimeOptions { MailboxMax = 10 }));
        node.Query("a");
        for (var round = 0; round < 20; round++)
        {
            node.Journal.FailNext((JournalFault)(round % 5));
            _ = node.Counters.AskAsync("a", new Add(1)).AsTask();
            _ = node.Counters.QueryAsync("a", GetValue.Instance, seqMin: 1_000).AsTask();
            _ = node.Counters.AskAsync("a", new Break("decide")).AsTask();
            node.Counters.Subscribe("a", new Audience("member"), 1_000, new TestSubscriber()).Dispose();
            node.Dispatcher.RunAll();
        }

        var asked = Enumerable.Range(0, 11).Select(_ => node.Counters.AskAsync("a", new Add(1)).AsTask()).ToArray();
        asked.Count(ask => ask.IsCompleted).ShouldBe(1, "ten places, no more and no less");
        node.Dispatcher.RunAll();
        (await Task.WhenAll(asked)).Count(r => r.Outcome == AskOutcome.Replied).ShouldBe(10);
    }

    [Fact]
    public async Task A_shard_without_a_home_keeps_a_bounded_number_of_messages_and_delivers_them_in_order()
    {
        var options = TestNodeOptions.Manual(limits: new RuntimeOptions { ShardBufferMax = 5 });
        await using var node = TestNode.Create(options);
        var asked = Enumerable.Range(1, 7).Select(i => node.Counters.AskAsync("a", new Add(1, $"{i}")).AsTask()).ToArray();
        asked.Count(ask => ask.IsCompleted).ShouldBe(2);
        node.Dispatcher.Waiting.ShouldBe(0);
        await node.Runtime.StartAsync(CancellationToken.None);
        node.Dispatcher.RunAll();

        var results = await Task.WhenAll(asked);
        results.Take(5).Select(r => r.Seq).ShouldBe([1, 2, 3, 4, 5]);
        results.Skip(5).ShouldAllBe(r => r.Rejection!.Code == "busy");
    }

    [Fact]
    public async Task A_subscription_made_while_its_shard_has_no_home_begins_when_it_has_one()
    {
        await using var node = TestNode.Create(TestNodeOptions.Manual());
        var subscriber = new TestSubscriber();
        var over = new TestSubscriber();
        using var subscription = node.Counters.Subscribe("a", new Audience("member"), null, subscriber);
        node.Counters.Subscribe("a", new Audience("member"), null, over).Dispose();
        await node.Runtime.StartAsync(CancellationToken.None);
        node.Ask("a", new Add(1));

        subscriber.EventSeqs.ShouldBe([1]);
        over.Batches.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_waited_for_a_home_and_finds_a_full_mailbox_is_told_so()
    {
        await using var node = TestNode.Create(TestNodeOptions.Manual(limits: new RuntimeOptions { MailboxMax = 2 }));
        var asked = Enumerable.Range(0, 3).Select(_ => node.Counters.AskAsync("a", new Add(1)).AsTask()).ToArray();
        var subscriber = new TestSubscriber();
        using var subscription = node.Counters.Subscribe("a", new Audience("member"), null, subscriber);
        await node.Runtime.StartAsync(CancellationToken.None);
        node.Dispatcher.RunAll();

        (await Task.WhenAll(asked)).Count(r => r.Outcome == AskOutcome.Replied).ShouldBe(2);
        subscriber.Ended.ShouldBeNull("it tries again by itself");
        node.Advance(TimeSpan.FromSeconds(1));
        node.Ask("a", new Add(1));
        subscriber.EventSeqs.ShouldBe([3]);
    }

    [Fact]
    public async Task Nothing_overtakes_what_waited_for_a_home()
    {
        var homes = new ShardHomes();
        await using var node = await TestNode.StartAsync(TestNodeOptions.Manual());
        var region = new ShardRegion(Kind(node), homes);
        var first = region.AskAsync("a", new Add(1)).AsTask();
        homes[ShardId.Of("a")] = ShardHome.Local;
        var second = region.AskAsync("a", new Add(1)).AsTask();
        region.HomeChanged(ShardId.Of("a"));
        node.Dispatcher.RunAll();

        (await first).Seq.ShouldBe(1);
        (await second).Seq.ShouldBe(2);
    }

    [Fact]
    public async Task Stopping_refuses_the_new_finishes_the_old_and_sends_subscribers_away()
    {
        await using var node = await TestNode.StartAsync(TestNodeOptions.Manual());
        var subscriber = new TestSubscriber();
        using var subscription = node.Counters.Subscribe("a", new Audience("member"), null, subscriber);
        node.Dispatcher.RunAll();
        var stall = node.Journal.StallNextCommit();
        var stored = node.Counters.AskAsync("a", new Add(1)).AsTask();
        node.Dispatcher.RunAll();
        var old = node.Counters.AskAsync("a", new Add(2)).AsTask();
        var stop = node.Runtime.StopAsync(TimeSpan.FromSeconds(30));
        node.Dispatcher.RunAll();
        stop.IsCompleted.ShouldBeFalse();

        var refused = await node.Counters.AskAsync("a", new Add(4));
        refused.Outcome.ShouldBe(AskOutcome.Unavailable);
        refused.Rejection!.Code.ShouldBe("restarting");
        var late = new TestSubscriber();
        node.Counters.Subscribe("a", new Audience("member"), null, late).Dispose();
        late.Ended.ShouldBe(FeedEnd.Moved);
        node.Counters.Signal("a", new Cheer("x")).ShouldBeFalse();
        stall.Release();
        node.Dispatcher.RunAll();
        await stop.Within("the node's end");

        (await stored).Seq.ShouldBe(1);
        (await old).Seq.ShouldBe(2);
        subscriber.Ended.ShouldBe(FeedEnd.Moved);
        subscriber.EventSeqs.ShouldBe([1, 2]);
    }

    [Fact]
    public async Task An_entity_is_drained_only_when_what_its_turn_decided_is_durable()
    {
        await using var node = await TestNode.StartAsync(TestNodeOptions.Manual());
        node.Query("a");
        var stall = node.Journal.StallNextCommit();
        var added = node.Counters.AskAsync("a", new Add(1)).AsTask();
        var (begun, done) = (0, 0);
        ((ShardRegion)node.Counters).Drain(ShardId.Of("a"), () => begun++, () => done++);
        node.Dispatcher.RunAll();
        await stall.Reached;
        (begun, done).ShouldBe((1, 0), "the entity's append is under way");
        stall.Release();
        node.Dispatcher.RunAll();
        (begun, done).ShouldBe((1, 1));
        (await added).Seq.ShouldBe(1);
    }

    [Fact]
    public async Task Stopping_gives_up_on_a_silent_store_after_its_time_out()
    {
        await using var node = await TestNode.StartAsync(TestNodeOptions.Manual());
        node.Journal.StallNextCommit();
        _ = node.Counters.AskAsync("a", new Add(1)).AsTask();
        node.Dispatcher.RunAll();
        var stop = node.Runtime.StopAsync(TimeSpan.FromSeconds(5));
        node.Dispatcher.RunAll();
        stop.IsCompleted.ShouldBeFalse();
        node.Advance(TimeSpan.FromSeconds(5));
        await stop.Within("the node's end");
    }

    [Fact]
    public async Task A_second_node_of_the_same_name_is_refused()
    {
        var leases = new InMemoryLeaseStore(new ManualTime()) { IsExclusive = true };
        await leases.JoinAsync(new JoinRequest("node-1", "", 1), CancellationToken.None);
        await using var journal = new AkkaParty.Runtime.Journal.InMemoryJournal();
        await using var runtime = new NodeRuntime(
            new RuntimeOptions(),
            new RuntimeSurroundings(
                journal, new AkkaParty.Runtime.Journal.InMemorySnapshotStore(), leases, new AkkaParty.Runtime.Remoting.NoPeersTransport(),
                new ManualTime(), new ManualDispatcher()),
            Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
        var refused = await Should.ThrowAsync<MembershipException>(() => runtime.StartAsync(CancellationToken.None));
        refused.Message.ShouldContain("node-1");
    }

    private static EntityKind<CounterState, CounterCommand, CounterEvent> Kind(TestNode node) =>
        new(new CounterEntity(), node.Runtime.Services);
}
