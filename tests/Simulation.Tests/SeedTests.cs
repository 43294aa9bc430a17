using System.Diagnostics;
using System.Reflection;
using AkkaParty.Simulation.Faults;
using AkkaParty.Simulation.Running;

namespace AkkaParty.Simulation.Tests;

/// <summary>The runtime in simulated worlds: the seeds that found something once, a fixed set, and fresh ones for each commit.</summary>
public sealed class SeedTests(ITestOutputHelper output)
{
    private const int FixedSeeds = 300;
    private const int FreshSeeds = 300;

    [Fact]
    public void Seeds_that_found_something_once_find_nothing_now() =>
        ShouldBeSound(Seeds.Read(Path.Combine(AppContext.BaseDirectory, "seeds.txt")), new RunnerOptions());

    [Fact]
    public void Fixed_seeds_find_nothing_and_every_fault_and_every_outcome_occurs_in_them() =>
        ShouldBeSound(Seeds.From(1, FixedSeeds), new RunnerOptions { CoverageFrom = FixedSeeds });

    [Fact]
    public void Fresh_seeds_of_this_commit_find_nothing() =>
        ShouldBeSound(Seeds.From(Seeds.FirstOf(Commit()), FreshSeeds), new RunnerOptions { CoverageFrom = FreshSeeds });

    [Fact]
    public void A_seed_does_the_same_each_time() =>
        ShouldBeSound(Seeds.From(5_000, 40), new RunnerOptions { IsEachRunTwice = true });

    [Fact]
    public async Task A_seed_does_the_same_in_every_process()
    {
        var once = RunProcess();
        var again = RunProcess();
        var hashes = await once;
        hashes.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(12);
        (await again).ShouldBe(hashes);
    }

    [Fact]
    public void Other_seeds_do_something_else()
    {
        var hashes = Seeds.From(1, 5).Select(seed => SeedRun.Run(new SeedPlan(seed)).TraceHash).ToList();
        hashes.ShouldBeUnique();
    }

    [Fact]
    public void A_trace_that_keeps_its_lines_is_the_same_trace()
    {
        var silent = SeedRun.Run(new SeedPlan(17, nodes: 3));
        var told = SeedRun.Run(new SeedPlan(17, nodes: 3), keepLines: true);
        told.TraceHash.ShouldBe(silent.TraceHash);
        told.Lines.Count.ShouldBeGreaterThan(1_000);
        silent.Lines.ShouldBeEmpty();
    }

    [Fact]
    public void Every_large_fault_is_counted() =>
        Enum.GetValues<FaultKind>().Length.ShouldBe(13, "a new kind of fault belongs into Seen, or nobody notices when it never occurs");

    private void ShouldBeSound(IReadOnlyList<ulong> seeds, RunnerOptions options)
    {
        var text = new StringWriter();
        var runner = new Runner(text, options);
        var isSound = seeds.Count == 0 || runner.Run(seeds);
        runner.PrintCoverage();
        output.WriteLine(text.ToString());
        isSound.ShouldBeTrue(text.ToString());
    }

    /// <summary>The id of the commit this was built from: each has fresh seeds, and the same ones whenever it is built again.</summary>
    private static string Commit() =>
        typeof(SeedRun).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    private static async Task<string> RunProcess()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "AkkaParty.Simulation.dll");
        string[] arguments = [program, "--seeds", "12", "--from", "900", "--hashes", "--threads", "1"];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        var printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, printed);
        return string.Join('\n', printed.Split('\n').Where(line => line.Length > 0 && line.Split(' ') is [_, { Length: 16 }]));
    }
}
