using System.Globalization;
using System.Net;

namespace AkkaParty.Node.Configuration;

/// <summary>What a value must be, beyond its type.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal abstract class OptionRuleAttribute : Attribute
{
    /// <summary>The rule as a person reads it after the key: "must be ...".</summary>
    public abstract string Text { get; }

    /// <summary>Whether a value keeps the rule. Lists are checked item by item.</summary>
    public abstract bool Accepts(object value);
}

/// <summary>A number within bounds, both included.</summary>
internal sealed class BetweenAttribute(long min, long max) : OptionRuleAttribute
{
    public override string Text => string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {min} to {max}");

    public override bool Accepts(object value) =>
        Convert.ToInt64(value, CultureInfo.InvariantCulture) is var number && number >= min && number <= max;
}

/// <summary>A text that is not empty.</summary>
internal sealed class NotEmptyAttribute : OptionRuleAttribute
{
    public override string Text => "must not be empty";

    public override bool Accepts(object value) => !string.IsNullOrWhiteSpace((string)value);
}

/// <summary>The address of another service.</summary>
internal sealed class ServiceUrlAttribute : OptionRuleAttribute
{
    public override string Text =>
        "must be an https address (http only for this machine) without user, query and fragment, such as https://api.themoviedb.org/3/";

    public override bool Accepts(object value) =>
        Uri.TryCreate((string)value, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
        && uri.Query.Length == 0 && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0;
}

/// <summary>Where a site's pages are, or empty.</summary>
internal sealed class PageUrlAttribute : OptionRuleAttribute
{
    public override string Text =>
        "must be empty or an http or https address without user, query and fragment, such as https://example.org";

    public override bool Accepts(object value) => (string)value is var text
        && (text.Length == 0 || (Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && uri.Query.Length == 0 && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0));
}

/// <summary>A key of another service, which travels in a header or an address.</summary>
internal sealed class KeyTextAttribute : OptionRuleAttribute
{
    public override string Text => "must be printable ASCII without spaces";

    public override bool Accepts(object value) => !((string)value).AsSpan().ContainsAnyExceptInRange('!', '~');
}

/// <summary>An address this server listens on.</summary>
internal sealed class ListenUrlAttribute : OptionRuleAttribute
{
    public override string Text => "must be an address to listen on, such as http://127.0.0.1:8080 or http://*:8080";

    public override bool Accepts(object value)
    {
        // Kestrel's own parser takes "http:/x" for a host name; a person who typed that meant something else.
        var text = (string)value;
        if (!text.StartsWith("http://", StringComparison.OrdinalIgnoreCase)
            && !text.StartsWith("https://", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        try
        {
            var address = BindingAddress.Parse(text);
            return address.PathBase.Length == 0 && (address.IsUnixPipe || address is { Host.Length: > 0, Port: >= 0 and <= 65_535 });
        }
        catch (FormatException)
        {
            return false;
        }
    }
}

/// <summary>A web origin: scheme, host and perhaps a port.</summary>
internal sealed class OriginAttribute : OptionRuleAttribute
{
    public override string Text => "must be an origin, such as https://party.example.org (scheme and host, no path), or *";

    public override bool Accepts(object value)
    {
        var text = (string)value;
        return text == "*" || (Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && uri.UserInfo.Length == 0
            && uri.PathAndQuery == "/" && uri.Fragment.Length == 0
            && !text.EndsWith('/'));
    }
}

/// <summary>One address or one network.</summary>
internal sealed class NetworkAttribute : OptionRuleAttribute
{
    public override string Text => "must be an IP address or a network in CIDR form, such as 10.0.0.0/8";

    public override bool Accepts(object value)
    {
        var text = (string)value;
        return text.Contains('/', StringComparison.Ordinal) ? IPNetwork.TryParse(text, out _) : IPAddress.TryParse(text, out _);
    }
}

/// <summary>A host name as a client sends it, perhaps with a leading wildcard.</summary>
internal sealed class HostNameAttribute : OptionRuleAttribute
{
    public override string Text => "must be a host name without port, such as party.example.org or *.example.org, or *";

    public override bool Accepts(object value)
    {
        var text = (string)value;
        var name = text.StartsWith("*.", StringComparison.Ordinal) ? text[2..] : text;
        return text == "*" || Uri.CheckHostName(name) is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6;
    }
}

/// <summary>A region as streaming services know it.</summary>
internal sealed class RegionCodeAttribute : OptionRuleAttribute
{
    public override string Text => "must be two letters, such as US or de";

    public override bool Accepts(object value) => value is string { Length: 2 } text && text.All(char.IsAsciiLetter);
}

/// <summary>The value is never printed.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretAttribute : Attribute;
