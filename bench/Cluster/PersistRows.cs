using AkkaParty.Bench.Measuring;
using AkkaParty.Bench.Runtime;
using AkkaParty.Postgres.TestKit;
using AkkaParty.Runtime.Postgres;
using AkkaParty.Runtime.TestKit.Counters;

namespace AkkaParty.Bench.Cluster;

/// <summary>Commands that store one event each on PostgreSQL, next to a bare group commit of the same server in the same run.</summary>
internal static class PersistRows
{
    public static async Task RunAsync(Rounds rounds, PostgresServer postgres, Figures figures)
    {
        var table = new Table(
            "Persisted commands on PostgreSQL (fsync on), command ids on",
            "callers", "entities", "commands/s", "p50 ms", "p99 ms", "CPU us each", "operations per commit",
            "raw group commit/s", "its CPU us", "its rows per commit", "of the raw rate");
        foreach (var (callers, entities, goal) in new[] { (64, 64, 40_000), (512, 512, 80_000) })
        {
            var (measured, batch) = await CommandsAsync(rounds, postgres, callers, entities);
            var (raw, rawBatch) = await RawAsync(rounds, postgres, callers, entities);
            var rate = Spread.Of(measured, m => m.Cost.PerSecond);
            var cpu = Spread.Of(measured, m => m.Cost.CpuMicroseconds);
            var rawRate = Spread.Of(raw, m => m.Cost.PerSecond);
            table.Add(
                callers.ToString("N0"),
                entities.ToString("N0"),
                rate.Show("N0"),
                Spread.Of(measured, m => m.Latency.Percentile(50).TotalMilliseconds).ShowMedian("F2"),
                Spread.Of(measured, m => m.Latency.Percentile(99).TotalMilliseconds).Show("F2"),
                cpu.Show("F1"),
                batch.ToString("F1"),
                rawRate.Show("N0"),
                Spread.Of(raw, m => m.Cost.CpuMicroseconds).ShowMedian("F1"),
                rawBatch.ToString("F1"),
                (rate.Median / rawRate.Median).ToString("P0"));
            figures.AtLeast($"persisted commands, {callers} callers", rate.Median, goal, "N0", "/s");
            if (callers == 64)
            {
                figures.AtLeast("of the raw group commit, 64 callers", 100 * rate.Median / rawRate.Median, 60, "F0", "%");
                figures.AtMost("CPU in the process per command, 64 callers", cpu.Median, 13, "F1", "us");
            }
        }

        table.Print();
        Console.WriteLine();
        Console.WriteLine("The raw group commit: the same callers, one connection, one multi-row unnest insert of all that wait, 200-byte events.");
    }

    private static async Task<(List<CallersCost> Measured, double Batch)> CommandsAsync(
        Rounds rounds, PostgresServer postgres, int callers, int entities)
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var store = await PostgresStore.OpenAsync(new PostgresOptions { ConnectionString = database.ConnectionString });
        await using var node = await CounterNode.StartAsync(
            store.Journal, store.Snapshots, new CounterEntity(), store.Leases, store.Projections);
        using var metrics = new MetricsReader();
        var measured = rounds.Run(callers, PersistBench.Loop(node, entities, timed: true));
        return (measured, PersistBench.MeanBatch(metrics));
    }

    private static async Task<(List<CallersCost> Measured, double Batch)> RawAsync(
        Rounds rounds, PostgresServer postgres, int callers, int entities)
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var raw = await RawGroupCommit.OpenAsync(database);
        var measured = rounds.Run(callers, async caller =>
        {
            long seq = 0;
            var entity = caller.Index % entities;
            while (caller.Goes)
            {
                await raw.AppendAsync(entity, ++seq);
                caller.Done();
            }
        });
        return (measured, raw.MeanBatch);
    }
}
