using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.Remoting.Frames;
using AkkaParty.Runtime.TestKit.Counters;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Runtime.Tests.Remoting;

public sealed class RemoteFeedFaultTests : LinkedNodesTest
{
    [Fact]
    public void A_lost_link_costs_time_and_no_event()
    {
        Cluster.Connect("x", Cluster.B);
        var subscriber = Follow(Cluster.A, null);
        Cluster.Ask(Cluster.B, "x", new Add(1));
        Cluster.Network.Cut("a", "b");
        Cluster.Run();
        Cluster.Ask(Cluster.B, "x", new AddMany(1, 3));
        subscriber.EventSeqs.ShouldBe([1]);
        Cluster.Network.Link("a", "b");
        Cluster.Run();
        Cluster.Ask(Cluster.B, "x", new Add(1));
        subscriber.EventSeqs.ShouldBe([1, 2, 3, 4, 5]);
        subscriber.Ended.ShouldBeNull();
    }

    [Fact]
    public void A_lost_live_frame_is_noticed_by_the_next_one()
    {
        Cluster.Connect("x", Cluster.B);
        var one = Follow(Cluster.A, null);
        var two = Follow(Cluster.A, null);
        DropNext(NodeFrame.FeedGroup);
        Cluster.Ask(Cluster.B, "x", new Add(1));
        one.EventSeqs.ShouldBeEmpty();
        Cluster.Ask(Cluster.B, "x", new Add(1));
        Cluster.Ask(Cluster.B, "x", new Add(1));
        one.EventSeqs.ShouldBe([1, 2, 3]);
        two.EventSeqs.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void A_lost_last_frame_is_noticed_by_the_announced_heads()
    {
        Cluster.Connect("x", Cluster.B);
        var subscriber = Follow(Cluster.A, null);
        Cluster.Advance(TimeSpan.FromSeconds(1));
        DropNext(NodeFrame.FeedGroup);
        Cluster.Ask(Cluster.B, "x", new Add(1));
        subscriber.EventSeqs.ShouldBeEmpty();
        Cluster.Advance(TimeSpan.FromSeconds(1.3));
        subscriber.EventSeqs.ShouldBe([1]);
    }

    [Theory]
    [InlineData((int)NodeFrame.Subscribe)]
    [InlineData((int)NodeFrame.FeedAlone)]
    [InlineData((int)NodeFrame.FeedLive)]
    public void Whatever_is_lost_of_a_beginning_is_made_good_within_six_seconds(int lost)
    {
        Cluster.Connect("x", Cluster.B);
        Cluster.Ask(Cluster.B, "x", new AddMany(1, 3));
        DropNext((NodeFrame)lost);
        var subscriber = Follow(Cluster.A, 1);
        Cluster.Ask(Cluster.B, "x", new Add(1));
        Cluster.Advance(TimeSpan.FromSeconds(6.5));
        Cluster.Ask(Cluster.B, "x", new Add(1));
        subscriber.EventSeqs.ShouldBe([2, 3, 4, 5]);
    }

    [Fact]
    public void Frames_that_come_twice_or_swapped_are_delivered_once_and_in_order()
    {
        Cluster.Connect("x", Cluster.B);
        var subscribers = Enumerable.Range(0, 3).Select(_ => Follow(Cluster.A, null)).ToList();
        var count = 0;
        Cluster.Network.Fault = _ => count++ % 7 is 2 ? LoopbackFault.Repeat : count % 11 == 3 ? LoopbackFault.Swap : LoopbackFault.None;
        for (var i = 0; i < 60; i++)
        {
            _ = Cluster.B.Counters.AskAsync("x", new Add(1)).AsTask();
            if (i % 3 == 0)
            {
                Cluster.Dispatcher.RunAll();
            }
        }

        Cluster.Run();
        Cluster.Network.Fault = null;
        Cluster.Advance(TimeSpan.FromSeconds(10));
        Cluster.Ask(Cluster.B, "x", new Add(1));
        subscribers.ShouldAllBe(s => s.EventSeqs.SequenceEqual(Enumerable.Range(1, 61).Select(i => (long)i)));
    }

    [Fact]
    public void A_subscription_whose_end_was_lost_is_forgotten_by_the_home()
    {
        Cluster.Connect("x", Cluster.B);
        var subscriber = new TestSubscriber("mia");
        var subscription = Cluster.A.Counters.Subscribe("x", new Audience("member"), null, subscriber);
        Cluster.Run();
        Connected().ShouldBe(["mia"]);
        DropNext(NodeFrame.Unsubscribe);
        subscription.Dispose();
        Cluster.Run();
        Cluster.Advance(TimeSpan.FromSeconds(12));
        Cluster.B.Runtime.Peers.Peers.Sum(peer => peer.Relayed.Count).ShouldBe(0);
        Connected().ShouldBeEmpty();
    }

    [Fact]
    public void An_expelled_member_whose_end_was_lost_sees_nothing_that_comes_after()
    {
        Cluster.Connect("x", Cluster.B);
        var mallory = Follow(Cluster.A, null, member: "mallory");
        var mia = Follow(Cluster.A, null, member: "mia");
        Cluster.Ask(Cluster.B, "x", new Add(1));
        DropNext(NodeFrame.FeedEnded);
        Cluster.Ask(Cluster.B, "x", new Ban("mallory"));
        Cluster.Ask(Cluster.B, "x", new Add(2, "secret"));
        Cluster.Ask(Cluster.B, "x", new Add(3, "secret"));
        mallory.Texts.ShouldNotContain(text => text.Contains("secret"));
        mallory.Ended.ShouldBe(FeedEnd.Expelled);
        mia.Texts.Count(text => text.Contains("secret")).ShouldBe(2);
        mia.Ended.ShouldBeNull();
    }

    [Fact]
    public void A_link_that_takes_no_more_breaks_its_subscriptions_and_they_come_again()
    {
        Cluster.Connect("x", Cluster.B);
        var subscriber = Follow(Cluster.A, null);
        Cluster.Network.Refuses = frame => frame.From == "b";
        Cluster.Ask(Cluster.B, "x", new AddMany(1, 2));
        Cluster.B.Runtime.Peers.Peers.Sum(peer => peer.Relayed.Count).ShouldBe(0);
        Cluster.Network.Refuses = null;
        Cluster.Ask(Cluster.B, "x", new Add(1));
        Cluster.Advance(TimeSpan.FromSeconds(6));
        Cluster.Ask(Cluster.B, "x", new Add(1));
        subscriber.EventSeqs.ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public void A_signal_that_finds_no_room_is_lost_and_nothing_else()
    {
        Cluster.Connect("x", Cluster.B);
        var subscriber = Follow(Cluster.A, null);
        Cluster.Network.Refuses = frame => frame.From == "b";
        Cluster.B.Counters.Signal("x", new Cheer("lost")).ShouldBeTrue();
        Cluster.Run();
        Cluster.Network.Refuses = null;
        Cluster.B.Counters.Signal("x", new Cheer("seen")).ShouldBeTrue();
        Cluster.Run();
        subscriber.Texts.ShouldBe(["~seen"]);
        Cluster.B.Runtime.Peers.Peers.Sum(peer => peer.Relayed.Count).ShouldBe(1);
    }

    [Fact]
    public async Task A_catch_up_longer_than_a_frame_comes_in_pieces_and_resumes_in_the_middle()
    {
        await using var cluster = new LinkedNodes(counter: new CounterEntity { StateView = true });
        cluster.Network.FrameBytesMax = 600;
        cluster.Connect("x", cluster.B);
        for (var i = 0; i < 100; i++)
        {
            cluster.Ask(cluster.B, "x", new Add(1, $"note {i} of some length"));
        }

        var pieces = 0;
        cluster.Network.Fault = frame => frame.Type == (int)NodeFrame.FeedAlone && ++pieces == 4 ? LoopbackFault.Drop : LoopbackFault.None;
        var subscriber = Follow(cluster.A, 0, cluster: cluster);
        cluster.Advance(TimeSpan.FromSeconds(6));
        pieces.ShouldBeGreaterThan(8);
        cluster.Ask(cluster.B, "x", new Add(1));
        subscriber.EventSeqs.ShouldBe(Enumerable.Range(1, 101).Select(i => (long)i));
        subscriber.Texts.Where(text => text.Contains('=')).ShouldBe(["100=100", "101=101"]);
    }

    [Fact]
    public async Task A_frame_that_fits_no_link_ends_the_subscription_as_failed()
    {
        await using var cluster = new LinkedNodes();
        cluster.Network.FrameBytesMax = 600;
        cluster.Connect("x", cluster.B);
        var live = Follow(cluster.A, null, cluster: cluster);
        cluster.Ask(cluster.B, "x", new Add(1, new string('n', 700)));
        live.Ended.ShouldBe(FeedEnd.Failed);
        Follow(cluster.A, 0, cluster: cluster).Ended.ShouldBe(FeedEnd.Failed);
    }

    [Fact]
    public async Task Another_run_of_the_home_is_somebody_else()
    {
        Cluster.Connect("x", Cluster.B);
        var subscriber = Follow(Cluster.A, null);
        Cluster.Ask(Cluster.A, "x", new Add(1));
        await Cluster.RestartAsync(Cluster.B);
        Cluster.Connect("x", Cluster.B);
        Cluster.Advance(TimeSpan.FromMilliseconds(300));
        Cluster.Ask(Cluster.A, "x", new Add(1));
        subscriber.EventSeqs.ShouldBe([1, 2]);
    }
}
