using System.Security.Cryptography;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Http.Identity;

/// <summary>Draws guest tokens and tickets of watch parties (<see cref="WatchTokens"/>).</summary>
internal static class WatchToken
{
    /// <summary>Draws one.</summary>
    /// <param name="partyId">The watch party, a UUID in its 36-character form.</param>
    /// <returns>A new text of <see cref="WatchTokens.TokenLength"/> characters.</returns>
    public static string New(string partyId) =>
        WatchTokens.PrefixOf(partyId) + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
}
