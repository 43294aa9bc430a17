using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.Tests.WatchParties;

/// <summary>What a party shows, and to whom.</summary>
public sealed class WatchQueriesSpec : WatchSpec
{
    [Fact]
    public void A_private_party_is_shown_to_those_who_may_join()
    {
        GivenParty("bob");
        Refusal(new GetWatchParty(Nobody, At(2))).ShouldBe(WatchErrorCodes.WatchPrivate);
        Refusal(new GetWatchParty(As("cy"), At(2))).ShouldBe(WatchErrorCodes.NotAParticipant);
        Refusal(new ListParticipants(Nobody, At(2))).ShouldBe(WatchErrorCodes.WatchPrivate);
        Refusal(new ListParticipants(As("cy"), At(2))).ShouldBe(WatchErrorCodes.NotAParticipant);
        View(As("bob")).InviteCode.ShouldBe(Code);
        View(Admin).InviteCode.ShouldBe(Code);

        Given(new InviteToWatchParty(At(3), As("ann"), Person("cy")));
        var invited = View(As("cy"));
        (invited.InviteCode, invited.ParticipantCount, invited.Participants.Count).ShouldBe((null, 2, 0));
        Given(new LeaveWatchParty(At(4), As("bob")));
        View(As("bob")).InviteCode.ShouldBeNull();
    }

    [Fact]
    public void A_public_party_is_shown_to_everybody_without_its_code()
    {
        GivenPartyWith(new WatchSettings { Visibility = WatchVisibility.Public }, "bob");
        var seen = View(Nobody);
        (seen.InviteCode, seen.Participants.Count, seen.HostId).ShouldBe((null, 2, "ann"));
        Answer<ParticipantList>(new ListParticipants(Nobody, At(2))).Participants.ShouldBe(seen.Participants);
        Refusal(new GetPlayback(Nobody, At(2))).ShouldBe(WatchErrorCodes.NotAParticipant);
        Refusal(new GetWatchWelcome(Nobody, At(2))).ShouldBe(WatchErrorCodes.NotAParticipant);
    }

    [Fact]
    public void Friends_of_the_host_see_a_party_for_friends()
    {
        GivenPartyWith(new WatchSettings { Visibility = WatchVisibility.Friends }, "bob");
        Refusal(new GetWatchParty(As("cy"), At(2))).ShouldBe(WatchErrorCodes.NotAParticipant);
        Refusal(new GetWatchParty(As("cy"), At(2), IsFriendOfHost: true, HostSeen: "bob")).ShouldBe(WatchErrorCodes.NotAParticipant);
        Refusal(new GetWatchParty(As("cy"), At(2), IsFriendOfHost: true, HostSeen: "ann")).ShouldBeNull();
    }

    [Fact]
    public void A_connection_begins_with_everything_of_one_moment()
    {
        GivenParty();
        GivenGuest("gus");
        Given(new SendWatchMessage(At(5), As("ann"), "Hello"));
        var welcome = Answer<WatchWelcome>(new GetWatchWelcome(Guest("gus"), At(6)));
        (welcome.Party.Seq, welcome.Party.Now, welcome.Member.MemberId).ShouldBe((State.Seq, At(6), "gus"));
        (welcome.Messages.Count, welcome.TokenExpiresAt).ShouldBe((1, At(86_403)));
        Answer<PlaybackChanged>(new GetPlayback(Guest("gus"), At(6))).Seq.ShouldBe(State.Seq);
    }

    [Fact]
    public void A_token_that_does_not_hold_is_refused_even_where_it_is_public()
    {
        GivenPartyWith(new WatchSettings { Visibility = WatchVisibility.Public });
        Refusal(new GetWatchParty(Guest("gus"), At(2))).ShouldBe(WatchErrorCodes.GuestTokenInvalid);
        Refusal(new GetWatchSeat(As("cy"), At(2))).ShouldBe(WatchErrorCodes.NotAParticipant);
    }

    [Fact]
    public void There_is_nothing_to_see_before_it_was_created() =>
        Refusal(new GetWatchParty(As("ann"), At(0))).ShouldBe(WatchErrorCodes.WatchPartyNotFound);
}
