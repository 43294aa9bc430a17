using AkkaParty.Protocol.Parties;

namespace AkkaParty.EndToEnd.Harness;

/// <summary>
/// Counts ballots with the rules written down anew and as plainly as possible, to compare the server's count with: more than half of the
/// ballots that still count elects; otherwise the film with the fewest votes leaves; of several, the one with fewer votes in the round
/// before, and so on; if they were equal in every round, the one nominated later.
/// </summary>
internal static class ExpectedRunoff
{
    /// <summary>One round: the votes of every film still in, and who left or won.</summary>
    public sealed record Round(IReadOnlyDictionary<string, int> Votes, string? Eliminated, string? Elected, int Exhausted);

    /// <summary>Counts.</summary>
    /// <param name="films">The films in the order of nomination.</param>
    /// <param name="ballots">The ballots.</param>
    public static List<Round> Count(IReadOnlyList<string> films, IReadOnlyList<string[]> ballots)
    {
        var left = films.ToList();
        var rounds = new List<Round>();
        while (true)
        {
            var votes = left.ToDictionary(film => film, film => ballots.Count(b => b.FirstOrDefault(left.Contains) == film));
            var counting = votes.Values.Sum();
            var elected = left.Count == 1 ? left[0] : left.FirstOrDefault(film => votes[film] * 2 > counting);
            if (elected is not null)
            {
                rounds.Add(new Round(votes, null, elected, ballots.Count - counting));
                return rounds;
            }

            var leaving = left.Where(film => votes[film] == votes.Values.Min()).ToList();
            foreach (var earlier in rounds.AsEnumerable().Reverse())
            {
                leaving = [.. leaving.Where(film => earlier.Votes[film] == leaving.Min(f => earlier.Votes[f]))];
            }

            rounds.Add(new Round(votes, leaving[^1], null, ballots.Count - counting));
            left.Remove(leaving[^1]);
        }
    }

    /// <summary>Compares the server's result with the count.</summary>
    public static void ShouldMatch(PartyView party, IReadOnlyList<string[]> ballots)
    {
        var films = party.NominationPool!.Select(movie => movie.Id).ToList();
        var expected = Count(films, ballots);
        var result = party.Result.ShouldNotBeNull();
        result.Winner.ShouldBe(expected[^1].Elected);
        party.Winner!.Id.ShouldBe(result.Winner);
        result.Rounds.Count.ShouldBe(expected.Count);
        foreach (var (actual, round) in result.Rounds.Zip(expected))
        {
            actual.Tally.ToDictionary(t => t.FilmId, t => t.Votes).ShouldBe(round.Votes, ignoreOrder: true);
            actual.Eliminated.ShouldBe(round.Eliminated);
            actual.Elected.ShouldBe(round.Elected);
            actual.Exhausted.ShouldBe(round.Exhausted);
        }
    }
}
