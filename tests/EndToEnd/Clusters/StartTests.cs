using System.Globalization;
using System.Net;
using AkkaParty.Chaos;
using AkkaParty.Chaos.Machines;

namespace AkkaParty.EndToEnd.Clusters;

/// <summary>What can go wrong when nodes of a cluster start.</summary>
[Collection(ClusterTestGroup.Name)]
public sealed class StartTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Without_its_database_a_node_waits_says_so_and_serves_once_it_is_there()
    {
        await using var cluster = await Cluster.PrepareAsync(new ClusterPlan { Nodes = 1, NodesMax = 1 });
        var node = cluster.Nodes[0];
        await cluster.Database.StopAsync();
        node.Start();

        await Pace.UntilAsync(
            "two lines", Patience, () => Task.FromResult(Lines(node, "Waiting for the database") >= 2), () => node.Process.Output);
        (await node.GetAsync("/health/live")).Status.ShouldBe(HttpStatusCode.OK);
        (await node.GetAsync("/health/ready")).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await node.GetAsync("/api/party/0197c2a4-0f6e-7c1d-9a55-1f0e6d3b8a10")).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);

        await cluster.Database.StartAsync();
        await node.ReadyAsync();
        (await node.TerminateAsync()).ShouldBe(0, node.Process.Output);
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused_in_one_line()
    {
        await using var cluster = await Cluster.PrepareAsync(new ClusterPlan { Nodes = 1, NodesMax = 1 });
        var node = cluster.Nodes[0];
        await cluster.Database.ExecuteAsync(
            "CREATE SCHEMA akkaparty; CREATE TABLE akkaparty.schema_versions (version integer PRIMARY KEY, applied_at timestamptz)");
        await cluster.Database.ExecuteAsync("INSERT INTO akkaparty.schema_versions VALUES (999, now())");
        node.Start();

        (await node.Process.EndAsync()).ShouldBe(1, node.Process.Output);
        node.Process.Output.ShouldContain("was written by a newer AkkaParty (schema 999");
        node.Process.Output.ShouldNotContain("   at ", Case.Sensitive, "no stack trace");
    }

    [Fact]
    public async Task A_cluster_without_a_secret_does_not_start()
    {
        await using var cluster = await Cluster.PrepareAsync(new ClusterPlan
        {
            Nodes = 1,
            NodesMax = 1,
            Settings = new Dictionary<string, string> { ["Cluster__Secret"] = "" },
        });
        var node = cluster.Nodes[0];
        node.Start();

        (await node.Process.EndAsync()).ShouldBe(2, node.Process.Output);
        node.Process.Output.ShouldContain("AkkaParty:Cluster:Secret");
    }

    [Fact]
    public async Task A_second_live_node_of_the_same_name_is_refused_and_a_killed_one_comes_back_at_once()
    {
        await using var cluster = await Cluster.PrepareAsync(new ClusterPlan
        {
            Nodes = 1,
            NodesMax = 2,
            Settings = new Dictionary<string, string> { ["Cluster__NodeName"] = "twin" },
        });
        var (first, second) = (cluster.Nodes[0], cluster.Nodes[1]);
        first.Start();
        await first.ReadyAsync();

        second.Start();
        (await second.Process.EndAsync()).ShouldBe(1, second.Process.Output);
        second.Process.Output.ShouldContain("twin");
        (await first.IsReadyAsync()).ShouldBeTrue("the first one goes on");

        await first.Kill9Async();
        first.Start();
        await first.ReadyAsync();
    }

    [Fact]
    public async Task A_node_with_another_secret_is_refused_by_the_others_and_both_sides_log_it()
    {
        await using var cluster = await Cluster.PrepareAsync(new ClusterPlan
        {
            Nodes = 1,
            NodesMax = 2,
            EnvironmentOf = number => number == 1 ? new Dictionary<string, string>() : new Dictionary<string, string>
            {
                ["AkkaParty__Cluster__Secret"] = "a-secret-of-somebody-else",
            },
        });
        var (first, second) = (cluster.Nodes[0], cluster.Nodes[1]);
        first.Start();
        await first.ReadyAsync();
        second.Start();

        await Pace.UntilAsync(
            "a line about the secret", Patience,
            () => Task.FromResult(Lines(first, "secret") + Lines(second, "secret") >= 1),
            () => first.Process.Output + second.Process.Output);
        (first.Process.Output + second.Process.Output).ShouldNotContain("a-secret-of-somebody-else");
    }

    [Fact]
    public async Task Ten_nodes_that_start_at_once_on_an_empty_database_share_the_shards_evenly()
    {
        const int nodes = 10;
        await using var cluster = await Cluster.StartAsync(new ClusterPlan { Nodes = nodes, NodesMax = nodes, LeaseSeconds = 10 });

        var shards = await cluster.ShardsAsync();

        shards.Keys.Order().ShouldBe(cluster.Nodes.Select(node => node.Name).Order());
        shards.Values.Order().ToArray().ShouldBe(
            [.. Enumerable.Repeat(256 / nodes, nodes - (256 % nodes)), .. Enumerable.Repeat((256 / nodes) + 1, 256 % nodes)],
            string.Join(", ", shards.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Key}: {s.Value}"))));
    }

    private static int Lines(ClusterNode node, string text) => !File.Exists(node.LogFile)
        ? 0
        : File.ReadLines(node.LogFile).Count(line => line.Contains(text, StringComparison.Ordinal));
}
