using AkkaParty.Bench.Measuring;
using AkkaParty.Postgres.TestKit;
using AkkaParty.Runtime.Postgres;
using AkkaParty.Runtime.TestKit.Counters;

namespace AkkaParty.Bench.Runtime;

/// <summary>Commands that store one event each on PostgreSQL (fsync on), next to a bare group commit of as many callers.</summary>
internal static class PostgresBench
{
    private const string Akka = "29,200 at 25.7 us (Akka.Persistence.Sql 1.5.30, measured elsewhere)";

    // What an operator gives a server of this size; the rest is as it comes.
    private static readonly string[] Settings = ["shared_buffers=256MB", "max_wal_size=4GB"];

    private static readonly (int Callers, int Entities)[] Shapes = [(64, 64), (64, 10_000), (512, 512)];

    /// <summary>Measures every shape, or only those with a goal when that is to be judged.</summary>
    public static async Task RunAsync(Rounds rounds, Figures? figures = null)
    {
        var table = new Table(
            "Persisted commands on PostgreSQL, fsync on, command ids on, a projection reading back",
            "callers", "entities", "commands/s", "p50 ms", "p99 ms", "CPU us each", "bytes each", "operations per commit",
            "fewest/most per caller", "raw group commit/s", "its CPU us", "of the raw rate", "for comparison/s");
        await using var server = await PostgresServer.StartNewAsync(Settings);
        foreach (var (callers, entities) in Shapes.Where(shape => figures is null || shape.Callers == shape.Entities))
        {
            await MeasureAsync(table, rounds, server, callers, entities, figures);
        }

        table.Print();
        Console.WriteLine();
        Console.WriteLine($"The server: on this machine, over loopback TCP, {string.Join(", ", Settings)}, otherwise Debian's defaults.");
        Console.WriteLine(
            "The raw group commit: as many callers, one connection, whatever waits goes into one prepared multi-row insert (unnest) of " +
            "the same columns with a unique (entity, seq); no heads, no order of all events, no actors.");
    }

    private static async Task MeasureAsync(
        Table table, Rounds rounds, PostgresServer server, int callers, int entities, Figures? figures)
    {
        List<CallersCost> measured = [];
        List<double> batches = [];
        List<CallersCost> limit = [];
        for (var round = 0; round < rounds.Count; round++)
        {
            // By turns, so that whatever else the machine does meets both.
            var one = rounds with { Count = 1, WarmUp = round == 0 ? rounds.WarmUp : rounds.WarmUp / 4 };
            var (own, batch) = await CommandsAsync(one, server, callers, entities);
            measured.AddRange(own);
            batches.Add(batch);
            limit.AddRange(await RawAsync(one, server, callers, entities));
        }

        var rate = Spread.Of(measured, m => m.Cost.PerSecond);
        var rawRate = Spread.Of(limit, m => m.Cost.PerSecond);
        var cpu = Spread.Of(measured, m => m.Cost.CpuMicroseconds);
        table.Add(
            callers.ToString("N0"),
            entities.ToString("N0"),
            rate.Show("N0"),
            Spread.Of(measured, m => m.Latency.Percentile(50).TotalMilliseconds).ShowMedian("F2"),
            Spread.Of(measured, m => m.Latency.Percentile(99).TotalMilliseconds).Show("F2"),
            cpu.Show("F1"),
            Spread.Of(measured, m => m.Cost.BytesEach).ShowMedian("N0"),
            Spread.Of(batches, batch => batch).ShowMedian("F1"),
            $"{Spread.Of(measured, m => m.Fewest).ShowMedian("N0")} / {Spread.Of(measured, m => m.Most).ShowMedian("N0")}",
            rawRate.Show("N0"),
            Spread.Of(limit, m => m.Cost.CpuMicroseconds).ShowMedian("F1"),
            (rate.Median / rawRate.Median).ToString("P0"),
            (callers, entities) == (64, 64) ? Akka : "");
        figures?.AtLeast($"persisted commands, {callers} callers", rate.Median, callers == 64 ? 40_000 : 80_000, "N0", "/s");
        if (callers == 64)
        {
            figures?.AtLeast("persisted commands, 64 callers, of the raw group commit", 100 * rate.Median / rawRate.Median, 60, "F0", "%");
            figures?.AtMost("persisted commands, 64 callers, CPU of the process for each", cpu.Median, 13, "F1", "us");
        }
    }

    private static async Task<(List<CallersCost> Measured, double Batch)> CommandsAsync(
        Rounds rounds, PostgresServer server, int callers, int entities)
    {
        await using var database = await server.CreateDatabaseAsync();
        await using var store = await PostgresStore.OpenAsync(new PostgresOptions { ConnectionString = database.ConnectionString });
        await using var node = await CounterNode.StartAsync(
            store.Journal, store.Snapshots, new CounterEntity(), store.Leases, store.Projections);
        using var metrics = new MetricsReader();
        var measured = rounds.Run(callers, PersistBench.Loop(node, entities, timed: true, callers));
        return (measured, PersistBench.MeanBatch(metrics));
    }

    private static async Task<List<CallersCost>> RawAsync(Rounds rounds, PostgresServer server, int callers, int entities)
    {
        await using var database = await server.CreateDatabaseAsync();
        await using var raw = await RawPostgres.OpenAsync(database);
        return rounds.Run(callers, async caller =>
        {
            var heads = new long[(entities + callers - 1) / callers];
            for (var turn = 0; caller.Goes; turn++)
            {
                var place = turn % heads.Length;
                await raw.InsertAsync(caller.Index + ((long)place * callers), ++heads[place]);
                caller.Done();
            }
        });
    }
}
