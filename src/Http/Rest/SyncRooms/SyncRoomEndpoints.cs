using AkkaParty.Http.Docs;
using AkkaParty.Http.Identity;
using AkkaParty.Http.Rest.WatchParties;
using AkkaParty.Protocol.WatchParties;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace AkkaParty.Http.Rest.SyncRooms;

/// <summary>Watch parties as rooms, over REST: the same parties as those under <c>/api/v1/watch-parties</c>.</summary>
internal static class SyncRoomEndpoints
{
    private const string Json = "application/json";

    /// <summary>Maps them.</summary>
    /// <param name="app">Where to.</param>
    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/v1/rooms").WithTags("Synchronised rooms");
        MapRooms(group);
        MapJoining(group);
        MapAccess(group);
        MapGuests(group);
        MapState(group);
        MapGuestSide(app.MapGroup("/api/v1").WithTags("Synchronised rooms"));
    }

    private static void MapRooms(RouteGroupBuilder group)
    {
        group.MapPost(string.Empty, (HttpContext context, SyncRoomAdmission admission) => admission.CreateAsync(context))
            .Accepts<NewSyncRoomShape>(Json)
            .Produces<RoomCreatedBody>(StatusCodes.Status201Created)
            .AsSyncCommand("Creates a room; you are its host");
        group.MapGet(string.Empty, (HttpContext context, WatchLists lists) => lists.RoomsAsync(context))
            .Produces<IReadOnlyList<SyncRoomBody>>()
            .AsSyncQuery("The rooms you have a seat in or were let into, the newest first");
        group.MapGet("/{id}", (string id, HttpContext context, SyncRoomAdmission admission) => admission.ShowAsync(id, context))
            .Produces<SyncRoomBody>()
            .AsSyncQuery("The room");
        group.MapPut("/{id}", (string id, HttpContext context, SyncRoomAdmission admission) => admission.UpdateAsync(id, context))
            .Accepts<SyncRoomChangeShape>(Json)
            .Produces<RoomCreatedBody>()
            .AsSyncCommand("Host: changes name, description and settings; what is left out stays");
        group.MapDelete("/{id}", (string id, HttpContext context, WatchCalls calls) => calls.CommandAsync(
                context,
                id,
                BodyNeed.None,
                static call => new DeleteWatchParty(call.At, call.Actor),
                Done("Room deleted successfully")))
            .Produces<RoomMessageBody>()
            .AsSyncCommand("Host: deletes the room for good");
        group.MapPost("/{id}/leave", (string id, HttpContext context, WatchCalls calls) => calls.CommandAsync(
                context,
                id,
                BodyNeed.None,
                static call => new LeaveWatchParty(call.At, call.Actor),
                Done("Successfully left the room")))
            .Produces<RoomMessageBody>()
            .AsSyncCommand("Leaves; a host's role passes on");
    }

    private static void MapJoining(RouteGroupBuilder group)
    {
        group.MapPost("/join", (HttpContext context, SyncRoomAdmission admission) =>
                admission.JoinByTokenAsync(context, BodyNeed.Required))
            .Accepts<RoomJoinShape>(Json)
            .Produces<RoomCreatedBody>()
            .AsSyncCommand("Takes a seat by an invitation");
        group.MapGet("/join", (HttpContext context, SyncRoomAdmission admission) => admission.JoinByTokenAsync(context, BodyNeed.None))
            .Produces<RoomCreatedBody>()
            .AsSyncQuery("Takes a seat by an invitation in the query parameter token");
        group.MapGet("/join/{id}", (string id, HttpContext context, SyncRoomAdmission admission) =>
                admission.JoinAsync(id, context, BodyNeed.None))
            .Produces<RoomCreatedBody>()
            .AsSyncQuery("Takes a seat in a room you may see");
        group.MapPost("/{id}/join", (string id, HttpContext context, SyncRoomAdmission admission) =>
                admission.JoinAsync(id, context, BodyNeed.Optional))
            .Accepts<JoinWatchPartyShape>(isOptional: true, Json)
            .Produces<RoomCreatedBody>()
            .AsSyncCommand("Takes a seat in a room you may see, with its password where one is asked");
        group.MapPost("/{id}/ticket", (string id, HttpContext context, WatchMoments moments) => moments.TicketAsync(id, context))
            .Produces<WatchTicketBody>(StatusCodes.Status201Created)
            .AsSyncQuery("A ticket that opens one socket within 30 seconds, instead of a token in its address");
    }

    private static void MapAccess(RouteGroupBuilder group)
    {
        group.MapPost("/{id}/invite", (string id, HttpContext context, RoomAccessCalls access) => access.InviteAsync(id, context))
            .Accepts<RoomInviteShape>(Json)
            .Produces<RoomInvitedBody>()
            .AsSyncCommand("Host: lets an account in before it asks");
        group.MapPost("/{id}/room-access", (string id, HttpContext context, RoomAccessCalls access) => access.RequestAsync(id, context))
            .Accepts<AccessShape>(isOptional: true, Json)
            .Produces<AccessRequestedBody>(StatusCodes.Status202Accepted)
            .AsSyncCommand("Asks the host to let you in");
        group.MapGet("/{id}/room-access", (string id, HttpContext context, RoomAccessCalls access) => access.ListAsync(id, context))
            .Produces<AccessRequestsBody>()
            .AsSyncQuery("Host and co-hosts: the accounts that ask to be let in");
        group.MapGet("/{id}/room-access/status", (string id, HttpContext context, RoomAccessCalls access) =>
                access.StatusAsync(id, context))
            .Produces<AccessStatusBody>()
            .AsSyncQuery("How your own request stands");
        group.MapPost("/{id}/room-access/{userId}/approve", (string id, string userId, HttpContext context, RoomAccessCalls access) =>
                access.ReviewAsync(id, userId, context))
            .Accepts<ReviewShape>(Json)
            .Produces<AccessReviewedBody>()
            .AsSyncCommand("Host: grants or denies an account's request");
    }

    private static void MapGuests(RouteGroupBuilder group)
    {
        group.MapPost("/{id}/request-access", (string id, HttpContext context, GuestCalls guests) => guests.RequestAsync(id, context))
            .Accepts<GuestAccessShape>(Json)
            .Produces<GuestRequestedBody>(StatusCodes.Status202Accepted)
            .AsOpenSyncCommand("Asks the host to let you in without an account");
        group.MapGet("/{id}/guest-requests", (string id, HttpContext context, GuestCalls guests) => guests.ListAsync(id, context))
            .Produces<AccessRequestsBody>()
            .AsSyncQuery("Host and co-hosts: the guests who ask to be let in");
        group.MapPost("/{id}/guest-requests/{requestId}/approve", (
                string id, string requestId, HttpContext context, GuestCalls guests) => guests.ReviewAsync(id, requestId, context))
            .Accepts<ReviewShape>(Json)
            .Produces<GuestReviewedBody>()
            .AsSyncCommand("Host: grants or denies a guest's request");
    }

    private static void MapState(RouteGroupBuilder group)
    {
        group.MapGet("/{id}/state", (string id, HttpContext context, WatchCalls calls) => calls.QueryAsync(
                context,
                id,
                WatchNeed.Somebody,
                static call => new GetPlayback(call.Actor, call.At),
                static (call, result) => TypedResults.Json(
                    SyncRoomShown.State(call.Party.Id, (PlaybackChanged)result.Reply!), WatchHttpJson.Wire.RoomStateBody)))
            .Produces<RoomStateBody>()
            .AsSyncQuery("Where the room plays");
        group.MapGet("/{id}/participants", (string id, HttpContext context, WatchCalls calls) => calls.QueryAsync(
                context,
                id,
                WatchNeed.Somebody,
                static call => new ListParticipants(call.Actor, call.At),
                static (_, result) =>
                {
                    var list = ((ParticipantList)result.Reply!).Participants;
                    return TypedResults.Json(
                        new RoomParticipantsBody([.. list.Select(RoomParticipantShown.Of)], list.Count),
                        WatchHttpJson.Wire.RoomParticipantsBody);
                }))
            .Produces<RoomParticipantsBody>()
            .AsSyncQuery("Who has a seat");
    }

    private static void MapGuestSide(RouteGroupBuilder group)
    {
        group.MapGet("/guest-requests/{requestId}/status", (string requestId, HttpContext context, GuestCalls guests) =>
                guests.StatusAsync(requestId, context))
            .Produces<GuestStatusBody>()
            .AsOpenSyncQuery("How a guest's request stands; with the guest's own id of it also the token, once it is granted");
        group.MapGet("/guest/validate/{token}", (string token, HttpContext context, GuestCalls guests) =>
                guests.ValidateAsync(token, context))
            .Produces<GuestSessionBody>()
            .AsOpenSyncQuery("Whether a guest token holds");
        group.MapGet("/guest/rooms/{id}", (string id, HttpContext context, GuestCalls guests) => guests.RoomAsync(id, context))
            .Produces<GuestRoomBody>()
            .AsSyncQuery("The room as its guests see it");
    }

    private static WatchCalls.Answerer Done(string message) =>
        (_, _) => TypedResults.Json(new RoomMessageBody(message), WatchHttpJson.Wire.RoomMessageBody);
}
