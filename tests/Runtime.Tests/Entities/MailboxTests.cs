using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Runtime.Tests.Entities;

public sealed class MailboxTests
{
    [Fact]
    public void Refuses_one_more_than_the_bound_and_has_room_again_when_one_is_finished()
    {
        var mailbox = default(Mailbox);
        for (var i = 0; i < 3; i++)
        {
            mailbox.TryPush(new SignalEnvelope(i), 3).ShouldBeTrue();
        }

        mailbox.TryPush(new SignalEnvelope(3), 3).ShouldBeFalse();
        Numbers(mailbox.TakeAll()).ShouldBe([0, 1, 2]);
        mailbox.TryPush(new SignalEnvelope(3), 3).ShouldBeFalse("taken is not finished");
        mailbox.Finished(1);
        mailbox.TryPush(new SignalEnvelope(4), 3).ShouldBeTrue();
        mailbox.Count.ShouldBe(3);
    }

    [Fact]
    public void What_may_not_be_refused_goes_in_above_the_bound()
    {
        var mailbox = default(Mailbox);
        mailbox.TryPush(new SignalEnvelope(0), 1).ShouldBeTrue();
        mailbox.Push(new SignalEnvelope(1));

        mailbox.Count.ShouldBe(2);
        mailbox.HasMail.ShouldBeTrue();
        Numbers(mailbox.TakeAll()).ShouldBe([0, 1]);
        mailbox.HasMail.ShouldBeFalse();
    }

    [Fact]
    public async Task Keeps_each_producers_order_and_loses_nothing_under_concurrent_producers()
    {
        const int Producers = 4;
        const int Each = 50_000;
        var box = new Box();
        var running = Producers;
        var producers = Enumerable.Range(0, Producers).Select(producer => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                box.Mailbox.Push(new SignalEnvelope((producer, i)));
            }

            Interlocked.Decrement(ref running);
        })).ToArray();
        var next = new int[Producers];
        var reader = Task.Run(() =>
        {
            while (Volatile.Read(ref running) > 0 || box.Mailbox.HasMail)
            {
                for (var envelope = box.Mailbox.TakeAll(); envelope is not null; envelope = envelope.Next)
                {
                    var (producer, i) = ((int, int))((SignalEnvelope)envelope).Signal;
                    i.ShouldBe(next[producer]++);
                    box.Mailbox.Finished(1);
                }
            }
        });

        await Task.WhenAll([.. producers, reader]).Within("the producers and the reader");
        next.ShouldAllBe(count => count == Each);
        box.Mailbox.Count.ShouldBe(0);
    }

    [Fact]
    public async Task Never_admits_more_than_the_bound_under_concurrent_producers()
    {
        var box = new Box();
        var admitted = 0;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 10_000; i++)
            {
                if (box.Mailbox.TryPush(new SignalEnvelope(i), 100))
                {
                    Interlocked.Increment(ref admitted);
                }
            }
        }))).Within("the producers");

        admitted.ShouldBe(100);
        Numbers(box.Mailbox.TakeAll()).Count.ShouldBe(100);
    }

    private static List<int> Numbers(Envelope? chain)
    {
        List<int> numbers = [];
        for (; chain is not null; chain = chain.Next)
        {
            numbers.Add((int)((SignalEnvelope)chain).Signal);
        }

        return numbers;
    }

    private sealed class Box
    {
        public Mailbox Mailbox;
    }
}
