using AkkaParty.Actors.Parties;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.Actors.Tests.Parties;

/// <summary>
/// The instant run-off once more, written from the rules for clarity alone and sharing nothing with the product but its types: every
/// round is counted afresh from the whole rankings, and ties are broken by sorting the tied films by their votes going back in time.
/// </summary>
internal static class ReferenceRunoff
{
    public static RunoffResult Count(IReadOnlyList<string> candidates, IReadOnlyList<RunoffBallot> ballots)
    {
        var rounds = new List<RunoffRound>();
        var standing = candidates.ToList();
        while (true)
        {
            var choices = ballots.Select(ballot => (First: ballot.Ranks.FirstOrDefault(standing.Contains), ballot.Count)).ToList();
            var votes = standing.ToDictionary(
                film => film,
                film => choices.Where(choice => choice.First == film).Sum(choice => choice.Count));
            var continuing = votes.Values.Sum();
            var exhausted = ballots.Sum(ballot => ballot.Count) - continuing;
            var round = new RunoffRound(
                rounds.Count + 1,
                [.. standing.Select(film => new RunoffTally(film, votes[film]))],
                null,
                exhausted,
                continuing,
                (int)Math.Floor(continuing / 2.0) + 1,
                null,
                null);
            var winner = standing.Count == 1 ? standing[0] : standing.SingleOrDefault(film => 2 * votes[film] > continuing);
            if (winner is not null)
            {
                rounds.Add(round with { Elected = winner });
                return new RunoffResult(winner, rounds);
            }

            var tied = standing.Where(film => votes[film] == votes.Values.Min()).ToList();
            var loser = tied.OrderBy(film => Past(film, rounds), PastComparer).ThenByDescending(film => IndexOf(candidates, film)).First();
            rounds.Add(round with { Eliminated = loser, TieBreak = tied.Count == 1 ? null : TieBreakOf(tied, loser, rounds) });
            standing.Remove(loser);
        }
    }

    private static Comparer<int[]> PastComparer { get; } = Comparer<int[]>.Create((left, right) =>
        left.Zip(right, (mine, other) => mine.CompareTo(other)).FirstOrDefault(order => order != 0));

    /// <summary>The votes of a film in the rounds so far, latest first.</summary>
    private static int[] Past(string film, IEnumerable<RunoffRound> rounds) =>
        [.. rounds.Reverse().Select(round => round.Tally.Single(tally => tally.FilmId == film).Votes)];

    private static RunoffTieBreak TieBreakOf(List<string> tied, string loser, List<RunoffRound> rounds)
    {
        // Each rival was saved by the latest round in which it had other votes than the loser; the last one to be saved decided.
        var lost = Past(loser, rounds);
        var savedIn = tied.Where(film => film != loser).Select(film => Past(film, rounds).Zip(lost).ToList()
            .FindIndex(pair => pair.First != pair.Second)).Select(back => back < 0 ? 0 : rounds.Count - back).Min();
        return savedIn == 0
            ? new RunoffTieBreak(tied, "nominated_later", null)
            : new RunoffTieBreak(tied, "previous_round", savedIn);
    }

    private static int IndexOf(IReadOnlyList<string> candidates, string film) => candidates.ToList().IndexOf(film);
}
