using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.Parties;

/// <summary>The outcome of an instant run-off, with every round of the count.</summary>
/// <param name="Winner">The id of the film that won.</param>
/// <param name="Rounds">The rounds in the order they were counted, at least one; only the last one elects.</param>
public sealed record RunoffResult(
    [property: JsonPropertyName("winner")] string Winner,
    [property: JsonPropertyName("rounds")] IReadOnlyList<RunoffRound> Rounds)
{
    /// <summary>Compares the contents of the lists, not their references.</summary>
    /// <param name="other">The result to compare with.</param>
    /// <returns>Whether both name the same winner after the same rounds.</returns>
    public bool Equals(RunoffResult? other) =>
        other is not null && string.Equals(Winner, other.Winner, StringComparison.Ordinal) && Rounds.SequenceEqual(other.Rounds);

    /// <inheritdoc />
    public override int GetHashCode() => Rounds.Count == 0 ? 0 : (Rounds.Count * 397) ^ Rounds[0].GetHashCode();
}

/// <summary>
/// One round of an instant run-off. The votes of the tally plus <paramref name="Exhausted"/> are all ballots, in every round.
/// Exactly one of <paramref name="Eliminated"/> and <paramref name="Elected"/> is set.
/// </summary>
/// <param name="Round">The number of the round, from 1.</param>
/// <param name="Tally">The votes of every film still in, those without a vote included, in the order of nomination.</param>
/// <param name="Eliminated">The film that leaves the count after this round; null in the last round.</param>
/// <param name="Exhausted">How many ballots rank no film that is still in.</param>
/// <param name="Continuing">How many ballots count for some film in this round.</param>
/// <param name="Threshold">The votes that elect in this round: more than half of <paramref name="Continuing"/>, at least 1.</param>
/// <param name="TieBreak">How the film to eliminate was found among several with the fewest votes; null when one alone had them.</param>
/// <param name="Elected">The film that reached the threshold or was the only one left; null in every round but the last.</param>
public sealed record RunoffRound(
    [property: JsonPropertyName("round")] int Round,
    [property: JsonPropertyName("tally")] IReadOnlyList<RunoffTally> Tally,
    [property: JsonPropertyName("eliminated")] string? Eliminated,
    [property: JsonPropertyName("exhausted")] int Exhausted,
    [property: JsonPropertyName("continuing")] int Continuing,
    [property: JsonPropertyName("threshold")] int Threshold,
    [property: JsonPropertyName("tie_break")] RunoffTieBreak? TieBreak,
    [property: JsonPropertyName("elected")] string? Elected)
{
    /// <summary>Compares the contents of the tally, not its reference.</summary>
    /// <param name="other">The round to compare with.</param>
    /// <returns>Whether both rounds counted the same and ended the same way.</returns>
    public bool Equals(RunoffRound? other) =>
        other is not null
        && Round == other.Round
        && Exhausted == other.Exhausted
        && Continuing == other.Continuing
        && Threshold == other.Threshold
        && string.Equals(Eliminated, other.Eliminated, StringComparison.Ordinal)
        && string.Equals(Elected, other.Elected, StringComparison.Ordinal)
        && Equals(TieBreak, other.TieBreak)
        && Tally.SequenceEqual(other.Tally);

    /// <inheritdoc />
    public override int GetHashCode() => (((((Round * 397) ^ Tally.Count) * 397) ^ Exhausted) * 397) ^ Continuing;
}

/// <summary>The votes of one film in one round.</summary>
/// <param name="FilmId">The id of the film.</param>
/// <param name="Votes">How many ballots have this film as the first one that is still in; 0 or more.</param>
public sealed record RunoffTally(
    [property: JsonPropertyName("film_id")] string FilmId,
    [property: JsonPropertyName("votes")] int Votes);

/// <summary>How one film was picked for elimination among several that had the fewest votes.</summary>
/// <param name="Tied">The films that shared the fewest votes, at least two, in the order of nomination.</param>
/// <param name="Rule">The rule that picked: one of the constants of this type.</param>
/// <param name="DecidedByRound">
/// For <see cref="PreviousRound"/>, the earlier round, from 1, whose votes left a single film; null for the other rules.
/// </param>
public sealed record RunoffTieBreak(
    [property: JsonPropertyName("tied")] IReadOnlyList<string> Tied,
    [property: JsonPropertyName("rule")] string Rule,
    [property: JsonPropertyName("decided_by_round")] int? DecidedByRound)
{
    /// <summary>The film with the fewest votes in the round before left, or failing that in the round before that, and so on.</summary>
    public const string PreviousRound = "previous_round";

    /// <summary>Earlier rounds could not separate the last of the tied films; of those, the one nominated later left.</summary>
    public const string NominatedLater = "nominated_later";

    /// <summary>Whoever asked for the count supplied a tie-break of its own.</summary>
    public const string Given = "given";

    /// <summary>Compares the contents of the list, not its reference.</summary>
    /// <param name="other">The tie-break to compare with.</param>
    /// <returns>Whether the same films were tied and separated the same way.</returns>
    public bool Equals(RunoffTieBreak? other) =>
        other is not null
        && string.Equals(Rule, other.Rule, StringComparison.Ordinal)
        && DecidedByRound == other.DecidedByRound
        && Tied.SequenceEqual(other.Tied, StringComparer.Ordinal);

    /// <inheritdoc />
    public override int GetHashCode() => (Tied.Count * 397) ^ (DecidedByRound ?? 0);
}
