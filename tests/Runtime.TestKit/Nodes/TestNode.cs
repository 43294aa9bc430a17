using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Remoting;
using AkkaParty.Runtime.Sharding;
using AkkaParty.Runtime.TestKit.Counters;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaParty.Runtime.TestKit.Nodes;

/// <summary>
/// One node with the counter entity over stores in memory, a clock that the test moves and a journal that fails as it
/// is told to. With a <see cref="ManualDispatcher"/> everything runs on the test's thread.
/// </summary>
public sealed class TestNode : IAsyncDisposable
{
    private readonly InMemoryJournal _stored;
    private readonly TestNodeOptions _options;

    private TestNode(TestNodeOptions options, InMemoryJournal stored, ISnapshotStore snapshots, ManualTime time)
    {
        _options = options;
        _stored = stored;
        Snapshots = snapshots;
        Time = time;
        Journal = new FaultyJournal(stored) { ForeignEntry = ForeignAdd };
        Runtime = new NodeRuntime(
            options.Limits,
            new RuntimeSurroundings(
                Journal, snapshots, new InMemoryLeaseStore(time) { IsExclusive = true }, new NoPeersTransport(), time,
                options.Dispatcher ?? (IDispatcher)ThreadPoolDispatcher.Instance),
            NullLoggerFactory.Instance);
        Events = new RuntimeEventLog(Runtime.Events);
        Counters = Runtime.Register(options.Counter);
    }

    public NodeRuntime Runtime { get; }

    public FaultyJournal Journal { get; }

    public ISnapshotStore Snapshots { get; }

    public ManualTime Time { get; }

    public RuntimeEventLog Events { get; }

    public IShardRegion Counters { get; }

    public ManualDispatcher Dispatcher => _options.Dispatcher ?? throw new InvalidOperationException("This node runs on the thread pool.");

    /// <summary>Starts a node over empty stores.</summary>
    public static async Task<TestNode> StartAsync(TestNodeOptions? options = null)
    {
        var node = Create(options);
        await node.Runtime.StartAsync(CancellationToken.None);
        return node;
    }

    /// <summary>Makes a node that has not started: its shards have no home yet.</summary>
    public static TestNode Create(TestNodeOptions? options = null) =>
        new(options ?? new TestNodeOptions(), new InMemoryJournal(), new InMemorySnapshotStore(), new ManualTime());

    /// <summary>Starts another node over the same stores, as after a crash of this one.</summary>
    /// <param name="options">The other node's options; this one's when null.</param>
    public async Task<TestNode> RestartAsync(TestNodeOptions? options = null)
    {
        await Runtime.DisposeAsync();
        return await StartBesideAsync(options);
    }

    /// <summary>Starts another node over the same stores while this one goes on: a second owner of everything.</summary>
    public async Task<TestNode> StartBesideAsync(TestNodeOptions? options = null)
    {
        var node = new TestNode(options ?? _options, _stored, Snapshots, Time);
        await node.Runtime.StartAsync(CancellationToken.None);
        return node;
    }

    public EntityRef Counter(string id) => new(Counters, id);

    public static EntityAddress Address(string id) => new(CounterEntity.KindName, id);

    /// <summary>Asks, runs every turn that this causes, and gives the answer that must be there then.</summary>
    public AskResult Ask(string id, object command, CommandId? commandId = null) => Run(Counters.AskAsync(id, command, commandId));

    /// <summary>Asks a query, runs every turn that this causes, and gives the answer that must be there then.</summary>
    public AskResult Query(string id, long seqMin = 0) => Run(Counters.QueryAsync(id, GetValue.Instance, seqMin));

    /// <summary>The value, by a query.</summary>
    public long Value(string id) => ((CounterValue)Query(id).Reply!).Value;

    /// <summary>Moves the clock and runs every turn that this causes.</summary>
    public void Advance(TimeSpan by)
    {
        Time.Advance(by);
        Dispatcher.RunAll();
    }

    /// <summary>Runs turns until the task ends; for what comes back from a thread that is not the test's.</summary>
    /// <param name="ends">A task with a time-out of its own.</param>
    public async Task<T> RunUntilAsync<T>(Task<T> ends)
    {
        while (!ends.IsCompleted)
        {
            Dispatcher.RunAll();
            await Task.Yield();
        }

        return await ends;
    }

    /// <summary>Moves the clock in steps, so that what one step causes can set alarms for the next.</summary>
    public void Advance(TimeSpan by, TimeSpan step)
    {
        for (var passed = TimeSpan.Zero; passed < by; passed += step)
        {
            Advance(step);
        }
    }

    /// <summary>What is stored of an entity.</summary>
    public IReadOnlyList<JournalEntry> Stored(string id)
    {
        List<JournalEntry> entries = [];
        _stored.ReadEntityAsync(Address(id), 0, entries.Add, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        return entries;
    }

    /// <summary>The names of what is stored of an entity.</summary>
    public IReadOnlyList<string> Manifests(string id) => [.. Stored(id).Select(entry => entry.Manifest)];

    /// <summary>Appends past every node, as another owner would.</summary>
    public void AppendForeign(string id, params CounterEvent[] events)
    {
        var head = Stored(id).Count;
        var operation = new AppendOperation
        {
            Address = Address(id),
            Shard = ShardId.Of(id),
            ExpectedHead = head,
            Entries = [.. events.Select((e, i) => Entry(head + 1 + i, e))],
        };
        _stored.CommitAsync([operation], CancellationToken.None).AsTask().GetAwaiter().GetResult();
        operation.Outcome.ShouldBe(AppendOutcome.Appended);
    }

    /// <summary>An event as the counter stores it.</summary>
    public JournalEntry Entry(long seq, CounterEvent @event)
    {
        var codec = _options.Counter.EventCodec;
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        codec.Encode(@event, bytes);
        return new JournalEntry(seq, codec.Manifest(@event), bytes.WrittenMemory, Time.GetUtcNow());
    }

    public ValueTask DisposeAsync() => Runtime.DisposeAsync();

    private JournalEntry ForeignAdd(long seq) => Entry(seq, new Added(1_000_000, "foreign"));

    private AskResult Run(ValueTask<AskResult> asked)
    {
        var answer = asked.AsTask();
        Dispatcher.RunAll();
        answer.IsCompleted.ShouldBeTrue("every turn has run and the ask has no answer");
        return answer.GetAwaiter().GetResult();
    }
}

/// <summary>What a test node is made of.</summary>
public sealed record TestNodeOptions
{
    public RuntimeOptions Limits { get; init; } = new();

    public CounterEntity Counter { get; init; } = new();

    /// <summary>Runs the turns on the test's thread; null for the thread pool.</summary>
    public ManualDispatcher? Dispatcher { get; init; }

    /// <summary>A node whose turns the test runs.</summary>
    public static TestNodeOptions Manual(CounterEntity? counter = null, RuntimeOptions? limits = null) => new()
    {
        Dispatcher = new ManualDispatcher(),
        Counter = counter ?? new CounterEntity(),
        Limits = limits ?? new RuntimeOptions(),
    };
}
