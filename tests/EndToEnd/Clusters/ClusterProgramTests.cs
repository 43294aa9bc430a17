using System.Net;
using System.Text.Json;
using AkkaParty.Chaos.Machines;
using AkkaParty.EndToEnd.Harness;

namespace AkkaParty.EndToEnd.Clusters;

/// <summary><c>eng/cluster</c>: every verb returns when what it did is true.</summary>
[Collection(ClusterTestGroup.Name)]
public sealed class ClusterProgramTests : IAsyncDisposable
{
    private readonly Scratch _folder = new();

    [Fact]
    public async Task A_cluster_is_started_broken_mended_and_stopped_by_its_verbs()
    {
        await RunAsync("start", "2");
        var status = await StatusAsync();
        using var http = new HttpClient();
        status.Nodes.Select(node => node.Name).ShouldBe(["node1", "node2"]);
        (await http.GetAsync(new Uri(status.Balancer, "/health/ready"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var node in status.Nodes)
        {
            (await http.GetAsync(new Uri(node.Url, "/health/ready"))).StatusCode.ShouldBe(HttpStatusCode.OK);
            IsRunning(node.Pid).ShouldBeTrue();
        }

        await RunAsync("kill", "2");
        IsRunning(status.Nodes[1].Pid).ShouldBeFalse();
        (await StatusAsync()).Nodes.Select(node => node.Pid is null).ShouldBe([false, true]);
        (await http.GetAsync(new Uri(status.Balancer, "/health/live"))).StatusCode.ShouldBe(HttpStatusCode.OK, "the other one serves");

        await RunAsync("restart", "2");
        var restarted = (await StatusAsync()).Nodes[1];
        restarted.Pid.ShouldNotBe(status.Nodes[1].Pid);
        (await http.GetAsync(new Uri(restarted.Url, "/health/ready"))).StatusCode.ShouldBe(HttpStatusCode.OK);

        await RunAsync("pause", "1");
        StateOf(status.Nodes[0].Pid).ShouldBe('T');
        await RunAsync("resume", "1");
        StateOf(status.Nodes[0].Pid).ShouldNotBe('T');
        (await http.GetAsync(new Uri(status.Nodes[0].Url, "/health/ready"))).StatusCode.ShouldBe(HttpStatusCode.OK);

        await RunAsync("stop");
        (await StatusAsync()).Nodes.ShouldAllBe(node => node.Pid == null);
        IsRunning(restarted.Pid).ShouldBeFalse();
    }

    [Fact]
    public async Task A_verb_that_cannot_be_carried_out_says_why()
    {
        (await TryAsync("kill", "1")).ShouldSatisfyAllConditions(
            answer => answer.ExitCode.ShouldBe(1), answer => answer.Output.ShouldContain("there is no node 1"));
        (await TryAsync("start", "many")).ShouldSatisfyAllConditions(
            answer => answer.ExitCode.ShouldBe(2), answer => answer.Output.ShouldContain("many is no number"));
        (await TryAsync("dance")).ShouldSatisfyAllConditions(
            answer => answer.ExitCode.ShouldBe(2), answer => answer.Output.ShouldContain("there is no verb dance"));
    }

    public async ValueTask DisposeAsync()
    {
        await TryAsync("stop");
        _folder.Dispose();
    }

    private async Task RunAsync(params string[] arguments)
    {
        var (exitCode, output) = await TryAsync(arguments);
        exitCode.ShouldBe(0, output);
    }

    private Task<(int ExitCode, string Output)> TryAsync(params string[] arguments) => Tool.TryAsync(
        "env", [
            $"AKKAPARTY_CLUSTER_HOME={_folder.At("cluster")}", $"AKKAPARTY_SERVER={Repository.Server}",
            Path.Combine(Repository.Root, "eng", "cluster"), .. arguments,
        ]);

    private async Task<Status> StatusAsync()
    {
        var (exitCode, output) = await TryAsync("status", "--json");
        exitCode.ShouldBe(0, output);
        return JsonSerializer.Deserialize<Status>(output, JsonSerializerOptions.Web)!;
    }

    private static bool IsRunning(int? pid) => StateOf(pid) is not (null or 'Z');

    private static char? StateOf(int? pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[stat.LastIndexOf(')') + 2];
        }
        catch (IOException)
        {
            return null;
        }
    }

    private sealed record Status(Uri Balancer, IReadOnlyList<NodeStatus> Nodes);

    private sealed record NodeStatus(string Name, Uri Url, Uri Admin, int? Pid);
}
