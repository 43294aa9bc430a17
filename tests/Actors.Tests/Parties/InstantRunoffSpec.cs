using System.Globalization;
using AkkaParty.Actors.Parties;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.Actors.Tests.Parties;

public sealed class InstantRunoffSpec
{
    [Fact]
    public void A_single_film_wins_at_once_even_without_a_ballot() =>
        InstantRunoff.Count(["a"], []).ShouldBe(
            new RunoffResult("a", [new RunoffRound(1, [new("a", 0)], null, 0, 0, 1, null, "a")]));

    [Fact]
    public void A_majority_wins_in_the_first_round() =>
        Count("a b c", "3 a>b", "1 b", "1 c").ShouldBe(
            new RunoffResult("a", [new RunoffRound(1, [new("a", 3), new("b", 1), new("c", 1)], null, 0, 5, 3, null, "a")]));

    [Fact]
    public void Half_of_the_ballots_is_not_a_majority() =>
        Count("a b c", "2 a", "1 b>c", "1 c").Rounds[0].Elected.ShouldBeNull();

    [Fact]
    public void The_threshold_falls_with_the_ballots_that_are_exhausted()
    {
        var result = Count("a b c", "4 a", "3 b", "2 c");

        result.ShouldBe(new RunoffResult("a",
        [
            new RunoffRound(1, [new("a", 4), new("b", 3), new("c", 2)], "c", 0, 9, 5, null, null),
            new RunoffRound(2, [new("a", 4), new("b", 3)], null, 2, 7, 4, null, "a"),
        ]));
    }

    [Fact]
    public void A_ballot_skips_every_film_that_has_left_and_counts_for_the_next()
    {
        var result = Count("a b c d", "5 a", "4 b", "2 c>d>b", "1 d>c>b");

        result.Rounds.Select(round => round.Eliminated).ShouldBe(["d", "c", null]);
        result.Rounds[2].Tally.ShouldBe([new("a", 5), new("b", 7)]);
        result.Winner.ShouldBe("b");
    }

    [Fact]
    public void Films_without_a_vote_leave_one_by_one_and_the_later_nominated_first()
    {
        var result = Count("a b c d", "2 a", "2 c");

        result.Rounds[0].Eliminated.ShouldBe("d");
        result.Rounds[0].TieBreak.ShouldBe(new RunoffTieBreak(["b", "d"], "nominated_later", null));
        result.Rounds[1].Eliminated.ShouldBe("b");
        result.Rounds[1].TieBreak.ShouldBeNull();
    }

    [Fact]
    public void Without_a_ballot_the_latest_nominated_leaves_in_every_round_and_the_first_nominated_wins() =>
        InstantRunoff.Count(["a", "b", "c"], []).ShouldBe(NobodyVoted(exhausted: 0));

    [Fact]
    public void Blank_ballots_are_exhausted_from_the_first_round() =>
        Count("a b c", "2 ").ShouldBe(NobodyVoted(exhausted: 2));

    [Fact]
    public void Two_left_with_the_same_votes_are_separated_before_the_last_one_is_elected()
    {
        var result = Count("a b", "2 a", "2 b");

        result.ShouldBe(new RunoffResult("a",
        [
            new RunoffRound(1, [new("a", 2), new("b", 2)], "b", 0, 4, 3, new(["a", "b"], "nominated_later", null), null),
            new RunoffRound(2, [new("a", 2)], null, 2, 2, 2, null, "a"),
        ]));
    }

    [Fact]
    public void Of_the_tied_the_one_with_fewer_votes_in_the_round_before_leaves()
    {
        // b has 2 votes before d leaves to it, c 3 from the start.
        var result = Count("a b c d", "4 a", "2 b", "3 c", "1 d>b");

        result.Rounds[1].Tally.ShouldBe([new("a", 4), new("b", 3), new("c", 3)]);
        result.Rounds[1].Eliminated.ShouldBe("b");
        result.Rounds[1].TieBreak.ShouldBe(new RunoffTieBreak(["b", "c"], "previous_round", 1));
    }

    [Fact]
    public void A_tie_in_the_round_before_too_is_decided_by_the_round_before_that()
    {
        // b and c: 5 and 6 in round 1, 6 and 6 once f has gone to b, 7 and 7 once e has gone to both.
        var result = Count("a b c e f", "9 a", "5 b", "6 c", "1 f>b", "1 e>b", "1 e>c");

        result.Rounds.Select(round => round.Eliminated).ShouldBe(["f", "e", "b", null]);
        result.Rounds[2].Tally.ShouldBe([new("a", 9), new("b", 7), new("c", 7)]);
        result.Rounds[2].TieBreak.ShouldBe(new RunoffTieBreak(["b", "c"], "previous_round", 1));
    }

    [Fact]
    public void The_latest_round_that_differs_decides_before_an_earlier_one_that_says_the_opposite()
    {
        // b and c: 4 and 5 in round 1, 6 and 5 once f has gone to b, 6 and 6 once e has gone to c. Round 2 decides against c.
        var result = Count("a b c e f", "9 a", "4 b", "5 c", "2 f>b", "1 e>c", "2 e");

        result.Rounds.Select(round => round.Eliminated).ShouldBe(["f", "e", "c", null]);
        result.Rounds[2].TieBreak.ShouldBe(new RunoffTieBreak(["b", "c"], "previous_round", 2));
    }

    [Fact]
    public void A_three_way_tie_narrows_round_by_round()
    {
        // b, c and d by round: 4, 5, 5; then 5, 5, 6 (round 2 keeps b and c in danger); then 6, 6, 6, and round 1 decides against b.
        var result = Count("a b c d e f", "9 a", "4 b", "5 c", "5 d", "1 f>b", "1 f>d", "1 e>b", "1 e>c", "1 e");

        result.Rounds[1].Tally.ShouldBe([new("a", 9), new("b", 5), new("c", 5), new("d", 6), new("e", 3)]);
        result.Rounds[2].Tally.ShouldBe([new("a", 9), new("b", 6), new("c", 6), new("d", 6)]);
        result.Rounds[2].Eliminated.ShouldBe("b");
        result.Rounds[2].TieBreak.ShouldBe(new RunoffTieBreak(["b", "c", "d"], "previous_round", 1));
    }

    [Fact]
    public void A_film_saved_by_a_later_round_is_not_drawn_back_in_by_an_earlier_one()
    {
        // b, c and d by round: 5, 5, 4; then 5, 5, 6 (round 2 saves d, whose round 1 was the worst); then 6, 6, 6. b and c never differ.
        var result = Count("a b c d e f", "9 a", "5 b", "5 c", "4 d", "2 f>d", "1 e>b", "1 e>c", "1 e");

        result.Rounds[2].Tally.ShouldBe([new("a", 9), new("b", 6), new("c", 6), new("d", 6)]);
        result.Rounds[2].Eliminated.ShouldBe("c");
        result.Rounds[2].TieBreak.ShouldBe(new RunoffTieBreak(["b", "c", "d"], "nominated_later", null));
    }

    [Fact]
    public void A_given_tie_break_sees_the_tied_films_and_the_earlier_rounds_and_is_recorded_as_given()
    {
        var seen = new List<(IReadOnlyList<string> Tied, IReadOnlyList<RunoffRound> Earlier)>();
        var result = InstantRunoff.Count(["a", "b", "c"], [new(["a"], 2), new(["b"], 2), new(["c"], 1)], (tied, earlier) =>
        {
            seen.Add((tied, earlier));
            return "a";
        });

        result.Winner.ShouldBe("b");
        result.Rounds[1].TieBreak.ShouldBe(new RunoffTieBreak(["a", "b"], "given", null));
        var (tied, earlier) = seen.ShouldHaveSingleItem();
        tied.ShouldBe(["a", "b"]);
        earlier.ShouldBe(result.Rounds.Take(1));
    }

    [Fact]
    public void A_given_tie_break_must_pick_one_of_the_tied() =>
        Should.Throw<InvalidOperationException>(() => InstantRunoff.Count(["a", "b", "c"], [new(["a"]), new(["b"])], (_, _) => "c"))
            .Message.ShouldBe("The tie-break picked 'c', which is not among the tied: a, b.");

    [Fact]
    public void Refuses_to_count_without_a_film() => Refused([], []).ShouldStartWith("A run-off needs at least one candidate.");

    [Fact]
    public void Refuses_a_film_nominated_twice() =>
        Refused(["a", "b", "a"], []).ShouldStartWith("The candidate 'a' is listed more than once.");

    [Fact]
    public void Refuses_a_ballot_that_ranks_an_unknown_film() =>
        Refused(["a"], [new(["a"]), new(["z"])]).ShouldStartWith("Ballot 1 ranks 'z', which is not a candidate.");

    [Fact]
    public void Refuses_a_ballot_that_ranks_a_film_twice() =>
        Refused(["a", "b"], [new(["b", "a", "b"])]).ShouldStartWith("Ballot 0 ranks 'b' more than once.");

    [Fact]
    public void Refuses_a_ballot_that_nobody_handed_in() =>
        Refused(["a"], [new(["a"], 0)]).ShouldStartWith("Ballot 0 has the count 0; the least is 1.");

    [Fact]
    public void Refuses_a_ballot_without_a_list_of_ranks() =>
        Refused(["a"], [default]).ShouldStartWith("Ballot 0 has no ranks; an empty list stands for a blank ballot.");

    [Fact]
    public void Refuses_more_ballots_than_it_can_count() =>
        Refused(["a"], [new(["a"], int.MaxValue), new(["a"])])
            .ShouldStartWith("2147483648 ballots with 2 ranks are more than one count can hold.");

    [Fact]
    public void Counts_as_many_ballots_as_an_integer_holds() =>
        InstantRunoff.Count(["a", "b"], [new(["b"], int.MaxValue)]).ShouldBe(new RunoffResult(
            "b", [new RunoffRound(1, [new("a", 0), new("b", int.MaxValue)], null, 0, int.MaxValue, 1_073_741_824, null, "b")]));

    [Fact]
    public void Counts_100_000_ballots_of_20_films()
    {
        var random = new Random(20);
        var films = Enumerable.Range(1, 20).Select(number => $"film-{number}").ToArray();
        var ballots = Enumerable.Range(0, 100_000).Select(_ => new RunoffBallot(Shuffled(films, random))).ToArray();

        var result = InstantRunoff.Count(films, ballots);

        result.Rounds.Count.ShouldBeGreaterThan(10);
        foreach (var round in result.Rounds)
        {
            (round.Tally.Sum(tally => tally.Votes) + round.Exhausted).ShouldBe(100_000);
            round.Exhausted.ShouldBe(0);
            round.Threshold.ShouldBe(50_001);
            round.Tally.Count.ShouldBe(21 - round.Round);
        }

        result.Rounds[^1].Tally.Single(tally => tally.FilmId == result.Winner).Votes.ShouldBeGreaterThan(50_000);
        result.ShouldBe(ReferenceRunoff.Count(films, ballots));
    }

    private static string[] Shuffled(string[] films, Random random)
    {
        var order = films.ToArray();
        random.Shuffle(order);
        return order;
    }

    private static string Refused(string[] films, RunoffBallot[] ballots) =>
        Should.Throw<ArgumentException>(() => InstantRunoff.Count(films, ballots)).Message;

    /// <summary>Counts ballots written as "3 a>b": three voters who prefer a to b and rank nothing else.</summary>
    private static RunoffResult Count(string films, params string[] ballots) =>
        InstantRunoff.Count(films.Split(' '), [.. ballots.Select(Ballot)]);

    private static RunoffBallot Ballot(string written)
    {
        var parts = written.Split(' ');
        var ranks = parts[1].Split('>', StringSplitOptions.RemoveEmptyEntries);
        return new RunoffBallot(ranks, int.Parse(parts[0], CultureInfo.InvariantCulture));
    }

    private static RunoffTieBreak Later(params string[] tied) => new(tied, "nominated_later", null);

    private static RunoffResult NobodyVoted(int exhausted) => new("a",
    [
        new RunoffRound(1, [new("a", 0), new("b", 0), new("c", 0)], "c", exhausted, 0, 1, Later("a", "b", "c"), null),
        new RunoffRound(2, [new("a", 0), new("b", 0)], "b", exhausted, 0, 1, Later("a", "b"), null),
        new RunoffRound(3, [new("a", 0)], null, exhausted, 0, 1, null, "a"),
    ]);
}
