using System.Globalization;
using System.Net;

namespace AkkaParty.Chaos.Machines;

/// <summary>From whom a node is cut off.</summary>
[Flags]
internal enum Cut
{
    /// <summary>From nobody.</summary>
    None = 0,

    /// <summary>From all other nodes.</summary>
    Peers = 1,

    /// <summary>From PostgreSQL.</summary>
    Database = 2,

    /// <summary>What it sends still arrives; what is sent to it does not.</summary>
    OneWay = 4,
}

/// <summary>
/// A network of its own for each node, with one cable each to a common bridge; the database and the clients are at the bridge itself.
/// A node is cut off by rules in its own network, so nothing else on this machine notices.
/// </summary>
internal sealed class NetworkLab : IAsyncDisposable
{
    private readonly string _id;
    private readonly List<string> _networks = [];

    private NetworkLab(int id) => (_id, Subnet) = (id.ToString(CultureInfo.InvariantCulture), $"10.213.{id}");

    /// <summary>The address of the database and the clients.</summary>
    public IPAddress Hub => IPAddress.Parse($"{Subnet}.1");

    private string Subnet { get; }

    private string Bridge => $"apb{_id}";

    /// <summary>Makes one.</summary>
    /// <param name="nodes">How many nodes.</param>
    /// <exception cref="InvalidOperationException">Not root.</exception>
    public static async Task<NetworkLab> CreateAsync(int nodes)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            throw new InvalidOperationException("Cutting nodes off takes networks of their own (ip netns), and those take root.");
        }

        var lab = await FirstFreeAsync();
        for (var node = 1; node <= nodes; node++)
        {
            await lab.AddAsync(node);
        }

        return lab;
    }

    /// <summary>A node's address.</summary>
    public IPAddress AddressOf(int node) => IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"{Subnet}.{10 + node}"));

    /// <summary>What starts a program in a node's network.</summary>
    public string[] Under(int node) => ["ip", "netns", "exec", Network(node)];

    /// <summary>Cuts a node off: packets vanish, as with a pulled cable.</summary>
    public async Task CutAsync(int node, Cut cut, int databasePort)
    {
        var rules = new List<string>();
        if (cut.HasFlag(Cut.Peers))
        {
            var peers = $"{Subnet}.11-{Subnet}.254";
            rules.Add($"add rule inet cut incoming ip saddr {peers} drop");
            rules.Add($"add rule inet cut outgoing ip daddr {peers} drop");
        }

        if (cut.HasFlag(Cut.Database))
        {
            var port = databasePort.ToString(CultureInfo.InvariantCulture);
            rules.Add($"add rule inet cut incoming ip saddr {Hub} tcp sport {port} drop");
            rules.Add($"add rule inet cut outgoing ip daddr {Hub} tcp dport {port} drop");
        }

        if (cut.HasFlag(Cut.OneWay))
        {
            rules.RemoveAll(rule => rule.Contains(" outgoing ", StringComparison.Ordinal));
        }

        await HealAsync(node);
        await NftAsync(node, [
            "add table inet cut",
            "add chain inet cut incoming { type filter hook input priority 0; }",
            "add chain inet cut outgoing { type filter hook output priority 0; }",
            .. rules,
        ]);
    }

    /// <summary>Plugs it in again.</summary>
    public Task HealAsync(int node) => NftAsync(node, ["add table inet cut", "delete table inet cut"]);

    public async ValueTask DisposeAsync()
    {
        foreach (var network in _networks)
        {
            await Tool.TryAsync("ip", "netns", "delete", network);
        }

        await Tool.TryAsync("ip", "link", "delete", Bridge);
    }

    private static async Task<NetworkLab> FirstFreeAsync()
    {
        var first = Random.Shared.Next(256);
        for (var tries = 0; tries < 256; tries++)
        {
            var lab = new NetworkLab((first + tries) % 256);
            if ((await Tool.TryAsync("ip", "link", "add", lab.Bridge, "type", "bridge")).ExitCode == 0)
            {
                await Tool.RunAsync("ip", "address", "add", $"{lab.Hub}/24", "dev", lab.Bridge);
                await Tool.RunAsync("ip", "link", "set", lab.Bridge, "up");
                return lab;
            }
        }

        throw new InvalidOperationException("No bridge could be made: 'ip link add ... type bridge' failed each time.");
    }

    private async Task AddAsync(int node)
    {
        var (network, cable) = (Network(node), $"apv{_id}-{node}");
        await Tool.RunAsync("ip", "netns", "add", network);
        _networks.Add(network);
        await Tool.RunAsync("ip", "link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", network);
        await Tool.RunAsync("ip", "link", "set", cable, "master", Bridge, "up");
        await Tool.RunAsync("ip", "-n", network, "address", "add", $"{AddressOf(node)}/24", "dev", "eth0");
        await Tool.RunAsync("ip", "-n", network, "link", "set", "eth0", "up");
        await Tool.RunAsync("ip", "-n", network, "link", "set", "lo", "up");
    }

    private string Network(int node) => string.Create(CultureInfo.InvariantCulture, $"akkaparty-{_id}-{node}");

    private async Task NftAsync(int node, IEnumerable<string> rules) =>
        await Tool.RunAsync("ip", "netns", "exec", Network(node), "nft", string.Join("; ", rules));
}
