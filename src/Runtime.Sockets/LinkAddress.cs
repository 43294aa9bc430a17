using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace AkkaParty.Runtime.Sockets;

/// <summary>Where a node listens or is reached: <c>host:port</c>, an IPv6 address in brackets.</summary>
/// <param name="Host">A host name or an address, without brackets.</param>
/// <param name="Port">0 to 65535.</param>
internal readonly record struct LinkAddress(string Host, int Port)
{
    /// <summary>Whether it means every address of the machine, which nobody can dial.</summary>
    public bool IsWildcard =>
        IPAddress.TryParse(Host, out var address) && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any));

    public static bool TryParse(string text, out LinkAddress address)
    {
        address = default;
        var colon = text.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            return false;
        }

        var host = text[..colon];
        if (host.StartsWith('[') && host.EndsWith(']'))
        {
            host = host[1..^1];
            if (!IPAddress.TryParse(host, out var v6) || v6.AddressFamily != AddressFamily.InterNetworkV6)
            {
                return false;
            }
        }
        else if (host == "*")
        {
            host = "0.0.0.0";
        }
        else if (Uri.CheckHostName(host) is UriHostNameType.Unknown or UriHostNameType.IPv6)
        {
            return false;
        }

        address = new LinkAddress(host, port);
        return true;
    }

    /// <summary>Finds the addresses of a host that this node can use, IPv4 first.</summary>
    public async Task<IPAddress[]> ResolveAsync(CancellationToken cancellationToken) =>
        IPAddress.TryParse(Host, out var literal)
            ? [literal]
            : [.. (await Dns.GetHostAddressesAsync(Host, cancellationToken)).OrderBy(found => found.AddressFamily)];

    public override string ToString() =>
        Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
