using System.Security.Cryptography;
using System.Text;
using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace AkkaParty.Http.WebSockets;

/// <summary>
/// The opening handshake (RFC 6455, 4.2, and RFC 8441 over HTTP/2), done here so that the session gets the raw stream
/// and can write one shared buffer to many connections.
/// </summary>
internal static class Handshake
{
    private const string AcceptGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// <summary>Checks that a request asks for a WebSocket this server can speak.</summary>
    /// <param name="context">The request.</param>
    /// <returns>Null when it does, or the error.</returns>
    public static ApiError? Check(HttpContext context)
    {
        var request = context.Request;
        if (IsExtendedConnect(context, out _))
        {
            return null;
        }

        if (!HttpMethods.IsGet(request.Method)
            || context.Features.Get<IHttpUpgradeFeature>() is not { IsUpgradableRequest: true }
            || !string.Equals(request.Headers.Upgrade, "websocket", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.Headers.Upgrade = "websocket";
            return new ApiError(426, "upgrade_required", "This address speaks WebSocket only.");
        }

        if (request.Headers.SecWebSocketVersion != "13")
        {
            context.Response.Headers.SecWebSocketVersion = "13";
            return new ApiError(426, "upgrade_required", "Sec-WebSocket-Version must be 13.", "Sec-WebSocket-Version");
        }

        Span<byte> nonce = stackalloc byte[18];
        return request.Headers.SecWebSocketKey is [{ Length: 24 } key]
            && Convert.TryFromBase64String(key, nonce, out var length)
            && length == 16
            ? null
            : ApiError.Invalid("Sec-WebSocket-Key must be 16 bytes in base64.", "Sec-WebSocket-Key");
    }

    /// <summary>Accepts: from here on the stream carries frames.</summary>
    /// <param name="context">A request that <see cref="Check"/> has passed.</param>
    /// <returns>The raw stream.</returns>
    public static async ValueTask<Stream> AcceptAsync(HttpContext context)
    {
        // How slowly a client may read is the session's to decide.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }

        if (Subprotocol(context.Request) is { } protocol)
        {
            context.Response.Headers.SecWebSocketProtocol = protocol;
        }

        if (IsExtendedConnect(context, out var connect))
        {
            return await connect!.AcceptAsync();
        }

        var headers = context.Response.Headers;
        headers.Connection = "Upgrade";
        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = Accept(context.Request.Headers.SecWebSocketKey!);
        return await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
    }

    private static bool IsExtendedConnect(HttpContext context, out IHttpExtendedConnectFeature? feature)
    {
        feature = context.Features.Get<IHttpExtendedConnectFeature>();
        return feature is { IsExtendedConnect: true } && string.Equals(feature.Protocol, "websocket", StringComparison.OrdinalIgnoreCase);
    }

    // A browser that offered subprotocols insists on getting one of them back.
    private static string? Subprotocol(HttpRequest request)
    {
        string? chosen = null;
        foreach (var offered in request.Headers.GetCommaSeparatedValues("Sec-WebSocket-Protocol"))
        {
            if (!offered.StartsWith(Bearer.SubprotocolPrefix, StringComparison.Ordinal))
            {
                return offered;
            }

            chosen ??= offered;
        }

        return chosen;
    }

    private static string Accept(string key)
    {
#pragma warning disable CA5350 // RFC 6455 asks for SHA-1; nothing secret depends on it.
        return Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + AcceptGuid)));
#pragma warning restore CA5350
    }
}
