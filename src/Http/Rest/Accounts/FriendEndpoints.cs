using AkkaParty.Accounts;
using AkkaParty.Http.Docs;
using AkkaParty.Http.Errors;
using AkkaParty.Http.Limits;
using AkkaParty.Protocol.Accounts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AkkaParty.Http.Rest.Accounts;

/// <summary>Friends: who may see a watch party that is for friends.</summary>
internal static class FriendEndpoints
{
    /// <summary>Maps them.</summary>
    /// <param name="app">Where to.</param>
    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api/v1/friends").WithTags("Friends");
        group.MapGet(string.Empty, ListAsync).Produces<FriendsBody>().AsAccountCall("Your friends, and the requests that wait");
        group.MapPost(string.Empty, AskAsync)
            .Accepts<FriendAskBody>("application/json")
            .Produces<FriendshipBody>()
            .Produces<FriendshipBody>(StatusCodes.Status201Created)
            .AsAccountCall("Asks somebody to be your friend; whoever has asked you is accepted", 400, 404, 409, 413, 415);
        group.MapPost("/{userId}/accept", AcceptAsync)
            .Produces<FriendshipBody>()
            .AsAccountCall("Accepts somebody who has asked", 404, 409);
        group.MapPost("/{userId}/refuse", RefuseAsync)
            .Produces<MessageBody>()
            .AsAccountCall("Refuses somebody who has asked", 404);
        group.MapDelete("/{userId}", RemoveAsync)
            .Produces(StatusCodes.Status204NoContent)
            .AsAccountCall("Ends a friendship, or takes your request back", 404);
    }

    private static Task<IResult> ListAsync(HttpContext context, AccountCalls calls, IFriends friends) =>
        calls.RunAsync(context, async (caller, stop) =>
            TypedResults.Json(FriendsBody.Of(await friends.ListAsync(caller.Id, null, stop)), AccountHttpJson.Wire.FriendsBody));

    private static Task<IResult> AskAsync(
        HttpContext context, AccountCalls calls, IAccounts accounts, IFriends friends, RateWindows windows) =>
        calls.RunAsync(context, AccountHttpJson.Wire.FriendAskBody, async (caller, body, stop) =>
        {
            if (body.UserId is null == body.Email is null)
            {
                return new ProblemResult(
                    AccountError.Of(AccountErrorCodes.InvalidRequestBody, "Either user_id or email is required.", "user_id"));
            }

            if (await windows.CheckAsync(context, RateWindow.AskForFriendship, caller.UserId) is { } limited)
            {
                return new ProblemResult(limited);
            }

            Guid? asked = body.UserId is { } text
                ? Guid.TryParseExact(text, "D", out var id) ? id : null
                : (await accounts.FindByEmailAsync(body.Email!, stop))?.Id;
            if (asked is not { } friendId)
            {
                return new ProblemResult(
                    AccountError.Of(AccountErrorCodes.AccountNotFound, field: body.UserId is null ? "email" : "user_id"));
            }

            var answer = await friends.AskAsync(caller.Id, friendId, stop);
            if (!answer.IsDone)
            {
                return new ProblemResult(AccountError.From(answer.Fault));
            }

            return answer.Value.State == FriendState.Accepted
                ? Show("you are friends now", answer.Value)
                : Show("friend request sent", answer.Value, StatusCodes.Status201Created);
        });

    private static Task<IResult> AcceptAsync(string userId, HttpContext context, AccountCalls calls, IFriends friends) =>
        calls.RunAsync(context, async (caller, stop) =>
        {
            if (!Guid.TryParseExact(userId, "D", out var id))
            {
                return NotFound();
            }

            var answer = await friends.AcceptAsync(caller.Id, id, stop);
            return answer.IsDone ? Show("you are friends now", answer.Value) : new ProblemResult(AccountError.From(answer.Fault));
        });

    private static Task<IResult> RefuseAsync(string userId, HttpContext context, AccountCalls calls, IFriends friends) =>
        calls.RunAsync(context, async (caller, stop) =>
        {
            // Only what was asked can be refused: a friendship is ended on purpose, not by a late answer.
            var incoming = await friends.ListAsync(caller.Id, FriendState.Incoming, stop);
            if (!Guid.TryParseExact(userId, "D", out var id) || incoming.FirstOrDefault(friend => friend.Account.Id == id) is not { } asker)
            {
                return NotFound();
            }

            var answer = await friends.RemoveAsync(caller.Id, asker.Account.Id, stop);
            return answer.IsDone
                ? TypedResults.Json(new MessageBody("friend request refused"), AccountHttpJson.Wire.MessageBody)
                : new ProblemResult(AccountError.From(answer.Fault));
        });

    private static Task<IResult> RemoveAsync(string userId, HttpContext context, AccountCalls calls, IFriends friends) =>
        calls.RunAsync(context, async (caller, stop) =>
        {
            if (!Guid.TryParseExact(userId, "D", out var id))
            {
                return NotFound();
            }

            var answer = await friends.RemoveAsync(caller.Id, id, stop);
            return answer.IsDone ? TypedResults.NoContent() : new ProblemResult(AccountError.From(answer.Fault));
        });

    private static ProblemResult NotFound() => new(AccountError.Of(AccountErrorCodes.FriendNotFound));

    private static JsonHttpResult<FriendshipBody> Show(string message, Friend friend, int status = StatusCodes.Status200OK) =>
        TypedResults.Json(
            new FriendshipBody(message, FriendBody.Of(friend)), AccountHttpJson.Wire.FriendshipBody, statusCode: status);
}
