using AkkaParty.Http.Connections;
using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using AkkaParty.Http.Limits;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace AkkaParty.Http.WebSockets;

/// <summary><c>/ws/{room_id}/{user_id}?token=&amp;since=&amp;client=</c>; a room's id has 24 characters.</summary>
internal sealed class RoomSocketEndpoint(
    OriginPolicy origins, CallRate rates, RoomEntrance entrance, OpenedSeats seats, ConnectionServices shared, HttpOptions options)
    : SocketEndpoint(origins, rates, shared, options)
{
    private readonly RoomBeat _beat = new(options.Rooms, shared.Time);

    /// <inheritdoc />
    protected override string Followed => "room";

    /// <summary>Maps it.</summary>
    /// <param name="app">Where to.</param>
    /// <param name="endpoint">The endpoint.</param>
    public static void Map(IEndpointRouteBuilder app, RoomSocketEndpoint endpoint) =>
        app.MapMethods("/ws/{roomId:length(24)}/{userId}", ["GET", "CONNECT"], (RequestDelegate)endpoint.ServeAsync)
            .ExcludeFromDescription();

    /// <inheritdoc />
    protected override async ValueTask<(SocketGuest Guest, ApiError? Error)> AdmitAsync(HttpRequest request)
    {
        var (query, wrong) = FollowQuery.Read(request);
        if (wrong is not null)
        {
            return (default, wrong);
        }

        var values = request.RouteValues;
        var (follower, error) = await entrance.AdmitAsync(
            (string?)values["roomId"], Bearer.FromSocket(request), (string?)values["userId"], query.Since);
        return follower is null
            ? (default, error)
            : (new SocketGuest(
                $"{follower.Caller.RoomId}/{follower.Caller.Actor.UserId}",
                (context, stream) => new RoomSession(context, stream, Shared, _beat, seats, follower, query.Client)), null);
    }
}
