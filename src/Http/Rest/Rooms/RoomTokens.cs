using AkkaParty.Http.Connections;
using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using AkkaParty.Http.Limits;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Http.Rest.Rooms;

/// <summary>What the holder of a token may ask about it.</summary>
internal sealed class RoomTokens(RoomDoor door, OpenedSeats seats, CallRate rates, HttpOptions options, TimeProvider time)
{
    /// <summary>Says whose token it is.</summary>
    /// <param name="roomIdText">The room asked for.</param>
    /// <param name="context">The request.</param>
    /// <returns>200, or the error.</returns>
    public async Task<IResult> WhoAsync(string roomIdText, HttpContext context)
    {
        var (caller, member, error) = await RecogniseAsync(roomIdText, context);
        if (error is not null)
        {
            return new ProblemResult(error);
        }

        var body = new RoomMeBody(caller!.RoomId, member!.UserId, member.Name, member.IsAdmin, member.ExpiresAt);
        return TypedResults.Json(body, RoomHttpJson.Wire.RoomMeBody);
    }

    /// <summary>Gives the holder of a token another one. With a key, a retry meets the same command, and gets a fresh token.</summary>
    /// <param name="roomIdText">The room asked for.</param>
    /// <param name="context">The request.</param>
    /// <returns>201, or the error.</returns>
    public async Task<IResult> IssueAsync(string roomIdText, HttpContext context)
    {
        var (caller, member, error) = await RecogniseAsync(roomIdText, context);
        if (error is not null)
        {
            return new ProblemResult(error);
        }

        var (key, keyError) = IdempotencyKey.Read(context.Request, caller!.Actor.TokenHash!);
        if (keyError is not null)
        {
            return new ProblemResult(keyError);
        }

        var fingerprint = key is null ? null : IdempotencyKey.Fingerprint(context.Request, []);
        var fresh = FreshRoomToken.Make(caller.RoomId, member!.Person, time.GetUtcNow() + options.Rooms.TokenLifetime);
        var command = new IssueRoomToken(time.GetUtcNow(), member.UserId, caller.Actor, fresh.Grant) { Fingerprint = fingerprint };
        var result = await caller.Room.AskAsync(command, key?.CommandId);
        if (RoomAnswer.Failure(result, fingerprint) is { } failure)
        {
            return new ProblemResult(failure);
        }

        if (key is not null)
        {
            result = await fresh.EnsureAsync(caller.Room, member.UserId, caller.Actor, result.Seq, time);
            if (RoomAnswer.Failure(result) is { } notIssued)
            {
                return new ProblemResult(notIssued);
            }
        }

        return RoomAnswer.Show(
            context,
            result,
            new RoomTokenBody(caller.RoomId, member.UserId, fresh.Text, fresh.Grant.ExpiresAt),
            RoomHttpJson.Wire.RoomTokenBody,
            StatusCodes.Status201Created);
    }

    /// <summary>Gives a member a ticket to their seat in the room's last watch party.</summary>
    /// <param name="roomIdText">The room asked for.</param>
    /// <param name="context">The request.</param>
    /// <returns>201, or the error.</returns>
    public async Task<IResult> TicketAsync(string roomIdText, HttpContext context)
    {
        var (caller, member, error) = await RecogniseAsync(roomIdText, context);
        if (error is not null)
        {
            return new ProblemResult(error);
        }

        if (member!.UserId is null)
        {
            return new ProblemResult(ApiError.Of(RoomErrorCodes.SeatRequired));
        }

        var result = await caller!.Room.QueryAsync(new GetRoom());
        if (result is not { Outcome: AskOutcome.Replied, Reply: RoomView { WatchParty: { Status: OpeningStatus.Open } opened } })
        {
            return new ProblemResult(
                result.Outcome == AskOutcome.Replied ? ApiError.Of(RoomErrorCodes.WatchPartyNotOpen) : ApiError.From(result));
        }

        var (ticket, refused) = await seats.IssueAsync(opened, member.UserId);
        return ticket is null
            ? new ProblemResult(refused!)
            : TypedResults.Json(ticket, HttpJson.Wire.SeatTicket, statusCode: StatusCodes.Status201Created);
    }

    // A token is needed here even where rooms are open: the questions are about it.
    private async ValueTask<(RoomCaller? Caller, RoomMember? Member, ApiError? Error)> RecogniseAsync(
        string roomIdText, HttpContext context)
    {
        var token = Bearer.FromHeader(context.Request);
        var hash = token is { Length: RoomToken.Length } ? TokenHash.Of(token) : null;
        if (rates.Check(context, CallKind.Token, hash) is { } limited)
        {
            return (null, null, limited);
        }

        var (caller, error) = await door.RecogniseHolderAsync(roomIdText, token, hash);
        return (caller, caller?.Member, error);
    }
}
