using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Http.Identity;

/// <summary>
/// The tokens of rooms: the room's id, then 64 hex characters of 256 random bits. The id is no secret; with it a token leads to its
/// room without a look-up. Only the SHA-256 of the whole token is ever stored.
/// </summary>
internal static class RoomToken
{
    /// <summary>The length of a token in characters.</summary>
    public const int Length = RoomIds.Length + 64;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>Makes a new token.</summary>
    /// <param name="roomId">The room it is for, as it is stored.</param>
    /// <returns>The token.</returns>
    public static string New(string roomId) => roomId + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>Finds the room a token is for, without a look-up.</summary>
    /// <param name="token">The text that should be a token.</param>
    /// <param name="roomId">The room's id; only the room knows whether the token is still valid.</param>
    /// <returns>False when the text is no token at all.</returns>
    public static bool TryFindRoom(string token, [NotNullWhen(true)] out string? roomId)
    {
        roomId = null;
        return token.Length == Length
            && !token.AsSpan().ContainsAnyExcept(HexDigits)
            && RoomIds.TryParse(token[..RoomIds.Length], out var id, out roomId)
            && id == roomId;
    }
}
