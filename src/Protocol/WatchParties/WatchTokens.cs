using System.Diagnostics.CodeAnalysis;

namespace AkkaParty.Protocol.WatchParties;

/// <summary>
/// The form of guest tokens, tickets and guest requests: the watch party's id without dashes (32 hex characters), then what is random. So
/// each leads to its party without a look-up.
/// </summary>
public static class WatchTokens
{
    private const int PartyLength = 32;

    /// <summary>How many characters a guest token or a ticket has.</summary>
    public const int TokenLength = PartyLength + 64;

    /// <summary>How many characters the public part of a request's id has: what the host sees.</summary>
    public const int RequestLength = PartyLength + 16;

    /// <summary>How many characters the guest's own id of a request has: the public part, and a secret.</summary>
    public const int RequestWithSecretLength = RequestLength + 32;

    /// <summary>Finds the party of a token, a ticket or a request.</summary>
    /// <param name="text">The text, hex in any case.</param>
    /// <param name="partyId">The party's id in its 36-character form.</param>
    /// <returns>False when it is none of them.</returns>
    public static bool TryFindParty([NotNullWhen(true)] string? text, [NotNullWhen(true)] out string? partyId)
    {
        partyId = null;
        if (text is not { Length: TokenLength or RequestLength or RequestWithSecretLength } || !IsHex(text))
        {
            return false;
        }

        partyId = Guid.ParseExact(text[..PartyLength], "N").ToString("D");
        return true;
    }

    /// <summary>The beginning of everything that belongs to a party.</summary>
    /// <param name="partyId">The party's id in its 36-character form.</param>
    /// <returns>32 hex characters.</returns>
    public static string PrefixOf(string partyId) => Guid.ParseExact(partyId, "D").ToString("N");

    private static bool IsHex(string text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiHexDigit(character))
            {
                return false;
            }
        }

        return true;
    }
}
