using AkkaParty.Actors.Parties;
using AkkaParty.Protocol.Parties;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaParty.Actors.Tests.Parties;

/// <summary>An election made up by FsCheck.</summary>
internal sealed record GeneratedElection(IReadOnlyList<string> Candidates, IReadOnlyList<RunoffBallot> Ballots)
{
    /// <summary>Few ballots over up to 7 films, many of them partial or blank: most have ties and exhausted ballots.</summary>
    public static Arbitrary<GeneratedElection> Small { get; } = Arb.From(Of(maxCandidates: 7, maxBallots: 12, maxCount: 3), Smaller);

    /// <summary>Rankings handed in by up to 1,000 voters each: most of these elections have no tie.</summary>
    public static Arbitrary<GeneratedElection> Weighted { get; } = Arb.From(Of(maxCandidates: 5, maxBallots: 20, maxCount: 1000), Smaller);

    public int Total => Ballots.Sum(ballot => ballot.Count);

    public RunoffResult Count() => InstantRunoff.Count(Candidates, Ballots);

    public override string ToString() =>
        $"[{string.Join(' ', Candidates)}] "
        + string.Join("; ", Ballots.Select(ballot => $"{ballot.Count} {string.Join('>', ballot.Ranks)}"));

    private static Gen<GeneratedElection> Of(int maxCandidates, int maxBallots, int maxCount) =>
        from candidateCount in Gen.Choose(1, maxCandidates)
        let candidates = Enumerable.Range(0, candidateCount).Select(number => $"f{number}").ToArray()
        from ballotCount in Gen.Choose(0, maxBallots)
        from ballots in Gen.ListOf(Ballot(candidates, maxCount), ballotCount)
        select new GeneratedElection(candidates, [.. ballots]);

    private static Gen<RunoffBallot> Ballot(string[] candidates, int maxCount) =>
        from order in Gen.Shuffle(candidates)
        from length in Gen.Choose(0, candidates.Length)
        from count in Gen.Choose(1, maxCount)
        select new RunoffBallot(order[..length], count);

    private static IEnumerable<GeneratedElection> Smaller(GeneratedElection election)
    {
        for (var dropped = 0; dropped < election.Ballots.Count; dropped++)
        {
            yield return election with { Ballots = [.. election.Ballots.Where((_, place) => place != dropped)] };
        }

        for (var dropped = 0; election.Candidates.Count > 1 && dropped < election.Candidates.Count; dropped++)
        {
            var gone = election.Candidates[dropped];
            yield return new GeneratedElection(
                [.. election.Candidates.Where(film => film != gone)],
                [.. election.Ballots.Select(ballot => ballot with { Ranks = [.. ballot.Ranks.Where(film => film != gone)] })]);
        }
    }
}
