using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;

namespace AkkaParty.Http.Identity;

/// <summary>Whose forwarded headers are believed.</summary>
internal static class TrustedProxies
{
    /// <summary>Turns the options into those of the forwarded-headers middleware.</summary>
    /// <param name="options">The options.</param>
    /// <returns>The middleware's options.</returns>
    /// <exception cref="ArgumentException">An entry is neither an address nor a network.</exception>
    public static ForwardedHeadersOptions ToForwardedHeaders(HttpOptions options)
    {
        var forwarded = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            ForwardLimit = null,
        };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        if (options.TrustLoopbackProxies)
        {
            forwarded.KnownProxies.Add(IPAddress.IPv6Loopback);
            forwarded.KnownIPNetworks.Add(System.Net.IPNetwork.Parse("127.0.0.0/8"));
        }

        foreach (var entry in options.TrustedProxies)
        {
            if (IPAddress.TryParse(entry, out var address))
            {
                forwarded.KnownProxies.Add(address);
            }
            else if (System.Net.IPNetwork.TryParse(entry, out var network))
            {
                forwarded.KnownIPNetworks.Add(network);
            }
            else
            {
                throw new ArgumentException(
                    $"TrustedProxies: '{entry}' is neither an IP address nor a network such as 10.0.0.0/8.", nameof(options));
            }
        }

        if (forwarded.KnownProxies.Count == 0 && forwarded.KnownIPNetworks.Count == 0)
        {
            // The middleware takes two empty lists to mean that everybody is believed.
            forwarded.ForwardedHeaders = ForwardedHeaders.None;
        }

        return forwarded;
    }
}
