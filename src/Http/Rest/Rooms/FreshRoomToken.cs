using System.Security.Cryptography;
using AkkaParty.Http.Identity;
using AkkaParty.Protocol.Rooms;

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
    /// <returns>The token.</returns>
    public static FreshRoomToken Make(string roomId, string? person, DateTimeOffset expiresAt)
    {
        var text = RoomToken.New(roomId);
        person ??= Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return new FreshRoomToken(text, new RoomTokenGrant(TokenHash.Of(text), expiresAt, person));
    }
}
