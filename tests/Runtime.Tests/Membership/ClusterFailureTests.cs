using AkkaParty.Runtime.Diagnostics;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Sharding;
using AkkaParty.Runtime.TestKit.Counters;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Runtime.Tests.Membership;

/// <summary>Several nodes over one store: dying, hearing nothing, coming back.</summary>
public sealed class ClusterFailureTests
{
    [Fact]
    public async Task A_node_whose_connection_ended_loses_its_shards_at_the_next_heartbeat()
    {
        await using var cluster = new TestCluster();
        var one = await cluster.StartAsync("one");
        var two = await cluster.StartAsync("two");
        cluster.Run(TimeSpan.FromSeconds(1));
        var id = cluster.IdAt(two);
        two.Ask(id, new Add(1));
        cluster.Gone.Add(two.Identity.Incarnation);
        await two.CrashAsync();

        cluster.Run(TimeSpan.FromMilliseconds(300));

        one.Owned.Count.ShouldBe(256);
        one.Ask(id, new Add(1)).Reply.ShouldBe(new CounterValue(2));
        one.Events.Of<MemberDeclaredDead>().ShouldHaveSingleItem().HasGone.ShouldBeTrue();
    }

    [Fact]
    public async Task A_silent_node_loses_its_shards_when_its_lease_has_certainly_run_out()
    {
        await using var cluster = new TestCluster();
        var one = await cluster.StartAsync("one");
        var two = await cluster.StartAsync("two");
        cluster.Run(TimeSpan.FromSeconds(1));
        await two.CrashAsync();

        cluster.Run(TimeSpan.FromSeconds(5));
        one.Owned.Count.ShouldBe(128);
        cluster.Run(TimeSpan.FromSeconds(1.2));

        one.Owned.Count.ShouldBe(256);
        one.Events.Of<MemberDeclaredDead>().ShouldHaveSingleItem().HasGone.ShouldBeFalse();
    }

    [Fact]
    public async Task Whoever_begins_the_time_anew_first_removes_everybody_who_may_know_the_old_one()
    {
        await using var cluster = new TestCluster();
        var one = await cluster.StartAsync("one");
        var before = one.Identity;
        one.Leases.IsAway = true;
        cluster.Run(TimeSpan.FromSeconds(1));
        cluster.StoreAhead = TimeSpan.FromHours(1);
        cluster.Gone.Add(before.Incarnation);
        var two = cluster.Create("two");
        var start = two.Runtime.StartAsync(CancellationToken.None);
        while (!start.IsCompleted)
        {
            cluster.Run(TimeSpan.FromMilliseconds(50));
        }

        one.Phase.ShouldBe(NodePhase.Fenced, "it might still serve with another time");
        cluster.Stored.Members.ShouldHaveSingleItem().Node.ShouldBe(two.Identity);
        (two.Runtime.Time.GetUtcNow() - cluster.Time.GetUtcNow()).ShouldBe(TimeSpan.FromHours(1), TimeSpan.FromMilliseconds(10));

        one.Leases.IsAway = false;
        cluster.Run(TimeSpan.FromSeconds(2));
        one.Phase.ShouldBe(NodePhase.Serving);
        one.Events.Of<Evicted>().ShouldHaveSingleItem().Node.ShouldBe(before);
        (one.Runtime.Time.GetUtcNow() - two.Runtime.Time.GetUtcNow()).ShouldBe(TimeSpan.Zero, TimeSpan.FromMilliseconds(10));
    }

    [Fact]
    public async Task A_node_that_joins_while_the_oldest_cannot_be_heard_has_its_time_when_it_is_back()
    {
        await using var cluster = new TestCluster();
        var one = await cluster.StartAsync("one");
        cluster.StoreAhead = TimeSpan.FromHours(-1);
        cluster.Run(TimeSpan.FromSeconds(1));
        one.Leases.IsAway = true;
        var two = cluster.Create("two");
        var start = two.Runtime.StartAsync(CancellationToken.None);
        cluster.Run(TimeSpan.FromSeconds(4));
        start.IsCompleted.ShouldBeFalse();

        one.Leases.IsAway = false;
        cluster.Run(TimeSpan.FromSeconds(2));
        await start.Within("the start of two");
        (two.Runtime.Time.GetUtcNow() - cluster.Time.GetUtcNow()).ShouldBe(TimeSpan.Zero, TimeSpan.FromMilliseconds(10));
    }

    [Fact]
    public async Task A_node_that_hears_nothing_from_the_store_stops_serving_before_another_may_take_over_and_joins_anew()
    {
        await using var cluster = new TestCluster();
        var one = await cluster.StartAsync("one");
        var two = await cluster.StartAsync("two");
        cluster.Run(TimeSpan.FromSeconds(1));
        var id = cluster.IdAt(two);
        two.Ask(id, new Add(1));
        var before = two.Identity;
        two.Leases.IsAway = true;
        while (two.Phase == NodePhase.Serving)
        {
            one.Owned.Count.ShouldBe(128);
            cluster.Run(TimeSpan.FromMilliseconds(50));
        }

        two.Phase.ShouldBe(NodePhase.Fenced);
        two.Runtime.ActiveEntities.ShouldBe(0);
        var refused = await two.Counters.AskAsync(id, new Add(1));
        refused.Rejection!.Code.ShouldBe("store_unavailable");
        cluster.Run(TimeSpan.FromSeconds(2));
        one.Owned.Count.ShouldBe(256);

        two.Leases.IsAway = false;
        cluster.Run(TimeSpan.FromSeconds(2));
        two.Phase.ShouldBe(NodePhase.Serving);
        two.Identity.Incarnation.ShouldBeGreaterThan(before.Incarnation);
        two.Owned.Count.ShouldBe(128);
        two.Events.Of<Evicted>().ShouldHaveSingleItem().Node.ShouldBe(before);
    }

    [Fact]
    public async Task A_store_that_is_away_from_everybody_kills_nobody()
    {
        await using var cluster = new TestCluster();
        var one = await cluster.StartAsync("one");
        var two = await cluster.StartAsync("two");
        cluster.Run(TimeSpan.FromSeconds(1));
        one.Ask(cluster.IdAt(one), new Add(1));
        one.Leases.IsAway = two.Leases.IsAway = true;
        cluster.Run(TimeSpan.FromSeconds(20));
        (one.Phase, two.Phase).ShouldBe((NodePhase.Fenced, NodePhase.Fenced));
        one.Leases.IsAway = false;
        cluster.Run(TimeSpan.FromSeconds(3));
        two.Leases.IsAway = false;
        cluster.Run(TimeSpan.FromSeconds(7));

        (one.Phase, two.Phase).ShouldBe((NodePhase.Serving, NodePhase.Serving));
        one.Events.Of<MemberDeclaredDead>().ShouldBeEmpty();
        two.Events.Of<MemberDeclaredDead>().ShouldBeEmpty();
        one.Ask(cluster.IdAt(one), new Add(1)).Reply.ShouldBe(new CounterValue(2));
    }

    [Fact]
    public async Task A_second_live_node_of_one_name_is_refused()
    {
        await using var cluster = new TestCluster();
        await cluster.StartAsync("one");
        var other = cluster.Create("one");
        var start = other.Runtime.StartAsync(CancellationToken.None);
        cluster.Run(TimeSpan.FromSeconds(2));

        (await Should.ThrowAsync<MembershipException>(() => start.Within("the refusal"))).Message.ShouldContain("'one'");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_restarted_node_takes_the_place_of_its_dead_run(bool connectionEnded)
    {
        await using var cluster = new TestCluster();
        var first = await cluster.StartAsync("one");
        first.Ask("a", new Add(1));
        var dead = first.Identity.Incarnation;
        await first.CrashAsync();
        if (connectionEnded)
        {
            cluster.Gone.Add(dead);
        }

        var again = cluster.Create("one");
        var start = again.Runtime.StartAsync(CancellationToken.None);
        cluster.Run(TimeSpan.FromSeconds(connectionEnded ? 0.5 : 5));
        start.IsCompleted.ShouldBe(connectionEnded);
        cluster.Run(TimeSpan.FromSeconds(1));
        await start.Within("the start");

        again.Identity.Incarnation.ShouldBeGreaterThan(dead);
        again.Ask("a", new Add(1)).Reply.ShouldBe(new CounterValue(2));
    }

    [Fact]
    public async Task A_start_waits_for_a_store_that_is_away()
    {
        await using var cluster = new TestCluster();
        var one = cluster.Create("one");
        one.Leases.IsAway = true;
        var start = one.Runtime.StartAsync(CancellationToken.None);
        cluster.Run(TimeSpan.FromSeconds(3));
        (one.Phase, start.IsCompleted).ShouldBe((NodePhase.Joining, false));
        one.Leases.IsAway = false;
        cluster.Run(TimeSpan.FromSeconds(1));
        await start.Within("the start");
        one.Phase.ShouldBe(NodePhase.Serving);
    }

    [Fact]
    public async Task A_member_that_is_downed_forgets_everything_and_joins_anew()
    {
        await using var cluster = new TestCluster();
        var one = await cluster.StartAsync("one");
        var two = await cluster.StartAsync("two");
        cluster.Run(TimeSpan.FromSeconds(1));
        (await one.Runtime.DownAsync("nobody")).ShouldBeFalse();
        var run = two.Identity.Incarnation;
        (await one.Runtime.DownAsync("two")).ShouldBeTrue();
        cluster.Run(TimeSpan.FromSeconds(2));
        two.Events.Of<Evicted>().ShouldHaveSingleItem().Node.Incarnation.ShouldBe(run);

        two.Identity.Incarnation.ShouldBeGreaterThan(run);
        two.Owned.Count.ShouldBe(128);
    }

    [Fact]
    public async Task Deadlines_follow_their_shard()
    {
        await using var cluster = new TestCluster();
        var one = await cluster.StartAsync("one");
        var two = await cluster.StartAsync("two");
        cluster.Run(TimeSpan.FromSeconds(1));
        var id = cluster.IdAt(two);
        two.Ask(id, new SetAlarm(cluster.Time.GetUtcNow() + TimeSpan.FromSeconds(20)));
        await two.CrashAsync();
        cluster.Run(TimeSpan.FromSeconds(21));

        one.Events.Of<DeadlineFired>().ShouldHaveSingleItem().Address.Id.ShouldBe(id);
    }

    [Fact]
    public async Task A_query_is_confirmed_by_the_store_while_the_lease_is_in_doubt()
    {
        await using var cluster = new TestCluster();
        var one = await cluster.StartAsync("one");
        one.Ask("a", new Add(1));
        var commits = one.Journal.Commits;
        one.Query("a");
        one.Journal.Commits.ShouldBe(commits, "the lease is good");
        one.Leases.IsAway = true;
        cluster.Run(TimeSpan.FromMilliseconds(300));

        one.Query("a").Reply.ShouldBe(new CounterValue(1));

        one.Journal.Commits.ShouldBe(commits + 1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_node_without_links_and_another_live_node_cannot_share_a_store(bool firstHasLinks)
    {
        await using var cluster = new TestCluster();
        var first = cluster.Create("one", hasLinks: firstHasLinks);
        var start = first.Runtime.StartAsync(CancellationToken.None);
        cluster.Run(TimeSpan.FromSeconds(1));
        await start.Within("the first node's start");
        var second = cluster.Create("two", hasLinks: !firstHasLinks);
        var refused = second.Runtime.StartAsync(CancellationToken.None);
        cluster.Run(TimeSpan.FromSeconds(2));

        (await Should.ThrowAsync<MembershipException>(() => refused.Within("the refusal"))).Message.ShouldContain("'one'");
        cluster.Stored.Members.ShouldHaveSingleItem().Node.Name.ShouldBe("one");
        first.Owned.Count.ShouldBe(256);
    }

    [Fact]
    public async Task A_node_without_links_waits_for_what_an_earlier_run_under_another_name_left()
    {
        await using var cluster = new TestCluster();
        var first = cluster.Create("one", hasLinks: false);
        var start = first.Runtime.StartAsync(CancellationToken.None);
        cluster.Run(TimeSpan.FromSeconds(1));
        await start.Within("the first node's start");
        await first.CrashAsync();
        var second = cluster.Create("two", hasLinks: false);
        start = second.Runtime.StartAsync(CancellationToken.None);
        cluster.Run(TimeSpan.FromSeconds(5));
        start.IsCompleted.ShouldBeFalse();
        cluster.Run(TimeSpan.FromSeconds(2));

        await start.Within("the second node's start");
        second.Owned.Count.ShouldBe(256);
    }

    [Fact]
    public async Task A_start_that_is_given_up_leaves_nothing_behind()
    {
        await using var cluster = new TestCluster();
        var one = cluster.Create("one");
        one.Leases.HoldsHeartbeats = true;
        var start = one.Runtime.StartAsync(CancellationToken.None);
        cluster.Run(TimeSpan.FromSeconds(1));
        cluster.Stored.Members.Count.ShouldBe(1);
        var stop = one.Runtime.StopAsync(TimeSpan.FromSeconds(1));
        one.Leases.Release();
        cluster.Run(TimeSpan.FromSeconds(1));
        await stop.Within("the node's end");
        await Should.ThrowAsync<OperationCanceledException>(() => start.Within("the start's end"));

        cluster.Stored.Members.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_node_that_reaches_no_other_gives_its_shards_away_and_gets_them_back()
    {
        await using var cluster = new TestCluster();
        var one = await cluster.StartAsync("node-1");
        var two = await cluster.StartAsync("node-2");
        var three = await cluster.StartAsync("node-3");
        cluster.Network.Cut("node-1");

        cluster.Run(TimeSpan.FromSeconds(5));

        (one.Phase, two.Phase, three.Phase).ShouldBe((NodePhase.CutOff, NodePhase.Serving, NodePhase.Serving));
        cluster.Stored.Homes.Count(home => home.Owner == "node-1").ShouldBe(0);
        cluster.Stored.Homes.ShouldAllBe(home => home.Owner == home.Target);

        cluster.Network.Mend("node-1");
        cluster.Run(TimeSpan.FromSeconds(2));

        one.Phase.ShouldBe(NodePhase.Serving);
        cluster.Stored.Homes.Count(home => home.Owner == "node-1").ShouldBeInRange(85, 86);
    }

    [Fact]
    public async Task Nobody_waits_for_the_others_at_a_node_that_is_cut_off_from_them()
    {
        await using var cluster = new TestCluster();
        var one = await cluster.StartAsync("node-1");
        await cluster.StartAsync("node-2");
        var three = await cluster.StartAsync("node-3");
        cluster.Run(TimeSpan.FromSeconds(1));
        var id = cluster.IdAt(three);
        var subscriber = new TestSubscriber();
        using var subscription = one.Counters.Subscribe(id, new Audience("public"), null, subscriber);
        cluster.Network.Cut("node-1");
        cluster.Run(TimeSpan.FromSeconds(1));
        var asked = one.Counters.AskAsync(id, new Add(1)).AsTask();
        subscriber.Ended.ShouldBeNull("the link may be back in a moment");

        while (one.Phase == NodePhase.Serving)
        {
            asked.IsCompleted.ShouldBeFalse();
            cluster.Run(TimeSpan.FromMilliseconds(50));
        }

        cluster.Run(TimeSpan.FromMilliseconds(100));
        one.Phase.ShouldBe(NodePhase.CutOff);
        subscriber.Ended.ShouldBe(FeedEnd.Moved);
        (await asked.Within("the answer")).Rejection!.Code.ShouldBe("no_home");
        var late = new TestSubscriber();
        using var another = one.Counters.Subscribe(id, new Audience("public"), null, late);
        cluster.Run(TimeSpan.FromMilliseconds(50));
        late.Ended.ShouldBe(FeedEnd.Moved);
    }

    [Fact]
    public async Task Heartbeats_never_overlap_and_a_lost_one_only_costs_its_time()
    {
        await using var cluster = new TestCluster();
        var one = await cluster.StartAsync("one");
        one.Leases.HoldsHeartbeats = true;
        var before = one.Leases.Heartbeats;
        cluster.Run(TimeSpan.FromSeconds(3));
        one.Leases.Heartbeats.ShouldBe(before + 1);
        one.Phase.ShouldBe(NodePhase.Serving);
        one.Runtime.Status.LeaseRemaining!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(2.1));

        one.Leases.Release();
        cluster.Run(TimeSpan.FromSeconds(0.5));
        one.Runtime.Status.LeaseRemaining!.Value.ShouldBeGreaterThan(TimeSpan.FromSeconds(4.5));
    }
    [Fact]
    public async Task The_answer_to_a_heartbeat_that_comes_after_the_node_has_stopped_gives_it_no_lease()
    {
        await using var cluster = new TestCluster();
        var one = await cluster.StartAsync("one");
        one.Leases.HoldsAnswers = true;
        var before = one.Leases.Heartbeats;
        cluster.Run(TimeSpan.FromSeconds(0.5));
        one.Leases.Heartbeats.ShouldBe(before + 1);
        one.Leases.IsAway = true;
        var stop = one.Runtime.StopAsync(TimeSpan.FromSeconds(1));
        cluster.Run(TimeSpan.FromSeconds(1.5));
        await stop.Within("the node's end");

        one.Leases.Release();
        cluster.Run();

        one.Phase.ShouldBe(NodePhase.Stopped);
        one.Runtime.Status.LeaseRemaining.ShouldBe(TimeSpan.Zero);
    }
}
