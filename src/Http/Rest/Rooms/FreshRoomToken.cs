using System.Security.Cryptography;
using AkkaParty.Http.Identity;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Http.Rest.Rooms;

/// <summary>A token that is about to be given out.</summary>
/// <param name="Text">The token; only its owner ever sees it.</param>
/// <param name="Grant">What the room keeps of it.</param>
internal sealed record FreshRoomToken(string Text, RoomTokenGrant Grant)
{
    /// <summary>Makes one.</summary>
    /// <param name="roomId">The room it is for.</param>
    /// <param name="person">Whose it is; null for somebody who has shown no token yet.</param>
    /// <param name="expiresAt">When it ends.</param>
    /// <param name="accountId">The account of whoever gets it; null for none.</param>
    /// <returns>The token.</returns>
    public static FreshRoomToken Make(string roomId, string? person, DateTimeOffset expiresAt, string? accountId = null)
    {
        var text = RoomToken.New(roomId);
        person ??= Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return new FreshRoomToken(text, new RoomTokenGrant(TokenHash.Of(text), expiresAt, person) { AccountId = accountId });
    }

    /// <summary>
    /// Makes sure that it holds after a command with a key that brought it in. A first call's came in with its command; a retry was
    /// answered from memory, so its token is still to be issued.
    /// </summary>
    /// <param name="room">The room.</param>
    /// <param name="userId">Whose it is; null for the admin without a seat.</param>
    /// <param name="actor">Who asks for it; null when the server itself has recognised them.</param>
    /// <param name="seq">The number at which the command was carried out.</param>
    /// <param name="time">The clock.</param>
    /// <returns>Replied when the token holds, at its number.</returns>
    public async ValueTask<AskResult> EnsureAsync(EntityRef room, string? userId, RoomActor? actor, long seq, TimeProvider time)
    {
        var known = await room.QueryAsync(new AuthenticateRoomCaller(Grant.Hash, time.GetUtcNow()), seq);
        return known.Outcome == AskOutcome.Rejected
            ? await room.AskAsync(new IssueRoomToken(time.GetUtcNow(), userId, actor, Grant))
            : known;
    }
}
