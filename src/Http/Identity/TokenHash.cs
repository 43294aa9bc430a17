using System.Security.Cryptography;
using System.Text;

namespace AkkaParty.Http.Identity;

/// <summary>The form under which tokens are stored and looked up; the tokens themselves are nowhere.</summary>
internal static class TokenHash
{
    /// <summary>Makes it.</summary>
    /// <param name="token">The token, of whatever kind.</param>
    /// <returns>The token's SHA-256 as 64 hex characters.</returns>
    public static string Of(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
