using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using AkkaParty.Http.Rest.WatchParties;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Entities;
using Microsoft.AspNetCore.Http.HttpResults;

namespace AkkaParty.Http.Rest.SyncRooms;

/// <summary>Accounts that want into a room, and hosts who let them.</summary>
internal sealed class RoomAccessCalls(WatchCalls calls, WatchChanges changes, WatchShown shown)
{
    private static readonly ApiError InviteHostOnly =
        ApiError.Of(WatchErrorCodes.WatchHostOnly) with { Message = "only room host can send invitations" };

    /// <summary>Invites an account.</summary>
    /// <param name="id">The room.</param>
    /// <param name="context">The request.</param>
    /// <returns>200, or the error.</returns>
    public async Task<IResult> InviteAsync(string id, HttpContext context)
    {
        var (call, error) = await calls.OpenAsync(context, id, WatchNeed.Somebody, BodyNeed.Required);
        if (call is null)
        {
            return new ProblemResult(error!);
        }

        if (await changes.InviteAsync(call) is { } refused)
        {
            return new ProblemResult(
                refused.Code is WatchErrorCodes.WatchHostOnly or WatchErrorCodes.NotAParticipant ? InviteHostOnly : refused);
        }

        var (known, unseen) = await WatchCalls.QueryAsync(call, new GetWatchParty(call.Actor, call.At));
        if (unseen is not null)
        {
            return new ProblemResult(unseen);
        }

        var code = ((WatchPartyChanged)known.Reply!).Party.InviteCode;
        return TypedResults.Json(
            new RoomInvitedBody(code ?? string.Empty, shown.InviteUrl(context.Request, code), "Invitation sent successfully"),
            WatchHttpJson.Wire.RoomInvitedBody);
    }

    /// <summary>Asks to be let in.</summary>
    /// <param name="id">The room.</param>
    /// <param name="context">The request.</param>
    /// <returns>202, or the error.</returns>
    public Task<IResult> RequestAsync(string id, HttpContext context) => calls.CommandAsync(
        context,
        id,
        BodyNeed.Optional,
        static call => new RequestWatchAccess(call.At, call.Actor, call.Caller.Person, call.Inputs.RequestMessage()),
        static (_, result) => TypedResults.Json(
            new AccessRequestedBody(
                SyncRoomShown.OfAccount(((AccessChanged)result.Reply!).Request.Status),
                "Access request submitted. The host will review it."),
            WatchHttpJson.Wire.AccessRequestedBody,
            statusCode: StatusCodes.Status202Accepted),
        WatchNeed.Account);

    /// <summary>Lists who asks.</summary>
    /// <param name="id">The room.</param>
    /// <param name="context">The request.</param>
    /// <returns>200, or the error.</returns>
    public Task<IResult> ListAsync(string id, HttpContext context) => calls.QueryAsync(
        context,
        id,
        WatchNeed.Somebody,
        static call => new ListAccessRequests(call.Actor, call.At),
        static (call, result) => TypedResults.Json(
            new AccessRequestsBody(
                [.. ((AccessList)result.Reply!).Requests.Select(one => SyncRoomShown.AccountRequest(call.Party.Id, one))]),
            WatchHttpJson.Wire.AccessRequestsBody));

    /// <summary>Says how one's own request stands.</summary>
    /// <param name="id">The room.</param>
    /// <param name="context">The request.</param>
    /// <returns>200, or the error.</returns>
    public Task<IResult> StatusAsync(string id, HttpContext context) => calls.QueryAsync(
        context,
        id,
        WatchNeed.Account,
        static call => new GetAccessRequest(call.Actor, call.At),
        static (_, result) =>
        {
            var request = ((AccessChanged)result.Reply!).Request;
            return TypedResults.Json(
                new AccessStatusBody(SyncRoomShown.OfAccount(request.Status), request.Answer), WatchHttpJson.Wire.AccessStatusBody);
        });

    /// <summary>Answers a request.</summary>
    /// <param name="id">The room.</param>
    /// <param name="userId">Whose request.</param>
    /// <param name="context">The request.</param>
    /// <returns>200, or the error.</returns>
    public async Task<IResult> ReviewAsync(string id, string userId, HttpContext context)
    {
        if (!WatchDoor.TryParse(userId, out var memberId))
        {
            return new ProblemResult(ApiError.Invalid("Invalid user ID", "user_id"));
        }

        return await calls.CommandAsync(
            context,
            id,
            BodyNeed.Required,
            call => new ReviewWatchAccess(call.At, call.Actor, memberId, ApprovalOf(call.Inputs), call.Inputs.Message()),
            (_, result) => Reviewed(memberId, result));
    }

    /// <summary>Whether an answer grants.</summary>
    /// <param name="inputs">The inputs.</param>
    /// <returns>What <c>approved</c> says; that it is missing is noted.</returns>
    public static bool ApprovalOf(WatchInputs inputs)
    {
        var approved = inputs.Body.Flag("approved");
        if (approved is null && !inputs.Body.Has("approved"))
        {
            inputs.Refuse("approved", "approved (true or false) is required");
        }

        return approved ?? false;
    }

    private static JsonHttpResult<AccessReviewedBody> Reviewed(string memberId, AskResult result)
    {
        var status = ((AccessChanged)result.Reply!).Request.Status;
        var message = status == AccessStatus.Approved ? "Room access granted" : "Room access denied";
        return TypedResults.Json(
            new AccessReviewedBody(memberId, SyncRoomShown.OfAccount(status), message), WatchHttpJson.Wire.AccessReviewedBody);
    }
}
