using AkkaParty.Actors.Parties;
using AkkaParty.Actors.Rooms;
using AkkaParty.Catalog;
using AkkaParty.Node.Configuration;
using AkkaParty.Node.Enrichment;
using AkkaParty.Node.Operations;
using AkkaParty.Pipelines;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Runtime;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Projections;
using AkkaParty.Runtime.Remoting;
using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Node.Hosting;

/// <summary>The runtime on its open store, with every kind of entity, every projection, and what works on their lists.</summary>
internal sealed class RunningNode : IAsyncDisposable
{
    private readonly NodeStores _stores;
    private readonly INodeTransport _transport;
    private readonly List<ProjectionRunner> _projections = [];
    private readonly EnrichmentWorker _enrichment;

    private RunningNode(
        NodeStores stores, INodeTransport transport, NodeRuntime runtime, KindReaders kinds, EnrichmentWorker enrichment)
    {
        _stores = stores;
        _transport = transport;
        Runtime = runtime;
        Kinds = kinds;
        _enrichment = enrichment;
    }

    /// <summary>The runtime.</summary>
    public NodeRuntime Runtime { get; }

    /// <summary>Reads entities of every kind back for operators.</summary>
    public KindReaders Kinds { get; }

    /// <summary>The open store.</summary>
    public NodeStores Stores => _stores;

    /// <summary>Puts a node together that serves nothing yet.</summary>
    public static RunningNode Build(
        NodeStores stores, INodeTransport transport, ITitleCatalog titles, NodeOptions options, ILoggerFactory logs)
    {
        var surroundings = new RuntimeSurroundings(
            stores.Journal, stores.Snapshots, stores.Leases, transport, TimeProvider.System, ThreadPoolDispatcher.Instance);
        var runtime = new NodeRuntime(options.ToRuntime(), surroundings, logs);
        var kinds = new KindReaders(stores.Journal);
        Register(runtime, kinds, new PartyEntity());
        Register(runtime, kinds, new RoomEntity());
        Register(runtime, kinds, new RoomCodeEntity());
        var enrichment = new EnrichmentWorker(
            titles,
            runtime.Region(RoomAddress.Kind),
            new PendingEnrichmentsReader(stores.Projections).ListAsync,
            () => Serves(runtime, PendingEnrichmentsProjection.RowsName),
            options.ToEnrichment(),
            new PipelineOptions(EnrichmentPipeline.Name, runtime.Time),
            logs.CreateLogger<EnrichmentWorker>());
        var node = new RunningNode(stores, transport, runtime, kinds, enrichment);
        node.Follow([new ChosenFilmsProjection(), new RoomsOfMembersProjection(), new PendingEnrichmentsProjection()], options, logs);
        return node;
    }

    /// <summary>Joins and serves.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var projection in _projections)
        {
            Runtime.OnAppended(projection.NoteAppend);
        }

        await Runtime.StartAsync(cancellationToken);
        foreach (var projection in _projections)
        {
            // The last process may have ended before it came to its last events.
            projection.NoteAppend();
        }

        _enrichment.LookSoon();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _enrichment.DisposeAsync();
        foreach (var projection in _projections)
        {
            await projection.DisposeAsync();
        }

        await Runtime.DisposeAsync();
        await _transport.DisposeAsync();
        await _stores.Owner.DisposeAsync();
    }

    private static void Register<TState, TCommand, TEvent>(
        NodeRuntime runtime, KindReaders kinds, EntityDefinition<TState, TCommand, TEvent> definition)
        where TState : class
        where TCommand : class
        where TEvent : class
    {
        runtime.Register(definition);
        kinds.Add(definition);
    }

    private static bool Serves(NodeRuntime runtime, string projection) =>
        runtime.Cluster is { } cluster && cluster.Homes[ShardId.Of(projection)].Owner == runtime.Status.Identity?.Name;

    /// <summary>Each projection has a shard by its name, and the node that serves that shard keeps it up.</summary>
    private void Follow(IReadOnlyList<IProjection> projections, NodeOptions options, ILoggerFactory logs)
    {
        var journal = new JournalPages(_stores.Journal);
        foreach (var projection in projections)
        {
            var follows = options.ToProjections();
            follows.IsMine = () => Serves(Runtime, projection.Name);
            _projections.Add(new ProjectionRunner(
                projection,
                journal,
                _stores.Projections,
                ThreadPoolDispatcher.Instance,
                Runtime.Time,
                follows,
                logs.CreateLogger("AkkaParty.Runtime"))
            {
                RowsStored = projection.Name == PendingEnrichmentsProjection.RowsName ? _enrichment.LookSoon : null,
            });
        }
    }
}
