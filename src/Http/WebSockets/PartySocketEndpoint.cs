using System.Globalization;
using AkkaParty.Http.Connections;
using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using AkkaParty.Http.Limits;
using AkkaParty.Http.Rest;
using AkkaParty.Protocol.Parties;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace AkkaParty.Http.WebSockets;

/// <summary><c>/ws/party/{partyId}?token=&amp;since=&amp;client=</c>: everything is checked before the upgrade.</summary>
internal sealed class PartySocketEndpoint(
    OriginPolicy origins, CallRate rates, PartyDoor door, ConnectionServices sockets, FilmLookup films, HttpOptions options)
{
    private const int ClientMax = 64;

    /// <summary>Maps it.</summary>
    /// <param name="app">Where to.</param>
    /// <param name="endpoint">The endpoint.</param>
    public static void Map(IEndpointRouteBuilder app, PartySocketEndpoint endpoint) =>
        app.MapMethods("/ws/party/{partyId}", ["GET", "CONNECT"], (RequestDelegate)endpoint.ServeAsync).ExcludeFromDescription();

    private async Task ServeAsync(HttpContext context)
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

    private async ValueTask<(PartySession? Session, IDisposable? Place, ApiError? Error)> AcceptAsync(HttpContext context)
    {
        var request = context.Request;
        if (!origins.Allows(request))
        {
            return (null, null, new ApiError(403, "origin_not_allowed", "This origin may not open sockets here.", "Origin"));
        }

        if (rates.Check(context, CallKind.Connect) is { } limited)
        {
            return (null, null, limited);
        }

        if (Bearer.FromSocket(request) is not { } token)
        {
            return (null, null, new ApiError(401, PartyErrorCodes.TokenRequired, "Authentication token is required"));
        }

        var (caller, error) = await door.RecogniseAsync((string)request.RouteValues["partyId"]!, token);
        var (since, client, wrong) = ReadQuery(request);
        error ??= wrong ?? Handshake.Check(context);
        if (error is not null)
        {
            return (null, null, error);
        }

        var (place, full) = sockets.Registry.Reserve($"{caller!.PartyId}/{caller.Caller.UserId}");
        if (place is null)
        {
            return (null, null, Full(full));
        }

        try
        {
            var stream = await Handshake.AcceptAsync(context);
            return (new PartySession(context, stream, sockets, films, caller, client, since), place, null);
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    private static (long? Since, string? Client, ApiError? Error) ReadQuery(HttpRequest request)
    {
        long? since = null;
        if (request.Query["since"] is [{ Length: > 0 } text, ..])
        {
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return (null, null, ApiError.Invalid("since must be the seq of a frame: a whole number from 0.", "since"));
            }

            since = number;
        }

        var client = request.Query["client"] is [{ } name, ..] ? name : null;
        return client is { Length: 0 or > ClientMax }
            ? (null, null, ApiError.Invalid($"client must be 1 to {ClientMax} characters.", "client"))
            : (since, client, null);
    }

    private ApiError Full(bool node) => node
        ? new ApiError(503, "too_many_connections", "This server takes no more connections now.", null, TimeSpan.FromSeconds(5))
        : new ApiError(
            429,
            "too_many_connections",
            $"You have {options.Sockets.ConnectionsPerUserMax} connections to this party open; close one first.",
            null,
            TimeSpan.FromSeconds(5));
}
