using System.Globalization;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Protocol.Parties;

/// <summary>What a party decides on, as the rest of the server knows it.</summary>
public static class PartyDecision
{
    /// <summary>The watch party of a round's film.</summary>
    /// <param name="partyId">The party.</param>
    /// <param name="round">The round, from 1.</param>
    /// <returns>A UUID in its 36-character form: the same each time.</returns>
    public static string WatchPartyOf(string partyId, int round) =>
        OpeningIds.WatchParty(PartyAddress.Kind, partyId, round.ToString(CultureInfo.InvariantCulture));
}
