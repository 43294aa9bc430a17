using AkkaParty.Actors.Parties;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.Actors.Tests.Parties;

/// <summary>Elections that other programs have counted, counted again; <see cref="ElectionTable"/> says what is compared.</summary>
public sealed class InstantRunoffElections
{
    public static TheoryData<string> WithRounds => Files(Compared.Rounds, Compared.DerivedRounds);

    public static TheoryData<string> WithWinner => Files(Compared.Rounds, Compared.DerivedRounds, Compared.Winner);

    public static TheoryData<string> Tied => Files(Compared.Tie);

    public static TheoryData<string> Small =>
    [
        .. ElectionTable.Rows.Select(row => row.File)
            .Where(file => ElectionFile.Read(file) is { PlainIrvPossibleWinners: not null, Candidates.Count: <= 7 }),
    ];

    [Fact]
    public void Every_file_is_in_the_table_and_every_row_has_a_file() =>
        Directory.GetFiles(ElectionFile.Folder, "*.json").Select(Path.GetFileName).Order(StringComparer.Ordinal)
            .ShouldBe(ElectionTable.Rows.Select(row => row.File).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_file_that_a_plain_count_reproduces_is_compared_round_by_round()
    {
        var exact = ElectionTable.Rows.Where(row => ElectionFile.Read(row.File).PlainIrvExact == true).ToList();

        exact.Count.ShouldBe(14);
        exact.ShouldAllBe(row => row.Compared == Compared.Rounds);
        exact.ShouldAllBe(row => (row.Differs & (Differs.GoesOn | Differs.Batches | Differs.WriteIns)) == Differs.Nothing);
    }

    [Theory]
    [MemberData(nameof(WithRounds))]
    public void The_table_says_exactly_where_the_source_differs(string file)
    {
        var row = ElectionTable.Of(file);
        var (election, rounds) = Prepared(row);

        var differs = row.Differs & (Differs.TieBreak | Differs.WriteIns);
        differs |= election.Rules.FirstRoundDeterminesThreshold ? Differs.FrozenThreshold : Differs.Nothing;
        differs |= rounds.Count < AllRounds(election).Count ? Differs.GoesOn : Differs.Nothing;
        differs |= rounds.Any(round => round.Eliminated!.Count > 1) ? Differs.Batches : Differs.Nothing;
        differs |= rounds[^1].Tally.Values.Distinct().Count() == 1 ? Differs.FinalTie : Differs.Nothing;
        row.Differs.ShouldBe(differs);

        var first = AllRounds(ElectionFile.Read(file))[0].Eliminated!;
        row.Differs.HasFlag(Differs.WriteIns).ShouldBe(first is [ElectionFile.WriteIns]);
    }

    [Theory]
    [MemberData(nameof(WithRounds))]
    public void The_rounds_are_those_of_the_source_with_its_tie_breaks(string file)
    {
        var row = ElectionTable.Of(file);
        var (election, rounds) = Prepared(row);

        var result = InstantRunoff.Count(election.Candidates, election.RunoffBallots(), PicksOf(election, rounds));

        ShouldMatch(result, election, rounds, row.Differs);
    }

    [Theory]
    [MemberData(nameof(WithRounds))]
    public void The_rounds_are_those_of_the_source_with_our_tie_break_unless_the_table_says_otherwise(string file)
    {
        var row = ElectionTable.Of(file);
        var (election, rounds) = Prepared(row);

        var result = InstantRunoff.Count(election.Candidates, election.RunoffBallots());

        if (row.Differs.HasFlag(Differs.TieBreak))
        {
            var withTheirs = InstantRunoff.Count(election.Candidates, election.RunoffBallots(), PicksOf(election, rounds));
            result.Rounds.Select(round => round.Eliminated).ShouldNotBe(withTheirs.Rounds.Select(round => round.Eliminated));
        }
        else
        {
            ShouldMatch(result, election, rounds, row.Differs);
        }
    }

    [Theory]
    [MemberData(nameof(WithWinner))]
    public void The_winner_is_one_that_the_source_allows(string file)
    {
        var election = ElectionFile.Read(file);
        var result = InstantRunoff.Count(election.Candidates, election.RunoffBallots());

        // Where the source gives write-ins a rule of their own, the plain count as listed has another winner, which the file names.
        (election.PlainIrvPossibleWinners ?? [election.Expected.Winner!]).ShouldContain(result.Winner);
    }

    [Theory]
    [MemberData(nameof(Small))]
    public void Breaking_ties_every_way_reaches_exactly_the_winners_that_the_file_lists(string file)
    {
        var election = ElectionFile.Read(file);

        ReachableWinners(election).ShouldBe(election.PlainIrvPossibleWinners!, ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Tied))]
    public void A_tie_in_the_source_is_met_and_one_of_the_tied_wins(string file)
    {
        var row = ElectionTable.Of(file);
        var election = ElectionFile.Read(file);
        election.Expected.Winner.ShouldBeNull();

        var result = InstantRunoff.Count(election.Candidates, election.RunoffBallots());

        result.Rounds.ShouldContain(round => round.TieBreak != null && round.TieBreak.Tied.SequenceEqual(row.Tied));
        row.Tied.ShouldContain(result.Winner);
        row.Tied.ShouldBeSubsetOf(ReachableWinners(election));
    }

    [Fact]
    public void A_cycle_of_three_elects_as_its_source_says_when_the_first_of_the_tied_leaves()
    {
        var election = ElectionFile.Read("pref_voting_condorcet_cycle.json");

        InstantRunoff.Count(election.Candidates, election.RunoffBallots(), (tied, _) => tied[0]).Winner.ShouldBe("1");
    }

    private static TheoryData<string> Files(params Compared[] compared) =>
        [.. ElectionTable.Rows.Where(row => compared.Contains(row.Compared)).Select(row => row.File)];

    /// <summary>The election as the table wants it counted, and the rounds to compare: up to the first that elects.</summary>
    private static (ElectionFile Election, IReadOnlyList<ExpectedRound> Rounds) Prepared(ElectionRow row)
    {
        var election = ElectionFile.Read(row.File);
        election = row.Differs.HasFlag(Differs.WriteIns) ? election.WithoutWriteIns() : election;
        var rounds = AllRounds(election);
        return (election, [.. rounds.Take(rounds.TakeWhile(round => round.Elected is not { Count: > 0 }).Count() + 1)]);
    }

    private static IReadOnlyList<ExpectedRound> AllRounds(ElectionFile election) =>
        election.Expected.Rounds ?? election.Derived?.Rounds ?? throw new InvalidDataException("The file states no rounds.");

    /// <summary>Breaks every tie as the source did, and refuses a tie about which the source says nothing.</summary>
    private static RunoffTieBreaker PicksOf(ElectionFile election, IReadOnlyList<ExpectedRound> rounds) => (tied, _) =>
    {
        var listed = election.Rules.TieBreak?.TiesResolved?.FirstOrDefault(tie => tie.TiedLowest.ToHashSet().SetEquals(tied));
        if (listed is not null)
        {
            return listed.Eliminated;
        }

        if (rounds[^1].Tally.Keys.ToHashSet().SetEquals(tied))
        {
            return tied.Single(candidate => !rounds[^1].Elected!.Contains(candidate));
        }

        return rounds.Any(round => tied.All(round.Eliminated!.Contains))
            ? tied[^1]
            : throw new InvalidOperationException($"The source says nothing about the tie of {string.Join(", ", tied)}.");
    };

    private static void ShouldMatch(RunoffResult result, ElectionFile election, IReadOnlyList<ExpectedRound> expected, Differs differs)
    {
        result.Winner.ShouldBe(election.Expected.Winner);
        var place = 0;
        foreach (var theirs in expected)
        {
            var ours = result.Rounds[place];
            ours.Tally.ToDictionary(tally => tally.FilmId, tally => tally.Votes).ShouldBe(theirs.Tally, ignoreOrder: true);
            (theirs.Tally.Values.Sum() + ours.Exhausted).ShouldBe(election.TotalBallots);
            if (theirs.Threshold is { } threshold && (theirs == expected[0] || !differs.HasFlag(Differs.FrozenThreshold)))
            {
                ours.Threshold.ShouldBe(threshold);
            }

            // One of ours per candidate that they eliminate in this round, and what we eliminate by then is what they do.
            var batch = result.Rounds.Skip(place).Take(theirs.Eliminated!.Count).Select(round => round.Eliminated);
            batch.ShouldBe(theirs.Eliminated, ignoreOrder: true);
            place += theirs.Eliminated.Count;
        }

        var decisive = result.Rounds[place];
        expected[^1].Elected.ShouldBe([result.Winner]);
        if (differs.HasFlag(Differs.FinalTie))
        {
            decisive.TieBreak!.Tied.ShouldBe(expected[^1].Tally.Keys, ignoreOrder: true);
            decisive = result.Rounds[++place];
        }

        decisive.Elected.ShouldBe(result.Winner);
        result.Rounds.Count.ShouldBe(place + 1);
    }

    /// <summary>Counts once for every way of breaking the ties that come up.</summary>
    private static HashSet<string> ReachableWinners(ElectionFile election)
    {
        var winners = new HashSet<string>();
        var open = new Stack<string[]>([[]]);
        while (open.TryPop(out var picks))
        {
            IReadOnlyList<string>? undecided = null;
            var met = 0;
            var result = InstantRunoff.Count(election.Candidates, election.RunoffBallots(), (tied, _) =>
            {
                if (met < picks.Length)
                {
                    return picks[met++];
                }

                undecided ??= tied;
                return tied[0];
            });
            foreach (var pick in undecided ?? [])
            {
                open.Push([.. picks, pick]);
            }

            if (undecided is null)
            {
                winners.Add(result.Winner);
            }
        }

        return winners;
    }
}
