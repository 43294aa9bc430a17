using System.Globalization;
using AkkaParty.Protocol;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Node.Opening;

/// <summary>Who sits where in a watch party that a decision opens. Pure.</summary>
internal static class OpeningSeats
{
    /// <summary>
    /// A seat for every member: their account's, or a guest's under their name. Somebody who is there twice with one account has one seat;
    /// of two with one name the later gets a number.
    /// </summary>
    /// <param name="opening">The opening.</param>
    /// <returns>The seats in the members' order.</returns>
    public static IReadOnlyList<OriginSeat> Of(PendingOpening opening)
    {
        var accounts = new HashSet<string>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var seats = new List<OriginSeat>();
        foreach (var seat in opening.Seats.OrderByDescending(seat => seat.Member == opening.Origin.HostMember))
        {
            var isGuest = seat.AccountId is null || !accounts.Add(seat.AccountId);
            var memberId = isGuest ? OpeningIds.Part(opening.WatchPartyId, $"seat {seat.Member}").ToString("D") : seat.AccountId!;
            seats.Add(new OriginSeat(new WatchPerson(memberId, Free(seat.Name, names), isGuest), seat.Member));
        }

        return seats;
    }

    private static string Free(string name, HashSet<string> taken)
    {
        var free = name;
        for (var number = 2; !taken.Add(TextRules.KeyOf(free)); number++)
        {
            var suffix = string.Create(CultureInfo.InvariantCulture, $" {number}");
            free = TextRules.Shorten(name, WatchInput.NameMax - suffix.Length) + suffix;
        }

        return free;
    }
}
