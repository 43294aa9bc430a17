using AkkaParty.Http.Connections;
using AkkaParty.Http.Docs;
using AkkaParty.Http.Errors;
using AkkaParty.Protocol.Rooms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace AkkaParty.Http.Rest.Rooms;

/// <summary>Rooms and their members over REST.</summary>
internal static class RoomEndpoints
{
    /// <summary>Maps them.</summary>
    /// <param name="app">Where to.</param>
    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/rooms").WithTags("Rooms");
        MapOpen(group);
        MapRoom(group);
        MapMembers(group);
        MapTokens(group);
    }

    private static void MapOpen(RouteGroupBuilder group)
    {
        group.MapPost(string.Empty, (HttpContext context, RoomAdmission admission) => admission.CreateAsync(context))
            .WithSummary("Creates a room; the first listed member is its admin and has the token")
            .WithMetadata(TakesIdempotencyKey.Instance)
            .Accepts<NewRoomShape>("application/json")
            .Produces<RoomAdmittedBody>(StatusCodes.Status201Created)
            .ProducesErrors(400, 409, 413, 415, 429, 503)
            .Produces<InputProblem>(StatusCodes.Status422UnprocessableEntity, Problem.ContentType);
        group.MapGet("/code/{code}", (string code, HttpContext context, RoomAdmission admission) => admission.ShowAsync(code, context))
            .WithSummary("The room as anybody who knows its code sees it")
            .Produces<RoomView>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesErrors(404, 429, 503);
        group.MapPost("/{code}/join", (string code, HttpContext context, RoomAdmission admission) => admission.JoinAsync(code, context))
            .WithSummary("Takes a seat in a room: a new one, or a listed one that nobody has claimed")
            .WithMetadata(TakesIdempotencyKey.Instance)
            .Accepts<MemberShape>("application/json")
            .Produces<RoomAdmittedBody>()
            .ProducesErrors(400, 404, 409, 413, 415, 429, 503)
            .Produces<InputProblem>(StatusCodes.Status422UnprocessableEntity, Problem.ContentType);
        group.MapGet("/member/{userId}", (string userId, HttpContext context, RoomsOfMember rooms) => rooms.ListAsync(userId, context))
            .Produces<IReadOnlyList<RoomView>>()
            .AsRoomQuery("Your rooms: those in which you have a seat with this user id");
    }

    private static void MapRoom(RouteGroupBuilder group)
    {
        group.MapGet("/{roomId}", (string roomId, HttpContext context, RoomCalls calls) => calls.QueryAsync(
                context, RoomTarget.Room(roomId), static (_, _, _, _) => new GetRoom(), RoomAnswer.Room))
            .Produces<RoomView>()
            .AsRoomQuery("The room");
        group.MapPatch("/{roomId}", (string roomId, HttpContext context, RoomCalls calls) => calls.BodyCommandAsync(
                context, inputs => Change(inputs, roomId), RoomAnswer.Room))
            .Accepts<RoomChangeShape>("application/json")
            .Produces<RoomView>()
            .AsRoomCommand("Admin: changes the name, replaces the settings");
        group.MapDelete("/{roomId}", (string roomId, HttpContext context, RoomCalls calls) => calls.CommandAsync(
                context,
                inputs => ByQuery(inputs, roomId, static (at, actor, _) => new DeleteRoom(at, actor)),
                RoomAnswer.Done))
            .Produces(StatusCodes.Status204NoContent)
            .AsRoomCommand("Admin: deletes the room with everything in it");
        group.MapGet("/{roomId}/presence", (string roomId, HttpContext context, RoomCalls calls) => calls.QueryAsync(
                context,
                RoomTarget.Room(roomId),
                static (_, actor, at, _) => new GetPresence(actor, at),
                static (context, result) => RoomAnswer.Show(
                    context, result, (PresentMembers)result.Reply!, RoomHttpJson.Wire.PresentMembers)))
            .Produces<PresentMembers>()
            .AsRoomQuery("Who is connected");
    }

    private static void MapMembers(RouteGroupBuilder group)
    {
        group.MapPost("/{roomId}/members", (string roomId, HttpContext context, RoomCalls calls) => calls.BodyCommandAsync(
                context,
                inputs =>
                {
                    var seat = inputs.Seat();
                    return ByQuery(inputs, roomId, (at, actor, _) => new AddMember(at, actor, seat));
                },
                RoomAnswer.Room))
            .Accepts<MemberShape>("application/json")
            .Produces<RoomView>()
            .AsRoomCommand("Lists somebody, who claims the seat by joining");
        group.MapPut("/{roomId}/members/{userId}", (string roomId, string userId, HttpContext context, RoomCalls calls) =>
                calls.BodyCommandAsync(context, inputs => Edit(inputs, roomId, userId), RoomAnswer.Room))
            .Accepts<MemberShape>("application/json")
            .Produces<RoomView>()
            .AsRoomCommand("Changes a member's name, avatar and region: your own, or as an admin");
        group.MapDelete("/{roomId}/members/{userId}", (string roomId, string userId, HttpContext context, RoomCalls calls) =>
                calls.CommandAsync(context, inputs => Remove(inputs, roomId, userId), RoomAnswer.Room))
            .Produces<RoomView>()
            .AsRoomCommand("Removes a member: yourself, or as an admin");
        group.MapPost("/{roomId}/admins", (string roomId, HttpContext context, RoomCalls calls) => calls.BodyCommandAsync(
                context, inputs => OnUser(inputs, roomId, "target_user_id", static (at, actor, user) => new GrantAdmin(at, actor, user)),
                RoomAnswer.Room))
            .Accepts<AdminGrantShape>("application/json")
            .Produces<RoomView>()
            .AsRoomCommand("Admin: makes a member an admin");
        group.MapPost("/{roomId}/seats/free", (string roomId, HttpContext context, RoomCalls calls) => calls.BodyCommandAsync(
                context, inputs => OnUser(inputs, roomId, "user_id", static (at, actor, user) => new FreeSeat(at, actor, user)),
                RoomAnswer.Room))
            .Accepts<SeatFreeShape>("application/json")
            .Produces<RoomView>()
            .AsRoomCommand("Admin: frees the seat of a member who lost their token");
        group.MapPost("/{roomId}/leave", (string roomId, HttpContext context, RoomCalls calls) => calls.BodyCommandAsync(
                context, inputs => Leave(inputs, roomId), RoomAnswer.Room))
            .Accepts<LeaveShape>("application/json")
            .Produces<RoomView>()
            .AsRoomCommand("Leaves the room; the last admin names a successor");
    }

    private static void MapTokens(RouteGroupBuilder group)
    {
        group.MapGet("/{roomId}/me", (string roomId, HttpContext context, RoomTokens tokens) => tokens.WhoAsync(roomId, context))
            .Produces<RoomMeBody>()
            .AsRoomQuery("Whose token you present");
        group.MapPost("/{roomId}/token", (string roomId, HttpContext context, RoomTokens tokens) => tokens.IssueAsync(roomId, context))
            .Produces<RoomTokenBody>(StatusCodes.Status201Created)
            .WithMetadata(TakesIdempotencyKey.Instance)
            .AsRoomQuery("Gives you another token, for another device");
        group.MapPost("/{roomId}/watch/ticket", (string roomId, HttpContext context, RoomTokens tokens) =>
                tokens.TicketAsync(roomId, context))
            .WithSummary("A ticket to your seat in the room's last watch party: it opens one connection")
            .WithMetadata(NeedsToken.Instance)
            .Produces<SeatTicket>(StatusCodes.Status201Created)
            .ProducesErrors(400, 401, 403, 404, 409, 429, 503);
        group.MapDelete("/{roomId}/token", (string roomId, HttpContext context, RoomCalls calls) => calls.CommandAsync(
                context,
                _ => new RoomOrder(RoomTarget.Room(roomId), static (at, actor, _) => new RevokeRoomToken(at, actor)),
                RoomAnswer.Done))
            .Produces(StatusCodes.Status204NoContent)
            .AsRoomCommand("Logs out: ends the token you present");
    }

    private static RoomOrder Change(RoomInputs inputs, string roomId)
    {
        var (name, settings) = (inputs.RoomName(false), inputs.Settings());
        inputs.Body.RefuseOthers();
        return ByQuery(inputs, roomId, (at, actor, _) => new UpdateRoom(at, actor, name, settings));
    }

    private static RoomOrder Edit(RoomInputs inputs, string roomId, string userId)
    {
        var seat = inputs.Seat();
        return ByQuery(inputs, roomId, (at, actor, _) => new UpdateMember(at, actor, seat)) with
        {
            Refusal = seat.UserId == userId ? null : ApiError.Of(RoomErrorCodes.PathUserMismatch, field: "user_id"),
        };
    }

    private static RoomOrder Remove(RoomInputs inputs, string roomId, string userId)
    {
        var successor = inputs.Query.Text("new_admin_user_id", RoomLimits.UserIdMax, code: RoomErrorCodes.UserIdInvalid);
        return ByQuery(inputs, roomId, (at, actor, _) => successor is not null && actor.UserId == userId
            ? new LeaveRoom(at, actor, userId, successor)
            : new RemoveMember(at, actor, userId));
    }

    private static RoomOrder OnUser(
        RoomInputs inputs, string roomId, string name, Func<DateTimeOffset, RoomActor, string, RoomCommand> make)
    {
        var user = inputs.RequiredUser(name);
        var acting = inputs.ActingUserOfBody("acting_user_id");
        return new RoomOrder(RoomTarget.Room(roomId), (at, actor, _) => make(at, actor, user!))
        {
            ActingUser = acting,
            ActingField = "acting_user_id",
        };
    }

    private static RoomOrder Leave(RoomInputs inputs, string roomId)
    {
        var (user, successor) = (inputs.ActingUserOfBody("user_id"), inputs.OptionalUser("new_admin_user_id"));
        return new RoomOrder(
            RoomTarget.Room(roomId), (at, actor, _) => new LeaveRoom(at, actor, actor.UserId ?? user ?? string.Empty, successor))
        {
            ActingUser = user,
            NeedsSeat = true,
        };
    }

    /// <summary>A command whose acting user, where it is named, stands in the query.</summary>
    internal static RoomOrder ByQuery(RoomInputs inputs, string roomId, Func<DateTimeOffset, RoomActor, string, RoomCommand> make) =>
        new(RoomTarget.Room(roomId), make) { ActingUser = inputs.ActingUserOfQuery(), ActingField = "acting_user_id" };
}
