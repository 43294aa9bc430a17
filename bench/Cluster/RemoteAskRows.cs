using System.Diagnostics;
using AkkaParty.Bench.Measuring;
using AkkaParty.Bench.Runtime;
using AkkaParty.Postgres.TestKit;
using AkkaParty.Runtime.TestKit.Counters;

namespace AkkaParty.Bench.Cluster;

/// <summary>Questions to entities that live in another process, over the real link.</summary>
internal static class RemoteAskRows
{
    private const int Entities = 1_000;

    public static async Task RunAsync(Rounds rounds, PostgresServer postgres, Figures figures)
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var here = await CounterMember.StartAsync("here", database.ConnectionString);
        using var there = await CounterProcess.StartAsync("there", database.ConnectionString);
        await here.BalancedAsync(2);
        var ids = here.IdsAt("there", Entities);
        var table = new Table(
            "Asks without events to entities in another process (loopback)",
            "callers", "asks/s", "p50 us", "p99 us", "CPU us each here", "CPU us each there", "bytes each here", "in flight");
        foreach (var callers in new[] { 1, 64 })
        {
            var (measured, cpuThere) = Measure(rounds, here, there, ids, callers);
            var rate = Spread.Of(measured, m => m.Cost.PerSecond);
            var median = Spread.Of(measured, m => m.Latency.Percentile(50).TotalMicroseconds);
            table.Add(
                callers.ToString("N0"),
                rate.Show("N0"),
                median.Show("F0"),
                Spread.Of(measured, m => m.Latency.Percentile(99).TotalMicroseconds).Show("F0"),
                Spread.Of(measured, m => m.Cost.CpuMicroseconds).Show("F2"),
                Spread.Of(cpuThere, cpu => cpu).Show("F2"),
                Spread.Of(measured, m => m.Cost.BytesEach).ShowMedian("F0"),
                Spread.Of(measured, m => m.InFlight).ShowMedian("F1"));
            if (callers == 1)
            {
                figures.AtMost("remote ask, 1 caller, p50", median.Median, 150, "F0", "us");
            }
            else
            {
                figures.AtLeast("remote asks, 64 callers", rate.Median, 200_000, "N0", "/s");
            }
        }

        table.Print();
    }

    private static (List<CallersCost> Here, List<double> There) Measure(
        Rounds rounds, CounterMember here, CounterProcess there, string[] ids, int count)
    {
        using var callers = new Callers(count, caller => AskAsync(here, ids, caller));
        callers.Warm(rounds.WarmUp);
        List<CallersCost> measured = [];
        List<double> cpu = [];
        for (var round = 0; round < rounds.Count; round++)
        {
            var before = there.Cpu;
            measured.Add(callers.Measure(rounds.Window));
            cpu.Add((there.Cpu - before).TotalMicroseconds / Math.Max(1, measured[^1].Cost.Operations));
        }

        return (measured, cpu);
    }

    private static async Task AskAsync(CounterMember here, string[] ids, Callers.Caller caller)
    {
        var next = caller.Index * 7919;
        while (caller.Goes)
        {
            var startedAt = Stopwatch.GetTimestamp();
            var asked = here.Region.QueryAsync(ids[next++ % ids.Length], GetValue.Instance);
            if (!asked.IsCompleted)
            {
                caller.Waits();
            }

            CounterNode.Check(await asked);
            caller.Latency.Record(Stopwatch.GetElapsedTime(startedAt));
            caller.Done();
        }
    }
}
