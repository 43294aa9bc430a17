using AkkaParty.Bench.Measuring;
using AkkaParty.Bench.Sockets;
using AkkaParty.Postgres.TestKit;
using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Bench.Cluster;

/// <summary>
/// Three real nodes under load, of which one is killed, hangs, or is asked to end: how long each party is without an answer, as its
/// host's client sees it, the way to another node included.
/// </summary>
internal sealed class FaultRows(ClusterPlan plan, PostgresServer postgres, Figures figures)
{
    private const int NodesCount = 3;
    private const double LeaseSeconds = 5;
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(3);

    private readonly Table _table = new(
        $"One of {NodesCount} nodes fails: from the fault to the first acknowledged command that was sent after it",
        "fault", "node", "parties", "of these at that node", "p50 ms", "p99 ms", "longest ms", "p99 ms at the others",
        "longest command ms", "sent again", "failed", "commands/s", "load average");

    public async Task RunAsync(string[] only)
    {
        await using var cluster = await PartyCluster.StartAsync(plan.Program, NodesCount, postgres);
        await cluster.WholeAsync();
        await using var load = await PartyLoad.StartAsync(cluster, plan.Parties, plan.PerSecond);
        await Patiently.PassAsync(Calm);
        await CalmAsync(load);
        if (only.Contains("kill"))
        {
            await RepeatAsync(cluster, load, "kill -9", KillAsync, waits => figures.AtMost(
                "kill -9: every entity of the node answers again, p99", waits.P99, 1_500, "N0", "ms"));
        }

        if (only.Contains("hang"))
        {
            await RepeatAsync(cluster, load, "SIGSTOP", HangAsync, waits => figures.AtMost(
                "hung node: every entity of the node answers again, p99", waits.P99, (LeaseSeconds + 2) * 1000, "N0", "ms"));
        }

        if (only.Contains("drain"))
        {
            await RepeatAsync(cluster, load, "SIGTERM", DrainAsync, waits =>
            {
                figures.AtMost("drain: longest pause of any entity", waits.LongestCommand, 300, "N0", "ms");
                figures.AtMost("drain: commands that failed in spite of retries", waits.Failed, 0, "N0", "commands");
            });
        }

        _table.Print();
    }

    /// <summary>The same without a fault: what the machine itself adds.</summary>
    private async Task CalmAsync(PartyLoad load)
    {
        var began = Stamp.Now;
        await Patiently.PassAsync(Calm);
        var answers = load.Clients.SelectMany(client => client.AnswersSince(began)).ToList();
        _table.Add(
            "none", "", plan.Parties.ToString("N0"), "", "", "", "", "", Milliseconds(LongestCommand(answers)), "0", "0",
            (answers.Count / Calm.TotalSeconds).ToString("N0"), Machine.LoadAverage());
    }

    private async Task RepeatAsync(
        PartyCluster cluster, PartyLoad load, string fault, Func<NodeProcess, PartyLoad, long, Task> strike, Action<Waits> judge)
    {
        List<Waits> all = [];
        for (var number = 0; number < plan.Faults; number++)
        {
            var node = cluster.Nodes[number % NodesCount];
            all.Add(await StrikeAsync(cluster, load, fault, node, strike));
            await cluster.WholeAsync();
            load.SpreadAgain();
            await Patiently.PassAsync(Calm);
        }

        judge(new Waits(
            [.. all.SelectMany(waits => waits.There)],
            [.. all.SelectMany(waits => waits.Elsewhere)],
            all.Max(waits => waits.LongestCommand),
            all.Sum(waits => waits.Failed)));
    }

    private async Task<Waits> StrikeAsync(
        PartyCluster cluster, PartyLoad load, string fault, NodeProcess node, Func<NodeProcess, PartyLoad, long, Task> strike)
    {
        var homes = await cluster.HomesAsync();
        var (retries, failures) = (load.Retries, load.Failures);
        var struckAt = Stamp.Now;
        await strike(node, load, struckAt);
        var elapsed = (Stamp.Now - struckAt) / 1e6;
        List<double> there = [];
        List<double> elsewhere = [];
        List<Answer> answers = [];
        foreach (var client in load.Clients)
        {
            var own = client.AnswersSince(struckAt);
            var first = own.Find(answer => answer.SentAt >= struckAt).AnsweredAt;
            (homes[ShardId.Of(client.Party)] == node.Name ? there : elsewhere).Add((first - struckAt) / 1000.0);
            answers.AddRange(own);
        }

        var waits = new Waits(there, elsewhere, LongestCommand(answers), load.Failures - failures);
        _table.Add(
            fault,
            node.Name,
            plan.Parties.ToString("N0"),
            there.Count.ToString("N0"),
            Milliseconds(Waits.Percentile(there, 50)),
            Milliseconds(waits.P99),
            Milliseconds(there.Max()),
            Milliseconds(Waits.Percentile(elsewhere, 99)),
            Milliseconds(waits.LongestCommand),
            (load.Retries - retries).ToString("N0"),
            waits.Failed.ToString("N0"),
            (answers.Count / elapsed).ToString("N0"),
            Machine.LoadAverage());
        return waits;
    }

    private static async Task KillAsync(NodeProcess node, PartyLoad load, long struckAt)
    {
        node.Signal("KILL");
        await load.AnsweredAsync(struckAt);
        await node.EndedAsync();
        node.Start();
    }

    private static async Task HangAsync(NodeProcess node, PartyLoad load, long struckAt)
    {
        node.Signal("STOP");
        try
        {
            await load.AnsweredAsync(struckAt);
        }
        finally
        {
            node.Signal("CONT");
        }
    }

    private static async Task DrainAsync(NodeProcess node, PartyLoad load, long struckAt)
    {
        node.Signal("TERM");
        await node.EndedAsync();
        await load.AnsweredAsync(Stamp.Now);
        node.Start();
    }

    private static double LongestCommand(List<Answer> answers) => answers.Max(answer => answer.AnsweredAt - answer.DueAt) / 1000.0;

    private static string Milliseconds(double value) => value.ToString("N0");

    /// <summary>How long parties were without an answer, in milliseconds.</summary>
    private sealed record Waits(List<double> There, List<double> Elsewhere, double LongestCommand, int Failed)
    {
        public double P99 => Percentile(There, 99);

        public static double Percentile(List<double> values, double percent) =>
            values.Order().ElementAt(Math.Max(0, (int)Math.Ceiling(values.Count * percent / 100) - 1));
    }
}
