using System.Diagnostics;
using AkkaParty.Bench.Measuring;
using AkkaParty.Runtime;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Sharding;
using AkkaParty.Runtime.Sockets;
using AkkaParty.Runtime.TestKit.Counters;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaParty.Bench.Runtime;

/// <summary>Asks without events to entities that live on another node: two runtimes of this process, linked over loopback.</summary>
internal static class RemoteBench
{
    private static readonly int[] CallerCounts = [1, 64, 512];

    public static async Task RunAsync(Rounds rounds)
    {
        var table = new Table(
            "Asks to another node without events (two nodes in one process, loopback)",
            "what", "callers", "asks/s", "p50 us", "p99 us", "CPU us each", "bytes each");
        foreach (var callers in CallerCounts)
        {
            Row(table, "query", callers, await QueriesAsync(rounds, callers));
            Row(table, "rejected command", callers, await RejectionsAsync(rounds, callers));
        }

        table.Print();
        Console.WriteLine();
        Console.WriteLine("CPU and bytes are of both nodes. 256 entities; messages and replies are JSON.");
    }

    private static async Task<List<CallersCost>> QueriesAsync(Rounds rounds, int callers)
    {
        await using var pair = await NodePair.StartAsync();
        return rounds.Run(callers, async caller =>
        {
            var next = caller.Index * 7919;
            while (caller.Goes)
            {
                var startedAt = Stopwatch.GetTimestamp();
                CounterNode.Check(await pair.Door.QueryAsync(pair.Ids[next++ % pair.Ids.Length], GetValue.Instance));
                caller.Latency.Record(Stopwatch.GetElapsedTime(startedAt));
                caller.Done();
            }
        });
    }

    private static async Task<List<CallersCost>> RejectionsAsync(Rounds rounds, int callers)
    {
        await using var pair = await NodePair.StartAsync();
        var command = new Add(-1);
        return rounds.Run(callers, async caller =>
        {
            var next = caller.Index * 7919;
            var session = CounterNode.SessionOf(caller.Index);
            long number = 0;
            while (caller.Goes)
            {
                var startedAt = Stopwatch.GetTimestamp();
                var asked = pair.Door.AskAsync(pair.Ids[next++ % pair.Ids.Length], command, new CommandId(session, ++number));
                CounterNode.Check(await asked, AskOutcome.Rejected);
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

/// <summary>Two members of one cluster in this process, and ids of entities that live at the second.</summary>
internal sealed class NodePair : IAsyncDisposable
{
    private readonly InMemoryJournal _journal = new();
    private readonly InMemorySnapshotStore _snapshots = new();
    private readonly InMemoryLeaseStore _leases = new(TimeProvider.System);
    private readonly List<(NodeRuntime Node, SocketTransport Links)> _nodes = [];

    private NodePair()
    {
        Door = Create("a");
        Create("b");
    }

    /// <summary>The first node's door.</summary>
    public IShardRegion Door { get; }

    /// <summary>Entities of the second.</summary>
    public string[] Ids { get; private set; } = [];

    public static async Task<NodePair> StartAsync()
    {
        var pair = new NodePair();
        var first = pair._nodes[0].Node;
        var shared = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        first.Events.Happened += _ =>
        {
            if (first.Cluster?.Homes.Count(home => home.Owner == "b") == ShardId.Count / 2)
            {
                shared.TrySetResult();
            }
        };
        await Task.WhenAll(pair._nodes.Select(node => node.Node.StartAsync(CancellationToken.None)));
        await shared.Task.WaitAsync(TimeSpan.FromSeconds(30));
        var homes = first.Cluster!.Homes.Where(home => home.Owner == "b").Select(home => home.Shard).ToHashSet();
        pair.Ids = [.. CounterNode.Ids(4_096).Where(id => homes.Contains(ShardId.Of(id))).Take(256)];
        foreach (var id in pair.Ids)
        {
            CounterNode.Check(await pair.Door.QueryAsync(id, GetValue.Instance));
        }

        return pair;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (node, links) in _nodes)
        {
            await node.StopAsync(TimeSpan.FromSeconds(5));
            await node.DisposeAsync();
            await links.DisposeAsync();
        }

        await _journal.DisposeAsync();
    }

    private IShardRegion Create(string name)
    {
        var links = new SocketTransport(
            new SocketTransportOptions { Listen = "127.0.0.1:0", Secret = "the bench knows the secret" }, NullLogger.Instance);
        var node = new NodeRuntime(
            new RuntimeOptions { NodeName = name },
            new RuntimeSurroundings(_journal, _snapshots, _leases, links, TimeProvider.System, ThreadPoolDispatcher.Instance),
            NullLoggerFactory.Instance);
        _nodes.Add((node, links));
        return node.Register(new CounterEntity());
    }
}
