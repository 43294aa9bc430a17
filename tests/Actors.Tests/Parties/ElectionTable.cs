namespace AkkaParty.Actors.Tests.Parties;

/// <summary>What of an election file is compared with the count.</summary>
internal enum Compared
{
    /// <summary>The winner and every round the source states: tally, threshold, eliminated, elected.</summary>
    Rounds,

    /// <summary>
    /// The winner as the source states it, and the rounds as computed by whoever extracted the file: the source states none.
    /// </summary>
    DerivedRounds,

    /// <summary>The winner only.</summary>
    Winner,

    /// <summary>The source declares a tie of several; the count must meet that tie, and its own tie-break must elect one of them.</summary>
    Tie,
}

/// <summary>Where the source counts by another rule, and what is done about it. Each is checked against the file.</summary>
[Flags]
internal enum Differs
{
    Nothing = 0,

    /// <summary>
    /// The source breaks a tie against another candidate: the count is right with the source's picks, and differs without them.
    /// </summary>
    TieBreak = 1,

    /// <summary>
    /// The source elects one of two tied in the round that finds them tied; the product eliminates one, then elects in a round more.
    /// </summary>
    FinalTie = 2,

    /// <summary>The source keeps the threshold of its first round: thresholds of later rounds are not compared.</summary>
    FrozenThreshold = 4,

    /// <summary>The source goes on after a majority, down to two candidates: rounds after the one that elects are not compared.</summary>
    GoesOn = 8,

    /// <summary>
    /// The source removes several candidates at once: its rounds are compared with ours that have the same candidates left.
    /// </summary>
    Batches = 16,

    /// <summary>
    /// The source counts write-ins as a candidate that cannot win and removes it first: compared without it, from round 2 on.
    /// </summary>
    WriteIns = 32,
}

/// <param name="File">The name of the file in Elections/.</param>
/// <param name="Compared">What is compared.</param>
/// <param name="Differs">Where the source's rules are not ours.</param>
/// <param name="Tied">For <see cref="Compared.Tie"/>, the candidates that the source declares tied.</param>
internal sealed record ElectionRow(string File, Compared Compared, Differs Differs = Differs.Nothing, params string[] Tied)
{
    public override string ToString() => File;
}

internal static class ElectionTable
{
    public static IReadOnlyList<ElectionRow> Rows { get; } =
    [
        // States tallies and winner but no thresholds.
        new("condorcet_result_1.json", Compared.Rounds),
        // A three-way tie in round 1, broken by pairwise comparison; no rounds stated. Our rule eliminates another and elects the same.
        new("condorcet_result_3.json", Compared.Winner),
        new("condorcet_result_equality.json", Compared.Tie, Differs.Nothing, "A", "B"),
        new("condorcet_result_tie_breaking.json", Compared.Tie, Differs.Nothing, "A", "B"),
        new("pref_voting_condorcet_cycle.json", Compared.Tie, Differs.Nothing, "0", "1", "2"),
        new("pref_voting_linear_profile_0.json", Compared.DerivedRounds),
        new("pyrankvote_case3.json", Compared.DerivedRounds),
        new("pyrankvote_simple_case.json", Compared.DerivedRounds),
        new("pyrankvote_simple_case2.json", Compared.DerivedRounds),
        new("rankchoicevoting_jl_example1.json", Compared.DerivedRounds),
        new("rankchoicevoting_jl_tie.json", Compared.Tie, Differs.Nothing, "a", "b"),
        new("rctab_2015_portland_mayor.json", Compared.Rounds, Differs.Batches),
        new("rctab_aliases_cdf_json.json", Compared.Rounds),
        new("rctab_clear_ballot_kansas_primary.json", Compared.Rounds, Differs.Batches),
        new("rctab_clear_ballot_with_inline_comma.json", Compared.Rounds),
        new("rctab_continue_tabulation_test.json", Compared.Rounds, Differs.GoesOn),
        new("rctab_continue_until_two_threshold_freeze.json", Compared.Rounds, Differs.GoesOn | Differs.Batches),
        new("rctab_continue_until_two_with_batch_elimination_test.json", Compared.Rounds, Differs.GoesOn),
        new("rctab_dominion_wyoming.json", Compared.Rounds, Differs.WriteIns),
        new("rctab_duplicate_test.json", Compared.Rounds),
        new("rctab_first_round_determines_threshold_test.json", Compared.Rounds, Differs.FrozenThreshold),
        new(
            "rctab_first_round_determines_threshold_tiebreaker_test.json",
            Compared.Rounds,
            Differs.FrozenThreshold | Differs.FinalTie | Differs.TieBreak),
        new("rctab_generic_csv_test.json", Compared.Rounds, Differs.WriteIns),
        new("rctab_precinct_example.json", Compared.Rounds, Differs.WriteIns | Differs.Batches),
        new("rctab_test_set_0_skipped_first_choice.json", Compared.Rounds),
        new("rctab_test_set_1_exhaust_at_overvote.json", Compared.Rounds),
        new("rctab_test_set_2_overvote_skip_to_next.json", Compared.Rounds),
        new("rctab_test_set_3_skipped_choice_exhaust.json", Compared.Rounds),
        new("rctab_test_set_8_multi_cdf.json", Compared.Rounds),
        new(
            "rctab_test_set_treat_blank_as_undeclared_write_in.json",
            Compared.Rounds,
            Differs.WriteIns | Differs.FinalTie | Differs.TieBreak),
        new("rctab_tiebreak_generate_permutation_test.json", Compared.Rounds, Differs.FinalTie | Differs.TieBreak),
        new("rctab_tiebreak_previous_round_counts_then_random_test.json", Compared.Rounds, Differs.FinalTie),
        new("rctab_tiebreak_seed_test.json", Compared.Rounds, Differs.FinalTie | Differs.TieBreak),
        new("rctab_tiebreak_use_permutation_in_config_test.json", Compared.Rounds, Differs.FinalTie),
        new("rctab_uwi_cannot_win_test.json", Compared.Rounds, Differs.WriteIns),
    ];

    public static ElectionRow Of(string file) => Rows.Single(row => row.File == file);
}
