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

    private static readonly TimeSpan StallCheckInterval = TimeSpan.FromMilliseconds(500);

    private readonly RuntimeSurroundings _surroundings;
    private readonly RuntimeOptions _options;
    private readonly ILogger _logger;
    private readonly RuntimeMetrics _metrics = new();
    private readonly ShardHomes _homes = new();
    private readonly CellServices _services;
    private readonly SortedDictionary<string, ShardRegion> _regions = new(StringComparer.Ordinal);
    private readonly WakeupScan _wakeups;
    private readonly ITimer _stallCheck;
    private NodeIdentity? _identity;

    /// <summary>Builds a node that serves nothing yet.</summary>
    /// <param name="options">The limits.</param>
    /// <param name="surroundings">Store, transport, time and scheduler.</param>
    /// <param name="loggerFactory">Where the runtime logs.</param>
    public NodeRuntime(RuntimeOptions options, RuntimeSurroundings surroundings, ILoggerFactory loggerFactory)
    {
        _options = options;
        _surroundings = surroundings;
        _logger = loggerFactory.CreateLogger("AkkaParty.Runtime");
        var (journal, snapshots, _, _, time, dispatcher) = surroundings;
        Writer = new JournalWriter(journal, dispatcher, time, _metrics, _logger);
        _services = new CellServices(
            options, journal, snapshots, Writer, new WakeQueue(time), dispatcher, time, _metrics, Events, _logger);
        _wakeups = new WakeupScan(journal, options, time, _logger, Activate);
        _stallCheck = time.CreateTimer(_ => Writer.ReportStalled(options.AskTimeout), null, StallCheckInterval, StallCheckInterval);
    }

    /// <summary>What happens in the runtime, for tests and operators.</summary>
    public RuntimeEvents Events { get; } = new();

    /// <summary>How many entities are in memory.</summary>
    public long ActiveEntities => _metrics.ActiveEntities;

    /// <summary>Whether this node serves its shards.</summary>
    public bool IsServing { get; private set; }

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
        Invariant.Check(!IsServing, "Kinds are registered before the node starts");
        var region = new ShardRegion(new EntityKind<TState, TCommand, TEvent>(definition, _services), _homes);
        _regions.Add(definition.Kind, region);
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

    /// <summary>Joins, claims every shard (this node is their one home) and wakes what must be awake.</summary>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <returns>A task that completes when the node serves.</returns>
    /// <exception cref="InvalidOperationException">A live node holds this node's name.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var joined = await _surroundings.Leases.JoinAsync(new JoinRequest(_options.NodeName, Address: "", FeatureLevel), cancellationToken);
        _identity = joined.Node ?? throw new InvalidOperationException($"A live node already has the name '{_options.NodeName}'.");
        await _surroundings.Leases.UpdateAsync(cluster => ClaimAll(cluster, _identity.Name), cancellationToken);
        for (var shard = 0; shard < ShardId.Count; shard++)
        {
            _homes[shard] = ShardHome.Local;
            foreach (var region in _regions.Values)
            {
                region.Flush(shard);
            }
        }

        IsServing = true;
        await _wakeups.ScanAsync();
    }

    /// <summary>Refuses what is new, finishes what is under way, sends subscribers away and leaves.</summary>
    /// <param name="timeout">The longest to wait for entities to finish.</param>
    /// <returns>A task that completes when the node has left.</returns>
    public async Task StopAsync(TimeSpan timeout)
    {
        if (!IsServing)
        {
            return;
        }

        IsServing = false;
        for (var shard = 0; shard < ShardId.Count; shard++)
        {
            _homes[shard] = ShardHome.Closed;
        }

        await DrainAsync(timeout);
        await _surroundings.Leases.LeaveAsync(_identity!, CancellationToken.None);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _stallCheck.DisposeAsync();
        _wakeups.Dispose();
        _services.WakeQueue.Dispose();
        _metrics.Dispose();
    }

    private static ClusterRecord ClaimAll(ClusterRecord cluster, string name) => cluster with
    {
        Homes = [.. Enumerable.Range(0, ShardId.Count).Select(shard => new ShardHomeRecord(
            shard, name, name, cluster.Homes.FirstOrDefault(home => home.Shard == shard).Epoch + 1))],
    };

    private async Task DrainAsync(TimeSpan timeout)
    {
        var finished = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        // Starts at one, so that it cannot reach zero before every entity has been counted.
        var open = 1;
        void Done()
        {
            if (Interlocked.Decrement(ref open) == 0)
            {
                finished.TrySetResult();
            }
        }

        foreach (var region in _regions.Values)
        {
            region.Drain(() => Interlocked.Increment(ref open), Done);
        }

        Done();
        await using var alarm = _surroundings.Time.CreateTimer(_ => finished.TrySetResult(), null, timeout, Timeout.InfiniteTimeSpan);
        await finished.Task;
        if (Volatile.Read(ref open) > 0)
        {
            _logger.DrainTimedOut(Volatile.Read(ref open), timeout);
        }
    }

    private void Activate(EntityAddress address)
    {
        if (_regions.TryGetValue(address.Kind, out var region))
        {
            region.Activate(address.Id);
        }
    }
}
