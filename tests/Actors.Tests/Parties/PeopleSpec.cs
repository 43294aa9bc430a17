using AkkaParty.Protocol.Parties;

namespace AkkaParty.Actors.Tests.Parties;

public sealed class PeopleSpec : PartySpec
{
    [Fact]
    public void The_creator_is_the_first_participant_and_the_host()
    {
        When(new CreateParty(T0, "  Film night ", "h", " Host ", "hash-h", At(60), new PartyOptions()));

        Then(new PartyCreated(T0, "Film night", "h", "Host", "hash-h", At(60), new PartyOptions()));
        var opened = Reply.ShouldBeOfType<PartyOpened>();
        opened.HostId.ShouldBe("h");
        opened.Party.Seq.ShouldBe(1);
        opened.Party.Participants["h"].ShouldBe(new ParticipantView("h", "Host", true, false, false, T0));
        opened.Party.NominationPool.ShouldBeNull();
        opened.Party.Submissions.ShouldBeNull();
    }

    [Theory]
    [InlineData("", PartyErrorCodes.NameEmpty)]
    [InlineData(" \t", PartyErrorCodes.NameEmpty)]
    [InlineData("a\u0007b", PartyErrorCodes.NameInvalid)]
    public void A_party_needs_a_readable_name(string name, string code)
    {
        When(new CreateParty(T0, name, "h", "Host", "hash-h", At(60), new PartyOptions()));

        ThenRejected(code, "name");
    }

    [Fact]
    public void Whoever_joins_is_the_last_of_the_participants()
    {
        Lobby("h");

        When(new JoinParty(At(5), "m", " Mia ", "hash-m", At(60)));

        Then(new ParticipantJoined(At(5), "m", "Mia", false, "hash-m", At(60)));
        var entered = Reply.ShouldBeOfType<PartyEntered>();
        entered.Participant.ShouldBe(new ParticipantView("m", "Mia", false, false, false, At(5)));
        entered.Party.Participants.Keys.ShouldBe(["h", "m"]);
    }

    [Theory]
    [InlineData("Mia")]
    [InlineData(" mIA ")]
    [InlineData("Mi\u200Da")]
    public void A_username_is_taken_whatever_its_case_and_whatever_cannot_be_seen_in_it(string username)
    {
        Lobby("h");
        Given(new JoinParty(T0, "m", "Mia", "hash-m", At(60)));

        When(new JoinParty(At(1), "n", username, "hash-n", At(60)));

        ThenRejected(PartyErrorCodes.UsernameTaken, "username");
    }

    [Fact]
    public void Letters_outside_ascii_are_compared_without_regard_to_case_too()
    {
        Lobby("h");
        Given(new JoinParty(T0, "m", "ÉMILE", "hash-m", At(60)));

        When(new JoinParty(At(1), "n", "émile", "hash-n", At(60)));

        ThenRejected(PartyErrorCodes.UsernameTaken, "username");
    }

    [Fact]
    public void A_full_party_takes_nobody()
    {
        Given(new CreateParty(T0, "Two", "h", "Host", "hash-h", At(60), new PartyOptions(ParticipantsMax: 2)));
        Given(new JoinParty(T0, "m", "Mia", "hash-m", At(60)));

        When(new JoinParty(T0, "n", "Noa", "hash-n", At(60)));

        ThenRejected(PartyErrorCodes.PartyFull);
    }

    [Fact]
    public void Nobody_joins_twice_under_one_id()
    {
        Lobby("h", "m");

        When(new JoinParty(At(1), "m", "Other", "hash-o", At(60)));

        ThenRejected(PartyErrorCodes.ParticipantExists);
    }

    [Fact]
    public void Whoever_is_removed_is_expelled_and_loses_token_vote_and_name()
    {
        Nominating("h", "m", "n", "o", "p");
        Given(new SuggestMovie(At(1), As("m"), Film("1")), new VoteNomination(At(1), As("m"), "yay"));

        When(new RemoveParticipant(At(2), As("h"), "m"));

        Then(new ParticipantRemoved(At(2), "m", "h"));
        Entity.Expels(new ParticipantRemoved(At(2), "m", "h")).ShouldBe("m");
        Entity.MayFollow(State, "m").ShouldBeFalse();
        State.Nomination.ShouldNotBeNull().Votes.ShouldBeEmpty();
        When(new VoteNomination(At(3), As("m"), "yay"));
        ThenRejected(PartyErrorCodes.InvalidToken);
        When(new JoinParty(At(3), "m2", "M", "hash-m2", At(60)));
        Then(new ParticipantJoined(At(3), "m2", "M", false, "hash-m2", At(60)));
    }

    [Fact]
    public void Removing_who_alone_had_not_ranked_ends_the_ranking()
    {
        Ranking(["h", "m"], "1", "2");
        Given(new SubmitRanking(At(1), As("h"), ["2"]));

        When(new RemoveParticipant(At(2), As("h"), "m"));

        State.Phase.ShouldBe(PartyPhase.Finished);
        State.Winner.ShouldBe(Film("2"));
        State.EndedBy.ShouldBe(RankingEnd.AllRanked);
    }

    [Fact]
    public void The_host_leaves_instead_of_being_removed()
    {
        Lobby("h", "m");

        When(new RemoveParticipant(At(1), As("h"), "h"));

        ThenRejected(PartyErrorCodes.CannotRemoveSelf, "user_id");
    }

    [Fact]
    public void Nobody_unknown_is_removed_or_made_host()
    {
        Lobby("h", "m");

        When(new RemoveParticipant(At(1), As("h"), "x"));
        ThenRejected(PartyErrorCodes.ParticipantNotFound, "user_id");
        When(new TransferHost(At(1), As("h"), "x"));
        ThenRejected(PartyErrorCodes.ParticipantNotFound, "user_id");
    }

    [Fact]
    public void Passing_the_role_to_oneself_changes_nothing()
    {
        Lobby("h", "m");

        When(new TransferHost(At(1), As("h"), "h"));

        ThenNothing();
    }

    [Fact]
    public void A_host_who_leaves_passes_the_role_to_the_longest_present_who_has_a_socket()
    {
        Lobby("h", "m", "n");
        Given(new SetPresence(At(1), "m", false));

        When(new LeaveParty(At(2), As("h")));

        Then(new ParticipantLeft(At(2), "h", "n"));
        State.HostId.ShouldBe("n");
        Entity.Expels(new ParticipantLeft(At(2), "h", "n")).ShouldBe("h");
    }

    [Fact]
    public void The_last_to_leave_leaves_an_empty_party_that_the_next_to_join_leads()
    {
        Lobby("h");
        Given(new LeaveParty(At(1), As("h")));

        State.HostId.ShouldBeNull();
        Entity.Answer(State, new GetParty()).Reply.ShouldBeOfType<PartyView>().Participants.ShouldBeEmpty();
        When(new JoinParty(At(2), "m", "Mia", "hash-m", At(60)));
        Then(new ParticipantJoined(At(2), "m", "Mia", true, "hash-m", At(60)));
        State.HostId.ShouldBe("m");
    }
}
