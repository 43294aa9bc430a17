using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Sharding;
using AkkaParty.Runtime.TestKit.Counters;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaParty.Runtime.TestKit.Nodes;

/// <summary>
/// Several nodes with the counter entity in one process, over one journal, one lease store and one clock; every turn runs on the
/// test's thread.
/// </summary>
public sealed class TestCluster : IAsyncDisposable
{
    private readonly List<TestMember> _all = [];

    public ManualTime Time { get; } = new();

    /// <summary>How wrong the store's clock is.</summary>
    public TimeSpan StoreAhead { get; set; }

    public ManualDispatcher Dispatcher { get; } = new();

    public InMemoryJournal Journal { get; } = new();

    public InMemorySnapshotStore Snapshots { get; } = new();

    public TestNetwork Network { get; }

    /// <summary>The runs whose connection the store has seen end.</summary>
    public SortedSet<long> Gone { get; } = [];

    public InMemoryLeaseStore Leases { get; }

    public TestCluster()
    {
        Leases = new InMemoryLeaseStore(new StoreTime(this));
        Network = new TestNetwork(Dispatcher);
    }

    /// <summary>What is stored now.</summary>
    public ClusterRecord Stored => Leases.ReadAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();

    /// <summary>Builds a node that has not started.</summary>
    public TestMember Create(string name, RuntimeOptions? options = null, bool hasLinks = true)
    {
        var member = new TestMember(this, name, options ?? new RuntimeOptions(), hasLinks);
        _all.Add(member);
        return member;
    }

    /// <summary>Starts a node and lets the others notice.</summary>
    public async Task<TestMember> StartAsync(string name, RuntimeOptions? options = null)
    {
        var member = Create(name, options);
        var start = member.Runtime.StartAsync(CancellationToken.None);
        Run(TimeSpan.FromSeconds(1));
        await start.Within($"the start of {name}");
        return member;
    }

    /// <summary>Runs every turn that waits.</summary>
    public void Run() => Dispatcher.RunAll(100_000);

    /// <summary>Moves the clock in steps, running every turn that this causes.</summary>
    public void Run(TimeSpan by) => Run(by, TimeSpan.FromMilliseconds(50));

    /// <summary>Moves the clock in steps, running every turn that this causes.</summary>
    public void Run(TimeSpan by, TimeSpan step)
    {
        Run();
        for (var passed = TimeSpan.Zero; passed < by; passed += step)
        {
            Time.Advance(step);
            Run();
        }
    }

    /// <summary>An id of a shard that a node is the home of.</summary>
    public string IdAt(TestMember member, int skip = 0) =>
        Enumerable.Range(0, 10_000).Select(i => $"c{i}").Where(id => Stored.Homes[ShardId.Of(id)].Owner == member.Name).Skip(skip).First();

    public async ValueTask DisposeAsync()
    {
        foreach (var member in _all)
        {
            await member.CrashAsync();
        }
    }

    private sealed class StoreTime(TestCluster cluster) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => cluster.Time.GetUtcNow() + cluster.StoreAhead;
    }
}

/// <summary>One node of a <see cref="TestCluster"/>.</summary>
public sealed class TestMember
{
    private readonly TestCluster _cluster;
    private readonly AkkaParty.Runtime.Remoting.INodeTransport _transport;

    internal TestMember(TestCluster cluster, string name, RuntimeOptions options, bool hasLinks)
    {
        _cluster = cluster;
        Name = name;
        options.NodeName = name;
        Leases = new FaultyLeases(cluster.Leases) { Gone = cluster.Gone };
        Journal = new FaultyJournal(cluster.Journal);
        _transport = hasLinks ? cluster.Network.Connect(name) : new AkkaParty.Runtime.Remoting.NoPeersTransport();
        Runtime = new NodeRuntime(
            options,
            new RuntimeSurroundings(Journal, cluster.Snapshots, Leases, _transport, cluster.Time, cluster.Dispatcher),
            NullLoggerFactory.Instance);
        Events = new RuntimeEventLog(Runtime.Events);
        Counters = Runtime.Register(new CounterEntity());
    }

    public string Name { get; }

    public NodeRuntime Runtime { get; }

    public FaultyLeases Leases { get; }

    public FaultyJournal Journal { get; }

    public RuntimeEventLog Events { get; }

    public IShardRegion Counters { get; }

    public NodePhase Phase => Runtime.Status.Phase;

    public NodeIdentity Identity => Runtime.Status.Identity ?? throw new InvalidOperationException($"{Name} is not a member.");

    /// <summary>The shards whose home is this node, as the store has it.</summary>
    public IReadOnlyList<int> Owned => [.. _cluster.Stored.Homes.Where(home => home.Owner == Name).Select(home => home.Shard)];

    /// <summary>Asks and gives the answer that must be there when every turn has run.</summary>
    public AskResult Ask(string id, object command, CommandId? commandId = null) => Run(Counters.AskAsync(id, command, commandId));

    /// <summary>Asks a query and gives the answer that must be there when every turn has run.</summary>
    public AskResult Query(string id, long seqMin = 0) => Run(Counters.QueryAsync(id, GetValue.Instance, seqMin));

    /// <summary>Stops dead: its timers and its links are gone, and it tells nobody.</summary>
    public async ValueTask CrashAsync()
    {
        await Runtime.DisposeAsync();
        await _transport.DisposeAsync();
    }

    private AskResult Run(ValueTask<AskResult> asked)
    {
        var answer = asked.AsTask();
        _cluster.Run();
        answer.IsCompleted.ShouldBeTrue("every turn has run and the ask has no answer");
        return answer.GetAwaiter().GetResult();
    }
}
