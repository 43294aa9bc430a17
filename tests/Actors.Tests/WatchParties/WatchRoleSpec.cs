using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.Tests.WatchParties;

/// <summary>Who leads, who helps, and whom they may put out or mute.</summary>
public sealed class WatchRoleSpec : WatchSpec
{
    [Fact]
    public void The_host_makes_co_hosts_and_takes_it_back()
    {
        GivenParty("bob");
        When(new SetCoHost(At(2), As("ann"), "bob", CoHost: true));
        var e = ThenRaised<CoHostChanged>();
        (e.Who.Role, e.By).ShouldBe((WatchRole.CoHost, "ann"));
        When(new SetCoHost(At(3), As("ann"), "bob", CoHost: true));
        ThenRaised();
        When(new SetCoHost(At(4), As("bob"), "bob", CoHost: false));
        ThenRejected(WatchErrorCodes.WatchHostOnly);
        When(new SetCoHost(At(4), As("ann"), "ann", CoHost: true));
        ThenRejected(WatchErrorCodes.WatchRankTooLow, "user_id");
        When(new SetCoHost(At(4), As("ann"), "zoe", CoHost: true));
        ThenRejected(WatchErrorCodes.WatchMemberNotFound, "user_id");
        When(new SetCoHost(At(5), As("ann"), "bob", CoHost: false));
        Seats().ShouldBe("ann:H bob:V");
    }

    [Fact]
    public void The_host_hands_the_role_over_and_is_a_co_host_then()
    {
        GivenParty("bob");
        When(new TransferHost(At(2), As("bob"), "bob"));
        ThenRejected(WatchErrorCodes.WatchHostOnly);
        When(new TransferHost(At(2), As("ann"), "bob"));
        var e = ThenRaised<HostChanged>();
        (e.Host.MemberId, e.Host.Role, e.FormerId, e.Reason).ShouldBe(("bob", WatchRole.Host, "ann", HostChangeReason.Transferred));
        Seats().ShouldBe("ann:C bob:H");
        When(new TransferHost(At(3), As("bob"), "bob"));
        ThenRaised();
        When(new TransferHost(At(4), Admin, "ann"));
        Seats().ShouldBe("ann:H bob:C");
    }

    [Fact]
    public void A_host_who_leaves_is_followed_by_the_longest_present_co_host()
    {
        GivenParty("bob", "cy", "dee");
        Given(new SetCoHost(At(2), As("ann"), "dee", CoHost: true), new SetCoHost(At(2), As("ann"), "cy", CoHost: true));
        When(new LeaveWatchParty(At(3), As("ann")));
        ThenRaised(nameof(ParticipantLeft), nameof(HostChanged));
        var e = ThenRaised<HostChanged>();
        (e.Host.MemberId, e.FormerId, e.Reason).ShouldBe(("cy", "ann", HostChangeReason.Left));
        Given(Join("ann", 4));
        Seats().ShouldBe("ann:C bob:V cy:H dee:C");
    }

    [Fact]
    public void Whoever_is_connected_comes_before_co_hosts_who_are_not()
    {
        GivenParty("bob", "cy");
        Given(new SetCoHost(At(2), As("ann"), "bob", CoHost: true), Connect("cy", 2));
        Given(new LeaveWatchParty(At(3), As("ann")));
        Seats().ShouldBe("bob:C cy:H");
    }

    [Fact]
    public void When_nobody_is_left_the_first_to_come_is_host()
    {
        GivenParty("bob");
        Given(new LeaveWatchParty(At(2), As("bob")), new LeaveWatchParty(At(3), As("ann")));
        State.HostId.ShouldBeNull();
        When(Join("cy", 4));
        ThenRaised<ParticipantJoined>().Role.ShouldBe(WatchRole.Host);
        Given(Join("ann", 5));
        Seats().ShouldBe("ann:C cy:H");
    }

    [Fact]
    public void A_host_who_is_away_for_five_minutes_is_followed_by_somebody_who_is_there()
    {
        GivenParty("bob", "cy");
        Given(Connect("ann", 2), Connect("cy", 3), Disconnect("ann", 10));
        Entity.Deadline(State).ShouldBe(At(310));
        WhenTimeIs(309);
        ThenRaised();
        WhenTimeIs(310);
        var e = ThenRaised<HostChanged>();
        (e.Host.MemberId, e.FormerId, e.Reason, e.At).ShouldBe(("cy", "ann", HostChangeReason.Away, At(310)));
        Seats().ShouldBe("ann:C bob:V cy:H");
    }

    [Fact]
    public void A_host_who_is_back_in_time_stays_host()
    {
        GivenParty("bob");
        Given(Connect("ann", 2), Connect("bob", 3), Disconnect("ann", 10), Connect("ann", 200));
        WhenTimeIs(1_000);
        ThenRaised();
        Seats().ShouldBe("ann:H bob:V");
    }

    [Fact]
    public void While_nobody_else_is_there_the_role_waits_for_the_first_to_come()
    {
        GivenParty("bob");
        Given(Connect("ann", 2), Disconnect("ann", 10));
        WhenTimeIs(1_000);
        ThenRaised();
        When(Connect("bob", 2_000));
        ThenRaised(nameof(ParticipantConnected), nameof(HostChanged));
        ThenRaised<HostChanged>().At.ShouldBe(At(2_000));
        Seats().ShouldBe("ann:C bob:H");
    }

    [Fact]
    public void A_host_without_any_connection_keeps_the_role_of_a_party_they_made()
    {
        GivenParty("bob");
        Given(Connect("bob", 2));
        WhenTimeIs(3_600);
        ThenRaised();
        Seats().ShouldBe("ann:H bob:V");
    }

    [Fact]
    public void A_host_whom_a_decision_seated_must_come()
    {
        Given(Create() with { Seats = [new OriginSeat(Person("bob"), "b")], Origin = new WatchOrigin("room", "r", "a") });
        Given(Connect("bob", 20));
        WhenTimeIs(300);
        ThenRaised(nameof(HostChanged));
    }

    [Fact]
    public void Host_and_co_hosts_put_viewers_out_and_nobody_the_host()
    {
        GivenParty("bob", "cy", "dee");
        Given(new SetCoHost(At(2), As("ann"), "bob", CoHost: true), new SetCoHost(At(2), As("ann"), "cy", CoHost: true));
        When(new KickParticipant(At(3), As("dee"), "bob", Ban: false));
        ThenRejected(WatchErrorCodes.WatchCoHostOnly);
        When(new KickParticipant(At(3), As("bob"), "ann", Ban: false));
        ThenRejected(WatchErrorCodes.WatchRankTooLow, "user_id");
        When(new KickParticipant(At(3), As("bob"), "cy", Ban: false));
        ThenRejected(WatchErrorCodes.WatchRankTooLow, "user_id");
        When(new KickParticipant(At(3), As("bob"), "bob", Ban: false));
        ThenRejected(WatchErrorCodes.WatchNotOneself, "user_id");
        When(new KickParticipant(At(3), As("bob"), "zoe", Ban: false));
        ThenRejected(WatchErrorCodes.WatchMemberNotFound, "user_id");
        When(new KickParticipant(At(3), As("bob"), "dee", Ban: false));
        var e = ThenRaised<ParticipantLeft>();
        (e.Reason, e.By).ShouldBe((LeaveReason.Kicked, "bob"));
        Entity.Expels(e).ShouldBe("dee");
        When(new KickParticipant(At(4), As("ann"), "cy", Ban: false));
        Seats().ShouldBe("ann:H bob:C");
    }

    [Fact]
    public void Whoever_was_put_out_comes_back_only_when_they_are_let_in()
    {
        GivenPartyWith(new WatchSettings { Visibility = WatchVisibility.Public }, "bob");
        Given(new SetCoHost(At(2), As("ann"), "bob", CoHost: true), new KickParticipant(At(3), As("ann"), "bob", Ban: false));
        When(Join("bob", 4));
        ThenRejected(WatchErrorCodes.WatchKicked);
        Given(new InviteToWatchParty(At(5), As("ann"), Person("bob")));
        Given(Join("bob", 6));
        Seats().ShouldBe("ann:H bob:V");
    }

    [Fact]
    public void A_ban_holds_until_it_is_lifted()
    {
        GivenPartyWith(new WatchSettings { Visibility = WatchVisibility.Public }, "bob");
        Given(new KickParticipant(At(2), As("ann"), "bob", Ban: true));
        When(Join("bob", 3));
        ThenRejected(WatchErrorCodes.WatchBanned);
        When(new RequestWatchAccess(At(3), As("bob"), Person("bob"), null));
        ThenRejected(WatchErrorCodes.WatchBanned);
        When(new InviteToWatchParty(At(3), As("ann"), Person("bob")));
        ThenRejected(WatchErrorCodes.WatchBanned, "user_id");
        Refusal(new GetWatchParty(As("bob"), At(3))).ShouldBe(WatchErrorCodes.WatchBanned);
        Answer<BanList>(new ListBans(As("ann"), At(4))).Bans.ShouldBe([new BanView("bob", "bob", IsGuest: false, At(2), "ann")]);

        When(new LiftBan(At(5), As("ann"), "cy"));
        ThenRejected(WatchErrorCodes.BanNotFound, "user_id");
        Given(new LiftBan(At(5), As("ann"), "bob"));
        When(Join("bob", 6));
        ThenRaised(nameof(ParticipantJoined));
    }

    [Fact]
    public void Somebody_who_left_can_still_be_banned_and_a_kick_made_a_ban()
    {
        GivenParty("bob", "cy");
        Given(new LeaveWatchParty(At(2), As("bob")));
        When(new KickParticipant(At(3), As("ann"), "bob", Ban: false));
        ThenRejected(WatchErrorCodes.WatchMemberNotFound, "user_id");
        When(new KickParticipant(At(3), As("ann"), "bob", Ban: true));
        ThenRaised(nameof(ParticipantBanned));
        When(new KickParticipant(At(4), As("ann"), "bob", Ban: true));
        ThenRaised();

        Given(new KickParticipant(At(5), As("ann"), "cy", Ban: false));
        When(new KickParticipant(At(6), As("ann"), "cy", Ban: true));
        ThenRaised(nameof(ParticipantBanned));
        When(Join("cy", 7));
        ThenRejected(WatchErrorCodes.WatchBanned);
    }

    [Fact]
    public void A_ban_follows_the_browser_session_to_another_account()
    {
        GivenParty();
        Given(Join("bob", mark: "browser"));
        Given(new KickParticipant(At(2), As("ann"), "bob", Ban: true));
        When(Join("bob2", 3, mark: "browser"));
        ThenRejected(WatchErrorCodes.WatchBanned);
        When(Join("bob2", 3, mark: "another browser"));
        ThenRaised(nameof(ParticipantJoined));
    }

    [Fact]
    public void Host_and_co_hosts_mute_viewers()
    {
        GivenParty("bob", "cy");
        Given(new SetCoHost(At(2), As("ann"), "bob", CoHost: true));
        When(new MuteParticipant(At(3), As("cy"), "bob", Muted: true));
        ThenRejected(WatchErrorCodes.WatchCoHostOnly);
        When(new MuteParticipant(At(3), As("bob"), "ann", Muted: true));
        ThenRejected(WatchErrorCodes.WatchRankTooLow, "user_id");
        When(new MuteParticipant(At(3), As("bob"), "cy", Muted: true));
        ThenRaised<ParticipantMuted>().Muted.ShouldBeTrue();
        Member("cy").Muted.ShouldBeTrue();
        When(new MuteParticipant(At(4), As("bob"), "cy", Muted: true));
        ThenRaised();
        When(new SendWatchMessage(At(5), As("cy"), "But..."));
        ThenRejected(WatchErrorCodes.WatchMuted);
        Given(new MuteParticipant(At(6), As("bob"), "cy", Muted: false));
        When(new SendWatchMessage(At(7), As("cy"), "Thanks"));
        ThenRaised(nameof(WatchMessageSent));
    }
}
