using AkkaParty.Http.Docs;
using AkkaParty.Http.Identity;
using AkkaParty.Protocol.WatchParties;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace AkkaParty.Http.Rest.WatchParties;

/// <summary>Watch parties over REST, in their own envelope. The same routes answer without <c>v1</c> as well.</summary>
internal static class WatchPartyEndpoints
{
    private const string Json = "application/json";

    /// <summary>Maps them.</summary>
    /// <param name="app">Where to.</param>
    public static void Map(IEndpointRouteBuilder app)
    {
        MapAll(app.MapGroup("/api/v1/watch-parties").WithTags("Watch parties"));
        MapAll(app.MapGroup("/api/watch-parties").ExcludeFromDescription());
        app.MapGet("/api/v1/users/{userId}/watch-party-stats", (string userId, HttpContext context, WatchLists lists) =>
                lists.StatsAsync(userId, context))
            .WithTags("Watch parties")
            .Produces<WatchSuccess<WatchStatsBody>>()
            .AsWatchQuery("What you did in watch parties");
    }

    private static void MapAll(RouteGroupBuilder group)
    {
        MapLists(group);
        MapParty(group);
        WatchPeopleEndpoints.Map(group);
        MapChat(group);
        MapPlayback(group);
        MapItems(group);
    }

    private static void MapLists(RouteGroupBuilder group)
    {
        group.MapPost(string.Empty, (HttpContext context, WatchAdmission admission) => admission.CreateAsync(context))
            .Accepts<NewWatchPartyShape>(Json)
            .Produces<WatchSuccess<WatchCreatedBody>>(StatusCodes.Status201Created)
            .AsWatchCommand("Creates a watch party; you are its host");
        group.MapGet("/public", (HttpContext context, WatchLists lists) => lists.PublicAsync(context))
            .Produces<WatchSuccess<WatchListBody>>()
            .AsWatchQuery("Public watch parties that go on, the newest first");
        group.MapGet("/trending", (HttpContext context, WatchLists lists) => lists.TrendingAsync(context))
            .Produces<WatchSuccess<WatchListBody>>()
            .AsWatchQuery("Public watch parties that go on, those with the most people first");
        group.MapGet("/history", (HttpContext context, WatchLists lists) => lists.HistoryAsync(context))
            .Produces<WatchSuccess<WatchHistoryBody>>()
            .AsWatchQuery("The ended watch parties you were in");
    }

    private static void MapParty(RouteGroupBuilder group)
    {
        group.MapPost("/{id}/join", (string id, HttpContext context, WatchAdmission admission) => admission.JoinAsync(id, context))
            .Accepts<JoinWatchPartyShape>(isOptional: true, Json)
            .Produces<WatchSuccess<WatchJoinedBody>>()
            .AsWatchCommand("Takes a seat: by the invite code, or by the id of a party you may see");
        group.MapGet("/{id}", (string id, HttpContext context, WatchAdmission admission) => admission.ShowAsync(id, context))
            .Produces<WatchSuccess<WatchPartyBody>>()
            .AsWatchQuery("The watch party");
        group.MapDelete("/{id}/leave", (string id, HttpContext context, WatchCalls calls) => calls.CommandAsync(
                context,
                id,
                BodyNeed.None,
                static call => new LeaveWatchParty(call.At, call.Actor),
                WatchAnswer.Done("Successfully left watch party")))
            .Produces<WatchSuccess<WatchMessageBody>>()
            .AsWatchCommand("Leaves; a host's role passes on");
        group.MapPost("/{id}/end", (string id, HttpContext context, WatchCalls calls) => calls.CommandAsync(
                context,
                id,
                BodyNeed.None,
                static call => new EndWatchParty(call.At, call.Actor),
                WatchAnswer.Done("Watch party ended successfully")))
            .Produces<WatchSuccess<WatchMessageBody>>()
            .AsWatchCommand("Host: ends it; all are told, and their sockets close");
        group.MapPost("/{id}/restart", (string id, HttpContext context, WatchCalls calls) => calls.CommandAsync(
                context,
                id,
                BodyNeed.None,
                static call => new RestartWatchParty(call.At, call.Actor),
                WatchAnswer.Done("Watch party started again")))
            .Produces<WatchSuccess<WatchMessageBody>>()
            .AsWatchCommand("Host: starts an ended one again, with the same people and code");
        group.MapDelete("/{id}", (string id, HttpContext context, WatchCalls calls) => calls.CommandAsync(
                context,
                id,
                BodyNeed.None,
                static call => new DeleteWatchParty(call.At, call.Actor),
                WatchAnswer.Done("Watch party deleted successfully")))
            .Produces<WatchSuccess<WatchMessageBody>>()
            .AsWatchCommand("Host: deletes it for good");
        group.MapPatch("/{id}/settings", (string id, HttpContext context, WatchChanges changes) => changes.PatchAsync(id, context))
            .Accepts<WatchSettingsShape>(Json)
            .Produces<WatchSuccess<WatchPartyBody>>()
            .AsWatchCommand("Host: changes settings, title, description and password");
        group.MapGet("/{id}/analytics", (string id, HttpContext context, WatchCalls calls) => calls.QueryAsync(
                context,
                id,
                WatchNeed.Somebody,
                static call => new GetWatchAnalytics(call.Actor, call.At),
                WatchAnswer.Analytics))
            .Produces<WatchSuccess<WatchAnalyticsBody>>()
            .AsWatchQuery("Host and co-hosts: what the party was like");
        group.MapPost("/{id}/ticket", (string id, HttpContext context, WatchMoments moments) => moments.TicketAsync(id, context))
            .Produces<WatchSuccess<WatchTicketBody>>(StatusCodes.Status201Created)
            .AsWatchQuery("A ticket that opens one socket within 30 seconds, instead of a token in its address");
    }

    private static void MapChat(RouteGroupBuilder group)
    {
        group.MapGet("/{id}/messages", (string id, HttpContext context, WatchCalls calls) => calls.QueryAsync(
                context, id, WatchNeed.Somebody, WatchChat.Question, WatchAnswer.Messages))
            .Produces<WatchSuccess<WatchMessagesBody>>()
            .AsWatchQuery("The last 100 messages, oldest first; with up_to_ms only those that give nothing away");
        group.MapPost("/{id}/messages", (string id, HttpContext context, WatchCalls calls) => calls.CommandAsync(
                context, id, BodyNeed.Required, WatchChat.Message, WatchAnswer.Said))
            .Accepts<WatchMessageShape>(Json)
            .Produces<WatchSuccess<WatchChatShown>>(StatusCodes.Status201Created)
            .AsWatchCommand("Says something; 10 a minute");
        group.MapDelete("/{id}/messages/{messageId}", (string id, string messageId, HttpContext context, WatchCalls calls) =>
                calls.CommandAsync(
                    context,
                    id,
                    BodyNeed.None,
                    call => new DeleteWatchMessage(call.At, call.Actor, messageId),
                    WatchAnswer.Done("Message deleted successfully")))
            .Produces<WatchSuccess<WatchMessageBody>>()
            .AsWatchCommand("Takes a message back: your own, or as host or co-host");
        group.MapPost("/{id}/react", (string id, HttpContext context, WatchMoments moments) => moments.ReactAsync(id, context))
            .Accepts<WatchReactionShape>(Json)
            .Produces<WatchSuccess<WatchReactionBody>>(StatusCodes.Status201Created)
            .AsWatchCommand("Reacts; 30 a minute");
    }

    private static void MapPlayback(RouteGroupBuilder group)
    {
        group.MapGet("/{id}/playback", (string id, HttpContext context, WatchPlayback playback) => playback.ShowAsync(id, context))
            .Produces<WatchSuccess<WatchPlaybackBody>>()
            .AsWatchQuery("Where it plays");
        MapCommand(group, "play", "Plays", static (playback, id, context) => playback.PlayAsync(id, context));
        MapCommand(group, "pause", "Pauses", static (playback, id, context) => playback.PauseAsync(id, context));
        MapCommand(group, "seek", "Goes to a position; plays on if it plays", static (playback, id, context) =>
            playback.SeekAsync(id, context));
        MapCommand(group, "rate", "Changes the speed", static (playback, id, context) => playback.RateAsync(id, context));
        MapCommand(group, "skip", "Goes to the next item, or to a named one", static (playback, id, context) =>
            playback.SkipAsync(id, context));
        group.MapPost("/{id}/skip-vote", (string id, HttpContext context, WatchPlayback playback) => playback.VoteAsync(id, context))
            .Accepts<WatchSkipVoteShape>(Json)
            .Produces<WatchSuccess<WatchMessageBody>>()
            .AsWatchCommand("Votes to skip what plays, or takes the vote back");
    }

    private static void MapCommand(
        RouteGroupBuilder group, string verb, string summary, Func<WatchPlayback, string, HttpContext, Task<IResult>> run) =>
        group.MapPost($"/{{id}}/playback/{verb}", (string id, HttpContext context, WatchPlayback playback) => run(playback, id, context))
            .Accepts<WatchPlaybackShape>(isOptional: true, Json)
            .Produces<WatchSuccess<WatchPlaybackBody>>()
            .AsWatchCommand(summary);

    private static void MapItems(RouteGroupBuilder group)
    {
        group.MapPost("/{id}/items", (string id, HttpContext context, WatchPlayback playback) => playback.AddAsync(id, context))
            .Accepts<MediaItemShape>(Json)
            .Produces<WatchSuccess<WatchItemsBody>>(StatusCodes.Status201Created)
            .AsWatchCommand("Adds an item to the playlist");
        group.MapPatch("/{id}/items/{itemId}", (string id, string itemId, HttpContext context, WatchPlayback playback) =>
                playback.ChangeAsync(id, itemId, context))
            .Accepts<WatchItemChangeShape>(Json)
            .Produces<WatchSuccess<WatchItemsBody>>()
            .AsWatchCommand("Moves an item, or says how long it is");
        group.MapDelete("/{id}/items/{itemId}", (string id, string itemId, HttpContext context, WatchPlayback playback) =>
                playback.RemoveAsync(id, itemId, context))
            .Produces<WatchSuccess<WatchItemsBody>>()
            .AsWatchCommand("Removes an item; when it plays, the next one follows");
    }
}
