using AkkaParty.Chaos.Machines;
using AkkaParty.EndToEnd.Rooms;

namespace AkkaParty.EndToEnd.Accounts;

/// <summary>Three nodes over one PostgreSQL that the tests of a class share; each test has accounts of its own.</summary>
public sealed class AccountCluster : IAsyncLifetime
{
    /// <summary>What lets many people of one address come in, and hashes passwords as often as it takes and no more.</summary>
    internal static readonly Dictionary<string, string> Settings = new()
    {
        ["RateLimits__ProvePerMinute"] = "0",
        ["RateLimits__RegisterPerHour"] = "0",
        ["RateLimits__WatchRequestsPerHour"] = "0",
        ["Accounts__PasswordIterations"] = "10000",
    };

    private Cluster? _cluster;
    private RoomSite? _site;

    /// <summary>The nodes.</summary>
    internal Cluster Cluster => _cluster ?? throw new InvalidOperationException("The cluster was not started.");

    /// <summary>Where they are.</summary>
    internal RoomSite Site => _site ?? throw new InvalidOperationException("The cluster was not started.");

    public async ValueTask InitializeAsync()
    {
        _cluster = await Cluster.StartAsync(new ClusterPlan { NodesMax = 3, LeaseSeconds = 2, Settings = Settings });
        _site = new RoomSite(_cluster);
    }

    public async ValueTask DisposeAsync()
    {
        _site?.Dispose();
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
    }

    /// <summary>Kills a node, lets the others go on, and starts it again.</summary>
    /// <param name="node">Its number, from 0.</param>
    /// <param name="meanwhile">What happens without it.</param>
    internal async Task WithoutAsync(int node, Func<Task> meanwhile)
    {
        var victim = Cluster.Nodes[node];
        await victim.Kill9Async();
        await meanwhile();
        victim.Start();
        await victim.ReadyAsync();
    }
}
