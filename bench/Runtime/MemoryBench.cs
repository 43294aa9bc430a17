using AkkaParty.Bench.Measuring;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.TestKit.Counters;

namespace AkkaParty.Bench.Runtime;

/// <summary>What an idle entity costs beyond its state, and what is left of it when it has left memory.</summary>
internal static class MemoryBench
{
    private const int Entities = 100_000;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(20);

    public static async Task RunAsync()
    {
        var table = new Table(
            $"Memory per idle entity, {Entities:N0} entities (heap after full collections)",
            "entities", "bytes each", "of that the state", "beyond the state", "left after passivation", "must be at most");
        await MeasureAsync(table, "asked once, nothing stored", stores: false);
        await MeasureAsync(table, "one command with an id stored", stores: true);
        table.Print();
        Console.WriteLine();
        Console.WriteLine("The journal's own bytes are in none of these figures; they are measured by storing the same records again.");
    }

    private static async Task MeasureAsync(Table table, string what, bool stores)
    {
        var ids = CounterNode.Ids(Entities);
        var journal = new InMemoryJournal();
        var snapshots = new InMemorySnapshotStore();
        var stateBytes = stores ? StateBytes() : 0;
        var before = Heap();
        var node = await CounterNode.StartAsync(journal, snapshots, new CounterEntity { Idle = Idle });
        var empty = Heap() - before;
        for (var i = 0; i < ids.Length; i++)
        {
            CounterNode.Check(stores
                ? await node.Region.AskAsync(ids[i], new Add(1), new CommandId(CounterNode.SessionOf(i), 1))
                : await node.Region.QueryAsync(ids[i], GetValue.Instance));
        }

        var full = Heap() - before;
        await PassivatedAsync(node);
        var passivated = Heap() - before;
        var stored = await StoredBytesAsync(journal);
        await node.DisposeAsync();
        var each = (double)(full - stored - empty) / Entities;
        table.Add(
            what,
            each.ToString("N0"),
            stateBytes.ToString("N0"),
            (each - stateBytes).ToString("N0"),
            ((double)(passivated - stored - empty) / Entities).ToString("N0"),
            "1,200; passivated 0");
    }

    /// <summary>The heap that the journal's content takes, measured by writing it once more into a journal of its own.</summary>
    private static async Task<long> StoredBytesAsync(InMemoryJournal journal)
    {
        var before = Heap();
        var copy = new InMemoryJournal();
        long offset = 0;
        while (await journal.ReadAllAsync(offset, 10_000, CancellationToken.None) is { Count: > 0 } records)
        {
            foreach (var record in records)
            {
                var operation = new AppendOperation
                {
                    Address = record.Address,
                    ExpectedHead = record.Entry.Seq - 1,
                    Entries = [record.Entry],
                };
                await copy.CommitAsync([operation], CancellationToken.None);
            }

            offset = records[^1].Offset;
        }

        var stored = Heap() - before;
        GC.KeepAlive(copy);
        return stored;
    }

    /// <summary>The bytes of a state with one event applied, as the entities hold it.</summary>
    private static double StateBytes()
    {
        var definition = new CounterEntity();
        var states = new CounterState[Entities];
        var before = Heap();
        for (var i = 0; i < states.Length; i++)
        {
            states[i] = definition.Evolve(definition.Initial(""), new Added(1, ""));
        }

        var bytes = (double)(Heap() - before) / Entities;
        GC.KeepAlive(states);
        return bytes;
    }

    private static async Task PassivatedAsync(CounterNode node)
    {
        using var looks = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        using var limit = new CancellationTokenSource(Idle * 4);
        while (node.ActiveEntities > 0)
        {
            await looks.WaitForNextTickAsync(limit.Token);
        }
    }

    private static long Heap()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        // Of the collection that has just been: what is live, without the holes between.
        var info = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        return info.HeapSizeBytes - info.FragmentedBytes;
    }
}
