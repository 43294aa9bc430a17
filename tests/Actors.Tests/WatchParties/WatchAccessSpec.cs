using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.Tests.WatchParties;

/// <summary>Who is let in: accounts by invitation and request, guests by request, and the tokens that come of it.</summary>
public sealed class WatchAccessSpec : WatchSpec
{
    [Fact]
    public void An_account_asks_and_the_host_grants_it()
    {
        GivenParty("bob");
        When(new RequestWatchAccess(At(2), As("cy"), Person("cy"), " Please "));
        ThenRaised<AccessRequested>().Message.ShouldBe("Please");
        ThenReplied<AccessChanged>().Request.Status.ShouldBe(AccessStatus.Pending);
        When(new RequestWatchAccess(At(3), As("cy"), Person("cy"), "Please?"));
        ThenRaised();

        When(new ReviewWatchAccess(At(4), As("bob"), "cy", Approved: true, null));
        ThenRejected(WatchErrorCodes.WatchHostOnly);
        When(new ReviewWatchAccess(At(4), As("ann"), "zoe", Approved: true, null));
        ThenRejected(WatchErrorCodes.AccessRequestNotFound);
        When(new ReviewWatchAccess(At(4), As("ann"), "cy", Approved: true, "Come in"));
        ThenReplied<AccessChanged>().Request.ShouldBe(
            new AccessRequestView("cy", "cy", "cy", "Please", AccessStatus.Approved, At(2), At(4), "ann", "Come in"));
        When(new ReviewWatchAccess(At(5), As("ann"), "cy", Approved: false, null));
        ThenRejected(WatchErrorCodes.AccessReviewed);

        When(new RequestWatchAccess(At(6), As("cy"), Person("cy"), null));
        ThenRejected(WatchErrorCodes.AccessAlready);
        Refusal(new GetWatchParty(As("cy"), At(6))).ShouldBeNull();
        Answer<AccessChanged>(new GetAccessRequest(As("cy"), At(6))).Request.Status.ShouldBe(AccessStatus.Approved);
    }

    [Fact]
    public void Whoever_was_denied_may_ask_again()
    {
        GivenParty();
        Given(new RequestWatchAccess(At(2), As("cy"), Person("cy"), null), new ReviewWatchAccess(At(3), As("ann"), "cy", false, "No"));
        Refusal(new GetWatchParty(As("cy"), At(4))).ShouldBe(WatchErrorCodes.NotAParticipant);
        When(new RequestWatchAccess(At(5), As("cy"), Person("cy"), null));
        ThenReplied<AccessChanged>().Request.Status.ShouldBe(AccessStatus.Pending);
        Answer<AccessList>(new ListAccessRequests(As("ann"), At(6))).Requests.Count.ShouldBe(1);
    }

    [Fact]
    public void An_invitation_answers_the_request_that_waits()
    {
        GivenParty();
        Given(new RequestWatchAccess(At(2), As("cy"), Person("cy"), null), new InviteToWatchParty(At(3), As("ann"), Person("cy")));
        Answer<AccessChanged>(new GetAccessRequest(As("cy"), At(4))).Request.Status.ShouldBe(AccessStatus.Approved);
        When(new InviteToWatchParty(At(5), As("ann"), Person("cy")));
        ThenRaised();
        When(new InviteToWatchParty(At(5), As("cy"), Person("dee")));
        ThenRejected(WatchErrorCodes.WatchHostOnly);
    }

    [Fact]
    public void Only_so_many_requests_wait()
    {
        GivenParty();
        for (var number = 0; number < WatchLimits.RequestsMax; number++)
        {
            Given(new RequestWatchAccess(At(2), As($"m{number}"), Person($"m{number}"), null));
            Given(Ask($"g{number}"));
        }

        When(new RequestWatchAccess(At(3), As("cy"), Person("cy"), null));
        ThenRejected(WatchErrorCodes.RequestsTooMany);
        When(Ask("gus"));
        ThenRejected(WatchErrorCodes.RequestsTooMany);
    }

    [Fact]
    public void A_guest_asks_and_with_the_secret_gets_seat_and_token_when_the_host_grants_it()
    {
        GivenParty();
        When(Ask("gus", name: " Gus "));
        ThenReplied<AccessChanged>().Request.ShouldBe(
            new AccessRequestView("request-gus", "gus", "Gus", null, AccessStatus.Pending, At(1), null, null, null));
        When(Claim("gus"));
        ThenRejected(WatchErrorCodes.GuestRequestNotApproved);
        When(Review("gus"));
        ThenReplied<AccessChanged>().Request.Status.ShouldBe(AccessStatus.Approved);
        When(Review("gus"));
        ThenRejected(WatchErrorCodes.GuestRequestReviewed);
        When(Claim("gus") with { SecretHash = "guessed" });
        ThenRejected(WatchErrorCodes.GuestRequestNotFound);

        When(Claim("gus"));
        ThenRaised(nameof(ParticipantJoined), nameof(GuestTokenIssued));
        ThenReplied<GuestAdmitted>().ExpiresAt.ShouldBe(At(86_403));
        Seats().ShouldBe("ann:H gus:V");
        var seat = Answer<WatchSeat>(new GetWatchSeat(new WatchActor(null, "hash-gus"), At(5)));
        (seat.Member.Name, seat.Member.IsGuest, seat.TokenExpiresAt).ShouldBe(("Gus", true, At(86_403)));
    }

    [Fact]
    public void The_same_request_twice_is_one()
    {
        GivenParty();
        Given(Ask("gus"));
        When(Ask("gus"));
        ThenRaised();
        ThenReplied<AccessChanged>();
    }

    [Fact]
    public void A_token_that_is_claimed_again_stays_the_same_and_too_many_end_the_oldest()
    {
        GivenParty();
        GivenGuest("gus");
        When(Claim("gus", 10));
        ThenRaised();
        ThenReplied<GuestAdmitted>().ExpiresAt.ShouldBe(At(86_403));
        for (var number = 2; number <= WatchLimits.TokensPerGuestMax; number++)
        {
            Given(Claim("gus", 10, $"t{number}"));
        }

        When(Claim("gus", 11, "one more"));
        var e = ThenRaised<GuestTokenIssued>();
        e.DroppedTokenHash.ShouldBe("hash-gus");
        Entity.Revokes(e).ShouldBe("hash-gus");
        Entity.Accepts(State, "gus", "hash-gus").ShouldBeFalse();
        Entity.Accepts(State, "gus", "hash-t2").ShouldBeTrue();
    }

    [Fact]
    public void A_guest_acts_with_the_token_and_never_without()
    {
        GivenParty();
        GivenGuest("gus");
        When(new SendWatchMessage(At(5), Guest("gus"), "Hello"));
        ThenRaised(nameof(WatchMessageSent));
        When(new SendWatchMessage(At(5), As("gus"), "Hello"));
        ThenRejected(WatchErrorCodes.GuestTokenInvalid);
        When(new SendWatchMessage(At(5), Guest("ann", "gus"), "I am the host"));
        ThenRejected(WatchErrorCodes.GuestTokenInvalid);
        When(new SendWatchMessage(At(86_404), Guest("gus"), "A day later"));
        ThenRejected(WatchErrorCodes.GuestTokenInvalid);
        Entity.Accepts(State, "ann", "hash-gus").ShouldBeFalse();
        Entity.Accepts(State, null, "hash-gus").ShouldBeTrue();
    }

    [Fact]
    public void A_public_party_lets_guests_in_at_once()
    {
        GivenPartyWith(new WatchSettings { Visibility = WatchVisibility.Public });
        When(Ask("gus"));
        ThenReplied<AccessChanged>().Request.Status.ShouldBe(AccessStatus.Approved);
        Given(Claim("gus"));

        Given(new UpdateWatchParty(At(4), As("ann"), null, null, null, "hash"));
        When(Ask("gil"));
        ThenReplied<AccessChanged>().Request.Status.ShouldBe(AccessStatus.Pending);
    }

    [Fact]
    public void Guests_have_names_of_their_own()
    {
        GivenParty();
        Given(Ask("gus", name: "Gus"));
        When(Ask("gil", name: "GUS"));
        ThenRejected(WatchErrorCodes.GuestNameTaken, "guest_name");
        When(Ask("gil", name: "Ann"));
        ThenRejected(WatchErrorCodes.GuestNameTaken, "guest_name");
        When(Ask("gil", name: ""));
        ThenRejected(WatchErrorCodes.WatchNameInvalid, "guest_name", "guest_name must be 1 to 100 visible characters");
    }

    [Fact]
    public void A_banned_guest_stays_out_under_every_name_and_with_every_old_token()
    {
        GivenPartyWith(new WatchSettings { Visibility = WatchVisibility.Public });
        Given(Ask("gus", mark: "browser"), Claim("gus"));
        When(new KickParticipant(At(5), As("ann"), "gus", Ban: true));
        Entity.Accepts(State, "gus", "hash-gus").ShouldBeFalse();
        When(new SendWatchMessage(At(6), Guest("gus"), "But..."));
        ThenRejected(WatchErrorCodes.GuestTokenInvalid);
        When(Claim("gus", 6, "new token"));
        ThenRejected(WatchErrorCodes.WatchBanned);
        When(Ask("gil", 6, mark: "browser"));
        ThenRejected(WatchErrorCodes.WatchBanned);
        When(Ask("gil", 6, mark: "hash-gus"));
        ThenRejected(WatchErrorCodes.WatchBanned);

        Given(new LiftBan(At(7), As("ann"), "gus"));
        When(Ask("gil", 8, mark: "browser"));
        ThenReplied<AccessChanged>().Request.Status.ShouldBe(AccessStatus.Approved);
    }

    [Fact]
    public void A_guest_who_was_put_out_must_be_let_in_by_the_host_even_where_it_is_public()
    {
        GivenPartyWith(new WatchSettings { Visibility = WatchVisibility.Public });
        Given(Ask("gus", mark: "browser"), Claim("gus"), new KickParticipant(At(5), As("ann"), "gus", Ban: false));
        When(Claim("gus", 6));
        ThenRejected(WatchErrorCodes.WatchKicked);
        When(Ask("gil", 6, mark: "browser"));
        ThenReplied<AccessChanged>().Request.Status.ShouldBe(AccessStatus.Pending);
        Given(Review("gil", at: 7), Claim("gil", 8));
        Seats().ShouldBe("ann:H gil:V");
    }

    [Fact]
    public void A_guest_who_left_comes_back_with_the_token_or_the_request()
    {
        GivenParty();
        GivenGuest("gus");
        Given(new LeaveWatchParty(At(5), Guest("gus")));
        Seats().ShouldBe("ann:H");
        Given(Join("gus", 6) with { Actor = Guest("gus"), Person = new WatchPerson("gus", "Somebody else") });
        Member("gus").Name.ShouldBe("gus");
        Given(new LeaveWatchParty(At(7), Guest("gus")), Claim("gus", 8, "another"));
        Seats().ShouldBe("ann:H gus:V");
    }

    [Fact]
    public void A_guests_request_is_shown_to_the_guest_and_those_who_answer_it()
    {
        GivenParty("bob");
        Given(Ask("gus"));
        Refusal(new GetGuestRequest(At(2), "request-gus", null, Nobody)).ShouldBe(WatchErrorCodes.WatchCoHostOnly);
        Refusal(new GetGuestRequest(At(2), "request-gus", "guessed", Nobody)).ShouldBe(WatchErrorCodes.GuestRequestNotFound);
        Refusal(new GetGuestRequest(At(2), "request-gil", null, As("ann"))).ShouldBe(WatchErrorCodes.GuestRequestNotFound);
        Refusal(new ListGuestRequests(As("bob"), At(2))).ShouldBe(WatchErrorCodes.WatchCoHostOnly);
        var seen = Answer<AccessChanged>(new GetGuestRequest(At(2), "request-gus", "secret-gus", Nobody)).Request;
        Answer<AccessChanged>(new GetGuestRequest(At(2), "request-gus", null, As("ann"))).Request.ShouldBe(seen);
        Answer<AccessList>(new ListGuestRequests(As("ann"), At(2))).Requests.ShouldBe([seen]);
    }
}
