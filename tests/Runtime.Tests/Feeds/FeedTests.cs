using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.TestKit.Counters;
using AkkaParty.Runtime.TestKit.Nodes;
using AkkaParty.Runtime.Tests.Cells;

namespace AkkaParty.Runtime.Tests.Feeds;

public sealed class FeedTests : CellTest
{
    [Fact]
    public void Since_the_head_gets_nothing_but_what_comes()
    {
        Node.Ask("a", new AddMany(1, 3));
        var subscriber = Follow(since: 3);
        subscriber.Batches.ShouldBeEmpty();
        Node.Ask("a", new Add(7, "n"));
        subscriber.Texts.ShouldBe(["4:+7:n"]);
    }

    [Fact]
    public void Since_nothing_gets_only_what_comes()
    {
        Node.Ask("a", new AddMany(1, 3));
        var subscriber = Follow(since: null);
        Node.Ask("a", new Add(7));
        subscriber.EventSeqs.ShouldBe([4]);
    }

    [Fact]
    public void Since_an_earlier_event_catches_up_through_the_same_view_as_live_events()
    {
        Node.Ask("a", new Add(1, "secret"));
        Node.Ask("a", new Ban("mallory"));
        Node.Ask("a", new Add(2, "secret"));
        var early = Follow(since: 0, audience: "public");
        var member = Follow(since: 1);
        Node.Ask("a", new Add(3, "secret"));

        early.Texts.ShouldBe(["1:+1", "3:+2", "4:+3"]);
        early.Batches.Select(b => b.IsCatchUp).ShouldBe([true, false]);
        early.Batches.Select(b => b.Seq).ShouldBe([3, 4]);
        member.Texts.ShouldBe(["3:+2:secret", "4:+3:secret"]);
    }

    [Fact]
    public async Task What_happens_during_a_catch_up_comes_after_it()
    {
        Node.Ask("a", new AddMany(1, 3));
        var stall = Node.Journal.StallNextRead();
        var subscriber = Follow(since: 1);
        await stall.Reached;
        Node.Ask("a", new AddMany(1, 2));
        Node.Counters.Signal("a", new Cheer("hi")).ShouldBeTrue();
        Node.Dispatcher.RunAll();
        subscriber.Batches.ShouldBeEmpty();
        stall.Release();
        Node.Dispatcher.RunAll();

        subscriber.Texts.ShouldBe(["2:+1:", "3:+1:", "4:+1:", "5:+1:", "~hi"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_catch_up_that_cannot_be_read_ends_that_subscription_only(bool tooSlow)
    {
        Node.Ask("a", new AddMany(1, 3));
        var other = Follow(since: 3);
        if (tooSlow)
        {
            Node.Journal.StallNextRead();
        }
        else
        {
            Node.Journal.FailReads(1);
        }

        var subscriber = Follow(since: 1);
        Node.Advance(TimeSpan.FromSeconds(11));
        (await Node.RunUntilAsync(subscriber.UntilEnded())).ShouldBe(FeedEnd.Failed);
        Node.Ask("a", new Add(1));
        other.EventSeqs.ShouldBe([4]);
        subscriber.Batches.ShouldBeEmpty();
    }

    [Fact]
    public async Task More_to_catch_up_on_than_allowed_ends_the_subscription_as_failed()
    {
        await using var node = await TestNode.StartAsync(TestNodeOptions.Manual(limits: new RuntimeOptions { CatchUpEventsMax = 10 }));
        node.Ask("a", new AddMany(1, 11));
        var subscriber = new TestSubscriber();
        using var subscription = node.Counters.Subscribe("a", new Audience("member"), 0, subscriber);
        node.Dispatcher.RunAll();
        subscriber.Ended.ShouldBe(FeedEnd.Failed);
    }

    [Fact]
    public void One_audience_shares_one_batch_and_another_gets_its_own_view()
    {
        var one = Follow(null);
        var two = Follow(null);
        var outside = Follow(null, audience: "public");
        Node.Ask("a", new Add(5, "secret"));

        two.Batches.Single().ShouldBeSameAs(one.Batches.Single());
        outside.Texts.ShouldBe(["1:+5"]);
        one.Texts.ShouldBe(["1:+5:secret"]);
    }

    [Fact]
    public void All_events_of_one_turn_come_as_one_batch()
    {
        var subscriber = Follow(null);
        for (var i = 0; i < 5; i++)
        {
            _ = Node.Counters.AskAsync("a", new Add(1)).AsTask();
        }

        Node.Dispatcher.RunAll();
        subscriber.Batches.Single().Frames.Count.ShouldBe(5);
        subscriber.Batches.Single().Seq.ShouldBe(5);
    }

    [Fact]
    public async Task A_state_view_comes_first_then_after_each_turn()
    {
        await using var node = await StateNodeAsync(events: false);
        node.Ask("a", new Add(3));
        var subscriber = Follow(since: null, node: node);
        var atHead = Follow(since: 1, node: node);
        subscriber.Texts.ShouldBe(["1=3"]);
        atHead.Texts.ShouldBeEmpty();
        node.Ask("a", new AddMany(1, 2));

        subscriber.Texts.ShouldBe(["1=3", "3=5"]);
        atHead.Texts.ShouldBe(["3=5"]);
    }

    [Fact]
    public async Task With_both_views_a_turn_is_its_events_then_the_state_and_so_is_a_catch_up()
    {
        await using var node = await StateNodeAsync(events: true);
        node.Ask("a", new AddMany(1, 3));
        var fresh = Follow(since: null, node: node);
        var behind = Follow(since: 1, node: node);
        node.Ask("a", new Add(4));

        fresh.Texts.ShouldBe(["3=3", "4:+4:", "4=7"]);
        behind.Texts.ShouldBe(["2:+1:", "3:+1:", "3=3", "4:+4:", "4=7"]);
    }

    [Fact]
    public void A_subscriber_that_has_seen_more_than_memory_holds_makes_it_read_the_store_again()
    {
        Node.Ask("a", new Add(1));
        Node.AppendForeign("a", new Added(2, ""), new Added(3, ""));
        var subscriber = Follow(since: 2);
        subscriber.EventSeqs.ShouldBe([3]);
        Node.Ask("a", new Add(4));
        subscriber.EventSeqs.ShouldBe([3, 4]);
    }

    [Fact]
    public async Task A_subscriber_ahead_of_memory_behind_an_undurable_command_waits_for_it_and_misses_nothing()
    {
        Node.Ask("a", new Add(1));
        Node.AppendForeign("a", new Added(2, ""), new Added(3, ""));
        var added = Node.Counters.AskAsync("a", new Add(4)).AsTask();
        var subscriber = new TestSubscriber();
        using var subscription = Node.Counters.Subscribe("a", new Audience("member"), 2, subscriber);
        Node.Dispatcher.RunAll();

        ShouldBeValue(await added, 10, seq: 4);
        subscriber.EventSeqs.ShouldBe([3, 4]);
        Node.Stored("a").Count.ShouldBe(4);
    }

    [Fact]
    public void Another_owners_events_reach_subscribers_with_the_next_write()
    {
        var subscriber = Follow(null);
        Node.AppendForeign("a", new Added(1, ""), new Added(2, ""));
        Node.Ask("a", new Add(3));
        subscriber.EventSeqs.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public void A_ban_shows_itself_to_the_banned_and_ends_all_their_subscriptions()
    {
        var mallory = Follow(null, member: "mallory");
        var again = Follow(null, member: "mallory", audience: "public");
        var mia = Follow(null, member: "mia");
        Node.Ask("a", new Ban("mallory"));
        Node.Ask("a", new Add(1));

        mallory.Ended.ShouldBe(FeedEnd.Expelled);
        again.Ended.ShouldBe(FeedEnd.Expelled);
        mallory.DeliveredAfterEnd.ShouldBe(0);
        mallory.Texts.ShouldBeEmpty();
        mia.Texts.Count.ShouldBe(1);
        Follow(null, member: "mallory").Ended.ShouldBe(FeedEnd.Expelled);
    }

    [Fact]
    public void A_ban_by_another_owner_ends_the_subscription_when_it_is_seen()
    {
        var mallory = Follow(null, member: "mallory");
        Node.AppendForeign("a", new Banned("mallory"), new Added(1, "secret"));
        Node.Ask("a", new Add(1));
        mallory.Ended.ShouldBe(FeedEnd.Expelled);
        mallory.Texts.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_is_banned_sees_nothing_that_was_stored_after_it_in_the_same_write()
    {
        await using var node = await StateNodeAsync(events: true);
        var mallory = Follow(null, member: "mallory", node: node);
        var mia = Follow(null, member: "mia", node: node);
        var shown = mia.Texts.Count;
        var before = node.Counters.AskAsync("a", new Add(1, "before"));
        var ban = node.Counters.AskAsync("a", new Ban("mallory"));
        var after = node.Counters.AskAsync("a", new Add(2, "after"));
        node.Dispatcher.RunAll();
        (await before).Seq.ShouldBe(3);
        (await ban).Seq.ShouldBe(4);
        (await after).Seq.ShouldBe(5);

        mallory.Ended.ShouldBe(FeedEnd.Expelled);
        mallory.Texts.ShouldContain("3:+1:before");
        mallory.Texts.ShouldAllBe(text => !text.Contains("after") && !text.StartsWith("5="));
        mia.Texts.Skip(shown).ShouldBe(["3:+1:before", "5:+2:after", "5=3"]);
        mia.Batches[^1].Seq.ShouldBe(5);
    }

    [Fact]
    public async Task A_ban_hidden_behind_a_foreign_snapshot_is_found_when_the_subscription_begins_again_by_itself()
    {
        await using var node = await StateNodeAsync(events: false);
        var mallory = Follow(null, member: "mallory", node: node);
        await using var other = await node.StartBesideAsync(TestNodeOptions.Manual(new CounterEntity { Snapshots = new(1) }));
        var head = other.Ask("a", new Ban("mallory")).Seq;
        node.Query("a", seqMin: head);

        mallory.Ended.ShouldBe(FeedEnd.Expelled);
        Follow(null, member: "mallory", node: node).Ended.ShouldBe(FeedEnd.Expelled);
    }

    [Fact]
    public void A_view_that_throws_ends_its_own_audience_only()
    {
        var broken = Follow(null, audience: "broken");
        var sound = Follow(null);
        Node.Ask("a", new Add(1));
        Node.Ask("a", new Add(1));

        broken.Ended.ShouldBe(FeedEnd.Failed);
        sound.EventSeqs.ShouldBe([1, 2]);
        sound.Ended.ShouldBeNull();
    }

    [Fact]
    public void A_view_that_throws_in_a_catch_up_ends_that_subscription_only()
    {
        Node.Ask("a", new Add(1));
        var sound = Follow(null);
        Follow(0, audience: "broken").Ended.ShouldBe(FeedEnd.Failed);
        Node.Ask("a", new Add(1));
        sound.EventSeqs.ShouldBe([2]);
    }

    [Fact]
    public void A_subscriber_that_throws_is_sent_away_and_the_others_get_everything()
    {
        var first = Follow(null);
        var broken = new TestSubscriber
        {
            OnDeliver = _ => throw new InvalidOperationException("broken"),
            OnEnd = _ => throw new InvalidOperationException("broken"),
        };
        using var one = Node.Counters.Subscribe("a", new Audience("member"), null, broken);
        using var two = Node.Counters.Subscribe("a", new Audience("member"), 0, broken);
        var last = Follow(null);
        ShouldBeValue(Node.Ask("a", new Add(1)), 1);
        ShouldBeValue(Node.Ask("a", new Add(1)), 2);

        first.EventSeqs.ShouldBe([1, 2]);
        last.EventSeqs.ShouldBe([1, 2]);
        one.Dispose();
        two.Dispose();
        Node.Dispatcher.RunAll();
    }

    [Fact]
    public async Task A_definition_that_cannot_say_who_may_follow_refuses_that_subscriber_only()
    {
        var counter = new CounterEntity();
        await using var node = await TestNode.StartAsync(TestNodeOptions.Manual(counter));
        var mia = Follow(null, member: "mia", node: node);
        counter.Broken = "MayFollow";
        Follow(null, member: "ben", node: node).Ended.ShouldBe(FeedEnd.Failed);
        ShouldBeValue(node.Ask("a", new Add(1)), 1);
        mia.Texts.Count.ShouldBe(1);
    }

    [Fact]
    public void Nothing_comes_after_the_disposal_has_reached_the_entity()
    {
        var subscriber = new TestSubscriber();
        var subscription = Node.Counters.Subscribe("a", new Audience("member"), null, subscriber);
        Node.Dispatcher.RunAll();
        subscription.Dispose();
        subscription.Dispose();
        Node.Ask("a", new Add(1));
        subscriber.Batches.ShouldBeEmpty();
        subscriber.Ended.ShouldBeNull("whoever disposes knows");
    }

    [Fact]
    public void Signals_of_one_turn_come_as_one_batch_to_current_subscribers_only()
    {
        var subscriber = Follow(null);
        for (var i = 0; i < 3; i++)
        {
            Node.Counters.Signal("a", new Cheer($"{i}")).ShouldBeTrue();
        }

        Node.Dispatcher.RunAll();
        var late = Follow(null);

        subscriber.Batches.Single().Frames.Select(f => f.Kind).ShouldAllBe(kind => kind == FeedFrameKind.Signal);
        subscriber.Texts.ShouldBe(["~0", "~1", "~2"]);
        subscriber.Batches.Single().HasEvents.ShouldBeFalse();
        late.Batches.ShouldBeEmpty();
        Node.Stored("a").ShouldBeEmpty();
    }

    [Fact]
    public void A_signal_nobody_may_see_makes_no_batch()
    {
        var subscriber = Follow(null);
        Node.Counters.Signal("a", "not a cheer").ShouldBeTrue();
        Node.Dispatcher.RunAll();
        subscriber.Batches.ShouldBeEmpty();
    }

    private static Task<TestNode> StateNodeAsync(bool events) =>
        TestNode.StartAsync(TestNodeOptions.Manual(new CounterEntity { StateView = true, EventView = events }));

    private TestSubscriber Follow(long? since, string audience = "member", string? member = null, TestNode? node = null)
    {
        var subscriber = new TestSubscriber(member);
        (node ?? Node).Counters.Subscribe("a", new Audience(audience), since, subscriber).ShouldNotBeNull();
        (node ?? Node).Dispatcher.RunAll();
        return subscriber;
    }
}
