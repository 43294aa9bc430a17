using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AkkaParty.Chaos.Machines;
using Npgsql;

namespace AkkaParty.EndToEnd.Clusters;

/// <summary>A dump, as the operations page tells to make it, brings everything back on another PostgreSQL.</summary>
[Collection(ClusterTestGroup.Name)]
public sealed class BackupTests
{
    [Fact]
    public async Task A_dump_taken_while_the_cluster_runs_is_restored_and_served_by_new_nodes()
    {
        await using var cluster = await Cluster.StartAsync(new ClusterPlan { Nodes = 2, NodesMax = 2, LeaseSeconds = 2 });
        using var http = new HttpClient();
        using var created = await http.PostAsJsonAsync(new Uri(cluster.Nodes[0].Url, "/api/party"), new { name = "Kept" });
        created.StatusCode.ShouldBe(HttpStatusCode.Created);
        var party = JsonDocument.Parse(await created.Content.ReadAsStringAsync()).RootElement.GetProperty("party_id").GetString();
        var dump = Path.Combine(cluster.Folder, "akkaparty.dump");
        await RunAsync(cluster.Database, "pg_dump", "--format=custom", "--schema=akkaparty", $"--file={dump}");

        await using var restored = await Cluster.PrepareAsync(new ClusterPlan { Nodes = 2, NodesMax = 2, LeaseSeconds = 2 });
        await RunAsync(restored.Database, "pg_restore", "--no-owner", "--exit-on-error", "--dbname=postgres", dump);
        foreach (var node in restored.Nodes)
        {
            node.Start();
        }

        await restored.WholeAsync();
        var url = new Uri(restored.Nodes[1].Url, $"/api/party/{party}");
        (await http.GetFromJsonAsync<JsonElement>(url)).GetProperty("name").GetString().ShouldBe("Kept");
        using var another = await http.PostAsJsonAsync(new Uri(restored.Nodes[0].Url, "/api/party"), new { name = "New" });
        another.StatusCode.ShouldBe(HttpStatusCode.Created, "what is new comes after what was restored");
        (await restored.JournalAsync()).Select(e => e.Entity).Distinct().Count().ShouldBe(2);
    }

    private static Task<string> RunAsync(Database database, string program, params string[] arguments)
    {
        var at = new NpgsqlConnectionStringBuilder(database.ConnectionString());
        return Tool.RunAsync(
            "env", [
                $"PGHOST={at.Host}", $"PGPORT={at.Port}", $"PGUSER={at.Username}", $"PGPASSWORD={at.Password}", $"PGDATABASE={at.Database}",
                program, .. arguments,
            ]);
    }
}
