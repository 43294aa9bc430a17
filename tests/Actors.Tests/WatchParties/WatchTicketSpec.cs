using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.Tests.WatchParties;

/// <summary>Tickets that open one connection.</summary>
public sealed class WatchTicketSpec : WatchSpec
{
    [Fact]
    public void A_ticket_opens_one_connection_within_half_a_minute()
    {
        GivenParty("bob");
        When(new IssueWatchTicket(At(2), As("bob"), "ticket", "session", null, At(10_000)));
        ThenReplied<TicketIssued>().ShouldBe(new TicketIssued("bob", At(32)));
        When(new RedeemWatchTicket(At(3), "another", Token("unused")));
        ThenRejected(WatchErrorCodes.WatchTicketInvalid);
        When(new RedeemWatchTicket(At(3), "ticket", Token("unused")));
        ThenRaised(nameof(WatchTicketRedeemed));
        var holder = ThenReplied<WatchTicketHolder>();
        (holder.Member.MemberId, holder.Session, holder.TokenExpiresAt).ShouldBe(("bob", "session", null));
        When(new RedeemWatchTicket(At(4), "ticket", Token("unused")));
        ThenRejected(WatchErrorCodes.WatchTicketInvalid);

        Given(new IssueWatchTicket(At(5), As("bob"), "late", null, null, At(35)));
        When(new RedeemWatchTicket(At(35), "late", Token("unused")));
        ThenRejected(WatchErrorCodes.WatchTicketInvalid);
    }

    [Fact]
    public void Only_participants_get_tickets_and_the_oldest_of_too_many_ends()
    {
        GivenParty("bob");
        When(new IssueWatchTicket(At(2), As("cy"), "ticket", null, null, At(30)));
        ThenRejected(WatchErrorCodes.NotAParticipant);
        When(new IssueWatchTicket(At(2), Guest("gus"), "ticket", null, null, At(30)));
        ThenRejected(WatchErrorCodes.GuestTokenInvalid);
        for (var number = 0; number <= WatchLimits.TicketsPerMemberMax; number++)
        {
            Given(new IssueWatchTicket(At(2), As("bob"), $"t{number}", null, null, At(30)));
        }

        When(new RedeemWatchTicket(At(3), "t0", Token("unused")));
        ThenRejected(WatchErrorCodes.WatchTicketInvalid);
        Given(new RedeemWatchTicket(At(3), "t1", Token("unused")));
    }

    [Fact]
    public void A_ticket_is_one_persons_and_issued_again_it_lasts_anew()
    {
        GivenParty("bob");
        Given(new IssueWatchTicket(At(2), As("bob"), "ticket", null, null, At(30)));
        When(new IssueWatchTicket(At(3), As("ann"), "ticket", null, null, At(30)));
        ThenRejected(WatchErrorCodes.WatchTicketInvalid);
        Given(new IssueWatchTicket(At(20), As("bob"), "ticket", null, null, At(50)));
        Given(new RedeemWatchTicket(At(49), "ticket", Token("unused")));
        When(new RedeemWatchTicket(At(49), "ticket", Token("unused")));
        ThenRejected(WatchErrorCodes.WatchTicketInvalid);
    }

    [Fact]
    public void A_ticket_of_somebody_who_was_put_out_opens_nothing()
    {
        GivenParty("bob");
        Given(new IssueWatchTicket(At(2), As("bob"), "ticket", null, null, At(30)));
        Given(new KickParticipant(At(3), As("ann"), "bob", Ban: false));
        When(new RedeemWatchTicket(At(4), "ticket", Token("unused")));
        ThenRejected(WatchErrorCodes.WatchTicketInvalid);
    }

    [Fact]
    public void Those_who_decided_get_tickets_for_their_seats_and_guests_a_token_with_it()
    {
        Given(Create() with
        {
            Seats = [new OriginSeat(new WatchPerson("gus", "Gus", IsGuest: true), "g")],
            Origin = new WatchOrigin("party", "p", "a"),
        });
        When(new IssueWatchTicket(At(1), Nobody, "ticket", null, "x", At(60)));
        ThenRejected(WatchErrorCodes.NotAParticipant);
        When(new IssueWatchTicket(At(1), Nobody, "ticket", null, "g", At(1_000)));
        ThenReplied<TicketIssued>().ShouldBe(new TicketIssued("gus", At(121)));
        When(new RedeemWatchTicket(At(100), "ticket", Token("gus")));
        ThenRaised(nameof(WatchTicketRedeemed), nameof(GuestTokenIssued));
        ThenReplied<WatchTicketHolder>().TokenExpiresAt.ShouldBe(At(86_400));
        When(new SendWatchMessage(At(101), Guest("gus"), "Here I am"));
        ThenRaised(nameof(WatchMessageSent));
    }
}
