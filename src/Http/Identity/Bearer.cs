namespace AkkaParty.Http.Identity;

/// <summary>Reads the token of a request.</summary>
internal static class Bearer
{
    /// <summary>The subprotocol that carries a token, for browsers, which cannot set headers on a socket.</summary>
    public const string SubprotocolPrefix = "auth.bearer.";

    private const string Scheme = "Bearer ";

    /// <summary>The token of the <c>Authorization</c> header.</summary>
    /// <param name="request">The request.</param>
    /// <returns>The token, or null when there is none.</returns>
    public static string? FromHeader(HttpRequest request)
    {
        var header = request.Headers.Authorization;
        if (header.Count != 1 || header[0] is not { } value || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var token = value[Scheme.Length..].Trim();
        return token.Length == 0 ? null : token;
    }

    /// <summary>The token of a subprotocol.</summary>
    /// <param name="request">The upgrade request.</param>
    /// <returns>The token, or null when there is none.</returns>
    public static string? FromSubprotocol(HttpRequest request)
    {
        foreach (var protocol in request.Headers.GetCommaSeparatedValues("Sec-WebSocket-Protocol"))
        {
            if (protocol.StartsWith(SubprotocolPrefix, StringComparison.Ordinal) && protocol.Length > SubprotocolPrefix.Length)
            {
                return protocol[SubprotocolPrefix.Length..];
            }
        }

        return null;
    }

    /// <summary>The token of a socket: query parameter, header or subprotocol, in this order.</summary>
    /// <param name="request">The upgrade request.</param>
    /// <returns>The token, or null when there is none.</returns>
    public static string? FromSocket(HttpRequest request) =>
        request.Query["token"] is [{ Length: > 0 } token, ..] ? token : FromHeader(request) ?? FromSubprotocol(request);
}
