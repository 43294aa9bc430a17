using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace AkkaParty.Accounts.Tokens;

/// <summary>Tokens that are nothing but random, and what is stored of them.</summary>
internal static class RandomTokens
{
    private const int Bytes = 32;
    private const int LengthMax = 200;

    /// <summary>A new token: 43 characters of A-Z, a-z, 0-9, - and _.</summary>
    public static string Create() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>What is stored: SHA-256 as hex. A text that cannot be a token has the hash of no token.</summary>
    public static string HashOf(string token) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(token.Length <= LengthMax ? token : string.Empty)));
}
