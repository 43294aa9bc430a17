using System.Text.Json;
using AkkaParty.Http.Connections;
using AkkaParty.Http.Docs;
using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using AkkaParty.Http.Limits;
using AkkaParty.Protocol;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Runtime.Feeds;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace AkkaParty.Http.Sse;

/// <summary><c>/api/events/{room|votes|queue}/{room_id}</c>: a room over server-sent events.</summary>
internal sealed class RoomStreamEndpoints
{
    private static readonly RoomJsonContext Json = RoomJsonContext.Wire;

    private readonly CallRate _rates;
    private readonly RoomEntrance _entrance;
    private readonly ConnectionServices _shared;
    private readonly StreamDialect _dialect;

    /// <summary>Makes the endpoints.</summary>
    /// <param name="rates">How often a client may come.</param>
    /// <param name="entrance">Where they come in.</param>
    /// <param name="shared">What all sessions share.</param>
    /// <param name="options">The options.</param>
    public RoomStreamEndpoints(CallRate rates, RoomEntrance entrance, ConnectionServices shared, HttpOptions options)
    {
        _rates = rates;
        _entrance = entrance;
        _shared = shared;
        var keepAlive = new TickFrame(() => EventFrames.Of(
            FeedFrameKind.Signal,
            null,
            JsonSerializer.SerializeToUtf8Bytes(new StreamKeepAliveFrame(shared.Time.GetUtcNow()), Json.StreamKeepAliveFrame)));
        _dialect = new StreamDialect(options.Rooms.HeartbeatEvery, keepAlive, Goodbye);
    }

    /// <summary>Maps them.</summary>
    /// <param name="app">Where to.</param>
    /// <param name="endpoints">The endpoints.</param>
    public static void Map(IEndpointRouteBuilder app, RoomStreamEndpoints endpoints)
    {
        var group = app.MapGroup("/api/events").WithTags("Rooms");
        endpoints.Map(group, "room", RoomAddress.RoomStreamAudience, "Everything that happens in a room, as server-sent events");
        endpoints.Map(group, "votes", RoomAddress.VotesStreamAudience, "A room's votes, as server-sent events");
        endpoints.Map(group, "queue", RoomAddress.QueueStreamAudience, "A room's queue, as server-sent events");
    }

    private void Map(RouteGroupBuilder group, string name, string audience, string summary)
    {
        var looks = new Audience(audience);
        group.MapGet($"/{name}/{{room_id}}", (HttpContext context, string room_id) => ServeAsync(context, room_id, looks))
            .WithSummary(summary)
            .WithDescription("The token may come as ?token= too. The header Last-Event-ID, or ?since=, resumes after the event with "
                + "that id.")
            .WithMetadata(NeedsToken.Instance)
            .Produces(StatusCodes.Status200OK, contentType: "text/event-stream")
            .ProducesErrors(400, 401, 403, 404, 429, 503);
    }

    private async Task<IResult> ServeAsync(HttpContext context, string roomId, Audience audience)
    {
        var (follower, place, error) = await AdmitAsync(context, roomId);
        if (follower is null)
        {
            return new ProblemResult(error!);
        }

        using (place)
        {
            await BeginAsync(context);
            var caller = follower.Caller;
            await new StreamSession(
                context,
                _shared,
                new StreamSource(
                    caller.Room, audience, follower.Since, caller.Actor.TokenHash, follower.Lifetime, Connected(follower)),
                _dialect).RunAsync();
        }

        return Results.Empty;
    }

    private async ValueTask<(RoomFollower? Follower, IDisposable? Place, ApiError? Error)> AdmitAsync(HttpContext context, string roomId)
    {
        if (_rates.Check(context, CallKind.Connect) is { } limited)
        {
            return (null, null, limited);
        }

        var (query, wrong) = FollowQuery.ReadForStream(context.Request);
        if (wrong is not null)
        {
            return (null, null, wrong);
        }

        var (follower, error) = await _entrance.AdmitAsync(roomId, Bearer.FromSocket(context.Request), null, query.Since);
        if (follower is null)
        {
            return (null, null, error);
        }

        // Where rooms are open nobody says who they are: then only the node's own limit holds.
        var caller = follower.Caller;
        var (place, full) = _shared.Registry.Reserve(
            caller.Actor.TokenHash is { } token ? $"{caller.RoomId}/stream/{caller.Actor.UserId ?? token}" : null);
        return place is null
            ? (null, null, TooMany.Of(full, "room", _shared.Options))
            : (follower, place, null);
    }

    private static Task BeginAsync(HttpContext context)
    {
        // How slowly a client may read is the session's to decide.
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }

        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no";
        return response.StartAsync();
    }

    // Its id is what the client has everything up to: a connection that breaks before what was missed has come resumes from there.
    private static WireFrame Connected(RoomFollower follower) => EventFrames.Of(
        FeedFrameKind.Event,
        follower.Since,
        JsonSerializer.SerializeToUtf8Bytes(
            new StreamConnectedFrame(follower.Caller.RoomId, follower.Present.Seq, follower.Resumed), Json.StreamConnectedFrame));

    private static WireFrame Goodbye(CloseCode code) => EventFrames.Of(
        FeedFrameKind.Event,
        null,
        JsonSerializer.SerializeToUtf8Bytes(
            new StreamErrorFrame(code.Reason, code.Reason, code.Name, code.Reconnect), Json.StreamErrorFrame));
}
