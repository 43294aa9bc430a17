using System.Text.Json;
using System.Text.Json.Serialization;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.Actors.Tests.Parties;

public sealed partial class RunoffResultGolden
{
    private static readonly RunoffResult Sample = new("tt2",
    [
        new RunoffRound(1, [new("tt1", 1), new("tt2", 2), new("tt3", 2)], "tt1", 1, 5, 3, null, null),
        new RunoffRound(2, [new("tt2", 2), new("tt3", 2)], "tt3", 2, 4, 3, new(["tt2", "tt3"], RunoffTieBreak.PreviousRound, 1), null),
        new RunoffRound(3, [new("tt2", 2)], null, 4, 2, 2, null, "tt2"),
    ]);

    [Fact]
    public void A_result_is_written_exactly_like_the_golden_file() =>
        (JsonSerializer.Serialize(Sample, GoldenJson.Default.RunoffResult) + "\n").ShouldBe(Golden());

    [Fact]
    public void The_golden_file_is_read_back_as_the_same_result() =>
        JsonSerializer.Deserialize(Golden(), GoldenJson.Default.RunoffResult).ShouldBe(Sample);

    [Fact]
    public void Results_with_equal_contents_are_equal_and_have_the_same_hash_code()
    {
        var copy = JsonSerializer.Deserialize(Golden(), GoldenJson.Default.RunoffResult)!;

        copy.GetHashCode().ShouldBe(Sample.GetHashCode());
        copy.Rounds[1].TieBreak!.GetHashCode().ShouldBe(Sample.Rounds[1].TieBreak!.GetHashCode());
        copy.Rounds.Distinct().Count().ShouldBe(3);
    }

    [Fact]
    public void Results_that_differ_in_any_member_are_not_equal()
    {
        var tied = Sample.Rounds[1];
        RunoffRound[] others =
        [
            tied with { Round = 9 },
            tied with { Tally = [new("tt2", 2), new("tt3", 3)] },
            tied with { Tally = [new("tt2", 2)] },
            tied with { Eliminated = "tt2" },
            tied with { Exhausted = 9 },
            tied with { Continuing = 9 },
            tied with { Threshold = 9 },
            tied with { Elected = "tt2" },
            tied with { TieBreak = null },
            tied with { TieBreak = tied.TieBreak! with { Tied = ["tt3", "tt2"] } },
            tied with { TieBreak = tied.TieBreak! with { Rule = RunoffTieBreak.NominatedLater } },
            tied with { TieBreak = tied.TieBreak! with { DecidedByRound = null } },
        ];

        others.ShouldAllBe(other => other != tied);
        others.ShouldAllBe(other => Sample != new RunoffResult("tt2", new[] { Sample.Rounds[0], other, Sample.Rounds[2] }));
        (Sample with { Winner = "tt3" }).ShouldNotBe(Sample);
        (Sample with { Rounds = Sample.Rounds.Take(2).ToArray() }).ShouldNotBe(Sample);
    }

    private static string Golden() => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Parties", "Golden", "runoff_result.json"));

    [JsonSourceGenerationOptions(WriteIndented = true, NewLine = "\n")]
    [JsonSerializable(typeof(RunoffResult))]
    private sealed partial class GoldenJson : JsonSerializerContext;
}
