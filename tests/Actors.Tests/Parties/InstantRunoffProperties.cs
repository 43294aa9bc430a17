using AkkaParty.Actors.Parties;
using AkkaParty.Protocol.Parties;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaParty.Actors.Tests.Parties;

public sealed class InstantRunoffProperties
{
    [Fact]
    public void Agrees_with_a_naive_count_written_independently() =>
        Holds(GeneratedElection.Small, CountsLikeTheReference, times: 2000);

    [Fact]
    public void Agrees_with_the_naive_count_when_ties_are_rare() =>
        Holds(GeneratedElection.Weighted, CountsLikeTheReference, times: 500);

    [Fact]
    public void The_order_of_the_ballots_changes_nothing()
    {
        var shuffled =
            from election in GeneratedElection.Small.Generator
            from ballots in Gen.Shuffle<RunoffBallot>(election.Ballots)
            select (election, ballots);
        Holds(shuffled.ToArbitrary(), pair => InstantRunoff.Count(pair.election.Candidates, pair.ballots).ShouldBe(pair.election.Count()));
    }

    [Fact]
    public void The_order_of_nomination_changes_neither_winner_nor_eliminations_when_no_tie_had_to_be_broken()
    {
        var renominated =
            from election in GeneratedElection.Weighted.Generator
            where election.Count().Rounds.All(round => round.TieBreak is null)
            from candidates in Gen.Shuffle<string>(election.Candidates)
            select (election, candidates);
        Holds(renominated.ToArbitrary(), pair =>
        {
            var counted = InstantRunoff.Count(pair.candidates, pair.election.Ballots);
            counted.Winner.ShouldBe(pair.election.Count().Winner);
            Eliminations(counted).ShouldBe(Eliminations(pair.election.Count()));
        });
    }

    [Fact]
    public void The_tally_and_the_exhausted_ballots_are_all_ballots_in_every_round() =>
        Holds(GeneratedElection.Small, election =>
        {
            foreach (var round in election.Count().Rounds)
            {
                round.Tally.Sum(tally => tally.Votes).ShouldBe(round.Continuing);
                (round.Continuing + round.Exhausted).ShouldBe(election.Total);
                round.Threshold.ShouldBe((round.Continuing / 2) + 1);
            }
        });

    [Fact]
    public void A_majority_of_first_choices_wins_in_round_1()
    {
        var withFavourite =
            from election in GeneratedElection.Small.Generator
            from favourite in Gen.Elements<string>(election.Candidates)
            let others = new RunoffBallot([favourite], election.Total + 1)
            select (Election: election with { Ballots = [.. election.Ballots, others] }, favourite);
        Holds(withFavourite.ToArbitrary(), pair =>
        {
            var result = pair.Election.Count();
            result.Winner.ShouldBe(pair.favourite);
            result.Rounds.ShouldHaveSingleItem().Elected.ShouldBe(pair.favourite);
        });
    }

    [Fact]
    public void Counting_every_ballot_k_times_changes_neither_winner_nor_eliminations_nor_tie_breaks()
    {
        var times =
            from election in GeneratedElection.Small.Generator
            from k in Gen.Choose(2, 9)
            select (election, k);
        Holds(times.ToArbitrary(), pair =>
        {
            var once = pair.election.Count();
            var many = InstantRunoff.Count(
                pair.election.Candidates,
                [.. pair.election.Ballots.Select(ballot => ballot with { Count = ballot.Count * pair.k })]);
            many.Winner.ShouldBe(once.Winner);
            Eliminations(many).ShouldBe(Eliminations(once));
            many.Rounds.Select(round => round.TieBreak).ShouldBe(once.Rounds.Select(round => round.TieBreak));
        });
    }

    [Fact]
    public void A_ballot_with_a_count_is_that_many_equal_ballots() =>
        Holds(GeneratedElection.Small, election => InstantRunoff
            .Count(
                election.Candidates,
                [.. election.Ballots.SelectMany(ballot => Enumerable.Repeat(ballot with { Count = 1 }, ballot.Count))])
            .ShouldBe(election.Count()));

    [Fact]
    public void Ranks_below_the_winner_do_not_matter() =>
        Holds(GeneratedElection.Small, election =>
        {
            var result = election.Count();
            InstantRunoff
                .Count(
                    election.Candidates,
                    [.. election.Ballots.Select(ballot => ballot with { Ranks = UpTo(result.Winner, ballot.Ranks) })])
                .ShouldBe(result);
        });

    [Fact]
    public void Every_round_but_the_last_eliminates_one_film_that_never_comes_back_and_the_last_elects() =>
        Holds(GeneratedElection.Small, election =>
        {
            var result = election.Count();
            result.Rounds.Count.ShouldBeLessThanOrEqualTo(election.Candidates.Count);
            var standing = election.Candidates.ToList();
            foreach (var (place, round) in result.Rounds.Index())
            {
                round.Round.ShouldBe(place + 1);
                round.Tally.Select(tally => tally.FilmId).ShouldBe(standing);
                var last = place == result.Rounds.Count - 1;
                (round.Eliminated is null).ShouldBe(last);
                round.Elected.ShouldBe(last ? result.Winner : null);
                if (round.Eliminated is { } eliminated)
                {
                    round.Tally.Single(tally => tally.FilmId == eliminated).Votes.ShouldBe(round.Tally.Min(tally => tally.Votes));
                    round.Tally.Max(tally => tally.Votes).ShouldBeLessThan(round.Threshold);
                    standing.Remove(eliminated).ShouldBeTrue();
                }
            }

            standing.ShouldContain(result.Winner);
        });

    [Fact]
    public void A_tie_break_is_recorded_exactly_when_several_films_had_the_fewest_votes_and_names_them() =>
        Holds(GeneratedElection.Small, election =>
        {
            foreach (var round in election.Count().Rounds)
            {
                var votes = round.Tally.Min(tally => tally.Votes);
                var fewest = round.Tally.Where(tally => tally.Votes == votes).Select(tally => tally.FilmId).ToArray();
                if (round.Eliminated is null || fewest.Length == 1)
                {
                    round.TieBreak.ShouldBeNull();
                }
                else
                {
                    round.TieBreak.ShouldNotBeNull().Tied.ShouldBe(fewest);
                    fewest.ShouldContain(round.Eliminated);
                }
            }
        });

    [Fact]
    public void Some_ballot_counts_in_every_round_unless_every_ballot_is_blank() =>
        Holds(GeneratedElection.Small, election =>
            election.Count().Rounds.Min(round => round.Continuing > 0).ShouldBe(election.Ballots.Any(ballot => ballot.Ranks.Count > 0)));

    private static void CountsLikeTheReference(GeneratedElection election) =>
        election.Count().ShouldBe(ReferenceRunoff.Count(election.Candidates, election.Ballots));

    private static IReadOnlyList<string> UpTo(string film, IReadOnlyList<string> ranks) =>
        [.. ranks.TakeWhile(rank => rank != film), .. ranks.Where(rank => rank == film)];

    private static string?[] Eliminations(RunoffResult result) => [.. result.Rounds.Select(round => round.Eliminated)];

    private static void Holds<T>(Arbitrary<T> inputs, Action<T> property, int times = 300) =>
        Prop.ForAll(inputs, property).Check(Config.QuickThrowOnFailure.WithMaxTest(times).WithQuietOnSuccess(true));
}
