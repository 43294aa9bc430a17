using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Http.Connections;

/// <summary>Somebody who may follow a room.</summary>
/// <param name="Caller">Who it is.</param>
/// <param name="Present">Who is connected.</param>
/// <param name="Since">From which number on they follow.</param>
/// <param name="Resumed">
/// Whether everything they missed follows; false when that is too much, or the room has not got that far. Null when they come for the
/// first time.
/// </param>
/// <param name="Lifetime">How long their token lives on.</param>
internal sealed record RoomFollower(RoomCaller Caller, PresentMembers Present, long Since, bool? Resumed, TimeSpan Lifetime);

/// <summary>Where whoever wants to follow a room comes in: the same for sockets and streams.</summary>
internal sealed class RoomEntrance(RoomDoor door, HttpOptions options, TimeProvider time)
{
    /// <summary>Recognises somebody, and finds out from where on they follow.</summary>
    /// <param name="roomId">The room asked for.</param>
    /// <param name="token">The token, or null when there is none.</param>
    /// <param name="userId">Who they say they are; null when they do not.</param>
    /// <param name="since">The last number they have; null for none.</param>
    /// <returns>Who it is, or the error.</returns>
    public async ValueTask<(RoomFollower? Follower, ApiError? Error)> AdmitAsync(string? roomId, string? token, string? userId, long? since)
    {
        if (userId is not null && ApiError.From(RoomInput.ValidateUserId(userId)) is { } invalid)
        {
            return (null, invalid);
        }

        var (caller, error) = await door.RecogniseAsync(roomId, token, userId);
        if (error is not null)
        {
            return (null, error);
        }

        var now = time.GetUtcNow();
        var result = await caller!.Room.QueryAsync(new GetPresence(caller.Actor, now));
        if (result is not { Outcome: AskOutcome.Replied, Reply: PresentMembers present })
        {
            return (null, ApiError.From(result));
        }

        bool? resumed = since is null ? null : since <= present.Seq && present.Seq - since <= options.Sockets.ResumeEventsMax;
        var lifetime = caller.Member is { } member ? member.ExpiresAt - now : TimeSpan.MaxValue;
        return (new RoomFollower(caller, present, resumed == true ? since!.Value : present.Seq, resumed, lifetime), null);
    }
}
