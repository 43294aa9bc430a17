using System.Net;
using System.Net.Http.Json;
using AkkaParty.Chaos;
using AkkaParty.Chaos.Machines;
using AkkaParty.Chaos.Running;

namespace AkkaParty.EndToEnd.Clusters;

/// <summary>PostgreSQL's disk is full: writes are refused with 503, and all recovers when there is room again.</summary>
[Collection(ClusterTestGroup.Name)]
public sealed class FullDiskTests(ITestOutputHelper output)
{
    private const int Megabytes = 80;

    [Fact]
    public async Task A_full_disk_refuses_writes_and_loses_nothing()
    {
        using var folder = new Scratch();
        await using var disk = await SmallDisk.MountAsync(folder.At("disk"), Megabytes);
        await using var cluster = await Cluster.StartAsync(new ClusterPlan
        {
            Nodes = 2,
            NodesMax = 2,
            LeaseSeconds = 3,
            Database = new DatabaseSetup
            {
                DataFolder = disk.Path,
                Settings = ["max_wal_size=4MB", "min_wal_size=2MB", "wal_recycle=off"],
            },
        });
        using var load = await LoadClients.StartAsync(cluster, new LoadPlan(1, 4, 3, 10));

        disk.Fill();
        await Pace.UntilAsync(
            "a refused write", TimeSpan.FromSeconds(60), async () =>
            {
                disk.Fill();
                return await CreateAsync(cluster.Nodes[0]) == HttpStatusCode.ServiceUnavailable;
            });
        await Pace.UntilAsync(
            "a node that says that it can keep nothing", TimeSpan.FromSeconds(10), async () =>
            {
                var ready = await Task.WhenAll(cluster.Nodes.Select(ReadyAsync));
                return ready.Contains(HttpStatusCode.ServiceUnavailable);
            });
        cluster.Nodes.ShouldAllBe(node => node.Running);
        disk.Free();
        if (!await cluster.Database.IsRunningAsync())
        {
            output.WriteLine("PostgreSQL had stopped itself.");
            await cluster.Database.StartAsync();
        }

        await cluster.WholeAsync();
        await load.ServedSinceAsync(Pace.Now);
        await load.FinishAsync();
        var report = await new ChaosRun(cluster, load, output.WriteLine).CompareAsync();
        output.WriteLine(ReportText.Of(report.Check));
        report.Check.Findings.ShouldBeEmpty();
    }

    private static async Task<HttpStatusCode> ReadyAsync(ClusterNode node)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(15) };
        using var response = await http.GetAsync(new Uri(node.Url, "/health/ready"));
        return response.StatusCode;
    }

    private static async Task<HttpStatusCode?> CreateAsync(ClusterNode node)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(15) };
        try
        {
            using var response = await http.PostAsJsonAsync(new Uri(node.Url, "/api/party"), new { name = "Full" });
            return response.StatusCode;
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
