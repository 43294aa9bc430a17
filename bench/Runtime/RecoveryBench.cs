using System.Diagnostics;
using AkkaParty.Bench.Measuring;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.TestKit.Counters;

namespace AkkaParty.Bench.Runtime;

/// <summary>How long the first answer of an entity takes that must be read back.</summary>
internal static class RecoveryBench
{
    private const int SnapshotEntities = 400;
    private const int LongEntities = 40;
    private const int EventsEach = 199;
    private const int LongEvents = 10_000;

    public static Table NewTable() => new(
        "Recovery: from the ask to the answer of an entity that is not in memory",
        "store", "what is read", "entities", "median ms", "p99 ms", "must be at most ms");

    /// <summary>Measures both cases over one pair of stores.</summary>
    public static async Task MeasureAsync(Table table, string store, IJournal journal, ISnapshotStore snapshots)
    {
        var withSnapshots = new CounterEntity();
        var without = new CounterEntity { Snapshots = SnapshotPolicy.Never };
        var shortIds = CounterNode.Ids(SnapshotEntities, seed: 2);
        var longIds = CounterNode.Ids(LongEntities, seed: 3);
        await FillAsync(journal, snapshots, withSnapshots, shortIds, EventsEach);
        await FillAsync(journal, snapshots, without, longIds, LongEvents);
        Add(table, store, "snapshot + 99 events", await ReadBackAsync(journal, snapshots, withSnapshots, shortIds), 1);
        Add(table, store, "10,000 events from zero", await ReadBackAsync(journal, snapshots, without, longIds), 50);
    }

    private static async Task FillAsync(IJournal journal, ISnapshotStore snapshots, CounterEntity definition, string[] ids, int events)
    {
        await using var node = await CounterNode.StartAsync(journal, snapshots, definition);
        await Task.WhenAll(ids.Select(async (id, index) =>
        {
            var session = CounterNode.SessionOf(index);
            for (var number = 1; number <= events; number++)
            {
                CounterNode.Check(await node.Region.AskAsync(id, new Add(1, "one more for the bench"), new CommandId(session, number)));
            }
        }));
    }

    private static async Task<LatencyHistogram> ReadBackAsync(
        IJournal journal, ISnapshotStore snapshots, CounterEntity definition, string[] ids)
    {
        // Five nodes one after the other: the first three warm the code, the page cache and the pool.
        var latency = new LatencyHistogram();
        for (var node = 0; node < 5; node++)
        {
            latency.Clear();
            await using var fresh = await CounterNode.StartAsync(journal, snapshots, definition);
            foreach (var id in ids)
            {
                var startedAt = Stopwatch.GetTimestamp();
                CounterNode.Check(await fresh.Region.QueryAsync(id, GetValue.Instance));
                latency.Record(Stopwatch.GetElapsedTime(startedAt));
            }
        }

        return latency;
    }

    private static void Add(Table table, string store, string what, LatencyHistogram latency, int limit) => table.Add(
        store,
        what,
        latency.Count.ToString("N0"),
        latency.Percentile(50).TotalMilliseconds.ToString("F2"),
        latency.Percentile(99).TotalMilliseconds.ToString("F2"),
        limit.ToString());
}
