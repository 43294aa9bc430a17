using AkkaParty.Http.Docs;
using AkkaParty.Http.Errors;
using AkkaParty.Protocol;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Runtime.Entities;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace AkkaParty.Http.Rest.Rooms;

/// <summary>Votes and reactions over REST. Literals win over parameters: <c>votes/item/X</c> is never the vote of user X.</summary>
internal static class VoteEndpoints
{
    private static readonly (string, bool)[] Votes = [("up", true), ("down", false)];
    private static readonly (string, int)[] Reactions = [.. ItemReactions.All.Select((reaction, index) => (reaction, index))];

    /// <summary>Maps them.</summary>
    /// <param name="app">Where to.</param>
    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/votes").WithTags("Votes");
        MapCommands(group);
        MapOfUser(group, "/{itemId}/{userId}");
        MapOfUser(group, "/user/{itemId}/{userId}");
        MapLists(group);
    }

    private static void MapCommands(RouteGroupBuilder group)
    {
        group.MapPost(string.Empty, (HttpContext context, RoomCalls calls) => calls.BodyCommandAsync(context, Cast, ShowCast))
            .Accepts<VoteShape>("application/json")
            .Produces<VoteCastBody>(StatusCodes.Status201Created)
            .AsRoomCommand("Votes on an item, or changes your vote");
        group.MapDelete("/{itemId}/{userId}", (string itemId, string userId, HttpContext context, RoomCalls calls) => calls.CommandAsync(
                context,
                _ => new RoomOrder(
                    RoomTarget.Item(itemId), static (at, actor, id) => new RemoveVote(at, actor, id, actor.UserId ?? string.Empty))
                {
                    ActingUser = userId,
                    NeedsSeat = true,
                },
                RoomAnswer.Done))
            .Produces(StatusCodes.Status204NoContent)
            .AsRoomCommand("Takes your vote back");
        group.MapPost("/reactions", (HttpContext context, RoomCalls calls) => calls.BodyCommandAsync(
                context,
                React,
                static (context, result) => RoomAnswer.Show(
                    context, result, ((ReactionChanged)result.Reply!).Reaction, RoomHttpJson.Wire.ReactionView)))
            .Accepts<ReactionShape>("application/json")
            .Produces<ReactionView>()
            .AsRoomCommand("Reacts to an item, or takes the reaction back");
    }

    private static void MapOfUser(RouteGroupBuilder group, string pattern) =>
        group.MapGet(pattern, (string itemId, string userId, HttpContext context, RoomCalls calls) => calls.QueryAsync(
                context,
                RoomTarget.Item(itemId),
                static (_, actor, at, id) => new ListVotes(actor, at, id),
                (context, result) => ShowVoteOf(context, result, TextRules.Clean(userId))))
            .Produces<VoteView>()
            .AsRoomQuery("A member's vote on an item");

    private static void MapLists(RouteGroupBuilder group)
    {
        group.MapGet("/item/{itemId}", (string itemId, HttpContext context, RoomCalls calls) => calls.QueryAsync(
                context,
                RoomTarget.Item(itemId),
                static (_, actor, at, id) => new ListVotes(actor, at, id),
                static (context, result) => RoomAnswer.Show(
                    context, result, ((VoteList)result.Reply!).Votes, RoomHttpJson.Wire.IReadOnlyListVoteView)))
            .Produces<IReadOnlyList<VoteView>>()
            .AsRoomQuery("The votes on an item");
        group.MapGet("/item/{itemId}/counts", (string itemId, HttpContext context, RoomCalls calls) => calls.QueryAsync(
                context,
                RoomTarget.Item(itemId),
                static (_, actor, at, id) => new GetItem(actor, at, id),
                static (context, result) => RoomAnswer.Show(
                    context, result, CountsOf((ItemView)result.Reply!), RoomHttpJson.Wire.VoteCounts)))
            .Produces<VoteCounts>()
            .AsRoomQuery("An item's counts");
        group.MapGet("/room/{roomId}/user/{userId}", (string roomId, string userId, HttpContext context, RoomCalls calls) =>
                calls.QueryAsync(
                    context,
                    RoomTarget.Room(roomId),
                    (_, actor, at, _) => new ListVotesOf(actor, at, TextRules.Clean(userId)),
                    static (context, result) => RoomAnswer.Show(
                        context, result, ByItem((VoteList)result.Reply!), RoomHttpJson.Wire.IReadOnlyDictionaryStringString)))
            .Produces<IReadOnlyDictionary<string, string>>()
            .AsRoomQuery("A member's votes by item");
        group.MapGet("/reactions/room/{roomId}", (string roomId, HttpContext context, RoomCalls calls) => calls.QueryAsync(
                context,
                RoomTarget.Room(roomId),
                static (_, actor, at, _) => new ListReactions(actor, at),
                static (context, result) => RoomAnswer.Show(
                    context,
                    result,
                    ByItem((ReactionList)result.Reply!),
                    RoomHttpJson.Wire.IReadOnlyDictionaryStringIReadOnlyDictionaryStringIReadOnlyListString)))
            .Produces<IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyList<string>>>>()
            .AsRoomQuery("The reactions to all items");
    }

    private static RoomOrder Cast(RoomInputs inputs)
    {
        var item = inputs.Body.Text("item_id", RoomLimits.UrlMax, isRequired: true);
        var user = inputs.ActingUserOfBody("user_id");
        var isUp = inputs.Body.OneOf("vote", Votes, isRequired: true, code: RoomErrorCodes.VoteInvalid);
        return new RoomOrder(
            RoomTarget.Item(item),
            (at, actor, id) => new CastVote(at, actor, id, actor.UserId ?? string.Empty, isUp.GetValueOrDefault()))
        {
            ActingUser = user,
            NeedsSeat = true,
        };
    }

    private static RoomOrder React(RoomInputs inputs)
    {
        var item = inputs.Body.Text("item_id", RoomLimits.UrlMax, isRequired: true);
        var user = inputs.ActingUserOfBody("user_id");
        var reaction = inputs.Body.OneOf("reaction", Reactions, isRequired: true, code: RoomErrorCodes.ItemReactionInvalid);
        var active = inputs.Body.Flag("active");
        return new RoomOrder(
            RoomTarget.Item(item),
            (at, actor, id) => new ReactToItem(
                at, actor, id, actor.UserId ?? string.Empty, ItemReactions.All[reaction.GetValueOrDefault()], active))
        {
            ActingUser = user,
            NeedsSeat = true,
        };
    }

    private static IResult ShowCast(HttpContext context, AskResult result)
    {
        var (vote, counts) = (VoteChanged)result.Reply!;
        return RoomAnswer.Show(
            context,
            result,
            new VoteCastBody(vote.ItemId, vote.UserId, vote.Vote, vote.VotedAt, counts),
            RoomHttpJson.Wire.VoteCastBody,
            StatusCodes.Status201Created);
    }

    private static IResult ShowVoteOf(HttpContext context, AskResult result, string userId) =>
        ((VoteList)result.Reply!).Votes.FirstOrDefault(vote => vote.UserId == userId) is { } found
            ? RoomAnswer.Show(context, result, found, RoomHttpJson.Wire.VoteView)
            : new ProblemResult(ApiError.Of(RoomErrorCodes.VoteNotFound));

    private static VoteCounts CountsOf(ItemView item) => new(item.Upvotes, item.Downvotes, item.VoteScore);

    private static Dictionary<string, string> ByItem(VoteList list) =>
        list.Votes.ToDictionary(vote => vote.ItemId, vote => vote.Vote, StringComparer.Ordinal);

    private static Dictionary<string, IReadOnlyDictionary<string, IReadOnlyList<string>>> ByItem(ReactionList list) => list.Reactions
        .GroupBy(reaction => reaction.ItemId, StringComparer.Ordinal)
        .ToDictionary(
            item => item.Key,
            item => (IReadOnlyDictionary<string, IReadOnlyList<string>>)item
                .GroupBy(reaction => reaction.Reaction, StringComparer.Ordinal)
                .ToDictionary(
                    kind => kind.Key,
                    kind => (IReadOnlyList<string>)[.. kind.Select(reaction => reaction.UserId)],
                    StringComparer.Ordinal),
            StringComparer.Ordinal);
}
