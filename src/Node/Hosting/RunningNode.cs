using AkkaParty.Actors.Parties;
using AkkaParty.Actors.Rooms;
using AkkaParty.Node.Configuration;
using AkkaParty.Node.Operations;
using AkkaParty.Runtime;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Projections;
using AkkaParty.Runtime.Remoting;
using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Node.Hosting;

/// <summary>The runtime on its open store, with every kind of entity and every projection.</summary>
internal sealed class RunningNode : IAsyncDisposable
{
    private readonly NodeStores _stores;
    private readonly INodeTransport _transport;
    private readonly List<ProjectionRunner> _projections = [];

    private RunningNode(NodeStores stores, INodeTransport transport, NodeRuntime runtime, KindReaders kinds)
    {
        _stores = stores;
        _transport = transport;
        Runtime = runtime;
        Kinds = kinds;
    }

    /// <summary>The runtime.</summary>
    public NodeRuntime Runtime { get; }

    /// <summary>Reads entities of every kind back for operators.</summary>
    public KindReaders Kinds { get; }

    /// <summary>The open store.</summary>
    public NodeStores Stores => _stores;

    /// <summary>Puts a node together that serves nothing yet.</summary>
    public static RunningNode Build(NodeStores stores, INodeTransport transport, NodeOptions options, ILoggerFactory logs)
    {
        var surroundings = new RuntimeSurroundings(
            stores.Journal, stores.Snapshots, stores.Leases, transport, TimeProvider.System, ThreadPoolDispatcher.Instance);
        var runtime = new NodeRuntime(options.ToRuntime(), surroundings, logs);
        var kinds = new KindReaders(stores.Journal);
        Register(runtime, kinds, new PartyEntity());
        Register(runtime, kinds, new RoomEntity());
        Register(runtime, kinds, new RoomCodeEntity());
        var node = new RunningNode(stores, transport, runtime, kinds);
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
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
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

    /// <summary>Each projection has a shard by its name, and the node that serves that shard keeps it up.</summary>
    private void Follow(IReadOnlyList<IProjection> projections, NodeOptions options, ILoggerFactory logs)
    {
        foreach (var projection in projections)
        {
            var shard = ShardId.Of(projection.Name);
            var follows = options.ToProjections();
            follows.IsMine = () => Runtime.Cluster is { } cluster && cluster.Homes[shard].Owner == Runtime.Status.Identity?.Name;
            _projections.Add(new ProjectionRunner(
                projection,
                _stores.Journal,
                _stores.Projections,
                ThreadPoolDispatcher.Instance,
                Runtime.Time,
                follows,
                logs.CreateLogger("AkkaParty.Runtime")));
        }
    }
}
