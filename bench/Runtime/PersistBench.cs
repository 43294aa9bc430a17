using System.Diagnostics;
using AkkaParty.Bench.Measuring;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.TestKit.Counters;

namespace AkkaParty.Bench.Runtime;

/// <summary>Commands that store one event each, with a command id, over the in-memory journal.</summary>
internal static class PersistBench
{
    private const int CallersCount = 64;
    private const string Published = "577,000 (Akka.NET, in-memory, without encoding; published figure)";
    private static readonly int[] Shapes = [64, 1, 10_000];

    public static async Task RunAsync(Rounds rounds)
    {
        var table = new Table(
            "Persisted commands, in-memory journal, 64 callers, command ids on",
            "entities", "commands/s", "CPU us each", "bytes each", "operations per commit", "in flight", "threads",
            "fewest/most per caller",
            "for comparison/s");
        foreach (var entities in Shapes)
        {
            List<CallersCost> measured = [];
            List<double> batches = [];
            for (var round = 0; round < rounds.Count; round++)
            {
                // A journal that only grows would make the last round's collections dearer than the first's.
                await using var node = await CounterNode.StartAsync();
                using var metrics = new MetricsReader();
                measured.AddRange((rounds with { Count = 1 }).Run(CallersCount, Loop(node, entities, timed: false)));
                batches.Add(MeanBatch(metrics));
            }

            table.Add(
                entities.ToString("N0"),
                Spread.Of(measured, m => m.Cost.PerSecond).Show("N0"),
                Spread.Of(measured, m => m.Cost.CpuMicroseconds).Show("F2"),
                Spread.Of(measured, m => m.Cost.BytesEach).ShowMedian("N0"),
                Spread.Of(batches, b => b).ShowMedian("F1"),
                Spread.Of(measured, m => m.InFlight).ShowMedian("F1"),
                Spread.Of(measured, m => m.Threads).ShowMedian("N0"),
                $"{Spread.Of(measured, m => m.Fewest).ShowMedian("N0")} / {Spread.Of(measured, m => m.Most).ShowMedian("N0")}",
                entities == 64 ? Published : "");
        }

        table.Print();
    }

    /// <summary>The operations of a mean commit so far.</summary>
    public static double MeanBatch(MetricsReader metrics)
    {
        var (sum, count) = metrics.Read("akkaparty.journal.commit.operations");
        return sum / Math.Max(1, count);
    }

    /// <summary>One caller: a command at a time, to its own entities in turn.</summary>
    public static Func<Callers.Caller, Task> Loop(CounterNode node, int entities, bool timed, int callers = CallersCount)
    {
        var ids = CounterNode.Ids(entities);
        var command = new Add(1, "one more for the bench");
        return async caller =>
        {
            var session = CounterNode.SessionOf(caller.Index);
            var next = caller.Index;
            long number = 0;
            while (caller.Goes)
            {
                var startedAt = timed ? Stopwatch.GetTimestamp() : 0;
                var asked = node.Region.AskAsync(ids[next % ids.Length], command, new CommandId(session, ++number));
                if (!asked.IsCompleted)
                {
                    caller.Waits();
                }

                CounterNode.Check(await asked);
                if (timed)
                {
                    caller.Latency.Record(Stopwatch.GetElapsedTime(startedAt));
                }

                caller.Done();
                next += callers;
            }
        };
    }
}
