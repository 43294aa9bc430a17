using AkkaParty.Protocol.Parties;

namespace AkkaParty.Actors.Tests.Parties;

public sealed class RankingSpec : PartySpec
{
    [Fact]
    public void A_ballot_may_be_partial_and_may_be_replaced()
    {
        Ranking(["h", "m"], "1", "2", "3");

        When(new SubmitRanking(At(1), As("m"), ["3"]));
        Then(new BallotSubmitted(At(1), "m", ["3"]));
        When(new SubmitRanking(At(2), As("m"), ["2", "3"]));
        Then(new BallotSubmitted(At(2), "m", ["2", "3"]));
        When(new SubmitRanking(At(3), As("m"), ["2", "3"]));
        ThenNothing();
        Entity.Answer(State, new GetOwnBallot(As("m"), At(4))).Reply.ShouldBeOfType<OwnBallot>().Ranks.ShouldBe(["2", "3"]);
        Entity.Answer(State, new GetOwnBallot(As("h"), At(4))).Reply.ShouldBe(new OwnBallot(null));
        Entity.Answer(State, new GetOwnBallot(As("x"), At(4))).Rejection!.Code.ShouldBe(PartyErrorCodes.InvalidToken);
    }

    [Fact]
    public void A_ballot_with_nothing_something_twice_or_something_unknown_is_refused_by_name()
    {
        Ranking(["h", "m"], "1", "2");

        When(new SubmitRanking(At(1), As("m"), []));
        ThenRejected(PartyErrorCodes.RankingEmpty, "ranks");
        When(new SubmitRanking(At(1), As("m"), ["1", "7"]));
        ThenRejected(PartyErrorCodes.RankingUnknownMovie, "ranks", "invalid movie ID in ranking: 7");
        When(new SubmitRanking(At(1), As("m"), ["1", "2", "1"]));
        ThenRejected(PartyErrorCodes.RankingDuplicateMovie, "ranks", "movie is ranked twice: 1");
        When(new SubmitRanking(At(1), As("m"), [null!]));
        ThenRejected(PartyErrorCodes.RankingUnknownMovie, "ranks", "invalid movie ID in ranking: null");
        When(new SubmitRanking(At(1), As("m"), [new string('9', 5000)]));
        ThenRejected(PartyErrorCodes.RankingUnknownMovie, "ranks", $"invalid movie ID in ranking: {new string('9', 20)}…");
    }

    [Fact]
    public void The_ballots_are_counted_when_everybody_present_has_ranked()
    {
        Ranking(["h", "m", "n"], "1", "2");
        Given(new SubmitRanking(At(1), As("h"), ["2", "1"]), new SubmitRanking(At(2), As("m"), ["1"]));

        When(new SubmitRanking(At(3), As("n"), ["2"]));

        State.Phase.ShouldBe(PartyPhase.Finished);
        State.Winner.ShouldBe(Film("2"));
        State.EndedBy.ShouldBe(RankingEnd.AllRanked);
        var view = Entity.Answer(State, new GetParty()).Reply.ShouldBeOfType<PartyView>();
        view.Result!.Rounds.ShouldHaveSingleItem().Tally.ShouldBe([new RunoffTally("1", 1), new RunoffTally("2", 2)]);
        view.Submissions!.Keys.ShouldBe(["h", "m", "n"]);
        view.Submissions.Values.ShouldAllBe(ranks => ranks.Count == 0);
    }

    [Fact]
    public void Whoever_joins_while_ranking_counts()
    {
        Ranking(["h"], "1", "2");
        Given(new JoinParty(At(1), "m", "Mia", "hash-m", At(999)));

        When(new SubmitRanking(At(2), As("h"), ["1"]));

        Then(new BallotSubmitted(At(2), "h", ["1"]));
        State.Phase.ShouldBe(PartyPhase.Ranking);
    }

    [Fact]
    public void Whoever_goes_away_is_not_waited_for_but_an_earlier_ballot_counts()
    {
        Ranking(["h", "m", "n"], "1", "2");
        Given(new SubmitRanking(At(1), As("m"), ["2"]), new SetPresence(At(2), "m", false), new SetPresence(At(3), "n", false));
        Given(new SubmitRanking(At(4), As("h"), ["2"]));

        WhenTimeIs(At(130));

        State.Phase.ShouldBe(PartyPhase.Finished);
        State.Result!.Rounds[^1].Continuing.ShouldBe(2);
    }

    [Fact]
    public void With_nobody_present_nothing_is_counted_until_somebody_is_back()
    {
        Ranking(["h", "m"], "1", "2");
        Given(new SubmitRanking(At(1), As("h"), ["2"]), new SetPresence(At(2), "h", false), new SetPresence(At(2), "m", false));
        WhenTimeIs(At(200));
        State.Phase.ShouldBe(PartyPhase.Ranking);

        When(new SetPresence(At(210), "h", true));

        State.Phase.ShouldBe(PartyPhase.Finished);
    }

    [Fact]
    public void The_host_closes_the_ranking_with_at_least_one_ballot()
    {
        Ranking(["h", "m"], "1", "2");

        When(new CloseRanking(At(1), As("h")));
        ThenRejected(PartyErrorCodes.NoBallots);
        Given(new SubmitRanking(At(2), As("m"), ["2"]));
        When(new CloseRanking(At(3), As("h")));
        State.EndedBy.ShouldBe(RankingEnd.Host);
        State.Winner.ShouldBe(Film("2"));
    }

    [Fact]
    public void The_hosts_deadline_ends_the_ranking()
    {
        Ranking(["h", "m"], "1", "2");
        Given(new SetRankingDeadline(At(1), As("h"), At(60)), new SubmitRanking(At(2), As("m"), ["2"]));

        WhenTimeIs(At(60));

        State.EndedBy.ShouldBe(RankingEnd.Deadline);
        State.Winner.ShouldBe(Film("2"));
        State.RankingDeadline.ShouldBeNull();
    }

    [Fact]
    public void At_the_deadline_without_ballots_the_film_nominated_first_wins()
    {
        Ranking(["h", "m"], "1", "2");
        Given(new SetRankingDeadline(At(1), As("h"), At(60)));

        WhenTimeIs(At(60));

        State.EndedBy.ShouldBe(RankingEnd.DeadlineWithoutBallots);
        State.Winner.ShouldBe(Film("1"));
    }

    [Fact]
    public void A_deadline_can_be_set_ahead_moved_and_lifted_and_a_passed_one_is_forgotten()
    {
        Nominating("h", "m").Pool("1");

        When(new SetRankingDeadline(At(1), As("h"), At(60).ToOffset(TimeSpan.FromHours(2))));
        Then(new RankingDeadlineSet(At(1), At(60)));
        Entity.Deadline(State).ShouldBeNull("it only counts while ranking");
        When(new SetRankingDeadline(At(1), As("h"), At(60)));
        ThenNothing();
        When(new SetRankingDeadline(At(2), As("h"), null));
        Then(new RankingDeadlineSet(At(2), null));
        Given(new SetRankingDeadline(At(3), As("h"), At(60)));
        When(new FinalizeNominations(At(61), As("h")));
        Then(new NominationsFinalized(At(61), null));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-60)]
    [InlineData((30 * 86400) + 1)]
    public void A_deadline_lies_ahead_by_at_most_30_days(int seconds)
    {
        Ranking(["h", "m"], "1");

        When(new SetRankingDeadline(At(1), As("h"), At(1 + seconds)));

        ThenRejected(PartyErrorCodes.DeadlineInvalid, "deadline");
    }

    [Fact]
    public void A_restart_keeps_people_and_tokens_and_clears_the_rest()
    {
        Finished(["h", "m"], "1", "2");

        When(new RestartParty(At(9), As("h")));

        Then(new PartyRestarted(At(9), 2));
        var view = Reply.ShouldBeOfType<PartyAdvanced>().Party;
        (view.Phase, view.Round, view.Winner, view.Result, view.EndedBy).ShouldBe((PartyPhase.Lobby, 2, null, null, null));
        (view.NominationPool, view.Submissions).ShouldBe((null, null));
        view.Participants.Keys.ShouldBe(["h", "m"]);
        Entity.Answer(State, new GetOwnBallot(As("h"), At(10))).Reply.ShouldBe(new OwnBallot(null));
        Given(new StartNomination(At(10), As("h")));
        State.Phase.ShouldBe(PartyPhase.Nominating);
    }
}
