using AkkaParty.Chaos;
using AkkaParty.Chaos.Machines;

namespace AkkaParty.EndToEnd.Clusters;

/// <summary>The faults that the cluster tests rely on really happen.</summary>
[Collection(ClusterTestGroup.Name)]
public sealed class MachinesTests
{
    [Fact]
    public async Task A_node_that_is_cut_off_reaches_nobody_it_was_cut_off_from_until_it_is_healed()
    {
        using var folder = new Scratch();
        await using var lab = await NetworkLab.CreateAsync(2);
        await using var database = await Database.StartNewAsync(folder.At("postgres"), new DatabaseSetup { Address = lab.Hub });
        await using var peer = Listener.Start(lab, 2);
        async Task ShouldReachAsync(bool reachesDatabase, bool reachesPeer)
        {
            (await ReachesAsync(lab, 1, lab.Hub.ToString(), database.Port)).ShouldBe(reachesDatabase, "the database");
            await (reachesPeer
                ? Pace.UntilAsync("the peer", TimeSpan.FromSeconds(10), ReachesPeerAsync)
                : ShouldNotReachPeerAsync());
        }

        Task<bool> ReachesPeerAsync() => ReachesAsync(lab, 1, lab.AddressOf(2).ToString(), Listener.Port);

        async Task ShouldNotReachPeerAsync() => (await ReachesPeerAsync()).ShouldBeFalse("the peer");

        await ShouldReachAsync(true, true);
        await lab.CutAsync(1, Cut.Database, database.Port);
        await ShouldReachAsync(false, true);
        await lab.CutAsync(1, Cut.Peers, database.Port);
        await ShouldReachAsync(true, false);
        await lab.CutAsync(1, Cut.Peers | Cut.Database | Cut.OneWay, database.Port);
        await ShouldReachAsync(false, false);
        await lab.HealAsync(1);
        await ShouldReachAsync(true, true);
    }

    [Fact]
    public async Task A_database_that_was_killed_has_everything_that_was_committed()
    {
        using var folder = new Scratch();
        await using var database = await Database.StartNewAsync(folder.At("postgres"));
        await database.ExecuteAsync("CREATE TABLE kept (n int); INSERT INTO kept VALUES (42)");

        await database.Kill9Async();
        (await database.IsRunningAsync()).ShouldBeFalse();
        await database.StartAsync();

        await using var connection = await database.ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT n FROM kept";
        (await command.ExecuteScalarAsync()).ShouldBe(42);
    }

    private static async Task<bool> ReachesAsync(NetworkLab lab, int node, string host, int port)
    {
        string[] command = [.. lab.Under(node), "timeout", "0.5", "bash", "-c", $"exec 3<>/dev/tcp/{host}/{port}"];
        return (await Tool.TryAsync(command[0], command[1..])).ExitCode == 0;
    }

    /// <summary>Something that accepts connections in a node's network: a balancer with nobody behind it.</summary>
    private sealed class Listener : IAsyncDisposable
    {
        public const int Port = 9100;
        private readonly Scratch _folder = new();
        private readonly Child _child;

        private Listener(NetworkLab lab, int node) => _child = Child.Start(
            [.. lab.Under(node), "haproxy", "-db", "-f", Config(_folder)], [], "/", _folder.At("log"));

        public static Listener Start(NetworkLab lab, int node) => new(lab, node);

        public ValueTask DisposeAsync()
        {
            _child.Dispose();
            _folder.Dispose();
            return ValueTask.CompletedTask;
        }

        private static string Config(Scratch folder)
        {
            var file = folder.At("haproxy.cfg");
            File.WriteAllLines(file,
            [
                "defaults", "  mode tcp", "  timeout connect 1s", "  timeout client 1s", "  timeout server 1s",
                "listen any", $"  bind :{Port}",
            ]);
            return file;
        }
    }
}
