using AkkaParty.Protocol.Parties;

namespace AkkaParty.Actors.Parties;

/// <summary>
/// The instant run-off: which film a party's ranked ballots elect, and how. A pure function: the same films in the same order with the
/// same ballots, in any order, give the same result.
/// <para>
/// In each round every ballot counts for its first film that is still in. A film with more than half of the ballots that still count
/// wins, and so does the last film left. Otherwise exactly one film leaves: the one with the fewest votes, films without a vote
/// included. Of several with the fewest, those with the fewest votes in the round before stay in danger, then those with the fewest in
/// the round before that, and so on; if more than one is left after the first round was looked at, the one nominated later leaves.
/// That is a total order, so no count depends on chance. Without ballots every film has no votes, and the first nominated wins.
/// </para>
/// </summary>
public static class InstantRunoff
{
    /// <summary>Counts the ballots.</summary>
    /// <param name="candidates">The films in the order of nomination, at least one, each once.</param>
    /// <param name="ballots">The rankings, in any order; may be empty.</param>
    /// <param name="tieBreak">Picks the film to eliminate in place of the rule above; null for the rule above.</param>
    /// <returns>The winner and every round.</returns>
    /// <exception cref="ArgumentException">
    /// There is no candidate or one is listed twice; or a ballot ranks an unknown film, ranks a film twice, or has a count below 1.
    /// </exception>
    /// <exception cref="InvalidOperationException"><paramref name="tieBreak"/> picked a film that was not among the tied.</exception>
    public static RunoffResult Count(
        IReadOnlyList<string> candidates,
        IReadOnlyList<RunoffBallot> ballots,
        RunoffTieBreaker? tieBreak = null)
    {
        if (candidates.Count == 0)
        {
            throw new ArgumentException("A run-off needs at least one candidate.", nameof(candidates));
        }

        var box = RunoffBallotBox.Fill(candidates, ballots);
        var standing = new bool[candidates.Count];
        Array.Fill(standing, true);
        var votesByRound = new List<int[]>();
        var rounds = new List<RunoffRound>();
        for (var left = candidates.Count; ; left--)
        {
            var votes = new int[candidates.Count];
            var exhausted = box.Tally(standing, votes);
            votesByRound.Add(votes);
            var continuing = box.Total - exhausted;
            var threshold = (continuing / 2) + 1;
            var tally = TallyOf(candidates, standing, votes);
            if (Winner(standing, votes, left, threshold) is { } winner)
            {
                rounds.Add(new(rounds.Count + 1, tally, null, exhausted, continuing, threshold, null, candidates[winner]));
                return new RunoffResult(candidates[winner], [.. rounds]);
            }

            var (loser, broken) = Loser(candidates, standing, votesByRound, rounds, tieBreak);
            standing[loser] = false;
            rounds.Add(new(rounds.Count + 1, tally, candidates[loser], exhausted, continuing, threshold, broken, null));
        }
    }

    private static RunoffTally[] TallyOf(IReadOnlyList<string> candidates, bool[] standing, int[] votes)
    {
        var tally = new List<RunoffTally>(candidates.Count);
        for (var film = 0; film < votes.Length; film++)
        {
            if (standing[film])
            {
                tally.Add(new RunoffTally(candidates[film], votes[film]));
            }
        }

        return [.. tally];
    }

    private static int? Winner(bool[] standing, int[] votes, int left, int threshold)
    {
        for (var film = 0; film < votes.Length; film++)
        {
            if (standing[film] && (left == 1 || votes[film] >= threshold))
            {
                return film;
            }
        }

        return null;
    }

    private static (int Loser, RunoffTieBreak? Broken) Loser(
        IReadOnlyList<string> candidates,
        bool[] standing,
        List<int[]> votesByRound,
        IReadOnlyList<RunoffRound> earlierRounds,
        RunoffTieBreaker? tieBreak)
    {
        var lowest = new List<int>();
        for (var film = 0; film < standing.Length; film++)
        {
            if (standing[film])
            {
                lowest.Add(film);
            }
        }

        lowest = Fewest(lowest, votesByRound[^1]);
        if (lowest.Count == 1)
        {
            return (lowest[0], null);
        }

        var tied = lowest.ConvertAll(film => candidates[film]).ToArray();
        return tieBreak is null
            ? BreakByEarlierRounds(lowest, tied, votesByRound)
            : (BreakAsGiven(lowest, tied, earlierRounds, tieBreak), new RunoffTieBreak(tied, RunoffTieBreak.Given, null));
    }

    private static (int Loser, RunoffTieBreak Broken) BreakByEarlierRounds(List<int> lowest, string[] tied, List<int[]> votesByRound)
    {
        var inDanger = lowest;
        for (var round = votesByRound.Count - 1; round >= 1; round--)
        {
            inDanger = Fewest(inDanger, votesByRound[round - 1]);
            if (inDanger.Count == 1)
            {
                return (inDanger[0], new RunoffTieBreak(tied, RunoffTieBreak.PreviousRound, round));
            }
        }

        return (inDanger[^1], new RunoffTieBreak(tied, RunoffTieBreak.NominatedLater, null));
    }

    private static int BreakAsGiven(List<int> lowest, string[] tied, IReadOnlyList<RunoffRound> earlierRounds, RunoffTieBreaker tieBreak)
    {
        // The caller gets copies: what it keeps or changes must not reach the count.
        var picked = tieBreak([.. tied], [.. earlierRounds]);
        var place = Array.IndexOf(tied, picked);
        return place >= 0
            ? lowest[place]
            : throw new InvalidOperationException(
                $"The tie-break picked '{picked}', which is not among the tied: {string.Join(", ", tied)}.");
    }

    /// <summary>Those of some films with the fewest votes, in the order they came in.</summary>
    private static List<int> Fewest(List<int> films, int[] votes)
    {
        var fewest = new List<int>();
        foreach (var film in films)
        {
            if (fewest.Count > 0 && votes[film] < votes[fewest[0]])
            {
                fewest.Clear();
            }

            if (fewest.Count == 0 || votes[film] == votes[fewest[0]])
            {
                fewest.Add(film);
            }
        }

        return fewest;
    }
}
