using AkkaParty.EndToEnd.Harness;

namespace AkkaParty.EndToEnd.Docs;

/// <summary>docs/operations.md explains what the server exports.</summary>
public sealed class OperationsPageTests
{
    [Fact]
    public async Task Every_metric_is_explained()
    {
        await using var server = await ServerProcess.StartAsync();
        await using var table = await PartyTable.SeatAsync(server, 2);
        await table.FillPoolAsync("900000126");
        await table.Host.RefusedAsync("vote_nomination", new { vote = "yay" }, "no_nomination");

        var metrics = await server.Http.GetStringAsync("/metrics");

        var exported = metrics.Split('\n')
            .Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[2])
            .ToList();
        exported.ShouldContain("akkaparty_http_sessions", metrics);
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "operations.md"));
        exported.Where(name => !page.Contains($"`{name}`", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
