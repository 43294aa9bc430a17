using System.Diagnostics;
using AkkaParty.Bench.Measuring;
using AkkaParty.Postgres.TestKit;

namespace AkkaParty.Bench.Cluster;

/// <summary>Ten real nodes start at the same moment on an empty database.</summary>
internal static class StartRow
{
    private const int NodesCount = 10;

    public static async Task RunAsync(ClusterPlan plan, PostgresServer postgres, Figures figures)
    {
        var table = new Table(
            $"{NodesCount} nodes start at once on an empty database",
            "round", "all ready after s", "evenly shared after s", "shards of each");
        List<double> all = [];
        List<int> spreads = [];
        for (var round = 1; round <= plan.Rounds.Count; round++)
        {
            var startedAt = Stopwatch.GetTimestamp();
            await using var cluster = await PartyCluster.StartAsync(plan.Program, NodesCount, postgres);
            await Task.WhenAll(cluster.Nodes.Select(node => node.ReadyAsync()));
            var ready = Stopwatch.GetElapsedTime(startedAt);
            await cluster.BalancedAsync();
            var shared = Stopwatch.GetElapsedTime(startedAt);
            var counts = (await cluster.HomesAsync()).CountBy(home => home).Select(count => count.Value).Order().ToList();
            table.Add(round.ToString(), ready.TotalSeconds.ToString("F1"), shared.TotalSeconds.ToString("F1"), string.Join(' ', counts));
            all.Add(shared.TotalSeconds);
            spreads.Add(counts[^1] - counts[0]);
        }

        table.Print();
        figures.AtMost($"{NodesCount} nodes at once: all ready and shards shared, longest round", all.Max(), 15, "F1", "s");
        figures.AtMost($"{NodesCount} nodes at once: shard counts differ by", spreads.Max(), 1, "N0", "shards");
    }
}
