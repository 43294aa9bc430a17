using AkkaParty.Protocol.Parties;

namespace AkkaParty.Actors.Tests.Parties;

public sealed class PresenceSpec : PartySpec
{
    [Fact]
    public void Whoever_lost_the_last_socket_is_away_after_2_minutes()
    {
        Lobby("h", "m");
        Given(new SetPresence(At(10), "m", false));
        Entity.ConnectedMembers(State).ShouldBe(["h"]);

        WhenTimeIs(At(129));
        ThenNothing();
        WhenTimeIs(At(130));
        Then(new ParticipantWentAway(At(130), "m"));
    }

    [Fact]
    public void A_socket_brings_them_back()
    {
        Lobby("h", "m");
        Given(new SetPresence(At(10), "m", false));
        WhenTimeIs(At(130));

        When(new SetPresence(At(140), "m", true));

        Then(new ParticipantConnected(At(140), "m"));
        State.Find("m")!.Away.ShouldBeFalse();
    }

    [Fact]
    public void A_call_brings_them_back_and_a_call_keeps_them_present()
    {
        Lobby("h", "m");
        Given(new SetPresence(At(10), "m", false));

        When(new SeenParticipant(At(20), As("m")));
        ThenNothing();
        When(new SeenParticipant(At(100), As("m")));
        Then(new ParticipantSeen(At(100), "m"));
        WhenTimeIs(At(219));
        ThenNothing();
        WhenTimeIs(At(220));
        Then(new ParticipantWentAway(At(220), "m"));
        When(new SeenParticipant(At(230), As("m")));
        Then(new ParticipantSeen(At(230), "m"));
    }

    [Fact]
    public void A_command_of_somebody_away_counts_as_a_call()
    {
        Nominating("h", "m", "n");
        Given(new SetPresence(At(10), "m", false), new SuggestMovie(At(129), As("h"), Film("1")));
        WhenTimeIs(At(130));

        When(new VoteNomination(At(131), As("m"), "nay"));

        Then(new ParticipantSeen(At(131), "m"), new NominationVoted(At(131), "m", "1", NominationVote.Nay));
    }

    [Fact]
    public void Presence_of_nobody_in_the_party_and_presence_that_is_no_news_change_nothing()
    {
        Lobby("h");

        When(new SetPresence(At(1), "x", true));
        ThenNothing();
        When(new SetPresence(At(1), "h", true));
        ThenNothing();
        Entity.OnPresence(State, "h", false, At(2)).ShouldBe(new SetPresence(At(2), "h", false));
        Entity.OnPresence(State, "x", true, At(2)).ShouldBeNull();
    }

    [Fact]
    public void Whoever_never_had_a_socket_is_not_away_in_the_lobby()
    {
        Given(new CreateParty(T0, "Rest", "h", "Host", "hash-h", T0.AddHours(24), new PartyOptions()));

        Entity.Deadline(State).ShouldBeNull();
    }

    [Fact]
    public void Whoever_never_had_a_socket_and_stays_silent_while_others_wait_is_away_after_10_minutes()
    {
        Lobby("h");
        Given(new JoinParty(At(1), "m", "Mia", "hash-m", T0.AddHours(24)), new StartNomination(At(100), As("h")));
        Pool("1");
        Given(new FinalizeNominations(At(200), As("h")), new SubmitRanking(At(201), As("h"), ["1"]));

        WhenTimeIs(At(799));
        State.Phase.ShouldBe(PartyPhase.Ranking);
        WhenTimeIs(At(800));
        State.Find("m")!.Away.ShouldBeTrue();
        State.Phase.ShouldBe(PartyPhase.Finished);
    }

    [Fact]
    public void A_host_away_for_5_minutes_passes_the_role_to_the_longest_present()
    {
        Lobby("h", "m", "n");
        Given(new SetPresence(At(10), "h", false));

        WhenTimeIs(At(309));
        Then(new ParticipantWentAway(At(130), "h"));
        WhenTimeIs(At(310));
        Then(new HostChanged(At(310), "m"));
    }

    [Fact]
    public void A_host_who_is_back_in_time_keeps_the_role()
    {
        Lobby("h", "m");
        Given(new SetPresence(At(10), "h", false));
        WhenTimeIs(At(200));
        Given(new SetPresence(At(300), "h", true));

        WhenTimeIs(At(4000));

        State.HostId.ShouldBe("h");
    }

    [Fact]
    public void With_nobody_present_the_host_keeps_the_role_until_somebody_comes()
    {
        Lobby("h", "m");
        Given(new SetPresence(At(10), "h", false), new SetPresence(At(11), "m", false));
        WhenTimeIs(At(4000));
        State.HostId.ShouldBe("h");
        Entity.Deadline(State).ShouldBeNull();

        When(new SetPresence(At(4001), "m", true));

        Then(new ParticipantConnected(At(4001), "m"), new HostChanged(At(4001), "m"));
    }

    [Fact]
    public void Nobody_who_is_away_is_made_host()
    {
        Lobby("h", "m");
        Given(new SetPresence(At(10), "m", false));
        WhenTimeIs(At(130));

        When(new TransferHost(At(131), As("h"), "m"));

        ThenRejected(PartyErrorCodes.ParticipantAway, "user_id");
    }

    [Fact]
    public void A_stale_deadline_does_nothing()
    {
        Lobby("h", "m");

        When(new PassDeadline(At(500), At(130)));

        ThenNothing();
    }
}
