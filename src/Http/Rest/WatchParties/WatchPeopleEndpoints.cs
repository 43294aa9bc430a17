using AkkaParty.Http.Docs;
using AkkaParty.Http.Identity;
using AkkaParty.Protocol.WatchParties;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace AkkaParty.Http.Rest.WatchParties;

/// <summary>The people of watch parties over REST: who has a seat, what they are, and who has none any more.</summary>
internal static class WatchPeopleEndpoints
{
    private const string Json = "application/json";

    /// <summary>Maps them.</summary>
    /// <param name="group">Where to.</param>
    public static void Map(RouteGroupBuilder group)
    {
        MapSeats(group);
        MapRoles(group);
    }

    private static void MapSeats(RouteGroupBuilder group)
    {
        group.MapGet("/{id}/participants", (string id, HttpContext context, WatchCalls calls) => calls.QueryAsync(
                context, id, WatchNeed.Anybody, static call => new ListParticipants(call.Actor, call.At), WatchAnswer.Participants))
            .Produces<WatchSuccess<WatchParticipantsBody>>()
            .AsWatchQuery("Who has a seat");
        group.MapGet("/{id}/me", (string id, HttpContext context, WatchCalls calls) => calls.QueryAsync(
                context, id, WatchNeed.Somebody, static call => new GetWatchSeat(call.Actor, call.At), WatchAnswer.Seat))
            .Produces<WatchSuccess<WatchSeatBody>>()
            .AsWatchQuery("Your own seat");
        group.MapPost("/{id}/kick", (string id, HttpContext context, WatchMoments moments) => moments.KickAsync(id, context))
            .Accepts<WatchKickShape>(Json)
            .Produces<WatchSuccess<WatchMessageBody>>()
            .AsWatchCommand("Host and co-hosts: puts somebody out, with ban for good");
        group.MapGet("/{id}/bans", (string id, HttpContext context, WatchCalls calls) => calls.QueryAsync(
                context, id, WatchNeed.Somebody, static call => new ListBans(call.Actor, call.At), WatchAnswer.Bans))
            .Produces<WatchSuccess<WatchBansBody>>()
            .AsWatchQuery("Host and co-hosts: who is banned");
        MapMember(group.MapDelete, "/{id}/bans/{userId}", "Ban lifted", static (call, member) => new LiftBan(call.At, call.Actor, member))
            .AsWatchCommand("Host: lifts a ban");
        group.MapPost("/{id}/mute", (string id, HttpContext context, WatchCalls calls) => calls.CommandAsync(
                context,
                id,
                BodyNeed.Required,
                static call => new MuteParticipant(
                    call.At, call.Actor, call.Inputs.MemberId("user_id") ?? string.Empty, call.Inputs.Body.Flag("muted") ?? true),
                WatchAnswer.Done("Participant updated successfully")))
            .Accepts<WatchMuteShape>(Json)
            .Produces<WatchSuccess<WatchMessageBody>>()
            .AsWatchCommand("Host and co-hosts: mutes a viewer, or no longer");
    }

    private static void MapRoles(RouteGroupBuilder group)
    {
        group.MapPost("/{id}/co-hosts", (string id, HttpContext context, WatchCalls calls) => calls.CommandAsync(
                context,
                id,
                BodyNeed.Required,
                static call => new SetCoHost(call.At, call.Actor, call.Inputs.MemberId("user_id") ?? string.Empty, true),
                WatchAnswer.Done("Co-host assigned successfully")))
            .Accepts<WatchMemberShape>(Json)
            .Produces<WatchSuccess<WatchMessageBody>>()
            .AsWatchCommand("Host: makes somebody a co-host");
        MapMember(
                group.MapDelete,
                "/{id}/co-hosts/{userId}",
                "Co-host revoked successfully",
                static (call, member) => new SetCoHost(call.At, call.Actor, member, false))
            .AsWatchCommand("Host: makes a co-host a viewer again");
        group.MapPost("/{id}/transfer-host", (string id, HttpContext context, WatchCalls calls) => calls.CommandAsync(
                context,
                id,
                BodyNeed.Required,
                static call => new TransferHost(call.At, call.Actor, call.Inputs.MemberId("user_id") ?? string.Empty),
                WatchAnswer.Done("Host transferred successfully")))
            .Accepts<WatchMemberShape>(Json)
            .Produces<WatchSuccess<WatchMessageBody>>()
            .AsWatchCommand("Host: hands the role over");
        group.MapPost("/{id}/invite", (string id, HttpContext context, WatchChanges changes) => changes.InviteAsync(id, context))
            .Accepts<WatchInviteShape>(Json)
            .Produces<WatchSuccess<WatchMessageBody>>()
            .AsWatchCommand("Host: lets an account in before it asks");
    }

    private static RouteHandlerBuilder MapMember(
        Func<string, Delegate, RouteHandlerBuilder> map, string route, string done, Func<WatchCall, string, WatchCommand> make) =>
        map(route, (string id, string userId, HttpContext context, WatchCalls calls) => calls.CommandAsync(
                context,
                id,
                BodyNeed.None,
                call => make(call, WatchDoor.TryParse(userId, out var member) ? member : userId),
                WatchAnswer.Done(done)))
            .Produces<WatchSuccess<WatchMessageBody>>();
}
