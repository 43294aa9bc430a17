using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.Tests.WatchParties;

/// <summary>Who may take a seat, and what becomes of it.</summary>
public sealed class WatchSeatSpec : WatchSpec
{
    [Fact]
    public void By_the_code_anybody_with_an_account_joins_a_private_party()
    {
        GivenParty();
        When(Join("bob"));
        var e = ThenRaised<ParticipantJoined>();
        (e.Person.Name, e.Role, e.Returned, e.Count).ShouldBe(("bob", WatchRole.Viewer, false, 2));
        ThenReplied<WatchPartyChanged>().Party.InviteCode.ShouldBe(Code);
        View().StartedAt.ShouldBe(At(1));

        When(Join("bob", 5));
        ThenRaised();
        ThenReplied<WatchPartyChanged>();
    }

    [Fact]
    public void Another_code_leads_nowhere_and_nobody_joins_in_anothers_name()
    {
        GivenParty();
        When(Join("bob", code: "ABC235"));
        ThenRejected(WatchErrorCodes.WatchPartyNotFound);
        When(Join("bob") with { Actor = As("cy") });
        ThenRejected(WatchErrorCodes.AccountRequired);
        When(Join("bob") with { Actor = Nobody });
        ThenRejected(WatchErrorCodes.AccountRequired);
        When(Join("bob") with { Actor = Guest("bob") });
        ThenRejected(WatchErrorCodes.GuestTokenInvalid);
    }

    [Fact]
    public void By_the_id_a_private_party_takes_only_those_who_were_let_in()
    {
        GivenParty();
        When(Join("bob", code: null));
        ThenRejected(WatchErrorCodes.AccessNeeded);
        Given(new InviteToWatchParty(At(2), As("ann"), Person("bob")));
        When(Join("bob", 3, code: null));
        ThenRaised(nameof(ParticipantJoined));
        State.Admitted.ShouldBeEmpty();
    }

    [Fact]
    public void By_the_id_everybody_joins_a_public_party()
    {
        GivenPartyWith(new WatchSettings { Visibility = WatchVisibility.Public });
        When(Join("bob", code: null));
        ThenRaised(nameof(ParticipantJoined));
    }

    [Fact]
    public void Friends_of_the_host_join_by_the_id_as_long_as_that_is_the_host()
    {
        GivenPartyWith(new WatchSettings { Visibility = WatchVisibility.Friends }, "bob");
        var join = Join("cy", 2, code: null);
        When(join);
        ThenRejected(WatchErrorCodes.AccessNeeded);
        When(join with { IsFriendOfHost = true });
        ThenRejected(WatchErrorCodes.AccessNeeded);
        When(join with { IsFriendOfHost = true, HostSeen = "bob" });
        ThenRejected(WatchErrorCodes.AccessNeeded);
        When(join with { IsFriendOfHost = true, HostSeen = "ann" });
        ThenRaised(nameof(ParticipantJoined));
    }

    [Fact]
    public void The_code_alone_opens_no_party_for_those_who_are_invited()
    {
        GivenPartyWith(new WatchSettings { Visibility = WatchVisibility.Invite });
        When(Join("bob"));
        ThenRejected(WatchErrorCodes.AccessNeeded);
        Given(new RequestWatchAccess(At(2), As("bob"), Person("bob"), null), new ReviewWatchAccess(At(3), As("ann"), "bob", true, null));
        When(Join("bob", 4));
        ThenRaised(nameof(ParticipantJoined));
    }

    [Fact]
    public void A_password_is_asked_of_strangers_and_an_old_one_is_none()
    {
        GivenParty("bob");
        Given(new UpdateWatchParty(At(2), As("ann"), null, null, null, "hash one"));
        When(Join("cy", 3));
        ThenRejected(WatchErrorCodes.PasswordRequired);
        When(Join("cy", 3, password: 0));
        ThenRejected(WatchErrorCodes.PasswordWrong);
        When(Join("cy", 3, password: 1));
        ThenRaised(nameof(ParticipantJoined));

        Given(new UpdateWatchParty(At(4), As("ann"), null, null, null, "hash two"), new LeaveWatchParty(At(5), As("bob")));
        When(Join("dee", 6, password: 1));
        ThenRejected(WatchErrorCodes.PasswordWrong);
        When(Join("bob", 6));
        ThenRaised(nameof(ParticipantJoined));
    }

    [Fact]
    public void Joining_asks_first_what_it_takes()
    {
        GivenParty("bob");
        Given(new UpdateWatchParty(At(2), As("ann"), null, null, null, "hash"), new LeaveWatchParty(At(3), As("bob")));
        var stranger = Answer<WatchEntry>(new GetWatchEntry(As("cy"), At(4)));
        stranger.ShouldBe(new WatchEntry("ann", WatchVisibility.Private, new WatchPassword("hash", 1), Ended: false, HasSeat: false));
        Answer<WatchEntry>(new GetWatchEntry(As("bob"), At(4))).HasSeat.ShouldBeTrue();
        Answer<WatchEntry>(new GetWatchEntry(Nobody, At(4))).HasSeat.ShouldBeFalse();
    }

    [Fact]
    public void A_full_party_takes_nobody_and_says_how_full_it_is()
    {
        GivenPartyWith(new WatchSettings { ParticipantsMax = 2 }, "bob");
        When(Join("cy", 2));
        ThenRejected(WatchErrorCodes.WatchPartyFull, message: "party is full: 2/2 participants");
        Given(new LeaveWatchParty(At(3), As("bob")));
        Given(Join("cy", 4));
        When(Join("bob", 5));
        ThenRejected(WatchErrorCodes.WatchPartyFull, message: "party is full: 2/2 participants");
    }

    [Fact]
    public void Whoever_comes_back_keeps_role_and_first_coming()
    {
        GivenParty("bob", "cy");
        Given(new SetCoHost(At(2), As("ann"), "bob", CoHost: true), new LeaveWatchParty(At(3), As("bob")));
        Seats().ShouldBe("ann:H cy:V");
        When(Join("bob", 60) with { Person = new WatchPerson("bob", "Robert") });
        ThenRaised<ParticipantJoined>().Returned.ShouldBeTrue();
        Seats().ShouldBe("ann:H bob:C cy:V");
        var bob = Member("bob");
        (bob.Name, bob.JoinedAt, bob.LeftAt).ShouldBe(("Robert", At(1), null));
    }

    [Fact]
    public void Leaving_is_never_refused_and_cuts_the_connections_off()
    {
        GivenParty("bob");
        Given(Connect("bob", 2));
        When(new LeaveWatchParty(At(3), As("bob")));
        var e = ThenRaised<ParticipantLeft>();
        (e.Reason, e.By, e.Count).ShouldBe((LeaveReason.Left, null, 1));
        Entity.Expels(e).ShouldBe("bob");
        Entity.ConnectedMembers(State).ShouldBeEmpty();
        When(new LeaveWatchParty(At(4), As("bob")));
        ThenRaised();
        When(new LeaveWatchParty(At(4), As("stranger")));
        ThenRaised();
    }

    [Fact]
    public void Whoever_was_not_seen_for_a_day_has_left()
    {
        GivenParty("bob", "cy");
        Given(Connect("ann", 2), Connect("cy", 3), Disconnect("cy", 1_000));
        WhenTimeIs(86_400);
        ThenRaised();
        WhenTimeIs(86_401);
        var bob = ThenRaised<ParticipantLeft>();
        (bob.Who.MemberId, bob.Reason, bob.At).ShouldBe(("bob", LeaveReason.Stale, At(86_401)));
        WhenTimeIs(87_400);
        ThenRaised<ParticipantLeft>().Who.MemberId.ShouldBe("cy");
        Seats().ShouldBe("ann:H");
    }

    [Fact]
    public void Who_was_there_is_forgotten_when_too_many_have_been()
    {
        GivenPartyWith(new WatchSettings { Visibility = WatchVisibility.Public });
        for (var number = 1; number < WatchLimits.SeatsMax; number++)
        {
            Pass($"m{number:D4}", number);
        }

        State.Members.Count.ShouldBe(WatchLimits.SeatsMax);
        Pass("last", WatchLimits.SeatsMax);
        State.Members.Count.ShouldBe(WatchLimits.SeatsMax);
        State.Members.ContainsKey("m0001").ShouldBeFalse();
        State.Members.ContainsKey("m0002").ShouldBeTrue();
        Actors.WatchParties.WatchInvariants.CheckAll(State);

        void Pass(string memberId, double at)
        {
            foreach (var command in new WatchCommand[] { Join(memberId, at), new LeaveWatchParty(At(at), As(memberId)) })
            {
                State = Entity.Decide(State, command).Events.Aggregate(State, Entity.Evolve);
            }
        }
    }
}
