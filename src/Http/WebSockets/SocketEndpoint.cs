using AkkaParty.Http.Connections;
using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using AkkaParty.Http.Limits;

namespace AkkaParty.Http.WebSockets;

/// <summary>Somebody who may open a socket.</summary>
/// <param name="Name">Whose connection it is, for the limit of each; null for nobody's.</param>
/// <param name="Open">Makes the session of the upgraded request and its raw stream.</param>
internal readonly record struct SocketGuest(string? Name, Func<HttpContext, Stream, SocketSession> Open);

/// <summary>An address that speaks WebSocket: everything is checked before the upgrade.</summary>
internal abstract class SocketEndpoint(OriginPolicy origins, CallRate rates, ConnectionServices shared, HttpOptions options)
{
    /// <summary>What a client connects to, in a word.</summary>
    protected abstract string Followed { get; }

    /// <summary>What all sessions share.</summary>
    protected ConnectionServices Shared => shared;

    /// <summary>Serves a connection until it ends.</summary>
    /// <param name="context">The request.</param>
    /// <returns>Ends with the connection.</returns>
    public async Task ServeAsync(HttpContext context)
    {
        var (session, place, error) = await AcceptAsync(context);
        if (session is null)
        {
            HttpMetrics.CountError(error!.Code, "socket");
            await Problem.WriteAsync(context.Response, error);
            return;
        }

        using (place)
        {
            await session.RunAsync();
        }
    }

    /// <summary>Recognises whoever asks.</summary>
    /// <param name="request">The request.</param>
    /// <returns>Who it is, or the error.</returns>
    protected abstract ValueTask<(SocketGuest Guest, ApiError? Error)> AdmitAsync(HttpRequest request);

    private async ValueTask<(SocketSession? Session, IDisposable? Place, ApiError? Error)> AcceptAsync(HttpContext context)
    {
        if (!origins.Allows(context.Request))
        {
            return (null, null, new ApiError(403, "origin_not_allowed", "This origin may not open sockets here.", "Origin"));
        }

        if (rates.Check(context, CallKind.Connect) is { } limited)
        {
            return (null, null, limited);
        }

        var (guest, error) = await AdmitAsync(context.Request);
        error ??= Handshake.Check(context);
        if (error is not null)
        {
            return (null, null, error);
        }

        var (place, full) = shared.Registry.Reserve(guest.Name);
        if (place is null)
        {
            return (null, null, TooMany.Of(full, Followed, options.Sockets));
        }

        try
        {
            var stream = await Handshake.AcceptAsync(context);
            return (guest.Open(context, stream), place, null);
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }
}
