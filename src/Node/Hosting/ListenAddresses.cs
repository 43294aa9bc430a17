using System.Globalization;
using AkkaParty.Node.Configuration;

namespace AkkaParty.Node.Hosting;

/// <summary>Which addresses the server binds.</summary>
internal static class ListenAddresses
{
    /// <summary>The addresses to bind. On a LAN, loopback addresses become all interfaces; others stay as they were given.</summary>
    public static IReadOnlyList<string> From(NodeOptions options)
    {
        IReadOnlyList<string> urls = options.Urls.Count > 0
            ? options.Urls
            : [string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{options.Port}")];
        return options.Lan ? [.. urls.Select(OnAllInterfaces).Distinct(StringComparer.OrdinalIgnoreCase)] : urls;
    }

    /// <summary>The address as somebody on this machine would open it: a wildcard host becomes loopback.</summary>
    public static string ForThisMachine(string url) => WithHost(url, host => IsWildcard(host) ? "127.0.0.1" : host);

    /// <summary>The address as somebody on the network would open it, or null when it is bound to this machine only.</summary>
    public static string? ForTheNetwork(string url, string address)
    {
        var bound = BindingAddress.Parse(url);
        return bound.IsUnixPipe || IsLoopback(bound.Host) ? null : WithHost(url, host => IsWildcard(host) ? address : host);
    }

    private static string OnAllInterfaces(string url) => WithHost(url, host => IsLoopback(host) ? "*" : host);

    private static string WithHost(string url, Func<string, string> change)
    {
        var address = BindingAddress.Parse(url);
        return address.IsUnixPipe
            ? url
            : string.Create(CultureInfo.InvariantCulture, $"{address.Scheme}://{change(address.Host)}:{address.Port}");
    }

    private static bool IsWildcard(string host) => host is "*" or "+" or "0.0.0.0" or "[::]";

    private static bool IsLoopback(string host) => host is "localhost" or "[::1]" || host.StartsWith("127.", StringComparison.Ordinal);
}
