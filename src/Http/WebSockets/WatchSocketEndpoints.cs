using AkkaParty.Http.Connections;
using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using AkkaParty.Http.Limits;
using AkkaParty.Http.WebSockets.Watching;
using AkkaParty.Protocol.Accounts;
using AkkaParty.Protocol.WatchParties;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace AkkaParty.Http.WebSockets;

/// <summary><c>/api/v1/watch-parties/{id}/ws?token=&amp;ticket=&amp;since=&amp;client=</c>, and its alias without the version.</summary>
internal sealed class WatchPartySocketEndpoint(
    OriginPolicy origins, CallRate rates, SocketEntrance entrance, WatchFloor floor, ConnectionServices shared, HttpOptions options)
    : WatchSocketEndpoint(origins, rates, entrance, floor, shared, options)
{
    /// <inheritdoc />
    protected override string Followed => "watch party";

    /// <inheritdoc />
    protected override WatchDialect Dialect { get; } = new PartyDialect();

    /// <summary>Participants only: who is none joins first.</summary>
    protected override bool Seats => false;

    /// <summary>Maps it.</summary>
    /// <param name="app">Where to.</param>
    /// <param name="endpoint">The endpoint.</param>
    public static void Map(IEndpointRouteBuilder app, WatchPartySocketEndpoint endpoint)
    {
        foreach (var prefix in (string[])["/api/v1/watch-parties", "/api/watch-parties"])
        {
            app.MapMethods(prefix + "/{id}/ws", ["GET", "CONNECT"], (RequestDelegate)endpoint.ServeAsync).ExcludeFromDescription();
        }
    }
}

/// <summary><c>/ws/room/{roomID}?token=&amp;guestToken=&amp;ticket=&amp;since=&amp;client=</c>.</summary>
internal sealed class SyncRoomSocketEndpoint(
    OriginPolicy origins, CallRate rates, SocketEntrance entrance, WatchFloor floor, ConnectionServices shared, HttpOptions options)
    : WatchSocketEndpoint(origins, rates, entrance, floor, shared, options)
{
    /// <inheritdoc />
    protected override string Followed => "room";

    /// <inheritdoc />
    protected override WatchDialect Dialect { get; } = new RoomDialect();

    /// <summary>Clients of this surface connect without joining first.</summary>
    protected override bool Seats => true;

    /// <summary>Maps it.</summary>
    /// <param name="app">Where to.</param>
    /// <param name="endpoint">The endpoint.</param>
    public static void Map(IEndpointRouteBuilder app, SyncRoomSocketEndpoint endpoint) =>
        app.MapMethods("/ws/room/{id}", ["GET", "CONNECT"], (RequestDelegate)endpoint.ServeAsync).ExcludeFromDescription();

    /// <inheritdoc />
    protected override ApiError InWords(ApiError error) => error.Code switch
    {
        WatchErrorCodes.AccountRequired or AccountErrorCodes.InvalidToken or AccountErrorCodes.TokenExpired
            or AccountErrorCodes.TokenRevoked => error with { Message = "Invalid or missing authentication token" },
        WatchErrorCodes.GuestTokenInvalid => error with { Message = "Invalid or expired guest session" },
        WatchErrorCodes.GuestOfOtherParty => error with { Message = "Guest session is for a different room" },
        _ when WatchErrors.Find(error.Code) is { } row => error with { Message = row.RoomText, Detail = null },
        _ => error,
    };
}

/// <summary>A watch party's socket, in either dialect.</summary>
internal abstract class WatchSocketEndpoint(
    OriginPolicy origins, CallRate rates, SocketEntrance entrance, WatchFloor floor, ConnectionServices shared, HttpOptions options)
    : SocketEndpoint(origins, rates, shared, options)
{
    /// <summary>How it speaks.</summary>
    protected abstract WatchDialect Dialect { get; }

    /// <summary>Whether somebody with an account who may come in takes a seat by connecting.</summary>
    protected abstract bool Seats { get; }

    /// <summary>A refusal in the words of the surface.</summary>
    /// <param name="error">The refusal.</param>
    /// <returns>The same, as its clients know it.</returns>
    protected virtual ApiError InWords(ApiError error) => error;

    /// <inheritdoc />
    protected override async ValueTask<(SocketGuest Guest, ApiError? Error)> AdmitAsync(HttpRequest request)
    {
        var (query, wrong) = FollowQuery.Read(request);
        if (wrong is not null)
        {
            return (default, wrong);
        }

        var id = (string?)request.RouteValues["id"];
        var (follower, error) = await entrance.AdmitAsync(request.HttpContext, id, query.Since, Seats);
        return follower is null
            ? (default, InWords(error!))
            : (new SocketGuest(
                $"{follower.Party.Id}/{follower.MemberId}",
                (context, stream) => new WatchSession(context, stream, Shared, Dialect, floor, follower, query.Client)), null);
    }
}
