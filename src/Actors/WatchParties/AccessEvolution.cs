using System.Diagnostics;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>What events do to who may come in: invitations, requests, guest tokens and tickets.</summary>
internal static class AccessEvolution
{
    internal static WatchState Apply(WatchState state, WatchEvent @event) => @event switch
    {
        AccountInvited e => Invited(state, e),
        AccessRequested e => state with
        {
            AccessRequests = state.AccessRequests.Without(e.DroppedMemberId)
                .With(new WatchRequest(e.Person.MemberId, e.Person, e.Message, AccessStatus.Pending, e.At)),
        },
        AccessReviewed e => Reviewed(state, e),
        GuestAccessRequested e => GuestRequested(state, e),
        GuestRequestReviewed e => state with
        {
            GuestRequests = state.GuestRequests.WithAnswer(
                Answered(state.GuestRequests.ById[e.RequestId], e.Approved, e.Message, e.By, e.At)),
        },
        GuestTokenIssued e => TokenIssued(state, e),
        WatchTicketIssued e => TicketIssued(state, e),
        WatchTicketRedeemed e => state.Change(
            e.MemberId, member => member with { Tickets = member.Tickets.RemoveAll(ticket => ticket.Hash == e.TicketHash) }) with
        {
            TicketHolders = state.TicketHolders.Remove(e.TicketHash),
        },
        _ => throw new UnreachableException($"A watch party does not know the event {@event.GetType().Name}."),
    };

    private static WatchState Invited(WatchState state, AccountInvited e)
    {
        var requests = state.AccessRequests;
        if (requests.Find(e.Person.MemberId) is { Status: AccessStatus.Pending } request)
        {
            requests = requests.WithAnswer(Answered(request, approved: true, null, e.By, e.At));
        }

        return Admit(state with { AccessRequests = requests }, e.Person.MemberId);
    }

    private static WatchState Reviewed(WatchState state, AccessReviewed e)
    {
        var request = Answered(state.AccessRequests.ById[e.MemberId], e.Approved, e.Message, e.By, e.At);
        var reviewed = state with { AccessRequests = state.AccessRequests.WithAnswer(request) };
        return e.Approved ? Admit(reviewed, e.MemberId) : reviewed;
    }

    private static WatchState Admit(WatchState state, string memberId)
    {
        var admitted = SeatEvolution.Readmitted(state, memberId);
        return admitted with { Admitted = admitted.Admitted.Add(memberId) };
    }

    private static WatchState GuestRequested(WatchState state, GuestAccessRequested e) => state with
    {
        GuestRequests = state.GuestRequests.Without(e.DroppedRequestId).With(new WatchRequest(
            e.RequestId,
            new WatchPerson(e.MemberId, e.Name, IsGuest: true),
            e.Message,
            e.Granted ? AccessStatus.Approved : AccessStatus.Pending,
            e.At)
        {
            ReviewedAt = e.Granted ? e.At : null,
            SecretHash = e.SecretHash,
            Mark = e.Mark,
        }),
    };

    private static WatchRequest Answered(WatchRequest request, bool approved, string? message, string? by, DateTimeOffset at) =>
        request with
        {
            Status = approved ? AccessStatus.Approved : AccessStatus.Denied,
            ReviewedAt = at,
            ReviewedBy = by,
            Answer = message,
        };

    private static WatchState TokenIssued(WatchState state, GuestTokenIssued e)
    {
        var member = state.Members[e.MemberId];
        var ended = member.Tokens.Where(token => token.Hash == e.DroppedTokenHash || token.ExpiresAt <= e.At).ToList();
        var tokens = member.Tokens.RemoveRange(ended).Add(new WatchToken(e.Token.Hash, e.Token.ExpiresAt));
        return state with
        {
            Members = state.Members.SetItem(member.Id, member with { Tokens = tokens }),
            TokenHolders = state.TokenHolders.RemoveRange(ended.Select(token => token.Hash)).SetItem(e.Token.Hash, member.Id),
        };
    }

    private static WatchState TicketIssued(WatchState state, WatchTicketIssued e)
    {
        var member = state.Members[e.MemberId];
        var ended = member.Tickets
            .Where(ticket => ticket.Hash == e.DroppedTicketHash || ticket.Hash == e.TicketHash || ticket.ExpiresAt <= e.At)
            .ToList();
        var tickets = member.Tickets.RemoveRange(ended).Add(new WatchTicket(e.TicketHash, e.Session, e.ExpiresAt));
        return state with
        {
            Members = state.Members.SetItem(member.Id, member with { Tickets = tickets }),
            TicketHolders = state.TicketHolders.RemoveRange(ended.Select(ticket => ticket.Hash)).SetItem(e.TicketHash, member.Id),
        };
    }
}
