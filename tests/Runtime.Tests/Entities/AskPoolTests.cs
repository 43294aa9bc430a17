using System.Threading.Channels;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Runtime.Tests.Entities;

public sealed class AskPoolTests
{
    [Fact]
    public async Task Gives_each_caller_its_own_answer_while_asks_are_reused_across_threads()
    {
        var asks = Channel.CreateUnbounded<Ask>();
        var answering = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            await foreach (var ask in asks.Reader.ReadAllAsync())
            {
                ask.Result = AskResult.Replied(ask.Message, ask.SeqMin);
                ask.Release();
            }
        })).ToArray();
        var callers = Enumerable.Range(0, 16).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                var message = new object();
                var ask = Ask.Rent(message, isQuery: true, null, seqMin: (caller * 1_000_000L) + i);
                var task = ask.Task;
                asks.Writer.TryWrite(ask).ShouldBeTrue();
                var result = await task;
                result.Reply.ShouldBeSameAs(message);
                result.Seq.ShouldBe((caller * 1_000_000L) + i);
            }
        })).ToArray();

        await Task.WhenAll(callers).Within("the callers");
        asks.Writer.Complete();
        await Task.WhenAll(answering).Within("the answering threads");
    }

    [Fact]
    public async Task A_second_await_of_the_same_answer_throws_and_does_not_disturb_the_next_caller()
    {
        var first = Ask.Rent("one", isQuery: true, null, 0);
        var task = first.Task;
        first.Result = AskResult.Replied("one", 1);
        first.Release();
        (await task).Reply.ShouldBe("one");

        var second = Ask.Rent("two", isQuery: true, null, 0);
        second.ShouldBeSameAs(first);
        var secondTask = second.Task;
        Should.Throw<InvalidOperationException>(() => task.GetAwaiter().GetResult());
        second.Result = AskResult.Replied("two", 2);
        second.Release();
        (await secondTask).Reply.ShouldBe("two");
    }

    [Fact]
    public void A_caller_that_never_awaits_costs_one_ask_and_nothing_else()
    {
        var forgotten = Ask.Rent("forgotten", isQuery: true, null, 0);
        forgotten.Result = AskResult.Replied(null, 0);
        forgotten.Release();

        Ask.Rent("next", isQuery: true, null, 0).ShouldNotBeSameAs(forgotten);
    }

    [Fact]
    public void A_detached_ask_goes_back_to_the_pool_by_itself_and_comes_out_clean()
    {
        var ask = Ask.Rent("detached", isQuery: false, new CommandId(Guid.NewGuid(), 1), 7, detached: true);
        ask.Refreshed = true;
        ask.Result = AskResult.Failed();
        ask.Release();

        var again = Ask.Rent("again", isQuery: false, null, 0);
        again.ShouldBeSameAs(ask);
        again.Refreshed.ShouldBeFalse();
        again.Detached.ShouldBeFalse();
        again.Command.ShouldBe(default);
        again.Next.ShouldBeNull();
    }
}
