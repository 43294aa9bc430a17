using System.Globalization;
using System.Net;

namespace AkkaParty.Node.Configuration;

/// <summary>A node's name, or nothing.</summary>
internal sealed class NodeNameAttribute : OptionRuleAttribute
{
    private const int LengthMax = 64;

    public override string Text => "must be 1 to 64 of a-z, 0-9 and -";

    public override bool Accepts(object value) =>
        (string)value is var name
        && name.Length <= LengthMax
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}

/// <summary>A host with a port, or nothing.</summary>
internal sealed class HostAndPortAttribute : OptionRuleAttribute
{
    public override string Text => "must be host:port, such as 127.0.0.1:9100 or [::1]:9100";

    public override bool Accepts(object value) => ((string)value).Length == 0 || HostAndPort.TryParse((string)value, out _);
}

/// <summary>A host with a port, or nothing, or 0.</summary>
internal sealed class AdminListenAttribute : OptionRuleAttribute
{
    public override string Text => "must be host:port, such as 127.0.0.1:9110, or empty or 0 for none";

    public override bool Accepts(object value) => (string)value is "" or "0" || HostAndPort.TryParse((string)value, out _);
}

/// <summary>A secret that is long enough not to be guessed, or nothing.</summary>
internal sealed class SecretTextAttribute : OptionRuleAttribute
{
    private const int LengthMin = 16;
    private const int LengthMax = 512;

    public override string Text => "must be 16 to 512 printable ASCII characters without spaces";

    public override bool Accepts(object value)
    {
        var text = (string)value;
        return text.Length == 0
            || (text.Length is >= LengthMin and <= LengthMax && !text.AsSpan().ContainsAnyExceptInRange('!', '~'));
    }
}

/// <summary>Where a PostgreSQL database is, or nothing.</summary>
internal sealed class PostgresDatabaseAttribute : OptionRuleAttribute
{
    public override string Text =>
        "must be postgres://user:password@host:5432/database or Host=...;Port=...;Database=...;Username=...;Password=...";

    public override bool Accepts(object value) => ((string)value).Length == 0 || PostgresDatabase.TryParse((string)value, out _);
}

/// <summary>A host and a port.</summary>
/// <param name="Host">A name or an address; an IPv6 address without its brackets.</param>
/// <param name="Port">0 to 65535.</param>
internal readonly record struct HostAndPort(string Host, int Port)
{
    /// <summary>Whether the host means every address of this machine.</summary>
    public bool IsWildcard => Host is "*" or "+" || (IPAddress.TryParse(Host, out var address)
        && (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any)));

    /// <summary>Whether only this machine can be meant.</summary>
    public bool IsLoopback => Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Reads <c>host:port</c>.</summary>
    public static bool TryParse(string text, out HostAndPort parsed)
    {
        parsed = default;
        var colon = text.LastIndexOf(':');
        if (colon < 1
            || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            || port > IPEndPoint.MaxPort)
        {
            return false;
        }

        var host = text[..colon];
        if (host is ['[', .., ']'])
        {
            host = host[1..^1];
        }
        else if (host.Contains(':', StringComparison.Ordinal))
        {
            return false;
        }

        parsed = new HostAndPort(host, port);
        return host is "*" or "+" || Uri.CheckHostName(host) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6;
    }

    /// <inheritdoc />
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}");
}
