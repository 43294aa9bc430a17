using AkkaParty.Bench.Measuring;
using AkkaParty.Runtime.Sqlite;
using AkkaParty.Runtime.TestKit.Counters;

namespace AkkaParty.Bench.Runtime;

/// <summary>Commands that store one event each on SQLite, next to SQLite alone with batches of the same size.</summary>
internal static class SqliteBench
{
    private const int CallersCount = 64;

    public static async Task RunAsync(Rounds rounds, DirectoryInfo directory)
    {
        var table = new Table(
            "Persisted commands on SQLite, 64 callers, command ids on",
            "synchronous", "entities", "commands/s", "p50 ms", "p99 ms", "CPU us each", "operations per commit", "fewest/most per caller",
            "raw group commit/s", "its CPU us", "of the raw rate");
        foreach (var synchronous in new[] { SqliteSynchronous.Full, SqliteSynchronous.Normal })
        {
            foreach (var entities in new[] { 64, 10_000 })
            {
                await MeasureAsync(table, rounds, directory, synchronous, entities);
            }
        }

        table.Print();
        Console.WriteLine();
        Console.WriteLine("The raw group commit: one thread, the store's pragmas and tables, head compare-and-set, same mean batch.");
    }

    private static async Task MeasureAsync(Table table, Rounds rounds, DirectoryInfo directory, SqliteSynchronous synchronous, int entities)
    {
        var (measured, batch) = await CommandsAsync(rounds, directory, synchronous, entities);
        var limit = Raw(rounds, directory, synchronous == SqliteSynchronous.Full, entities, batch);
        var rate = Spread.Of(measured, m => m.Cost.PerSecond);
        var rawRate = Spread.Of(limit, cost => cost.PerSecond);
        table.Add(
            synchronous.ToString().ToUpperInvariant(),
            entities.ToString("N0"),
            rate.Show("N0"),
            Spread.Of(measured, m => m.Latency.Percentile(50).TotalMilliseconds).ShowMedian("F2"),
            Spread.Of(measured, m => m.Latency.Percentile(99).TotalMilliseconds).Show("F2"),
            Spread.Of(measured, m => m.Cost.CpuMicroseconds).Show("F1"),
            batch.ToString("F1"),
            $"{Spread.Of(measured, m => m.Fewest).ShowMedian("N0")} / {Spread.Of(measured, m => m.Most).ShowMedian("N0")}",
            rawRate.Show("N0"),
            Spread.Of(limit, cost => cost.CpuMicroseconds).ShowMedian("F1"),
            (rate.Median / rawRate.Median).ToString("P0"));
    }

    private static async Task<(List<CallersCost> Measured, double Batch)> CommandsAsync(
        Rounds rounds, DirectoryInfo directory, SqliteSynchronous synchronous, int entities)
    {
        using var folder = new ScratchFolder(directory);
        await using var store = SqliteStore.Open(new SqliteOptions { DataDirectory = folder.Path, Synchronous = synchronous });
        await using var node = await CounterNode.StartAsync(
            store.Journal, store.Snapshots, new CounterEntity(), store.Leases, store.Projections);
        using var metrics = new MetricsReader();
        var measured = rounds.Run(CallersCount, PersistBench.Loop(node, entities, timed: true));
        return (measured, PersistBench.MeanBatch(metrics));
    }

    private static List<Cost> Raw(Rounds rounds, DirectoryInfo directory, bool full, int entities, double batch)
    {
        using var folder = new ScratchFolder(directory);
        using var database = new RawSqlite(Path.Combine(folder.Path, "raw.db"), full, entities);
        var size = Math.Max(1, (int)Math.Round(batch));
        database.Run(size, rounds.WarmUp);
        return [.. Enumerable.Range(0, rounds.Count).Select(_ => database.Run(size, rounds.Window))];
    }
}
