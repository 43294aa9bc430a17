using AkkaParty.Accounts;
using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using AkkaParty.Protocol.Accounts;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Http.WebSockets.Watching;

/// <summary>
/// Uses tickets up. A ticket opens one connection: the watch party itself takes it back, so no second node can be asked with it. One for an
/// account holds only as long as the session in which it was issued.
/// </summary>
internal sealed class TicketCheck(WatchDoor door, IAccounts accounts, ISessions sessions, TimeProvider time)
{
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(24);

    /// <summary>Uses a ticket up.</summary>
    /// <param name="context">The upgrade request.</param>
    /// <param name="idText">The party asked for.</param>
    /// <param name="ticket">The ticket.</param>
    /// <returns>Whose it is, or the error.</returns>
    public async ValueTask<(SocketHolder? Holder, ApiError? Error)> RedeemAsync(HttpContext context, string? idText, string ticket)
    {
        if (ticket.Length != WatchTokens.TokenLength
            || !WatchTokens.TryFindParty(ticket, out var ticketParty)
            || !WatchDoor.TryParse(idText, out var partyId)
            || ticketParty != partyId)
        {
            return (null, ApiError.Of(WatchErrorCodes.WatchTicketInvalid, field: "ticket"));
        }

        // A ticket must not be lost to a request that opens no connection.
        if (Handshake.Check(context) is { } malformed)
        {
            return (null, malformed);
        }

        var now = time.GetUtcNow();
        var fresh = WatchToken.New(partyId);
        var party = door.Party(partyId);
        var grant = new WatchTokenGrant(TokenHash.Of(fresh), now + TokenLifetime);
        var result = await party.AskAsync(new RedeemWatchTicket(now, TokenHash.Of(ticket), grant));
        if (result is not { Outcome: AskOutcome.Replied, Reply: WatchTicketHolder holder })
        {
            return (null, ApiError.From(result));
        }

        return holder.Member.IsGuest
            ? (new SocketHolder(party, new WatchActor(holder.Member.MemberId, grant.Hash), holder.TokenExpiresAt, null, fresh), null)
            : await OfAccountAsync(party, holder, now + TokenLifetime, context.RequestAborted);
    }

    private async ValueTask<(SocketHolder? Holder, ApiError? Error)> OfAccountAsync(
        EntityRef party, WatchTicketHolder holder, DateTimeOffset end, CancellationToken cancellationToken)
    {
        if (holder.Session is null)
        {
            // Handed out by the decision that opened the room, to somebody whom that party or room vouched for.
            return (new SocketHolder(party, new WatchActor(holder.Member.MemberId), end, null, null), null);
        }

        var id = Guid.ParseExact(holder.Member.MemberId, "D");
        try
        {
            var account = await accounts.FindAsync(id, cancellationToken);
            var session = account is null
                ? null
                : (await sessions.ListAsync(id, cancellationToken)).FirstOrDefault(one => one.Id.ToString("D") == holder.Session);
            return session is null
                ? (null, AccountError.Of(AccountErrorCodes.TokenRevoked))
                : (
                    new SocketHolder(
                        party,
                        new WatchActor(holder.Member.MemberId, IsAdmin: account!.Role == AccountRole.Admin),
                        session.ExpiresAt < end ? session.ExpiresAt : end,
                        holder.Session,
                        null),
                    null);
        }
        catch (AccountsUnavailableException)
        {
            // The store says in the log what is wrong with it; whoever calls may come back, with another ticket.
            return (null, AccountError.Unavailable);
        }
    }
}
