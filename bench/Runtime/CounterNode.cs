using AkkaParty.Actors.Parties;
using AkkaParty.Runtime;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Projections;
using AkkaParty.Runtime.Remoting;
using AkkaParty.Runtime.Sharding;
using AkkaParty.Runtime.TestKit.Counters;
using Microsoft.Extensions.Logging;

namespace AkkaParty.Bench.Runtime;

/// <summary>A node as the server composes it, with counters instead of parties.</summary>
internal sealed class CounterNode : IAsyncDisposable
{
    private readonly ILoggerFactory _logging;
    private readonly NodeRuntime _runtime;
    private readonly ProjectionRunner? _projection;

    private CounterNode(
        RuntimeSurroundings surroundings, IProjectionStore? projections, CounterEntity definition, RuntimeOptions options)
    {
        // The sink of the server and, on the paths measured here, its level: only members that come and go are told below it.
        _logging = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Information)
            .AddFilter("AkkaParty.Runtime", LogLevel.Warning).AddSimpleConsole());
        _runtime = new NodeRuntime(options, surroundings, _logging);
        Region = _runtime.Register(definition);
        if (projections is null)
        {
            return;
        }

        // The server's projection reads every event back, whatever wrote it.
        _projection = new ProjectionRunner(
            new ChosenFilmsProjection(),
            new JournalPages(surroundings.Journal),
            projections,
            surroundings.Dispatcher,
            surroundings.Time,
            new ProjectionOptions(),
            _logging.CreateLogger("AkkaParty.Runtime"));
        _runtime.OnAppended(_projection.NoteAppend);
    }

    public IShardRegion Region { get; }

    public NodeRuntime Runtime => _runtime;

    public long ActiveEntities => _runtime.ActiveEntities;

    /// <summary>Starts a node over an in-memory store of its own.</summary>
    public static Task<CounterNode> StartAsync() => StartAsync(new InMemoryJournal(), new InMemorySnapshotStore(), new CounterEntity());

    public static async Task<CounterNode> StartAsync(
        IJournal journal,
        ISnapshotStore snapshots,
        CounterEntity definition,
        ILeaseStore? leases = null,
        IProjectionStore? projections = null)
    {
        var node = new CounterNode(
            new RuntimeSurroundings(
                journal,
                snapshots,
                leases ?? new InMemoryLeaseStore(TimeProvider.System) { IsExclusive = true },
                new NoPeersTransport(),
                TimeProvider.System,
                ThreadPoolDispatcher.Instance),
            projections ?? new InMemoryProjectionStore(),
            definition,
            new RuntimeOptions());
        await node._runtime.StartAsync(CancellationToken.None);
        return node;
    }

    /// <summary>Starts one node of several; a projection would run on one of them only, here on none.</summary>
    public static async Task<CounterNode> StartMemberAsync(RuntimeSurroundings surroundings, RuntimeOptions options)
    {
        var node = new CounterNode(surroundings, projections: null, new CounterEntity(), options);
        await node._runtime.StartAsync(CancellationToken.None);
        return node;
    }

    /// <summary>Entity ids of the length and the look of the product's own.</summary>
    public static string[] Ids(int count, int seed = 1)
    {
        var random = new Random(seed);
        var bytes = new byte[16];
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            random.NextBytes(bytes);
            return new Guid(bytes).ToString();
        })];
    }

    /// <summary>A client session per caller.</summary>
    public static Guid SessionOf(int caller) => AkkaParty.Runtime.StableHash.SessionOf($"bench caller {caller}");

    public static void Check(AskResult result, AskOutcome expected = AskOutcome.Replied)
    {
        if (result.Outcome != expected)
        {
            throw new InvalidOperationException($"An ask ended as {result.Outcome}: {result.Rejection?.Message}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _runtime.StopAsync(TimeSpan.FromSeconds(10));
        await _runtime.DisposeAsync();
        if (_projection is not null)
        {
            await _projection.DisposeAsync();
        }

        _logging.Dispose();
    }
}
