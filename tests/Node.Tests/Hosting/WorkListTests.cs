using System.Threading.Channels;
using AkkaParty.Catalog.Tests;
using AkkaParty.Node.Hosting;
using AkkaParty.Pipelines;

namespace AkkaParty.Node.Tests.Hosting;

public sealed class WorkListTests
{
    private const string Stuck = "stuck";
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);

    private readonly ManualTime _time = new();
    private readonly Channel<string> _begun = Channel.CreateUnbounded<string>();
    private int _looks;

    [Fact]
    public async Task What_must_come_again_does_so_for_ever_after_growing_waits_and_holds_nothing_up()
    {
        await using var work = new Work(ListAsync, _begun.Writer, _time);
        var begins = new List<int>();

        for (var look = 1; look <= 31; look++)
        {
            // Each look lists something new behind what is stuck, so that it is known what came of the look.
            for (var begun = await BegunAsync(); begun != $"item {look}"; begun = await BegunAsync())
            {
                begun.ShouldBe(Stuck);
                begins.Add(look);
            }

            _time.Advance(Poll);
        }

        begins.ShouldBe([1, 2, 3, 6, 13, 28]);
    }

    private Task<string> BegunAsync() => _begun.Reader.ReadAsync().AsTask().Within("something to be begun");

    private ValueTask<IReadOnlyList<string>> ListAsync(int count, CancellationToken cancellationToken)
    {
        _looks++;
        return new([Stuck, $"item {_looks}"]);
    }

    private sealed class Work(ListPending<string> list, ChannelWriter<string> begun, ManualTime time) : WorkList<string, string>(
        list,
        static item => item,
        static () => true,
        ended => Source.Of<string>().To(
            new Sink<string>("work", (item, _) =>
            {
                ended(item, item != Stuck);
                begun.TryWrite(item);
                return ValueTask.CompletedTask;
            }),
            new PipelineOptions("test", time)),
        Poll,
        10,
        time,
        new LogLines<Work>());
}
