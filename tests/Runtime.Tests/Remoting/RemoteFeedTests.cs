using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.Remoting.Frames;
using AkkaParty.Runtime.TestKit.Counters;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Runtime.Tests.Remoting;

public sealed class RemoteFeedTests : IAsyncDisposable
{
    private readonly LinkedNodes _cluster = new(nodes: 3);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public void A_subscriber_of_another_node_catches_up_and_then_gets_everything()
    {
        _cluster.Connect("x", _cluster.B);
        _cluster.Ask(_cluster.B, "x", new AddMany(1, 3));
        var behind = Follow(_cluster.A, since: 1);
        var fresh = Follow(_cluster.A, since: null);
        var outside = Follow(_cluster.A, since: 0, audience: "public");
        _cluster.Ask(_cluster.A, "x", new Add(2, "n"));

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
        _cluster.Connect("x", _cluster.B);
        var here = Enumerable.Range(0, 5).Select(_ => Follow(_cluster.A, null)).ToList();
        var there = Enumerable.Range(0, 3).Select(_ => Follow(_cluster.C, null)).ToList();
        var outside = Follow(_cluster.C, null, "public");
        _cluster.Network.Sent.Clear();
        _cluster.Ask(_cluster.B, "x", new AddMany(1, 4));

        _cluster.Network.Sent.Select(f => ((NodeFrame)f.Type, f.To)).Order()
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
        _cluster.Connect("x", _cluster.B);
        _cluster.Ask(_cluster.B, "x", new AddMany(1, 3));
        var live = Follow(_cluster.A, since: 3);
        var stall = _cluster.B.Journal.StallNextRead();
        var subscriber = Follow(_cluster.A, since: 1);
        await stall.Reached;
        _cluster.Ask(_cluster.B, "x", new AddMany(1, 2));
        subscriber.Batches.ShouldBeEmpty();
        stall.Release();
        _cluster.Run();
        _cluster.Ask(_cluster.B, "x", new Add(1));
        subscriber.EventSeqs.ShouldBe([2, 3, 4, 5, 6]);
        live.EventSeqs.ShouldBe([4, 5, 6]);
    }

    [Fact]
    public void A_hand_over_is_not_noticed_wherever_subscriber_and_homes_are()
    {
        _cluster.Connect("x", _cluster.B);
        var subscribers = _cluster.Nodes.ConvertAll(node => Follow(node, 0));
        var seq = 0;
        foreach (var (from, to) in new[] { (1, 2), (2, 0), (0, 1), (1, 0), (0, 2) })
        {
            _cluster.Ask(_cluster.A, "x", new AddMany(1, 2)).Seq.ShouldBe(seq += 2);
            _cluster.HandOver("x", _cluster.Nodes[from], _cluster.Nodes[to]);
            _cluster.Ask(_cluster.C, "x", new Add(1)).Seq.ShouldBe(++seq);
            _cluster.Advance(TimeSpan.FromSeconds(1));
        }

        _cluster.Ask(_cluster.B, "x", new Add(1)).Seq.ShouldBe(++seq);
        subscribers.ShouldAllBe(s => s.EventSeqs.SequenceEqual(Enumerable.Range(1, seq).Select(i => (long)i)) && s.Ended == null);
        Enumerable.Range(0, 3).Sum(i => _cluster.Nodes[i].Runtime.Peers.Peers.Sum(peer => peer.Followed.Count)).ShouldBe(2);
    }

    [Fact]
    public void A_lost_link_costs_time_and_no_event()
    {
        _cluster.Connect("x", _cluster.B);
        var subscriber = Follow(_cluster.A, null);
        _cluster.Ask(_cluster.B, "x", new Add(1));
        _cluster.Network.Cut("a", "b");
        _cluster.Run();
        _cluster.Ask(_cluster.B, "x", new AddMany(1, 3));
        subscriber.EventSeqs.ShouldBe([1]);
        _cluster.Network.Link("a", "b");
        _cluster.Run();
        _cluster.Ask(_cluster.B, "x", new Add(1));
        subscriber.EventSeqs.ShouldBe([1, 2, 3, 4, 5]);
        subscriber.Ended.ShouldBeNull();
    }

    [Fact]
    public void A_lost_live_frame_is_noticed_by_the_next_one()
    {
        _cluster.Connect("x", _cluster.B);
        var one = Follow(_cluster.A, null);
        var two = Follow(_cluster.A, null);
        DropNext(NodeFrame.FeedGroup);
        _cluster.Ask(_cluster.B, "x", new Add(1));
        one.EventSeqs.ShouldBeEmpty();
        _cluster.Ask(_cluster.B, "x", new Add(1));
        _cluster.Ask(_cluster.B, "x", new Add(1));
        one.EventSeqs.ShouldBe([1, 2, 3]);
        two.EventSeqs.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void A_lost_last_frame_is_noticed_by_the_announced_heads()
    {
        _cluster.Connect("x", _cluster.B);
        var subscriber = Follow(_cluster.A, null);
        _cluster.Advance(TimeSpan.FromSeconds(1));
        DropNext(NodeFrame.FeedGroup);
        _cluster.Ask(_cluster.B, "x", new Add(1));
        subscriber.EventSeqs.ShouldBeEmpty();
        _cluster.Advance(TimeSpan.FromSeconds(1.3));
        subscriber.EventSeqs.ShouldBe([1]);
    }

    [Theory]
    [InlineData((int)NodeFrame.Subscribe)]
    [InlineData((int)NodeFrame.FeedAlone)]
    [InlineData((int)NodeFrame.FeedLive)]
    public void Whatever_is_lost_of_a_beginning_is_made_good_within_six_seconds(int lost)
    {
        _cluster.Connect("x", _cluster.B);
        _cluster.Ask(_cluster.B, "x", new AddMany(1, 3));
        DropNext((NodeFrame)lost);
        var subscriber = Follow(_cluster.A, 1);
        _cluster.Ask(_cluster.B, "x", new Add(1));
        _cluster.Advance(TimeSpan.FromSeconds(6.5));
        _cluster.Ask(_cluster.B, "x", new Add(1));
        subscriber.EventSeqs.ShouldBe([2, 3, 4, 5]);
    }

    [Fact]
    public void Frames_that_come_twice_or_swapped_are_delivered_once_and_in_order()
    {
        _cluster.Connect("x", _cluster.B);
        var subscribers = Enumerable.Range(0, 3).Select(_ => Follow(_cluster.A, null)).ToList();
        var count = 0;
        _cluster.Network.Fault = _ => count++ % 7 is 2 ? LoopbackFault.Repeat : count % 11 == 3 ? LoopbackFault.Swap : LoopbackFault.None;
        for (var i = 0; i < 60; i++)
        {
            _ = _cluster.B.Counters.AskAsync("x", new Add(1)).AsTask();
            if (i % 3 == 0)
            {
                _cluster.Dispatcher.RunAll();
            }
        }

        _cluster.Run();
        _cluster.Network.Fault = null;
        _cluster.Advance(TimeSpan.FromSeconds(10));
        _cluster.Ask(_cluster.B, "x", new Add(1));
        subscribers.ShouldAllBe(s => s.EventSeqs.SequenceEqual(Enumerable.Range(1, 61).Select(i => (long)i)));
    }

    [Fact]
    public void A_subscription_whose_end_was_lost_is_forgotten_by_the_home()
    {
        _cluster.Connect("x", _cluster.B);
        var subscriber = new TestSubscriber("mia");
        var subscription = _cluster.A.Counters.Subscribe("x", new Audience("member"), null, subscriber);
        _cluster.Run();
        Connected().ShouldBe(["mia"]);
        DropNext(NodeFrame.Unsubscribe);
        subscription.Dispose();
        _cluster.Run();
        _cluster.Advance(TimeSpan.FromSeconds(12));
        _cluster.B.Runtime.Peers.Peers.Sum(peer => peer.Relayed.Count).ShouldBe(0);
        Connected().ShouldBeEmpty();
    }

    [Fact]
    public void An_expelled_member_whose_end_was_lost_sees_nothing_that_comes_after()
    {
        _cluster.Connect("x", _cluster.B);
        var mallory = Follow(_cluster.A, null, member: "mallory");
        var mia = Follow(_cluster.A, null, member: "mia");
        _cluster.Ask(_cluster.B, "x", new Add(1));
        DropNext(NodeFrame.FeedEnded);
        _cluster.Ask(_cluster.B, "x", new Ban("mallory"));
        _cluster.Ask(_cluster.B, "x", new Add(2, "secret"));
        _cluster.Ask(_cluster.B, "x", new Add(3, "secret"));
        mallory.Texts.ShouldNotContain(text => text.Contains("secret"));
        mallory.Ended.ShouldBe(FeedEnd.Expelled);
        mia.Texts.Count(text => text.Contains("secret")).ShouldBe(2);
        mia.Ended.ShouldBeNull();
    }

    [Fact]
    public void The_ends_that_mean_something_to_a_client_reach_it()
    {
        _cluster.Connect("x", _cluster.B);
        var mallory = Follow(_cluster.A, null, member: "mallory");
        var broken = Follow(_cluster.A, null, "broken");
        var revoked = Follow(_cluster.A, null, member: "mia", credential: "old");
        var kept = Follow(_cluster.A, null, member: "mia", credential: "new");
        _cluster.Ask(_cluster.B, "x", new Add(1));
        broken.Ended.ShouldBe(FeedEnd.Failed);
        _cluster.Ask(_cluster.B, "x", new Ban("mallory"));
        mallory.Ended.ShouldBe(FeedEnd.Expelled);
        _cluster.Ask(_cluster.B, "x", new Revoke("old"));
        revoked.Ended.ShouldBe(FeedEnd.Revoked);
        kept.Ended.ShouldBeNull();
        Follow(_cluster.C, null, member: "mallory").Ended.ShouldBe(FeedEnd.Expelled);
        Follow(_cluster.C, null, member: "mia", credential: "old").Ended.ShouldBe(FeedEnd.Revoked);
    }

    [Fact]
    public void A_credential_that_is_revoked_while_its_subscription_has_no_home_does_not_come_back()
    {
        _cluster.Connect("x", _cluster.B);
        var revoked = Follow(_cluster.A, null, member: "mia", credential: "old");
        _cluster.Network.Cut("a", "b");
        _cluster.Run();
        _cluster.Ask(_cluster.B, "x", new Revoke("old"));
        _cluster.Network.Link("a", "b");
        _cluster.Run();
        revoked.Ended.ShouldBe(FeedEnd.Revoked);
    }

    [Fact]
    public void A_link_that_takes_no_more_breaks_its_subscriptions_and_they_come_again()
    {
        _cluster.Connect("x", _cluster.B);
        var subscriber = Follow(_cluster.A, null);
        _cluster.Network.Refuses = frame => frame.From == "b";
        _cluster.Ask(_cluster.B, "x", new AddMany(1, 2));
        _cluster.B.Runtime.Peers.Peers.Sum(peer => peer.Relayed.Count).ShouldBe(0);
        _cluster.Network.Refuses = null;
        _cluster.Ask(_cluster.B, "x", new Add(1));
        _cluster.Advance(TimeSpan.FromSeconds(6));
        _cluster.Ask(_cluster.B, "x", new Add(1));
        subscriber.EventSeqs.ShouldBe([1, 2, 3, 4]);
    }

    [Fact]
    public void A_signal_that_finds_no_room_is_lost_and_nothing_else()
    {
        _cluster.Connect("x", _cluster.B);
        var subscriber = Follow(_cluster.A, null);
        _cluster.Network.Refuses = frame => frame.From == "b";
        _cluster.B.Counters.Signal("x", new Cheer("lost")).ShouldBeTrue();
        _cluster.Run();
        _cluster.Network.Refuses = null;
        _cluster.B.Counters.Signal("x", new Cheer("seen")).ShouldBeTrue();
        _cluster.Run();
        subscriber.Texts.ShouldBe(["~seen"]);
        _cluster.B.Runtime.Peers.Peers.Sum(peer => peer.Relayed.Count).ShouldBe(1);
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
    public void A_subscriber_that_throws_is_sent_away_and_the_others_get_everything()
    {
        _cluster.Connect("x", _cluster.B);
        var first = Follow(_cluster.A, null);
        var ends = new List<FeedEnd>();
        var broken = new TestSubscriber { OnDeliver = _ => throw new InvalidOperationException("broken"), OnEnd = ends.Add };
        using var subscription = _cluster.A.Counters.Subscribe("x", new Audience("member"), null, broken);
        var last = Follow(_cluster.A, null);
        _cluster.Ask(_cluster.B, "x", new Add(1));
        _cluster.Ask(_cluster.B, "x", new Add(1));
        first.EventSeqs.ShouldBe([1, 2]);
        last.EventSeqs.ShouldBe([1, 2]);
        ends.ShouldBe([FeedEnd.Failed]);
    }

    [Fact]
    public void A_member_counts_as_present_while_somebody_follows_from_any_node()
    {
        _cluster.Connect("x", _cluster.B);
        var mia = new TestSubscriber("mia");
        var subscription = _cluster.A.Counters.Subscribe("x", new Audience("member"), null, mia);
        _cluster.Run();
        Connected().ShouldBe(["mia"]);
        _cluster.HandOver("x", _cluster.B, _cluster.C);
        _cluster.Advance(TimeSpan.FromSeconds(8));
        Connected().ShouldBe(["mia"]);
        _cluster.Stored.ReadAllAsync(0, 100, CancellationToken.None).AsTask().Now()
            .Count(record => record.Entry.Manifest == "counter.connection-changed.v1").ShouldBe(1);
        subscription.Dispose();
        _cluster.Advance(TimeSpan.FromSeconds(8));
        Connected().ShouldBeEmpty();
    }

    [Fact]
    public void A_subscription_may_begin_and_end_while_there_is_no_home()
    {
        var waiting = Follow(_cluster.A, 0);
        var over = new TestSubscriber();
        _cluster.A.Counters.Subscribe("x", new Audience("member"), 0, over).Dispose();
        _cluster.Connect("x", _cluster.B);
        _cluster.Ask(_cluster.B, "x", new Add(1));
        waiting.EventSeqs.ShouldBe([1]);
        over.Batches.ShouldBeEmpty();
        _cluster.A.Runtime.Peers.Peers.Sum(peer => peer.Followed.Count).ShouldBe(1);
    }

    [Fact]
    public async Task Another_run_of_the_home_is_somebody_else()
    {
        _cluster.Connect("x", _cluster.B);
        var subscriber = Follow(_cluster.A, null);
        _cluster.Ask(_cluster.A, "x", new Add(1));
        await _cluster.RestartAsync(_cluster.B);
        _cluster.Connect("x", _cluster.B);
        _cluster.Advance(TimeSpan.FromMilliseconds(300));
        _cluster.Ask(_cluster.A, "x", new Add(1));
        subscriber.EventSeqs.ShouldBe([1, 2]);
    }

    private static TestSubscriber Follow(
        LinkedNodes cluster, LinkedNode node, long? since, string audience, string? member, string? credential)
    {
        var subscriber = new TestSubscriber(member) { Credential = credential };
        node.Counters.Subscribe("x", new Audience(audience), since, subscriber).ShouldNotBeNull();
        cluster.Run();
        return subscriber;
    }

    private TestSubscriber Follow(
        LinkedNode node, long? since, string audience = "member", string? member = null, string? credential = null,
        LinkedNodes? cluster = null) => Follow(cluster ?? _cluster, node, since, audience, member, credential);

    private void DropNext(NodeFrame type)
    {
        var dropped = false;
        _cluster.Network.Fault = frame =>
        {
            if (dropped || frame.Type != (int)type)
            {
                return LoopbackFault.None;
            }

            dropped = true;
            return LoopbackFault.Drop;
        };
    }

    private SortedSet<string> Connected()
    {
        SortedSet<string> connected = [];
        var codec = _cluster.Counter.EventCodec;
        foreach (var record in _cluster.Stored.ReadAllAsync(0, 1_000, CancellationToken.None).AsTask().Now())
        {
            if (codec.Decode(record.Entry.Manifest, record.Entry.Payload.Span) is ConnectionChanged changed)
            {
                _ = changed.Connected ? connected.Add(changed.Member) : connected.Remove(changed.Member);
            }
        }

        return connected;
    }
}
