using AkkaParty.Runtime.Diagnostics;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Remoting;
using AkkaParty.Runtime.Scheduling;
using AkkaParty.Runtime.Sharding;
using Microsoft.Extensions.Logging;

namespace AkkaParty.Runtime;

/// <summary>The four things a simulation defines itself, and a server takes from its surroundings.</summary>
/// <param name="Journal">Where events are kept; owned by the caller.</param>
/// <param name="Snapshots">Where snapshots are kept.</param>
/// <param name="Leases">Where members and shard homes are kept.</param>
/// <param name="Transport">The links to other nodes.</param>
/// <param name="Time">The clock and its timers.</param>
/// <param name="Dispatcher">Who runs turns.</param>
public sealed record RuntimeSurroundings(
    IJournal Journal,
    ISnapshotStore Snapshots,
    ILeaseStore Leases,
    INodeTransport Transport,
    TimeProvider Time,
    IDispatcher Dispatcher);

/// <summary>The actor runtime of one node: its regions, its homes and everything its cells share.</summary>
public sealed partial class NodeRuntime : IAsyncDisposable
{
    /// <summary>The newest wire and storage formats this build reads.</summary>
    public const int FeatureLevel = 1;

    private static readonly TimeSpan SweepInterval = TimeSpan.FromMilliseconds(500);

    private readonly RuntimeSurroundings _surroundings;
    private readonly RuntimeOptions _options;
    private readonly RuntimeMetrics _metrics = new();
    private readonly ClusterMetrics _clusterMetrics;
    private readonly ShardHomes _homes = new();
    private readonly ShardRelocation _shards;
    private readonly ClusterMember _member;
    private readonly CellServices _services;
    private readonly SortedDictionary<string, ShardRegion> _regions = new(StringComparer.Ordinal);
    private readonly WakeupScan _wakeups;
    private readonly ITimer _sweep;

    /// <summary>Builds a node that serves nothing yet.</summary>
    /// <param name="options">The limits.</param>
    /// <param name="surroundings">Store, transport, time and scheduler.</param>
    /// <param name="loggerFactory">Where the runtime logs.</param>
    public NodeRuntime(RuntimeOptions options, RuntimeSurroundings surroundings, ILoggerFactory loggerFactory)
    {
        _options = options;
        _surroundings = surroundings;
        var logger = loggerFactory.CreateLogger("AkkaParty.Runtime");
        var (journal, snapshots, leases, transport, machineTime, dispatcher) = surroundings;
        Time = new ClusterTime(machineTime);
        var lease = new NodeLease(Time, leases.IsExclusive ? null : options.LeaseDuration);
        _clusterMetrics = new ClusterMetrics(() => lease.Remaining, () => _shards!.Local.Count);
        _shards = new ShardRelocation(_homes, lease, Time, _clusterMetrics, Events);
        _member = new ClusterMember(
            new MemberSurroundings(options, leases, transport, Time, lease, _shards, _clusterMetrics, Events, logger));
        Writer = new JournalWriter(journal, dispatcher, Time, _metrics, logger);
        _services = new CellServices(
            options, journal, snapshots, Writer, new WakeQueue(Time), dispatcher, Time, lease, _metrics, Events, logger)
        {
            Peers = Peers = new PeerLinks(options, transport, Time, dispatcher, _homes, _metrics, logger) { ClusterChanged = _member.Poke },
        };
        _member.PokePeers = Peers.PokeAll;
        _member.IsLinked = Peers.IsUp;
        Peers.IsCutOff = () => _member.IsCutOff;
        _wakeups = new WakeupScan(journal, options, Time, logger, () => _shards.Local, Activate);
        _shards.Claimed = shards => _ = _wakeups.ScanAsync(shards);
        _sweep = Time.CreateTimer(static self => ((NodeRuntime)self!).Sweep(), this, SweepInterval, SweepInterval);
    }

    /// <summary>What happens in the runtime, for tests and operators.</summary>
    public RuntimeEvents Events { get; } = new();

    /// <summary>How many entities are in memory.</summary>
    public long ActiveEntities => _metrics.ActiveEntities;

    /// <summary>The node's group commit.</summary>
    internal JournalWriter Writer { get; }

    /// <summary>What every cell of this node uses.</summary>
    internal CellServices Services => _services;

    /// <summary>Makes the entities of one kind available. Before <see cref="StartAsync"/>.</summary>
    /// <typeparam name="TState">The kind's state.</typeparam>
    /// <typeparam name="TCommand">The kind's commands.</typeparam>
    /// <typeparam name="TEvent">The kind's events.</typeparam>
    /// <param name="definition">The kind.</param>
    /// <returns>The door to it.</returns>
    public IShardRegion Register<TState, TCommand, TEvent>(EntityDefinition<TState, TCommand, TEvent> definition)
        where TState : class
        where TCommand : class
        where TEvent : class
    {
        Invariant.Check(Status.Phase == NodePhase.Starting, "Kinds are registered before the node starts");
        var region = new ShardRegion(new EntityKind<TState, TCommand, TEvent>(definition, _services), _homes);
        _regions.Add(definition.Kind, region);
        _shards.Add(region);
        Peers.Add(region);
        return region;
    }

    /// <summary>The door to a registered kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>Its region.</returns>
    /// <exception cref="KeyNotFoundException">No such kind is registered.</exception>
    public IShardRegion Region(string kind) => _regions[kind];

    /// <summary>A reference to one entity.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="id">Its id.</param>
    /// <returns>The reference.</returns>
    public EntityRef EntityRef(string kind, string id) => new(Region(kind), id);

    /// <summary>Calls back after every commit that stored something; for projections.</summary>
    /// <param name="poke">The callback: quick, does not throw.</param>
    public void OnAppended(Action poke) => Writer.Appended += poke;

    /// <summary>
    /// Stops at once, and tells no other node: whoever still waits for another node or for a home is told that this node stops, or that
    /// the outcome is not known.
    /// </summary>
    /// <returns>A task that completes when no timer runs any more.</returns>
    public async ValueTask DisposeAsync()
    {
        await _sweep.DisposeAsync();
        _member.Dispose();
        _wakeups.Dispose();

        // Without links first, so that nothing is sent; then nothing is at home here or elsewhere, so that nothing waits for a home.
        Peers.Dispose();
        _shards.Shut();
        _services.WakeQueue.Dispose();
        _services.Pauses.Dispose();
        _clusterMetrics.Dispose();
        _metrics.Dispose();
    }

    /// <summary>Looks for everything that has waited too long.</summary>
    private void Sweep()
    {
        Writer.ReportStalled(_options.AskTimeout);
        _shards.ForceOverdue(_options.HandOffTimeout);
        _shards.Expire(_options.ShardBufferTimeout);
    }

    private void Activate(EntityAddress address)
    {
        if (_regions.TryGetValue(address.Kind, out var region))
        {
            region.Activate(address.Id);
        }
    }
}
