using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Sharding;
using AkkaParty.Runtime.TestKit.Counters;
using AkkaParty.Runtime.TestKit.Nodes;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaParty.Runtime.Tests.Stress;

/// <summary>Shards move between two nodes on real threads while callers add: everything counts once.</summary>
public sealed class MoveStress : IAsyncDisposable
{
    private const int Callers = 8;
    private const int Moves = 30;

    private readonly InMemoryJournal _journal = new();
    private readonly InMemorySnapshotStore _snapshots = new();
    private readonly InMemoryLeaseStore _leases = new(TimeProvider.System);
    private readonly TestNetwork _network = new(ThreadPoolDispatcher.Instance);

    [Fact]
    public async Task Shards_that_move_under_load_lose_and_double_nothing()
    {
        var (one, first) = Create("one");
        await one.StartAsync(CancellationToken.None).Within("the first node's start");
        IShardRegion[] doors = [first, first];
        var isOver = false;
        var callers = Enumerable.Range(0, Callers)
            .Select(caller => Task.Run(() => AddAsync(doors, caller, () => Volatile.Read(ref isOver)))).ToList();
        for (var i = 0; i < Moves; i++)
        {
            var (two, second) = Create("two");
            await two.StartAsync(CancellationToken.None).Within("the second node's start");
            Volatile.Write(ref doors[1], second);
            await UntilAsync(() => one.Cluster!.Homes.Count(home => home.Owner == "two") == ShardId.Count / 2);
            await two.StopAsync(TimeSpan.FromSeconds(10)).Within("the second node's end");
            Volatile.Write(ref doors[1], first);
            await two.DisposeAsync();
        }

        Volatile.Write(ref isOver, true);
        var added = await Task.WhenAll(callers).Within("the callers");
        for (var caller = 0; caller < Callers; caller++)
        {
            added[caller].ShouldBeGreaterThan(0);
            var result = await first.QueryAsync($"c{caller}", GetValue.Instance);
            result.Reply.ShouldBe(new CounterValue(added[caller]));
        }

        await one.DisposeAsync();
    }

    public ValueTask DisposeAsync() => _journal.DisposeAsync();

    private static async Task<long> AddAsync(IShardRegion[] doors, int caller, Func<bool> isOver)
    {
        var session = AkkaParty.Runtime.StableHash.SessionOf($"caller {caller}");
        var added = 0L;
        while (!isOver())
        {
            var command = new CommandId(session, ++added);
            for (var tries = caller; ; tries++)
            {
                var result = await Volatile.Read(ref doors[tries % 2]).AskAsync($"c{caller}", new Add(1), command);
                if (result.Outcome == AskOutcome.Replied)
                {
                    result.Reply.ShouldBe(new CounterValue(added));
                    break;
                }

                result.Retryable.ShouldBeTrue($"{result.Outcome} {result.Rejection?.Code}");
                await Task.Yield();
            }
        }

        return added;
    }

    private static async Task UntilAsync(Func<bool> reached)
    {
        using var patience = new CancellationTokenSource(Awaited.Patience);
        while (!reached())
        {
            patience.IsCancellationRequested.ShouldBeFalse("the shards have moved");
            await Task.Yield();
        }
    }

    private (NodeRuntime Node, IShardRegion Counters) Create(string name)
    {
        var node = new NodeRuntime(
            new RuntimeOptions { NodeName = name, HeartbeatInterval = TimeSpan.FromMilliseconds(50) },
            new RuntimeSurroundings(
                _journal, _snapshots, _leases, _network.Connect(name), TimeProvider.System, ThreadPoolDispatcher.Instance),
            NullLoggerFactory.Instance);
        return (node, node.Register(new CounterEntity()));
    }
}
