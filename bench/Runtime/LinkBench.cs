using System.Diagnostics;
using System.Threading.Tasks.Sources;
using AkkaParty.Bench.Measuring;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Remoting;
using AkkaParty.Runtime.Sockets;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaParty.Bench.Runtime;

/// <summary>
/// Two transports of this process over loopback, frames of 100 bytes: round trips at 1 and 64 callers, and as many frames one way
/// as are taken. Next to it the same round trips with one write and one read of a socket each.
/// </summary>
internal static class LinkBench
{
    public const int FrameBytes = 100;

    public static async Task RunAsync(Rounds rounds)
    {
        var table = new Table(
            "Links between two nodes of one process (loopback, frames of 100 bytes)",
            "what", "callers", "per second", "p50 us", "p99 us", "CPU us each", "bytes each");
        foreach (var encrypted in new[] { false, true })
        {
            var suffix = encrypted ? ", TLS" : "";
            foreach (var callers in new[] { 1, 64 })
            {
                Row(table, $"round trip{suffix}", callers, await RoundTripsAsync(rounds, callers, encrypted, inline: true));
                var pooled = await RoundTripsAsync(rounds, callers, encrypted, inline: false);
                Row(table, $"round trip, callers on the pool{suffix}", callers, pooled);
            }

            Row(table, $"one way{suffix}", 1, await OneWayAsync(rounds, encrypted));
        }

        Row(table, "bare socket round trip", 1, await BareAsync(rounds));
        table.Print();
        Console.WriteLine();
        Console.WriteLine("CPU and bytes are of both ends. On the pool: a caller goes on there, not on the thread that read its answer.");
    }

    private static async Task<List<CallersCost>> RoundTripsAsync(Rounds rounds, int callers, bool encrypted, bool inline)
    {
        await using var pair = await LinkPair.StartAsync(encrypted, callers, inline);
        return rounds.Run(callers, async caller =>
        {
            var frame = new byte[FrameBytes];
            BitConverter.TryWriteBytes(frame, caller.Index);
            while (caller.Goes)
            {
                var startedAt = Stopwatch.GetTimestamp();
                await pair.AskAsync(caller.Index, frame);
                caller.Latency.Record(Stopwatch.GetElapsedTime(startedAt));
                caller.Done();
            }
        });
    }

    private static async Task<List<CallersCost>> OneWayAsync(Rounds rounds, bool encrypted)
    {
        await using var pair = await LinkPair.StartAsync(encrypted, 1, inline: true);
        return rounds.Run(1, async caller =>
        {
            var frame = new byte[FrameBytes];
            BitConverter.TryWriteBytes(frame, -1);
            while (caller.Goes)
            {
                if (pair.TrySend(frame))
                {
                    caller.Done();
                }
                else
                {
                    await Task.Yield();
                }
            }
        });
    }

    private static async Task<List<CallersCost>> BareAsync(Rounds rounds)
    {
        await using var peer = await BareEcho.StartAsync();
        return rounds.Run(1, async caller =>
        {
            var frame = new byte[FrameBytes];
            while (caller.Goes)
            {
                var startedAt = Stopwatch.GetTimestamp();
                await peer.AskAsync(frame);
                caller.Latency.Record(Stopwatch.GetElapsedTime(startedAt));
                caller.Done();
            }
        });
    }

    private static void Row(Table table, string what, int callers, List<CallersCost> measured) => table.Add(
        what,
        callers.ToString("N0"),
        Spread.Of(measured, m => m.Cost.PerSecond).Show("N0"),
        Spread.Of(measured, m => m.Latency.Percentile(50).TotalMicroseconds).ShowMedian("N0"),
        Spread.Of(measured, m => m.Latency.Percentile(99).TotalMicroseconds).ShowMedian("N0"),
        Spread.Of(measured, m => m.Cost.CpuMicroseconds).Show("F2"),
        Spread.Of(measured, m => m.Cost.BytesEach).ShowMedian("F0"));
}

/// <summary>Two linked transports; the second sends every frame back that names a caller.</summary>
internal sealed class LinkPair : IAsyncDisposable
{
    private readonly SocketTransport _a;
    private readonly SocketTransport _b;
    private readonly Slot[] _slots;

    private LinkPair(bool encrypted, int callers, bool inline)
    {
        _slots = [.. Enumerable.Range(0, callers).Select(_ => new Slot(inline))];
        var certificates = encrypted ? new LinkCertificates() : null;
        _a = Create(certificates?.Next());
        _b = Create(certificates?.Next());
    }

    public static async Task<LinkPair> StartAsync(bool encrypted, int callers, bool inline)
    {
        var pair = new LinkPair(encrypted, callers, inline);
        var (atA, atB) = (new Asking(pair), new Echo(pair));
        var a = new NodeIdentity("a", 1, await pair._a.StartAsync(atA, CancellationToken.None));
        var b = new NodeIdentity("b", 2, await pair._b.StartAsync(atB, CancellationToken.None));
        pair._a.SetPeers(a, [b]);
        pair._b.SetPeers(b, [a]);
        await Task.WhenAll(atA.Up, atB.Up);
        return pair;
    }

    public bool TrySend(byte[] frame) => _a.TrySend("b", frame);

    public ValueTask AskAsync(int caller, byte[] frame)
    {
        var answer = _slots[caller].Next();
        return _a.TrySend("b", frame) ? answer : throw new InvalidOperationException("A frame was not taken");
    }

    public async ValueTask DisposeAsync()
    {
        await _a.DisposeAsync();
        await _b.DisposeAsync();
    }

    private static SocketTransport Create(LinkCertificate? certificate) => new(
        new SocketTransportOptions { Listen = "127.0.0.1:0", Secret = "the bench knows the secret", Certificate = certificate },
        NullLogger.Instance);

    private abstract class Receiver : INodeReceiver
    {
        private readonly TaskCompletionSource _up = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Up => _up.Task;

        public void LinkUp(NodeIdentity peer) => _up.TrySetResult();

        public abstract void Received(NodeIdentity peer, ReadOnlySpan<byte> frame);

        public void LinkDown(NodeIdentity peer)
        {
            // The bench is over.
        }
    }

    private sealed class Echo(LinkPair pair) : Receiver
    {
        public override void Received(NodeIdentity peer, ReadOnlySpan<byte> frame)
        {
            if (BitConverter.ToInt32(frame) >= 0 && !pair._b.TrySend("a", frame))
            {
                throw new InvalidOperationException("An answer was not taken");
            }
        }
    }

    private sealed class Asking(LinkPair pair) : Receiver
    {
        public override void Received(NodeIdentity peer, ReadOnlySpan<byte> frame) => pair._slots[BitConverter.ToInt32(frame)].Answer();
    }

    private sealed class Slot(bool inline) : IValueTaskSource
    {
        private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = !inline };

        public ValueTask Next()
        {
            _core.Reset();
            return new ValueTask(this, _core.Version);
        }

        public void Answer() => _core.SetResult(true);

        public void GetResult(short token) => _core.GetResult(token);

        public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _core.OnCompleted(continuation, state, token, flags);
    }
}
