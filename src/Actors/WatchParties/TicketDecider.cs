using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>Tickets that open one connection, so that no token stands in an address.</summary>
internal static class TicketDecider
{
    internal static WatchOutcome Issue(WatchTurn turn, IssueWatchTicket c)
    {
        var state = turn.State;
        WatchMember? member;
        if (c.OriginMember is { } origin)
        {
            member = state.FindSeated(state.OriginSeats.GetValueOrDefault(origin));
        }
        else if (!WatchAccess.TryRecognise(state, c.Actor, c.At, out var caller))
        {
            return WatchOutcome.Refuse(WatchErrorCodes.GuestTokenInvalid);
        }
        else
        {
            member = caller.IsSeated ? caller.Member : null;
        }

        if (member is null)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.NotAParticipant);
        }

        if (state.TicketHolders.GetValueOrDefault(c.TicketHash, member.Id) != member.Id)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.WatchTicketInvalid);
        }

        var latest = c.At.AddSeconds(c.OriginMember is null ? WatchLimits.TicketSeconds : WatchLimits.OpeningTicketSeconds);
        var expiresAt = c.ExpiresAt < latest ? c.ExpiresAt : latest;
        var held = member.Tickets.RemoveAll(ticket => ticket.ExpiresAt <= c.At || ticket.Hash == c.TicketHash);
        var dropped = held.Length >= WatchLimits.TicketsPerMemberMax ? held[0].Hash : null;
        turn.Raise(new WatchTicketIssued(c.At, member.Id, c.TicketHash, c.Session, expiresAt, dropped));
        return WatchOutcome.Say(_ => new TicketIssued(member.Id, expiresAt));
    }

    internal static WatchOutcome Redeem(WatchTurn turn, RedeemWatchTicket c)
    {
        var member = turn.State.FindSeated(turn.State.TicketHolders.GetValueOrDefault(c.TicketHash));
        var ticket = member?.Tickets.FirstOrDefault(one => one.Hash == c.TicketHash);
        if (member is null || ticket is null || ticket.ExpiresAt <= c.At)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.WatchTicketInvalid);
        }

        turn.Raise(new WatchTicketRedeemed(c.At, member.Id, ticket.Hash));
        DateTimeOffset? tokenEnd = member.Person.IsGuest ? GuestDecider.GiveToken(turn, member.Id, c.GuestToken, c.At) : null;
        return WatchOutcome.Say(state => new WatchTicketHolder(WatchViews.Of(state.Members[member.Id]), ticket.Session, tokenEnd));
    }
}
