using AkkaParty.Bench.Measuring;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.TestKit.Counters;

namespace AkkaParty.Bench.Runtime;

/// <summary>Asks that store nothing: queries answered from memory, and commands that only go through the head's check.</summary>
internal static class AskBench
{
    private static readonly (int Callers, int Entities)[] Shapes = [(1, 1), (1, 1_000), (64, 1), (64, 1_000)];

    public static async Task RunAsync(Rounds rounds)
    {
        var table = new Table(
            "Asks without events (local, through region and shard)",
            "what", "callers", "entities", "asks/s", "CPU us each", "bytes each", "in flight", "fewest/most per caller",
            "bare channel/s", "its CPU us", "CPU ratio");
        foreach (var (callers, entities) in Shapes)
        {
            var bare = await BareAsync(rounds, callers, entities);
            Row(table, "query", callers, entities, await QueriesAsync(rounds, callers, entities), bare);
            Row(table, "rejected command", callers, entities, await RejectionsAsync(rounds, callers, entities), bare);
        }

        table.Print();
        Console.WriteLine();
        Console.WriteLine("The bare channel: Channel + TaskCompletionSource per ask, one reader task per entity, same callers, same run.");
    }

    private static async Task<List<CallersCost>> QueriesAsync(Rounds rounds, int callers, int entities)
    {
        await using var node = await CounterNode.StartAsync();
        var ids = CounterNode.Ids(entities);
        return rounds.Run(callers, async caller =>
        {
            var next = caller.Index * 7919;
            while (caller.Goes)
            {
                var asked = node.Region.QueryAsync(ids[next++ % ids.Length], GetValue.Instance);
                if (!asked.IsCompleted)
                {
                    caller.Waits();
                }

                CounterNode.Check(await asked);
                caller.Done();
            }
        });
    }

    private static async Task<List<CallersCost>> RejectionsAsync(Rounds rounds, int callers, int entities)
    {
        await using var node = await CounterNode.StartAsync();
        var ids = CounterNode.Ids(entities);
        var command = new Add(-1);
        return rounds.Run(callers, async caller =>
        {
            var next = caller.Index * 7919;
            var session = CounterNode.SessionOf(caller.Index);
            long number = 0;
            while (caller.Goes)
            {
                var asked = node.Region.AskAsync(ids[next++ % ids.Length], command, new CommandId(session, ++number));
                if (!asked.IsCompleted)
                {
                    caller.Waits();
                }

                CounterNode.Check(await asked, AskOutcome.Rejected);
                caller.Done();
            }
        });
    }

    private static async Task<List<CallersCost>> BareAsync(Rounds rounds, int callers, int entities)
    {
        await using var channels = new BareChannels(entities);
        return rounds.Run(callers, async caller =>
        {
            var next = caller.Index * 7919;
            while (caller.Goes)
            {
                var asked = channels.AskAsync(next++ % entities);
                if (!asked.IsCompleted)
                {
                    caller.Waits();
                }

                await asked;
                caller.Done();
            }
        });
    }

    private static void Row(Table table, string what, int callers, int entities, List<CallersCost> measured, List<CallersCost> bare)
    {
        var cpu = Spread.Of(measured, m => m.Cost.CpuMicroseconds);
        var bareCpu = Spread.Of(bare, m => m.Cost.CpuMicroseconds);
        table.Add(
            what,
            callers.ToString("N0"),
            entities.ToString("N0"),
            Spread.Of(measured, m => m.Cost.PerSecond).Show("N0"),
            cpu.Show("F2"),
            Spread.Of(measured, m => m.Cost.BytesEach).ShowMedian("F0"),
            Spread.Of(measured, m => m.InFlight).ShowMedian("F1"),
            $"{Spread.Of(measured, m => m.Fewest).ShowMedian("N0")} / {Spread.Of(measured, m => m.Most).ShowMedian("N0")}",
            Spread.Of(bare, m => m.Cost.PerSecond).ShowMedian("N0"),
            bareCpu.ShowMedian("F2"),
            (cpu.Median / bareCpu.Median).ToString("F1"));
    }
}
