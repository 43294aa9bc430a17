using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.Remoting.Frames;
using AkkaParty.Runtime.TestKit.Counters;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Runtime.Tests.Remoting;

public sealed class RemoteFeedTests : LinkedNodesTest
{
    [Fact]
    public void A_subscriber_of_another_node_catches_up_and_then_gets_everything()
    {
        Cluster.Connect("x", Cluster.B);
        Cluster.Ask(Cluster.B, "x", new AddMany(1, 3));
        var behind = Follow(Cluster.A, since: 1);
        var fresh = Follow(Cluster.A, since: null);
        var outside = Follow(Cluster.A, since: 0, audience: "public");
        Cluster.Ask(Cluster.A, "x", new Add(2, "n"));

        behind.Texts.ShouldBe(["2:+1:", "3:+1:", "4:+2:n"]);
        behind.Batches.Select(b => b.IsCatchUp).ShouldBe([true, false]);
        behind.Batches.Select(b => b.Seq).ShouldBe([3, 4]);
        fresh.Texts.ShouldBe(["4:+2:n"]);
        outside.Texts.ShouldBe(["1:+1", "2:+1", "3:+1", "4:+2"]);
        fresh.Batches[^1].ShouldBeSameAs(behind.Batches[^1], "one audience shares one batch");
    }

    [Fact]
    public void A_live_batch_crosses_once_for_all_subscribers_of_one_audience_and_node()
    {
        Cluster.Connect("x", Cluster.B);
        var here = Enumerable.Range(0, 5).Select(_ => Follow(Cluster.A, null)).ToList();
        var there = Enumerable.Range(0, 3).Select(_ => Follow(Cluster.C, null)).ToList();
        var outside = Follow(Cluster.C, null, "public");
        Cluster.Network.Sent.Clear();
        Cluster.Ask(Cluster.B, "x", new AddMany(1, 4));

        Cluster.Network.Sent.Select(f => ((NodeFrame)f.Type, f.To)).Order()
            .ShouldBe([(NodeFrame.FeedGroup, "a"), (NodeFrame.FeedGroup, "c"), (NodeFrame.FeedGroup, "c")]);
        here.Concat(there).Append(outside).ShouldAllBe(s => s.EventSeqs.SequenceEqual(new long[] { 1, 2, 3, 4 }));
        here.Select(s => s.Batches.Single()).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_state_view_comes_first_then_after_each_turn()
    {
        await using var cluster = new LinkedNodes(counter: new CounterEntity { StateView = true });
        cluster.Connect("x", cluster.B);
        cluster.Ask(cluster.B, "x", new AddMany(1, 3));
        var fresh = Follow(cluster.A, null, cluster: cluster);
        var behind = Follow(cluster.A, 1, cluster: cluster);
        var head = Follow(cluster.A, 3, cluster: cluster);
        cluster.Ask(cluster.B, "x", new Add(4));
        fresh.Texts.ShouldBe(["3=3", "4:+4:", "4=7"]);
        behind.Texts.ShouldBe(["2:+1:", "3:+1:", "3=3", "4:+4:", "4=7"]);
        head.Texts.ShouldBe(["4:+4:", "4=7"]);
    }

    [Fact]
    public async Task What_happens_during_a_catch_up_comes_after_it()
    {
        Cluster.Connect("x", Cluster.B);
        Cluster.Ask(Cluster.B, "x", new AddMany(1, 3));
        var live = Follow(Cluster.A, since: 3);
        var stall = Cluster.B.Journal.StallNextRead();
        var subscriber = Follow(Cluster.A, since: 1);
        await stall.Reached;
        Cluster.Ask(Cluster.B, "x", new AddMany(1, 2));
        subscriber.Batches.ShouldBeEmpty();
        stall.Release();
        Cluster.Run();
        Cluster.Ask(Cluster.B, "x", new Add(1));
        subscriber.EventSeqs.ShouldBe([2, 3, 4, 5, 6]);
        live.EventSeqs.ShouldBe([4, 5, 6]);
    }

    [Fact]
    public void A_hand_over_is_not_noticed_wherever_subscriber_and_homes_are()
    {
        Cluster.Connect("x", Cluster.B);
        var subscribers = Cluster.Nodes.ConvertAll(node => Follow(node, 0));
        var seq = 0;
        foreach (var (from, to) in new[] { (1, 2), (2, 0), (0, 1), (1, 0), (0, 2) })
        {
            Cluster.Ask(Cluster.A, "x", new AddMany(1, 2)).Seq.ShouldBe(seq += 2);
            Cluster.HandOver("x", Cluster.Nodes[from], Cluster.Nodes[to]);
            Cluster.Ask(Cluster.C, "x", new Add(1)).Seq.ShouldBe(++seq);
            Cluster.Advance(TimeSpan.FromSeconds(1));
        }

        Cluster.Ask(Cluster.B, "x", new Add(1)).Seq.ShouldBe(++seq);
        subscribers.ShouldAllBe(s => s.EventSeqs.SequenceEqual(Enumerable.Range(1, seq).Select(i => (long)i)) && s.Ended == null);
        Enumerable.Range(0, 3).Sum(i => Cluster.Nodes[i].Runtime.Peers.Peers.Sum(peer => peer.Followed.Count)).ShouldBe(2);
    }

    [Fact]
    public void The_ends_that_mean_something_to_a_client_reach_it()
    {
        Cluster.Connect("x", Cluster.B);
        var mallory = Follow(Cluster.A, null, member: "mallory");
        var broken = Follow(Cluster.A, null, "broken");
        var revoked = Follow(Cluster.A, null, member: "mia", credential: "old");
        var kept = Follow(Cluster.A, null, member: "mia", credential: "new");
        Cluster.Ask(Cluster.B, "x", new Add(1));
        broken.Ended.ShouldBe(FeedEnd.Failed);
        Cluster.Ask(Cluster.B, "x", new Ban("mallory"));
        mallory.Ended.ShouldBe(FeedEnd.Expelled);
        Cluster.Ask(Cluster.B, "x", new Revoke("old"));
        revoked.Ended.ShouldBe(FeedEnd.Revoked);
        kept.Ended.ShouldBeNull();
        Follow(Cluster.C, null, member: "mallory").Ended.ShouldBe(FeedEnd.Expelled);
        Follow(Cluster.C, null, member: "mia", credential: "old").Ended.ShouldBe(FeedEnd.Revoked);
    }

    [Fact]
    public void A_credential_that_an_event_ends_without_naming_it_ends_its_subscriptions_everywhere()
    {
        Cluster.Connect("x", Cluster.B);
        var here = Follow(Cluster.B, null, credential: "mallory");
        var there = Follow(Cluster.A, null, credential: "mallory");
        var kept = Follow(Cluster.A, null, credential: "mia");

        Cluster.Ask(Cluster.B, "x", new Ban("mallory"));

        here.Ended.ShouldBe(FeedEnd.Revoked);
        there.Ended.ShouldBe(FeedEnd.Revoked);
        kept.Ended.ShouldBeNull();
    }

    [Fact]
    public void A_credential_that_is_revoked_while_its_subscription_has_no_home_does_not_come_back()
    {
        Cluster.Connect("x", Cluster.B);
        var revoked = Follow(Cluster.A, null, member: "mia", credential: "old");
        Cluster.Network.Cut("a", "b");
        Cluster.Run();
        Cluster.Ask(Cluster.B, "x", new Revoke("old"));
        Cluster.Network.Link("a", "b");
        Cluster.Run();
        revoked.Ended.ShouldBe(FeedEnd.Revoked);
    }

    [Fact]
    public void A_subscriber_that_throws_is_sent_away_and_the_others_get_everything()
    {
        Cluster.Connect("x", Cluster.B);
        var first = Follow(Cluster.A, null);
        var ends = new List<FeedEnd>();
        var broken = new TestSubscriber { OnDeliver = _ => throw new InvalidOperationException("broken"), OnEnd = ends.Add };
        using var subscription = Cluster.A.Counters.Subscribe("x", new Audience("member"), null, broken);
        var last = Follow(Cluster.A, null);
        Cluster.Ask(Cluster.B, "x", new Add(1));
        Cluster.Ask(Cluster.B, "x", new Add(1));
        first.EventSeqs.ShouldBe([1, 2]);
        last.EventSeqs.ShouldBe([1, 2]);
        ends.ShouldBe([FeedEnd.Failed]);
    }

    [Fact]
    public void A_member_counts_as_present_while_somebody_follows_from_any_node()
    {
        Cluster.Connect("x", Cluster.B);
        var mia = new TestSubscriber("mia");
        var subscription = Cluster.A.Counters.Subscribe("x", new Audience("member"), null, mia);
        Cluster.Run();
        Connected().ShouldBe(["mia"]);
        Cluster.HandOver("x", Cluster.B, Cluster.C);
        Cluster.Advance(TimeSpan.FromSeconds(8));
        Connected().ShouldBe(["mia"]);
        Cluster.Stored.ReadAllAsync(0, 100, CancellationToken.None).AsTask().Now()
            .Count(record => record.Entry.Manifest == "counter.connection-changed.v1").ShouldBe(1);
        subscription.Dispose();
        Cluster.Advance(TimeSpan.FromSeconds(8));
        Connected().ShouldBeEmpty();
    }

    [Fact]
    public void A_subscription_may_begin_and_end_while_there_is_no_home()
    {
        var waiting = Follow(Cluster.A, 0);
        var over = new TestSubscriber();
        Cluster.A.Counters.Subscribe("x", new Audience("member"), 0, over).Dispose();
        Cluster.Connect("x", Cluster.B);
        Cluster.Ask(Cluster.B, "x", new Add(1));
        waiting.EventSeqs.ShouldBe([1]);
        over.Batches.ShouldBeEmpty();
        Cluster.A.Runtime.Peers.Peers.Sum(peer => peer.Followed.Count).ShouldBe(1);
    }
}
