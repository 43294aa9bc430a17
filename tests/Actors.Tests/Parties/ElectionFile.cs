using System.Text.Json;
using AkkaParty.Actors.Parties;

namespace AkkaParty.Actors.Tests.Parties;

/// <summary>One file of Elections/: ballots that other programs have counted, with what they found.</summary>
internal sealed record ElectionFile(
    IReadOnlyList<string> Candidates,
    IReadOnlyList<ElectionBallot> Ballots,
    int TotalBallots,
    ElectionRules Rules,
    ElectionExpectation Expected,
    ElectionExpectation? Derived,
    bool? PlainIrvExact,
    IReadOnlyList<string>? PlainIrvPossibleWinners)
{
    public const string WriteIns = "Undeclared Write-ins";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Parties", "Elections");

    public static ElectionFile Read(string file) =>
        JsonSerializer.Deserialize<ElectionFile>(File.ReadAllText(Path.Combine(Folder, file)), Json)
        ?? throw new InvalidDataException($"{file} is empty.");

    public IReadOnlyList<RunoffBallot> RunoffBallots() => [.. Ballots.Select(ballot => new RunoffBallot(ballot.Ranks, ballot.Count))];

    /// <summary>
    /// The same election for a count that has no write-ins. RCTab carries them as a candidate that cannot win and leaves in the first
    /// round; so its round 2 is the first round of a count in which nobody nominated them.
    /// </summary>
    public ElectionFile WithoutWriteIns() => this with
    {
        Candidates = [.. Candidates.Where(candidate => candidate != WriteIns)],
        Ballots = [.. Ballots.Select(ballot => ballot with { Ranks = [.. ballot.Ranks.Where(rank => rank != WriteIns)] })],
        Expected = Expected with { Rounds = [.. Expected.Rounds!.Skip(1).Select(round => round with { Round = round.Round - 1 })] },
    };
}

internal sealed record ElectionBallot(int Count, IReadOnlyList<string> Ranks);

internal sealed record ElectionRules(ElectionTieBreak? TieBreak, bool FirstRoundDeterminesThreshold);

internal sealed record ElectionTieBreak(IReadOnlyList<ResolvedTie>? TiesResolved);

internal sealed record ResolvedTie(IReadOnlyList<string> TiedLowest, string Eliminated);

internal sealed record ElectionExpectation(string? Winner, IReadOnlyList<ExpectedRound>? Rounds);

internal sealed record ExpectedRound(
    int Round,
    IReadOnlyDictionary<string, int> Tally,
    IReadOnlyList<string>? Eliminated,
    IReadOnlyList<string>? Elected,
    int? Threshold);
