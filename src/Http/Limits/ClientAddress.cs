using System.Net;
using System.Net.Sockets;

namespace AkkaParty.Http.Limits;

/// <summary>Where a call comes from, as limits count it.</summary>
internal static class ClientAddress
{
    /// <summary>The client's address, after forwarded headers were applied.</summary>
    /// <param name="context">The request.</param>
    /// <returns>An IPv4 address, or the first half of an IPv6 one: one customer usually owns a whole /64.</returns>
    public static string Of(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address)
        {
            return "unknown";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            address = address.MapToIPv4();
        }

        return address.AddressFamily == AddressFamily.InterNetworkV6 && !IPAddress.IsLoopback(address)
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }
}
