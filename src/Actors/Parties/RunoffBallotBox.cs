namespace AkkaParty.Actors.Parties;

/// <summary>
/// The ballots of one count, with films as numbers in the order of nomination. All rankings lie end to end in one array and every
/// ballot keeps a cursor that only moves forward, so a whole count reads each rank once however many rounds it takes.
/// </summary>
internal sealed class RunoffBallotBox
{
    private readonly int[] _ranks;
    private readonly int[] _cursors;
    private readonly int[] _ends;
    private readonly int[] _counts;

    private RunoffBallotBox(int[] ranks, int[] cursors, int[] ends, int[] counts, int total)
    {
        _ranks = ranks;
        _cursors = cursors;
        _ends = ends;
        _counts = counts;
        Total = total;
    }

    /// <summary>All ballots, those that rank nothing included.</summary>
    public int Total { get; }

    /// <summary>Reads and checks the ballots.</summary>
    /// <param name="candidates">The films in the order of nomination.</param>
    /// <param name="ballots">The rankings.</param>
    /// <returns>The box, with every ballot at its first choice.</returns>
    /// <exception cref="ArgumentException">A film is listed twice, or a ballot breaks a rule of <see cref="RunoffBallot"/>.</exception>
    public static RunoffBallotBox Fill(IReadOnlyList<string> candidates, IReadOnlyList<RunoffBallot> ballots)
    {
        var numbers = Number(candidates);
        var (length, total) = Measure(ballots);
        var ranks = new int[length];
        var cursors = new int[ballots.Count];
        var ends = new int[ballots.Count];
        var counts = new int[ballots.Count];
        // The last ballot (from 1) that ranked each film: finds a film ranked twice without a set per ballot.
        var lastRankedBy = new int[candidates.Count];
        var next = 0;
        for (var ballot = 0; ballot < ballots.Count; ballot++)
        {
            var given = ballots[ballot].Ranks;
            cursors[ballot] = next;
            counts[ballot] = ballots[ballot].Count;
            for (var rank = 0; rank < given.Count; rank++)
            {
                if (given[rank] is not { } film || !numbers.TryGetValue(film, out var number))
                {
                    throw new ArgumentException($"Ballot {ballot} ranks '{given[rank]}', which is not a candidate.", nameof(ballots));
                }

                if (lastRankedBy[number] == ballot + 1)
                {
                    throw new ArgumentException($"Ballot {ballot} ranks '{film}' more than once.", nameof(ballots));
                }

                lastRankedBy[number] = ballot + 1;
                ranks[next++] = number;
            }

            ends[ballot] = next;
        }

        return new RunoffBallotBox(ranks, cursors, ends, counts, total);
    }

    /// <summary>Counts every ballot for its first film that is still in.</summary>
    /// <param name="standing">By film number, whether it is still in; a film that left never comes back.</param>
    /// <param name="votes">By film number, where to add the votes; all zero before.</param>
    /// <returns>How many ballots rank no film that is still in.</returns>
    public int Tally(bool[] standing, int[] votes)
    {
        var exhausted = 0;
        for (var ballot = 0; ballot < _cursors.Length; ballot++)
        {
            var cursor = _cursors[ballot];
            var end = _ends[ballot];
            while (cursor < end && !standing[_ranks[cursor]])
            {
                cursor++;
            }

            _cursors[ballot] = cursor;
            if (cursor < end)
            {
                votes[_ranks[cursor]] += _counts[ballot];
            }
            else
            {
                exhausted += _counts[ballot];
            }
        }

        return exhausted;
    }

    private static Dictionary<string, int> Number(IReadOnlyList<string> candidates)
    {
        var numbers = new Dictionary<string, int>(candidates.Count, StringComparer.Ordinal);
        for (var number = 0; number < candidates.Count; number++)
        {
            if (!numbers.TryAdd(candidates[number], number))
            {
                throw new ArgumentException($"The candidate '{candidates[number]}' is listed more than once.", nameof(candidates));
            }
        }

        return numbers;
    }

    private static (int Length, int Total) Measure(IReadOnlyList<RunoffBallot> ballots)
    {
        long length = 0;
        long total = 0;
        for (var ballot = 0; ballot < ballots.Count; ballot++)
        {
            if (ballots[ballot].Ranks is not { } ranks)
            {
                throw new ArgumentException($"Ballot {ballot} has no ranks; an empty list stands for a blank ballot.", nameof(ballots));
            }

            if (ballots[ballot].Count < 1)
            {
                throw new ArgumentException($"Ballot {ballot} has the count {ballots[ballot].Count}; the least is 1.", nameof(ballots));
            }

            length += ranks.Count;
            total += ballots[ballot].Count;
        }

        if (total > int.MaxValue || length > Array.MaxLength)
        {
            throw new ArgumentException($"{total} ballots with {length} ranks are more than one count can hold.", nameof(ballots));
        }

        return ((int)length, (int)total);
    }
}
