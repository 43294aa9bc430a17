using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Http.Connections;

/// <summary>A ticket to somebody's seat in a watch party that their group has opened.</summary>
/// <param name="WatchPartyId">The watch party.</param>
/// <param name="InviteCode">Its invite code, for friends who were not there.</param>
/// <param name="Ticket">The ticket; it opens one connection.</param>
/// <param name="ExpiresIn">For how many seconds it holds.</param>
/// <param name="Url">Where it opens a connection, from the server's address on; the ticket is in it.</param>
internal sealed record SeatTicket(string WatchPartyId, string InviteCode, string Ticket, int ExpiresIn, string Url);

/// <summary>Gives members of the party or room that opened a watch party tickets to the seats they have there.</summary>
internal sealed class OpenedSeats(WatchDoor door, TimeProvider time)
{
    /// <summary>Gives somebody a ticket.</summary>
    /// <param name="opened">The watch party, as their own party or room knows it.</param>
    /// <param name="member">Who they are over there; that party or room has recognised them.</param>
    /// <returns>The ticket, or the error.</returns>
    public async ValueTask<(SeatTicket? Ticket, ApiError? Error)> IssueAsync(WatchOpening opened, string member)
    {
        var now = time.GetUtcNow();
        var ticket = WatchToken.New(opened.Id);
        var end = now.AddSeconds(WatchLimits.OpeningTicketSeconds);
        var result = await door.Party(opened.Id).AskAsync(
            new IssueWatchTicket(now, WatchActor.Nobody, TokenHash.Of(ticket), null, member, end));
        return result.Outcome == AskOutcome.Replied
            ? (new SeatTicket(
                opened.Id,
                opened.InviteCode!,
                ticket,
                WatchLimits.OpeningTicketSeconds,
                $"/api/v1/watch-parties/{opened.Id}/ws?ticket={ticket}"), null)
            : (null, ApiError.From(result));
    }
}
