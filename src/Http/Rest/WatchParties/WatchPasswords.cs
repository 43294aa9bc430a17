using AkkaParty.Protocol.WatchParties;
using Microsoft.AspNetCore.Identity;

namespace AkkaParty.Http.Rest.WatchParties;

/// <summary>
/// Passwords of watch parties: PBKDF2 as the framework does it, slow on purpose and therefore done where the call arrives.
/// </summary>
internal static class WatchPasswords
{
    private static readonly PasswordHasher<WatchPassword> Hasher = new();
    private static readonly WatchPassword Nobody = new(string.Empty, 0);

    /// <summary>The form in which a password is stored.</summary>
    /// <param name="password">The password.</param>
    /// <returns>The form.</returns>
    public static string Hash(string password) => Hasher.HashPassword(Nobody, password);

    /// <summary>Whether a password is the one that is asked.</summary>
    /// <param name="expected">What is asked.</param>
    /// <param name="password">The password that is tried.</param>
    /// <returns>True when it is.</returns>
    public static bool Matches(WatchPassword expected, string password) =>
        Hasher.VerifyHashedPassword(expected, expected.Hash, password) != PasswordVerificationResult.Failed;
}
