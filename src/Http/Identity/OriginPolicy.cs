namespace AkkaParty.Http.Identity;

/// <summary>
/// Which web pages may open sockets: none named (not a browser), the server's own origin as the client sees it
/// through trusted proxies, and the configured ones.
/// </summary>
internal sealed class OriginPolicy
{
    private readonly HashSet<string> _allowed = new(StringComparer.Ordinal);
    private readonly bool _any;

    /// <summary>Reads the configured origins.</summary>
    /// <param name="options">The options.</param>
    public OriginPolicy(HttpOptions options)
    {
        foreach (var origin in options.AllowedOrigins)
        {
            _any |= origin == "*";
            _allowed.Add(Normalize(origin) ?? origin);
        }
    }

    /// <summary>Whether the request's origin may open a socket.</summary>
    /// <param name="request">The upgrade request, after forwarded headers were applied.</param>
    /// <returns>False to refuse it.</returns>
    public bool Allows(HttpRequest request)
    {
        var header = request.Headers.Origin;
        if (header.Count == 0 || _any)
        {
            return true;
        }

        if (header.Count > 1 || header[0] is not { Length: > 0 } origin)
        {
            return false;
        }

        var normal = Normalize(origin) ?? origin;
        return _allowed.Contains(normal) || normal == Normalize($"{request.Scheme}://{request.Host.Value}");
    }

    private static string? Normalize(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Host.Length > 0 && uri.PathAndQuery == "/" && uri.UserInfo.Length == 0
            ? $"{uri.Scheme}://{uri.IdnHost}:{uri.Port}"
            : null;
}
