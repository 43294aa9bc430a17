using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace AkkaParty.Node.Hosting;

/// <summary>An IPv4 address of this machine that others may reach.</summary>
/// <param name="Address">The address.</param>
/// <param name="Interface">The interface's name.</param>
/// <param name="Type">The interface's type.</param>
/// <param name="HasGateway">Whether the interface leads somewhere.</param>
internal sealed record LanCandidate(IPAddress Address, string Interface, NetworkInterfaceType Type, bool HasGateway);

/// <summary>Finds the address that friends on the same network can use.</summary>
internal static class LanAddress
{
    /// <summary>Names of interfaces that lead to containers, virtual machines and tunnels rather than to the living room.</summary>
    private static readonly string[] VirtualPrefixes =
    [
        "docker", "br-", "veth", "virbr", "vmnet", "vboxnet", "lxc", "lxd", "cni", "flannel", "podman", "vethernet",
        "tun", "tap", "wg", "utun", "zt", "tailscale", "ppp",
    ];

    /// <summary>The addresses of this machine, the most sensible first.</summary>
    public static IReadOnlyList<IPAddress> OfThisMachine()
    {
        var candidates =
            from network in NetworkInterface.GetAllNetworkInterfaces()
            where network.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown
            let properties = network.GetIPProperties()
            let hasGateway = properties.GatewayAddresses.Any(gateway => gateway.Address.AddressFamily == AddressFamily.InterNetwork)
            from unicast in properties.UnicastAddresses
            select new LanCandidate(unicast.Address, network.Name, network.NetworkInterfaceType, hasGateway);
        return Rank(candidates);
    }

    /// <summary>Orders addresses: real interfaces before virtual ones, those with a gateway and private addresses first.</summary>
    public static IReadOnlyList<IPAddress> Rank(IEnumerable<LanCandidate> candidates) =>
    [
        .. candidates
            .Where(candidate => candidate.Address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(candidate.Address))
            .Where(candidate => candidate.Type != NetworkInterfaceType.Loopback)
            .OrderBy(IsVirtual)
            .ThenBy(candidate => IsLinkLocal(candidate.Address))
            .ThenByDescending(candidate => candidate.HasGateway)
            .ThenByDescending(candidate => IsPrivate(candidate.Address))
            .ThenByDescending(candidate => candidate.Type is NetworkInterfaceType.Ethernet or NetworkInterfaceType.Wireless80211)
            .ThenBy(candidate => candidate.Interface, StringComparer.Ordinal)
            .Select(candidate => candidate.Address)
            .Distinct(),
    ];

    private static bool IsVirtual(LanCandidate candidate) =>
        candidate.Type is NetworkInterfaceType.Tunnel or NetworkInterfaceType.Ppp
        || Array.Exists(VirtualPrefixes, prefix => candidate.Interface.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    private static bool IsLinkLocal(IPAddress address) => address.GetAddressBytes() is [169, 254, ..];

    private static bool IsPrivate(IPAddress address) => address.GetAddressBytes() switch
    {
        [10, ..] or [192, 168, ..] => true,
        [172, >= 16 and <= 31, ..] => true,
        _ => false,
    };
}
