using AkkaParty.Http.Connections;
using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using AkkaParty.Http.Limits;
using AkkaParty.Http.Rest;
using AkkaParty.Protocol.Parties;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace AkkaParty.Http.WebSockets;

/// <summary><c>/ws/party/{partyId}?token=&amp;since=&amp;client=</c>.</summary>
internal sealed class PartySocketEndpoint(
    OriginPolicy origins,
    CallRate rates,
    PartyDoor door,
    ConnectionServices shared,
    FilmLookup films,
    OpenedSeats seats,
    HttpOptions options)
    : SocketEndpoint(origins, rates, shared, options)
{
    /// <inheritdoc />
    protected override string Followed => "party";

    /// <summary>Maps it.</summary>
    /// <param name="app">Where to.</param>
    /// <param name="endpoint">The endpoint.</param>
    public static void Map(IEndpointRouteBuilder app, PartySocketEndpoint endpoint) =>
        app.MapMethods("/ws/party/{partyId}", ["GET", "CONNECT"], (RequestDelegate)endpoint.ServeAsync).ExcludeFromDescription();

    /// <inheritdoc />
    protected override async ValueTask<(SocketGuest Guest, ApiError? Error)> AdmitAsync(HttpRequest request)
    {
        if (Bearer.FromSocket(request) is not { } token)
        {
            return (default, new ApiError(401, PartyErrorCodes.TokenRequired, "Authentication token is required"));
        }

        var (caller, error) = await door.RecogniseAsync((string)request.RouteValues["partyId"]!, token);
        var (query, wrong) = FollowQuery.Read(request);
        error ??= wrong;
        return error is not null
            ? (default, error)
            : (new SocketGuest(
                $"{caller!.PartyId}/{caller.Caller.UserId}",
                (context, stream) => new PartySession(context, stream, Shared, films, seats, caller, query.Client, query.Since)), null);
    }
}
