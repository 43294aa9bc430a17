using AkkaParty.Accounts;
using AkkaParty.Actors.Parties;
using AkkaParty.Actors.Rooms;
using AkkaParty.Actors.WatchParties;
using AkkaParty.Catalog;
using AkkaParty.Node.Configuration;
using AkkaParty.Node.Departures;
using AkkaParty.Node.Enrichment;
using AkkaParty.Node.Opening;
using AkkaParty.Node.Operations;
using AkkaParty.Pipelines;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Projections;
using AkkaParty.Runtime.Remoting;
using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Node.Hosting;

/// <summary>The runtime on its open store, with every kind of entity, every projection, and what works on their lists.</summary>
internal sealed class RunningNode : IAsyncDisposable
{
    private static readonly TimeSpan CatchUpMax = TimeSpan.FromSeconds(10);

    private readonly NodeStores _stores;
    private readonly INodeTransport _transport;
    private readonly List<ProjectionRunner> _projections = [];
    private readonly Dictionary<string, ProjectionRunner> _projectionsByName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WorkList> _workers;

    private RunningNode(
        NodeStores stores, INodeTransport transport, NodeRuntime runtime, KindReaders kinds, Dictionary<string, WorkList> workers)
    {
        _stores = stores;
        _transport = transport;
        Runtime = runtime;
        Kinds = kinds;
        _workers = workers;
    }

    /// <summary>The runtime.</summary>
    public NodeRuntime Runtime { get; }

    /// <summary>Reads entities of every kind back for operators.</summary>
    public KindReaders Kinds { get; }

    /// <summary>The open store.</summary>
    public NodeStores Stores => _stores;

    /// <summary>Puts a node together that serves nothing yet.</summary>
    public static RunningNode Build(
        NodeStores stores,
        INodeTransport transport,
        ITitleCatalog titles,
        IDepartures departures,
        NodeOptions options,
        ILoggerFactory logs)
    {
        var surroundings = new RuntimeSurroundings(
            stores.Journal, stores.Snapshots, stores.Leases, transport, TimeProvider.System, ThreadPoolDispatcher.Instance);
        var runtime = new NodeRuntime(options.ToRuntime(), surroundings, logs);
        var kinds = new KindReaders(stores.Journal);
        Register(runtime, kinds, new PartyEntity());
        Register(runtime, kinds, new RoomEntity());
        Register(runtime, kinds, new RoomCodeEntity());
        Register(runtime, kinds, new WatchEntity());
        Register(runtime, kinds, RoomCodeEntity.OfWatchParties());
        var workers = new Dictionary<string, WorkList>(StringComparer.Ordinal)
        {
            [PendingEnrichmentsProjection.RowsName] = new EnrichmentWorker(
                titles,
                runtime.Region(RoomAddress.Kind),
                new PendingEnrichmentsReader(stores.Projections).ListAsync,
                () => Serves(runtime, PendingEnrichmentsProjection.RowsName),
                options.ToEnrichment(),
                new PipelineOptions(EnrichmentPipeline.Name, runtime.Time),
                logs.CreateLogger<EnrichmentWorker>()),
            [PendingOpeningsProjection.RowsName] = new OpeningWorker(
                kind => runtime.Region(kind),
                new PendingOpeningsReader(stores.Projections).ListAsync,
                () => Serves(runtime, PendingOpeningsProjection.RowsName),
                new PipelineOptions(OpeningPipeline.Name, runtime.Time),
                logs.CreateLogger<OpeningWorker>()),
        };
        var node = new RunningNode(stores, transport, runtime, kinds, workers);
        node.Follow(
            [
                new ChosenFilmsProjection(),
                new RoomsOfMembersProjection(),
                new PendingEnrichmentsProjection(),
                new PendingOpeningsProjection(),
                new WatchPartiesProjection(),
                new WatchParticipantsProjection(),
            ],
            options,
            logs);
        node.Forget(departures, logs);
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

        foreach (var worker in _workers.Values)
        {
            worker.LookSoon();
        }
    }

    /// <summary>Waits until read models show what was stored before the call, wherever in the cluster they are kept up.</summary>
    /// <param name="names">The projections' names.</param>
    /// <param name="patience">At most this long.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async ValueTask CatchUpAsync(IEnumerable<string> names, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        enough.CancelAfter(patience);
        try
        {
            await Task.WhenAll(names.Select(name => _projectionsByName[name].CatchUpAsync(enough.Token)));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // What is not there by now is shown a moment later.
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers.Values)
        {
            await worker.DisposeAsync();
        }

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

    /// <summary>Works on the list of deleted accounts, which has a shard by its name as projections have.</summary>
    private void Forget(IDepartures departures, ILoggerFactory logs)
    {
        var reader = new WatchPartiesReader(_stores.Projections, _ => ValueTask.CompletedTask);
        var worker = new DepartureWorker(
            departures,
            async (memberId, stop) =>
            {
                await FollowSeatsAsync(stop);
                return await reader.ListIdsOfMemberAsync(memberId, stop);
            },
            Runtime.Region(WatchAddress.Kind),
            () => Serves(Runtime, DeparturePipeline.Name),
            new PipelineOptions(DeparturePipeline.Name, Runtime.Time),
            logs.CreateLogger<DepartureWorker>());
        _workers.Add(DeparturePipeline.Name, worker);
        departures.OnAdded(worker.LookSoon);
    }

    /// <summary>Waits until the seats of all who have joined before the call can be read.</summary>
    private async Task FollowSeatsAsync(CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        enough.CancelAfter(CatchUpMax);
        try
        {
            await _projectionsByName[WatchParticipantsProjection.RowsName].CatchUpAsync(enough.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new EntityUnreachableException("The list of seats in watch parties lags behind.", retryAfter: null);
        }
    }

    /// <summary>Each projection has a shard by its name, and the node that serves that shard keeps it up.</summary>
    private void Follow(IReadOnlyList<IProjection> projections, NodeOptions options, ILoggerFactory logs)
    {
        var journal = new JournalPages(_stores.Journal);
        foreach (var projection in projections)
        {
            var follows = options.ToProjections();
            follows.IsMine = () => Serves(Runtime, projection.Name);
            var runner = new ProjectionRunner(
                projection,
                journal,
                _stores.Projections,
                ThreadPoolDispatcher.Instance,
                Runtime.Time,
                follows,
                logs.CreateLogger("AkkaParty.Runtime"))
            {
                RowsStored = _workers.GetValueOrDefault(projection.Name) is { } worker ? worker.LookSoon : null,
            };
            _projections.Add(runner);
            _projectionsByName.Add(projection.Name, runner);
        }
    }
}
