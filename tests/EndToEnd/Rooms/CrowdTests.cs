using System.Diagnostics;
using System.Globalization;
using AkkaParty.Chaos.Machines;
using AkkaParty.EndToEnd.Clusters;
using AkkaParty.EndToEnd.Harness;
using AkkaParty.EndToEnd.Rooms.Crowds;

namespace AkkaParty.EndToEnd.Rooms;

/// <summary>
/// Fifty people add films and vote at once while servers are killed. In the end REST, sockets and streams agree on everything, with each
/// other and with what was acknowledged, and each follower was told of each event once, in order.
/// The seed is printed; <c>AKKAPARTY_CRASH_SEED</c> sets it.
/// </summary>
[Collection(ClusterTestGroup.Name)]
public sealed class CrowdTests(ITestOutputHelper output)
{
    private const int UsersCount = 50;
    private const int VotesEach = 20;
    private const int CrashesCount = 3;
    private const int AcknowledgedBetween = UsersCount * VotesEach / (CrashesCount + 2);

    private readonly int _seed =
        int.TryParse(Environment.GetEnvironmentVariable("AKKAPARTY_CRASH_SEED"), CultureInfo.InvariantCulture, out var given)
            ? given
            : Environment.TickCount;

    [Fact]
    public async Task On_one_server_that_is_killed_and_restarted_everybody_sees_the_same()
    {
        await using var server = await ServerProcess.StartAsync(
            ("WebSockets__MessagesPerSecond", "10000"), ("WebSockets__MessageBurst", "10000"), ("Logging__Level", "Warning"));
        using var site = new RoomSite(server);

        await CrashAsync(site, async (_, go) =>
        {
            await server.Kill9Async();
            await server.RestartAsync();
            await go();
        });
    }

    [Fact]
    public async Task On_three_nodes_that_are_killed_one_after_the_other_everybody_sees_the_same()
    {
        await using var cluster = await Cluster.StartAsync(new ClusterPlan { Nodes = 3, NodesMax = 3, LeaseSeconds = 2 });
        using var site = new RoomSite(cluster);

        await CrashAsync(site, async (crash, go) =>
        {
            // Each node once, so that the room's own is among them. The others go on before it comes back.
            var node = cluster.Nodes[crash % cluster.Nodes.Count];
            await node.Kill9Async();
            await go();
            node.Start();
            await node.ReadyAsync();
        });
    }

    private async Task CrashAsync(RoomSite site, Func<int, Func<Task>, Task> crash)
    {
        output.WriteLine($"Seed {_seed}: AKKAPARTY_CRASH_SEED={_seed} gives the same votes.");
        var begin = Stopwatch.GetTimestamp();
        await using var crowd = await Crowd.GatherAsync(site, UsersCount, _seed);
        var gathered = Stopwatch.GetElapsedTime(begin);
        var work = crowd.WorkAsync(VotesEach);
        for (var i = 0; i < CrashesCount; i++)
        {
            await GoOnAsync(crowd, work, AcknowledgedBetween);
            await crash(i, () => GoOnAsync(crowd, work, UsersCount));
        }

        await Patience.For(work, "the crowd's last answers", 2 * Patience.Process);
        var worked = Stopwatch.GetElapsedTime(begin);
        var end = await crowd.SettleAsync();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{CrashesCount} crashes, {crowd.Acknowledged} acknowledged commands, {crowd.Users.Sum(u => u.Retries)} calls repeated, "
            + $"{crowd.Users.Sum(u => u.Follower.Connections)} sockets, {crowd.Streams.Sum(s => s.Connections)} streams, {end} events; "
            + $"gathered {gathered.TotalSeconds:0.0} s, worked {worked.TotalSeconds:0.0} s, "
            + $"settled {Stopwatch.GetElapsedTime(begin).TotalSeconds:0.0} s"));

        crowd.Users.Sum(u => u.Follower.Connections).ShouldBeGreaterThan(UsersCount, "connections were cut");
        crowd.Streams.Sum(s => s.Connections).ShouldBeGreaterThan(crowd.Streams.Count, "streams were cut");
        await new CrowdCheck(crowd, end).RunAsync();
    }

    // The crowd goes on, or has failed: then the test says why.
    private static async Task GoOnAsync(Crowd crowd, Task work, int count)
    {
        var first = await Task.WhenAny(crowd.UntilMoreAsync(count), work);
        await first;
    }
}
