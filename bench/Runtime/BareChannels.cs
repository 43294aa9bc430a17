using System.Threading.Channels;
using AkkaParty.Bench.Measuring;

namespace AkkaParty.Bench.Runtime;

/// <summary>
/// The limit for an ask: a channel and a reader task per entity, a completion source per ask, and nothing else - no
/// shards, no bounds, no sequence numbers, no passivation, no metrics.
/// </summary>
internal sealed class BareChannels : IAsyncDisposable
{
    private readonly Channel<TaskCompletionSource<long>>[] _channels;
    private readonly Task[] _readers;

    public BareChannels(int count)
    {
        _channels = [.. Enumerable.Range(0, count).Select(_ => Channel.CreateUnbounded<TaskCompletionSource<long>>(
            new UnboundedChannelOptions { SingleReader = true }))];
        _readers = [.. _channels.Select(channel => Callers.Start(() => ReadAsync(channel.Reader)))];
    }

    public Task<long> AskAsync(int entity)
    {
        // The asker goes on inside the reader's turn: the fastest a completion source can be.
        var asked = new TaskCompletionSource<long>();
        _channels[entity].Writer.TryWrite(asked);
        return asked.Task;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in _channels)
        {
            channel.Writer.Complete();
        }

        await Task.WhenAll(_readers);
    }

    private static async Task ReadAsync(ChannelReader<TaskCompletionSource<long>> reader)
    {
        long value = 0;
        while (await reader.WaitToReadAsync())
        {
            while (reader.TryRead(out var asked))
            {
                asked.SetResult(value++);
            }
        }
    }
}
