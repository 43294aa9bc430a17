using AkkaParty.Runtime.Entities;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaParty.Runtime.Tests.Entities;

public sealed class EnvelopeQueueProperties
{
    [Fact]
    public void Behaves_as_a_list_does_under_any_sequence_of_operations() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Arb.From(Gen.Choose(0, 4).ArrayOf(30)), steps =>
        {
            var queue = default(EnvelopeQueue);
            List<int> model = [];
            var next = 0;
            foreach (var step in steps)
            {
                Play(step, ref queue, model, ref next);
                queue.IsEmpty.ShouldBe(model.Count == 0);
            }

            Drain(queue).ShouldBe(model);
        }));

    private static void Play(int step, ref EnvelopeQueue queue, List<int> model, ref int next)
    {
        switch (step)
        {
            case 0:
                queue.Enqueue(new SignalEnvelope(next));
                model.Add(next++);
                break;
            case 1:
                var taken = queue.Dequeue();
                (taken is null).ShouldBe(model.Count == 0);
                if (taken is not null)
                {
                    taken.Next.ShouldBeNull();
                    Number(taken).ShouldBe(model[0]);
                    model.RemoveAt(0);
                }

                break;
            case 2:
                var front = default(EnvelopeQueue);
                front.Enqueue(new SignalEnvelope(next));
                front.Enqueue(new SignalEnvelope(next + 1));
                queue.Prepend(front);
                model.InsertRange(0, [next, next + 1]);
                next += 2;
                break;
            case 3:
                var chain = default(EnvelopeQueue);
                chain.Enqueue(new SignalEnvelope(next));
                chain.Enqueue(new SignalEnvelope(next + 1));
                queue.EnqueueChain(chain.TakeChain());
                model.AddRange([next, next + 1]);
                next += 2;
                break;
            default:
                queue.Prepend(default);
                queue.EnqueueChain(null);
                var all = queue.TakeAll();
                queue.IsEmpty.ShouldBeTrue();
                queue = all;
                break;
        }
    }

    private static List<int> Drain(EnvelopeQueue queue)
    {
        List<int> numbers = [];
        while (queue.Dequeue() is { } envelope)
        {
            numbers.Add(Number(envelope));
        }

        return numbers;
    }

    private static int Number(Envelope envelope) => (int)((SignalEnvelope)envelope).Signal;
}
