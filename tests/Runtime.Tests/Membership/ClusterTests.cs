using AkkaParty.Runtime.Diagnostics;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Sharding;
using AkkaParty.Runtime.TestKit.Counters;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Runtime.Tests.Membership;

/// <summary>Several nodes over one store: joining, moving, leaving.</summary>
public sealed class ClusterTests
{
    [Fact]
    public async Task The_first_node_serves_every_shard()
    {
        await using var cluster = new TestCluster();
        var one = await cluster.StartAsync("one");

        one.Phase.ShouldBe(NodePhase.Serving);
        one.Owned.Count.ShouldBe(ShardId.Count);
        one.Ask("a", new Add(1)).Outcome.ShouldBe(AskOutcome.Replied);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    public async Task Nodes_that_join_share_the_shards_to_within_one(int nodes)
    {
        await using var cluster = new TestCluster();
        for (var i = 0; i < nodes; i++)
        {
            await cluster.StartAsync($"node-{i}");
        }

        cluster.Run(TimeSpan.FromSeconds(2));

        var counts = cluster.Stored.Homes.GroupBy(home => home.Owner).Select(group => group.Count()).ToList();
        counts.Count.ShouldBe(nodes);
        (counts.Max() - counts.Min()).ShouldBeLessThanOrEqualTo(1);
        cluster.Stored.Homes.ShouldAllBe(home => home.Owner == home.Target);
    }

    [Fact]
    public async Task An_entity_goes_on_at_its_new_home_and_leaves_the_memory_of_the_old()
    {
        await using var cluster = new TestCluster();
        var one = await cluster.StartAsync("one");
        var ids = Enumerable.Range(0, 100).Select(i => $"c{i}").ToList();
        ids.ForEach(id => one.Ask(id, new Add(1)));
        one.Runtime.ActiveEntities.ShouldBe(100);
        var two = await cluster.StartAsync("two");
        cluster.Run(TimeSpan.FromSeconds(1));

        var moved = ids.Where(id => cluster.Stored.Homes[ShardId.Of(id)].Owner == "two").ToList();
        moved.Count.ShouldBeInRange(20, 80);
        one.Runtime.ActiveEntities.ShouldBe(100 - moved.Count);
        foreach (var id in moved)
        {
            two.Ask(id, new Add(1)).Reply.ShouldBe(new CounterValue(2));
        }

        one.Events.Of<AppendLost>().ShouldBeEmpty();
        two.Events.Of<AppendLost>().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_shard_is_let_go_only_when_what_its_entity_decided_is_durable()
    {
        await using var cluster = new TestCluster();
        var one = await cluster.StartAsync("one");
        var ids = Enumerable.Range(0, 200).Select(i => $"c{i}").ToList();
        var stall = one.Journal.StallNextCommit();
        var asked = ids.ConvertAll(id => one.Counters.AskAsync(id, new Add(1)).AsTask());
        cluster.Run();
        await stall.Reached;
        var two = cluster.Create("two");
        var start = two.Runtime.StartAsync(CancellationToken.None);
        cluster.Run(TimeSpan.FromSeconds(1));
        await start.Within("the start of two");
        var busy = ids.Where(id => cluster.Stored.Homes[ShardId.Of(id)].Target == "two").Select(ShardId.Of).ToHashSet();
        cluster.Stored.Homes.Where(home => busy.Contains(home.Shard)).ShouldAllBe(home => home.Owner == "one");
        cluster.Stored.Homes.Count(home => home.Owner == "two").ShouldBe(128 - busy.Count, "empty shards need not wait");

        stall.Release();
        cluster.Run(TimeSpan.FromSeconds(1));

        (await Task.WhenAll(asked)).ShouldAllBe(result => result.Outcome == AskOutcome.Replied);
        two.Owned.Count.ShouldBe(128);
        two.Query(cluster.IdAt(two)).Outcome.ShouldBe(AskOutcome.Replied);
        one.Events.Of<HandOffEnded>().ShouldAllBe(ended => !ended.Forced);
    }

    [Fact]
    public async Task A_hand_off_that_takes_too_long_is_forced_and_its_callers_are_answered()
    {
        await using var cluster = new TestCluster();
        var one = await cluster.StartAsync("one");
        var stall = one.Journal.StallNextCommit();
        var ids = Enumerable.Range(0, 20).Select(i => $"c{i}").ToList();
        var asked = ids.ConvertAll(id => one.Counters.AskAsync(id, new Add(1)).AsTask());
        cluster.Run();
        var two = await cluster.StartAsync("two");
        cluster.Run(TimeSpan.FromSeconds(3));

        two.Owned.Count.ShouldBe(128);
        var moved = ids.FindAll(id => cluster.Stored.Homes[ShardId.Of(id)].Owner == "two");
        moved.ShouldNotBeEmpty();
        foreach (var id in moved)
        {
            var result = await asked[ids.IndexOf(id)].Within("an answer");
            result.Outcome.ShouldBe(AskOutcome.Unknown);
            two.Ask(id, new Add(10)).Seq.ShouldBe(1, "the other home does not wait for the stalled append");
        }

        stall.Release();
        cluster.Run(TimeSpan.FromSeconds(1));
        moved.ForEach(id => two.Query(id).Reply.ShouldBe(new CounterValue(10)));
        one.Runtime.ActiveEntities.ShouldBe(20 - moved.Count);
    }

    [Fact]
    public async Task Subscribers_of_a_shard_that_moves_follow_it_and_miss_nothing()
    {
        await using var cluster = new TestCluster();
        var one = await cluster.StartAsync("one");
        var subscribers = Enumerable.Range(0, 20).ToDictionary(i => $"c{i}", _ => new TestSubscriber());
        foreach (var (id, subscriber) in subscribers)
        {
            one.Counters.Subscribe(id, new Audience("member"), 0, subscriber);
        }

        cluster.Run();
        AddToEach(one, 1);
        var two = await cluster.StartAsync("two");
        cluster.Run(TimeSpan.FromSeconds(1));
        AddToEach(two, 2);
        await two.CrashAsync();
        cluster.Gone.Add(two.Identity.Incarnation);
        cluster.Run(TimeSpan.FromSeconds(2));
        AddToEach(one, 3);

        subscribers.ShouldAllBe(s => s.Value.EventSeqs.SequenceEqual(new long[] { 1, 2, 3 }) && s.Value.Ended == null);
        var stop = one.Runtime.StopAsync(TimeSpan.FromSeconds(1));
        cluster.Run(TimeSpan.FromSeconds(2));
        await stop.Within("the last node's end");
        cluster.Run();
        subscribers.ShouldAllBe(s => s.Value.Ended == FeedEnd.Moved);

        void AddToEach(TestMember through, long seq)
        {
            foreach (var id in subscribers.Keys)
            {
                through.Ask(id, new Add(1)).Seq.ShouldBe(seq, id);
            }
        }
    }

    [Fact]
    public async Task Draining_hands_everything_over_while_the_node_stays_a_member()
    {
        await using var cluster = new TestCluster();
        var one = await cluster.StartAsync("one");
        var two = await cluster.StartAsync("two");
        cluster.Run(TimeSpan.FromSeconds(1));
        var id = cluster.IdAt(two);
        two.Ask(id, new Add(1));

        var drain = two.Runtime.DrainAsync(TimeSpan.FromSeconds(10));
        cluster.Run(TimeSpan.FromSeconds(1));

        (await drain.Within("the drain")).ShouldBeTrue();
        two.Phase.ShouldBe(NodePhase.Draining);
        two.Runtime.IsServing.ShouldBeFalse();
        one.Owned.Count.ShouldBe(256);
        one.Ask(id, new Add(1)).Reply.ShouldBe(new CounterValue(2));
        cluster.Stored.Members.Count.ShouldBe(2);

        await two.Runtime.StopAsync(TimeSpan.FromSeconds(1)).Within("the node's end");
        cluster.Run(TimeSpan.FromSeconds(1));
        cluster.Stored.Members.ShouldHaveSingleItem().Node.Name.ShouldBe("one");
        two.Phase.ShouldBe(NodePhase.Stopped);
    }

    [Fact]
    public async Task The_last_node_that_leaves_leaves_every_shard_without_a_home()
    {
        await using var cluster = new TestCluster();
        var one = await cluster.StartAsync("one");
        one.Ask("a", new Add(1));
        var stop = one.Runtime.StopAsync(TimeSpan.FromSeconds(10));
        cluster.Run();
        await stop.Within("the node's end");

        cluster.Stored.Members.ShouldBeEmpty();
        cluster.Stored.Homes.ShouldAllBe(home => home.Owner == null);
        (await one.Counters.AskAsync("a", new Add(1))).Rejection!.Code.ShouldBe("restarting");
        var again = await cluster.StartAsync("one");
        again.Ask("a", new Add(1)).Reply.ShouldBe(new CounterValue(2));
    }

    [Fact]
    public async Task A_member_that_is_told_to_leave_hands_over_and_stays_until_it_is_stopped()
    {
        await using var cluster = new TestCluster();
        var one = await cluster.StartAsync("one");
        var two = await cluster.StartAsync("two");
        cluster.Run(TimeSpan.FromSeconds(1));
        (await one.Runtime.LeaveAsync("two")).ShouldBeTrue();
        cluster.Run(TimeSpan.FromSeconds(1));

        one.Owned.Count.ShouldBe(256);
        two.Phase.ShouldBe(NodePhase.Draining);
        (await two.Runtime.DrainAsync(TimeSpan.FromSeconds(1))).ShouldBeTrue();
    }

    [Fact]
    public async Task What_waits_for_a_home_too_long_is_told_that_there_is_none()
    {
        await using var cluster = new TestCluster();
        var one = cluster.Create("one");
        var asked = one.Counters.AskAsync("a", new Add(1)).AsTask();
        cluster.Run(TimeSpan.FromSeconds(4.5));
        asked.IsCompleted.ShouldBeFalse();
        cluster.Run(TimeSpan.FromSeconds(1));

        (await asked.Within("the answer")).Rejection!.Code.ShouldBe("no_home");
    }
}
