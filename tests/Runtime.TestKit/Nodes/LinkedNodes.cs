using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Remoting;
using AkkaParty.Runtime.Sharding;
using AkkaParty.Runtime.TestKit.Counters;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaParty.Runtime.TestKit.Nodes;

/// <summary>One node of a <see cref="LinkedNodes"/>.</summary>
public sealed class LinkedNode : IAsyncDisposable
{
    internal LinkedNode(string name, long incarnation, LinkedNodes cluster, IDispatcher dispatcher)
    {
        Identity = new NodeIdentity(name, incarnation, $"loopback:{name}");
        Journal = new FaultyJournal(cluster.Stored);
        var transport = cluster.Network.Add(Identity);
        var options = cluster.Limits(name);
        Runtime = new NodeRuntime(
            options,
            new RuntimeSurroundings(
                Journal, cluster.Snapshots, new InMemoryLeaseStore(cluster.Time), transport, cluster.Time, dispatcher),
            NullLoggerFactory.Instance);
        Counters = Runtime.Register(cluster.Counter);
        transport.StartAsync(Runtime.Peers, CancellationToken.None).AsTask().GetAwaiter().GetResult();
    }

    public NodeIdentity Identity { get; }

    public string Name => Identity.Name;

    public NodeRuntime Runtime { get; }

    public FaultyJournal Journal { get; }

    public IShardRegion Counters { get; }

    internal ShardRegion Region => (ShardRegion)Counters;

    public ValueTask DisposeAsync() => Runtime.DisposeAsync();
}

/// <summary>
/// Several nodes with the counter entity over one journal, a network whose frames the test delivers and shard homes that the test sets.
/// Everything runs on the test's thread.
/// </summary>
public sealed class LinkedNodes : IAsyncDisposable
{
    private readonly Action<RuntimeOptions> _limit;
    private long _incarnation;

    public LinkedNodes(int nodes = 2, CounterEntity? counter = null, Action<RuntimeOptions>? limit = null)
    {
        _limit = limit ?? (_ => { });
        Counter = counter ?? new CounterEntity();
        foreach (var name in Enumerable.Range(0, nodes).Select(i => $"{(char)('a' + i)}"))
        {
            Nodes.Add(Start(name));
        }
    }

    public ManualTime Time { get; } = new();

    public ManualDispatcher Dispatcher { get; } = new();

    public LoopbackNetwork Network { get; } = new();

    public InMemoryJournal Stored { get; } = new();

    public InMemorySnapshotStore Snapshots { get; } = new();

    public CounterEntity Counter { get; }

    public List<LinkedNode> Nodes { get; } = [];

    public LinkedNode A => Nodes[0];

    public LinkedNode B => Nodes[1];

    public LinkedNode C => Nodes[2];

    /// <summary>Delivers frames and runs turns until nothing moves.</summary>
    public void Run()
    {
        int moved;
        do
        {
            moved = Network.DeliverAll() + Dispatcher.RunAll();
        }
        while (moved > 0);
    }

    /// <summary>Moves the clock in steps of 100 ms and runs what that causes.</summary>
    public void Advance(TimeSpan by)
    {
        var step = TimeSpan.FromMilliseconds(100);
        for (var passed = TimeSpan.Zero; passed < by; passed += step)
        {
            Time.Advance(by - passed < step ? by - passed : step);
            Run();
        }
    }

    /// <summary>Makes every link and gives an entity's shard a home that every node knows.</summary>
    public void Connect(string entityId, LinkedNode home)
    {
        foreach (var node in Nodes)
        {
            foreach (var other in Nodes.TakeWhile(other => other != node))
            {
                Network.Link(node.Name, other.Name);
            }
        }

        Run();
        SetHome(entityId, home);
        Run();
    }

    /// <summary>Tells every node where an entity's shard lives.</summary>
    public void SetHome(string entityId, LinkedNode? home)
    {
        foreach (var node in Nodes)
        {
            SetHomeAt(node, entityId, home);
        }
    }

    /// <summary>Tells one node where an entity's shard lives.</summary>
    public static void SetHomeAt(LinkedNode node, string entityId, LinkedNode? home)
    {
        var shard = ShardId.Of(entityId);
        node.Runtime.Homes[shard] = home is null ? ShardHome.Unknown : home == node ? ShardHome.Local : ShardHome.Remote(home.Name);
        node.Runtime.HomeChanged(shard);
    }

    /// <summary>Hands an entity's shard over as membership does: nobody's, drained, then the other's.</summary>
    public void HandOver(string entityId, LinkedNode from, LinkedNode to)
    {
        SetHomeAt(from, entityId, null);
        from.Region.Drain(ShardId.Of(entityId), () => { }, () => { });
        Run();
        SetHomeAt(to, entityId, to);
        SetHomeAt(from, entityId, to);
        Run();
        foreach (var node in Nodes.Where(node => node != from && node != to))
        {
            SetHomeAt(node, entityId, to);
        }

        Run();
    }

    /// <summary>Drops a node as a crash does, and starts another run of it without links or homes.</summary>
    public async Task<LinkedNode> RestartAsync(LinkedNode node)
    {
        foreach (var other in Nodes.Where(other => other != node))
        {
            Network.Cut(node.Name, other.Name);
        }

        await node.DisposeAsync();
        var again = Start(node.Name);
        Nodes[Nodes.IndexOf(node)] = again;
        return again;
    }

    /// <summary>Asks through a node, runs everything that this causes, and gives the answer that must be there then.</summary>
    public AskResult Ask(LinkedNode through, string id, object command, CommandId? commandId = null) =>
        Answered(through.Counters.AskAsync(id, command, commandId));

    /// <summary>Asks for the value through a node.</summary>
    public long Value(LinkedNode through, string id) =>
        ((CounterValue)Answered(through.Counters.QueryAsync(id, GetValue.Instance)).Reply!).Value;

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
        {
            await node.DisposeAsync();
        }

        await Stored.DisposeAsync();
    }

    internal RuntimeOptions Limits(string name)
    {
        var options = new RuntimeOptions { NodeName = name };
        _limit(options);
        return options;
    }

    private LinkedNode Start(string name) => new(name, ++_incarnation, this, Dispatcher);

    private AskResult Answered(ValueTask<AskResult> asked)
    {
        var answer = asked.AsTask();
        Run();
        answer.IsCompleted.ShouldBeTrue("everything has run and the ask has no answer");
        return answer.GetAwaiter().GetResult();
    }
}
