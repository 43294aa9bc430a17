using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace AkkaParty.Http.Identity;

/// <summary>What a text that should be a token turns out to be.</summary>
internal enum TokenShape
{
    /// <summary>Not a token at all.</summary>
    Malformed,

    /// <summary>A token of another party.</summary>
    OtherParty,

    /// <summary>A token of this party; only the party knows whether it is still valid.</summary>
    ThisParty,
}

/// <summary>
/// The tokens of participants: 64 hex characters of 256 random bits, then 16 hex characters that are the first eight
/// bytes of SHA-256 of the party's id. The tag is no secret: it tells a token of another party from a garbled one
/// without a lookup. Only the SHA-256 of the whole token is ever stored.
/// </summary>
internal static class PartyToken
{
    /// <summary>The length of a token in characters.</summary>
    public const int Length = 80;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>Makes a new token.</summary>
    /// <param name="partyId">The party it is for.</param>
    /// <returns>The token.</returns>
    public static string New(string partyId) => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)) + Tag(partyId);

    /// <summary>Tells what a text is, without a lookup.</summary>
    /// <param name="token">The text.</param>
    /// <param name="partyId">The party it is presented to.</param>
    /// <returns>What it is.</returns>
    public static TokenShape ShapeOf(string token, string partyId)
    {
        if (token.Length != Length || token.AsSpan().ContainsAnyExcept(HexDigits))
        {
            return TokenShape.Malformed;
        }

        return token.AsSpan(64).SequenceEqual(Tag(partyId)) ? TokenShape.ThisParty : TokenShape.OtherParty;
    }

    private static string Tag(string partyId) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(partyId)).AsSpan(0, 8));
}
