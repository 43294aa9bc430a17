using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using AkkaParty.Http.Limits;
using AkkaParty.Protocol;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;

namespace AkkaParty.Http.Rest.Rooms;

/// <summary>Lists somebody's rooms: which ones, from the projection; what they are like, from each room itself.</summary>
internal sealed class RoomsOfMember(RoomDoor door, CallRate rates, IRoomsOfMembers index)
{
    private const int AtOnce = 16;

    /// <summary>Lists the rooms in which the caller has a seat with a user id; where rooms are open, all with that member.</summary>
    /// <param name="userIdText">The user id.</param>
    /// <param name="context">The request.</param>
    /// <returns>200, or the error.</returns>
    public async Task<IResult> ListAsync(string userIdText, HttpContext context)
    {
        var userId = TextRules.Clean(userIdText);
        var (person, error) = await FindCallerAsync(context);
        error ??= ApiError.From(RoomInput.ValidateUserId(userId));
        if (error is not null)
        {
            return new ProblemResult(error);
        }

        IReadOnlyList<string> ids;
        try
        {
            ids = await index.ListAsync(userId, person, context.RequestAborted);
        }
        catch (JournalUnavailableException)
        {
            return new ProblemResult(
                new ApiError(503, "store_unavailable", "The store does not answer at the moment.", null, TimeSpan.FromSeconds(1)));
        }

        var rooms = new List<RoomView>(ids.Count);
        foreach (var some in ids.Chunk(AtOnce))
        {
            foreach (var result in await Task.WhenAll(some.Select(id => door.Room(id).QueryAsync(new GetRoom()).AsTask())))
            {
                if (result is { Outcome: AskOutcome.Replied, Reply: RoomView room })
                {
                    rooms.Add(room);
                }
                else if (result.Outcome != AskOutcome.Rejected)
                {
                    return new ProblemResult(ApiError.From(result));
                }
            }
        }

        // The projection is a moment behind: who has just been removed is not listed any more.
        return TypedResults.Json(
            rooms.FindAll(room => room.Members.Any(member => member.UserId == userId)), RoomHttpJson.Wire.IReadOnlyListRoomView);
    }

    private async ValueTask<(string? Person, ApiError? Error)> FindCallerAsync(HttpContext context)
    {
        if (door.IsOpen)
        {
            return (null, rates.Check(context, CallKind.Token));
        }

        if (Bearer.FromHeader(context.Request) is not { } token)
        {
            return (null, ApiError.Of(RoomErrorCodes.TokenRequired));
        }

        var hash = TokenHash.Of(token);
        if (rates.Check(context, CallKind.Token, hash) is { } limited)
        {
            return (null, limited);
        }

        var (person, error) = await door.FindPersonAsync(token, hash);
        return (person, person is null ? error ?? ApiError.Of(RoomErrorCodes.InvalidToken) : null);
    }
}
