using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.Remoting.Frames;
using AkkaParty.Runtime.TestKit.Counters;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Runtime.Tests.Remoting;

public sealed class RemoteAskTests : IAsyncDisposable
{
    private static readonly CommandId Id = new(Guid.Parse("6b8f35c2-55a6-4bd0-9e5f-4f1a17a0a001"), 1);

    private readonly LinkedNodes _cluster = new(nodes: 3);

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public void An_ask_is_answered_by_its_entitys_home_in_one_round_trip()
    {
        _cluster.Connect("x", _cluster.B);
        _cluster.Network.Sent.Clear();
        var result = _cluster.Ask(_cluster.A, "x", new Add(5, "n"), Id);

        result.Outcome.ShouldBe(AskOutcome.Replied);
        result.Seq.ShouldBe(1);
        result.Reply.ShouldBe(new CounterValue(5));
        _cluster.Network.Sent.Select(f => (f.From, (NodeFrame)f.Type)).ShouldBe([("a", NodeFrame.Ask), ("b", NodeFrame.Reply)]);
        _cluster.Value(_cluster.C, "x").ShouldBe(5);
        _cluster.A.Journal.Commits.ShouldBe(0);
    }

    [Fact]
    public void A_rejection_comes_back_whole()
    {
        _cluster.Connect("x", _cluster.B);
        var result = _cluster.Ask(_cluster.A, "x", new Add(-5));
        result.Outcome.ShouldBe(AskOutcome.Rejected);
        result.Rejection.ShouldBe(new Rejection("below_zero", "The value is 0; it cannot go below zero.", "amount"));
        result.RetryAfter.ShouldBeNull();
    }

    [Fact]
    public void A_reply_without_content_and_a_retryable_answer_come_back_whole()
    {
        _cluster.Connect("x", _cluster.B);
        var empty = _cluster.Ask(_cluster.A, "x", new Pin(true));
        empty.Outcome.ShouldBe(AskOutcome.Replied);
        empty.Reply.ShouldBeNull();
        _cluster.B.Journal.FailNext(JournalFault.Refused);
        var refused = _cluster.Ask(_cluster.A, "x", new Add(1));
        refused.Outcome.ShouldBe(AskOutcome.Unavailable);
        refused.Rejection!.Code.ShouldBe("store_unavailable");
        refused.RetryAfter.ShouldBe(TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void The_answer_to_a_home_that_moved_comes_from_the_new_home()
    {
        _cluster.Connect("x", _cluster.B);
        _cluster.Ask(_cluster.A, "x", new Add(1));

        // Everybody but the asker knows that the shard has moved.
        LinkedNodes.SetHomeAt(_cluster.B, "x", _cluster.C);
        LinkedNodes.SetHomeAt(_cluster.C, "x", _cluster.C);
        var asked = _cluster.A.Counters.AskAsync("x", new Add(2)).AsTask();
        _cluster.Run();
        asked.IsCompleted.ShouldBeFalse("it waits until this node knows better");
        LinkedNodes.SetHomeAt(_cluster.A, "x", _cluster.C);
        _cluster.Run();

        asked.Now().Reply.ShouldBe(new CounterValue(3));
        _cluster.C.Journal.Operations.Count.ShouldBe(1);
    }

    [Fact]
    public void An_ask_without_a_home_for_too_long_is_told_so()
    {
        _cluster.Connect("x", _cluster.B);
        _cluster.Network.Cut("a", "b");
        _cluster.Run();
        var asked = _cluster.A.Counters.AskAsync("x", new Add(2)).AsTask();
        _cluster.Advance(TimeSpan.FromSeconds(4.5));
        asked.IsCompleted.ShouldBeFalse();
        _cluster.Advance(TimeSpan.FromSeconds(1));
        asked.Now().Outcome.ShouldBe(AskOutcome.Unavailable);
        asked.Now().Rejection!.Code.ShouldBe("no_home");
    }

    [Fact]
    public void An_ask_waits_for_the_link_and_goes_when_it_is_there()
    {
        _cluster.SetHome("x", _cluster.B);
        var asked = _cluster.A.Counters.AskAsync("x", new Add(2)).AsTask();
        _cluster.Run();
        asked.IsCompleted.ShouldBeFalse();
        _cluster.Network.Link("a", "b");
        _cluster.Run();
        asked.Now().Reply.ShouldBe(new CounterValue(2));
    }

    [Fact]
    public async Task Whatever_waits_is_answered_when_its_node_is_disposed()
    {
        _cluster.Connect("x", _cluster.B);
        _cluster.SetHome("y", _cluster.C);
        _cluster.SetHome("z", null);
        _cluster.Network.Cut("a", "c");
        _cluster.Run();
        _cluster.Network.Fault = frame => frame.Type == (int)NodeFrame.Ask ? LoopbackFault.Drop : LoopbackFault.None;
        var sent = _cluster.A.Counters.AskAsync("x", new Add(1)).AsTask();
        var sentWithId = _cluster.A.Counters.AskAsync("x", new Add(1), Id).AsTask();
        var queried = _cluster.A.Counters.QueryAsync("x", GetValue.Instance).AsTask();
        var unsent = _cluster.A.Counters.AskAsync("y", new Add(1)).AsTask();
        var homeless = _cluster.A.Counters.AskAsync("z", new Add(1)).AsTask();
        _cluster.Run();
        Task<AskResult>[] all = [sent, sentWithId, queried, unsent, homeless];
        all.ShouldAllBe(asked => !asked.IsCompleted);

        await _cluster.A.DisposeAsync();
        _cluster.Run();

        sent.Now().Outcome.ShouldBe(AskOutcome.Unknown);
        sentWithId.Now().Outcome.ShouldBe(AskOutcome.Unknown);
        Task<AskResult>[] undone = [queried, unsent, homeless];
        undone.ShouldAllBe(asked => asked.Now().Outcome == AskOutcome.Unavailable && asked.Now().Rejection!.Code == "restarting");
        _cluster.Ask(_cluster.A, "y", new Add(1)).Rejection!.Code.ShouldBe("restarting");
    }

    [Fact]
    public async Task No_more_asks_wait_for_a_link_than_a_shard_may_keep()
    {
        await using var cluster = new LinkedNodes(limit: options => options.ShardBufferMax = 3);
        cluster.SetHome("x", cluster.B);
        var asked = Enumerable.Range(0, 5).Select(_ => cluster.A.Counters.AskAsync("x", new Add(1)).AsTask()).ToArray();
        cluster.Run();
        asked.Count(ask => ask.IsCompleted).ShouldBe(2);
        asked.Where(ask => ask.IsCompleted).ShouldAllBe(ask => ask.Now().Rejection!.Code == "busy");
        cluster.Network.Link("a", "b");
        cluster.Run();
        asked.Count(ask => ask.Now().Outcome == AskOutcome.Replied).ShouldBe(3);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void When_the_link_goes_down_what_may_be_repeated_is_and_the_rest_is_unknown(bool stored)
    {
        _cluster.Connect("x", _cluster.B);
        var lost = (int)(stored ? NodeFrame.Reply : NodeFrame.Ask);
        _cluster.Network.Fault = frame => frame.Type == lost ? LoopbackFault.Drop : LoopbackFault.None;
        var withId = _cluster.A.Counters.AskAsync("x", new Add(1), Id).AsTask();
        var without = _cluster.A.Counters.AskAsync("x", new Add(10)).AsTask();
        var query = _cluster.A.Counters.QueryAsync("x", GetValue.Instance).AsTask();
        _cluster.Run();
        _cluster.Network.Fault = null;
        _cluster.Network.Cut("a", "b");
        _cluster.Run();

        without.Now().Outcome.ShouldBe(AskOutcome.Unknown);
        withId.IsCompleted.ShouldBeFalse();
        _cluster.Network.Link("a", "b");
        _cluster.Run();
        withId.Now().Outcome.ShouldBe(AskOutcome.Replied);
        withId.Now().Seq.ShouldBe(1);
        query.Now().Reply.ShouldBe(new CounterValue(stored ? 11 : 1));
    }

    [Fact]
    public void A_command_that_may_have_arrived_and_cannot_be_repeated_in_time_is_unknown_and_not_unavailable()
    {
        _cluster.Connect("x", _cluster.B);
        _cluster.Network.Fault = frame => frame.Type == (int)NodeFrame.Reply ? LoopbackFault.Drop : LoopbackFault.None;
        var asked = _cluster.A.Counters.AskAsync("x", new Add(1), Id).AsTask();
        _cluster.Run();
        _cluster.Network.Cut("a", "b");
        _cluster.Advance(TimeSpan.FromSeconds(6));
        asked.Now().Outcome.ShouldBe(AskOutcome.Unknown);
    }

    [Fact]
    public void Patience_ends_a_command_as_unknown_and_a_query_as_timed_out()
    {
        _cluster.Connect("x", _cluster.B);
        _cluster.Network.Fault = frame => frame.Type == (int)NodeFrame.Ask ? LoopbackFault.Drop : LoopbackFault.None;
        var command = _cluster.A.Counters.AskAsync("x", new Add(1), Id).AsTask();
        var query = _cluster.A.Counters.QueryAsync("x", GetValue.Instance).AsTask();
        _cluster.Advance(TimeSpan.FromSeconds(9.5));
        command.IsCompleted.ShouldBeFalse();
        _cluster.Advance(TimeSpan.FromSeconds(1));
        command.Now().Outcome.ShouldBe(AskOutcome.Unknown);
        query.Now().Outcome.ShouldBe(AskOutcome.Unavailable);
        query.Now().Rejection!.Code.ShouldBe("timed_out");
    }

    [Fact]
    public void Frames_that_come_twice_or_in_another_order_change_nothing()
    {
        _cluster.Connect("x", _cluster.B);
        var faults = new Queue<LoopbackFault>([LoopbackFault.Repeat, LoopbackFault.Swap, LoopbackFault.Repeat, LoopbackFault.None]);
        _cluster.Network.Fault = _ =>
        {
            var fault = faults.Dequeue();
            faults.Enqueue(fault);
            return fault;
        };
        var asked = Enumerable.Range(0, 200).Select(_ => _cluster.A.Counters.AskAsync("x", new Add(1)).AsTask()).ToArray();
        _cluster.Run();
        asked.Select(ask => ask.Now().Seq).Order().ShouldBe(Enumerable.Range(1, 200).Select(i => (long)i));
        _cluster.Network.Fault = null;
        _cluster.Value(_cluster.A, "x").ShouldBe(200);
    }

    [Fact]
    public void What_waits_for_a_home_elsewhere_goes_there_and_what_came_from_there_is_told_that_it_moved()
    {
        _cluster.Connect("x", _cluster.B);
        LinkedNodes.SetHomeAt(_cluster.B, "x", null);
        var own = _cluster.B.Counters.AskAsync("x", new Add(1)).AsTask();
        var foreign = _cluster.A.Counters.AskAsync("x", new Add(10)).AsTask();
        _cluster.Run();
        (own.IsCompleted, foreign.IsCompleted).ShouldBe((false, false));
        _cluster.SetHome("x", _cluster.C);
        _cluster.Run();
        own.Now().Outcome.ShouldBe(AskOutcome.Replied);
        foreign.Now().Outcome.ShouldBe(AskOutcome.Replied);
        _cluster.Value(_cluster.C, "x").ShouldBe(11);
    }

    [Fact]
    public void When_the_home_changes_what_waits_for_the_old_one_and_may_be_repeated_goes_to_the_new_one()
    {
        _cluster.Connect("x", _cluster.B);
        _cluster.Network.Fault = frame => frame.Type == (int)NodeFrame.Ask && frame.To == "b" ? LoopbackFault.Drop : LoopbackFault.None;
        var withId = _cluster.A.Counters.AskAsync("x", new Add(1), Id).AsTask();
        var without = _cluster.A.Counters.AskAsync("x", new Add(1)).AsTask();
        _cluster.Run();
        LinkedNodes.SetHomeAt(_cluster.C, "x", _cluster.C);
        LinkedNodes.SetHomeAt(_cluster.A, "x", _cluster.C);
        _cluster.Run();
        withId.Now().Outcome.ShouldBe(AskOutcome.Replied);
        without.IsCompleted.ShouldBeFalse("the old home may still answer");
        LinkedNodes.SetHomeAt(_cluster.A, "x", _cluster.A);
        LinkedNodes.SetHomeAt(_cluster.C, "x", _cluster.A);
        _cluster.Run();
        _cluster.Value(_cluster.C, "x").ShouldBe(1);
    }

    [Fact]
    public void A_no_is_not_the_last_word_while_an_earlier_home_may_still_say_yes()
    {
        _cluster.Connect("x", _cluster.B);
        _cluster.Network.Fault = frame => frame.Type == (int)NodeFrame.Ask && frame.To == "b" ? LoopbackFault.Drop : LoopbackFault.None;
        var asked = _cluster.A.Counters.AskAsync("x", new Add(-1), Id).AsTask();
        _cluster.Run();
        LinkedNodes.SetHomeAt(_cluster.C, "x", _cluster.C);
        LinkedNodes.SetHomeAt(_cluster.A, "x", _cluster.C);
        _cluster.Run();
        asked.Now().Outcome.ShouldBe(AskOutcome.Unknown);
        _cluster.Ask(_cluster.A, "x", new Add(-1)).Rejection!.Code.ShouldBe("below_zero");
    }

    [Fact]
    public void A_command_that_was_stored_by_the_old_home_gets_its_first_answer_from_the_new_one()
    {
        _cluster.Connect("x", _cluster.B);
        _cluster.Network.Fault = frame => frame.Type == (int)NodeFrame.Reply ? LoopbackFault.Drop : LoopbackFault.None;
        var asked = _cluster.A.Counters.AskAsync("x", new Add(7), Id).AsTask();
        _cluster.Run();
        _cluster.Network.Fault = null;
        _cluster.HandOver("x", _cluster.B, _cluster.C);
        asked.Now().Reply.ShouldBe(new CounterValue(7));
        asked.Now().Seq.ShouldBe(1);
        _cluster.Value(_cluster.A, "x").ShouldBe(7);
    }

    [Fact]
    public void A_full_mailbox_at_the_home_is_busy_here()
    {
        _cluster.Connect("x", _cluster.B);
        var asked = Enumerable.Range(0, 1_030).Select(_ => _cluster.A.Counters.AskAsync("x", new Add(1)).AsTask()).ToArray();
        _cluster.Network.DeliverAll();
        _cluster.Run();
        asked.Count(ask => ask.Now().Rejection?.Code == "busy").ShouldBe(6);
    }

    [Fact]
    public void What_cannot_be_sent_fails_by_itself_and_does_no_harm()
    {
        _cluster.Connect("x", _cluster.B);
        _cluster.Ask(_cluster.A, "x", new Break("message")).Outcome.ShouldBe(AskOutcome.Failed);
        _cluster.Ask(_cluster.A, "x", new Add(1, new string('n', _cluster.Network.FrameBytesMax))).Outcome.ShouldBe(AskOutcome.Failed);
        _cluster.Ask(_cluster.A, "x", new Break("decide")).Outcome.ShouldBe(AskOutcome.Failed);
        _cluster.Ask(_cluster.A, "x", new Add(1)).Outcome.ShouldBe(AskOutcome.Replied);
    }

    [Fact]
    public async Task A_late_answer_to_an_earlier_run_is_nobodys()
    {
        _cluster.Connect("x", _cluster.B);
        var lost = _cluster.A.Counters.QueryAsync("x", GetValue.Instance).AsTask();
        _cluster.Time.Advance(TimeSpan.FromMilliseconds(7));
        var again = await _cluster.RestartAsync(_cluster.A);
        _cluster.Connect("x", _cluster.B);
        var asked = again.Counters.AskAsync("x", new Add(3)).AsTask();
        _cluster.Run();
        asked.Now().Reply.ShouldBe(new CounterValue(3));
        lost.Now().Rejection!.Code.ShouldBe("restarting", "its own node has told it so, and the answer came to another run");
    }

    [Fact]
    public void A_signal_reaches_the_subscribers_at_the_home()
    {
        _cluster.Connect("x", _cluster.B);
        var subscriber = new TestSubscriber();
        using var subscription = _cluster.B.Counters.Subscribe("x", new Audience("member"), null, subscriber);
        _cluster.Run();
        _cluster.A.Counters.Signal("x", new Cheer("hi")).ShouldBeTrue();
        _cluster.A.Counters.Signal("x", "no signal of a counter's").ShouldBeFalse();
        _cluster.Run();
        subscriber.Texts.ShouldBe(["~hi"]);
        _cluster.Network.Cut("a", "b");
        _cluster.Run();
        _cluster.A.Counters.Signal("x", new Cheer("hi")).ShouldBeFalse();
    }

    [Fact]
    public void Frames_that_make_no_sense_are_dropped_and_the_link_goes_on()
    {
        _cluster.Connect("x", _cluster.B);
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(0, 40)];
            random.NextBytes(bytes);
            if (bytes.Length > 0 && i % 2 == 0)
            {
                bytes[0] = (byte)random.Next(0, 40);
            }

            _cluster.A.Runtime.Peers.Received(_cluster.B.Identity, bytes);
        }

        _cluster.Run();
        _cluster.Ask(_cluster.A, "x", new Add(1)).Outcome.ShouldBe(AskOutcome.Replied);
    }
}
