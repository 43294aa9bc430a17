using System.CommandLine;
using AkkaParty.Simulation.Running;

var count = new Option<int>("--seeds") { Description = "How many seeds to run.", DefaultValueFactory = _ => 1_000 };
var first = new Option<ulong>("--from") { Description = "The first of them.", DefaultValueFactory = _ => 1 };
var commit = new Option<string?>("--commit") { Description = "Derives the first seed from a commit's id." };
var one = new Option<ulong?>("--seed") { Description = "Runs this seed alone." };
var trace = new Option<bool>("--trace") { Description = "Prints everything that happened in it." };
var twice = new Option<bool>("--twice") { Description = "Runs each seed twice: both runs must do the same." };
var hashes = new Option<bool>("--hashes") { Description = "Prints each seed's trace as one number." };
var kept = new Option<bool>("--kept") { Description = "Runs the seeds that found something once before the others." };
var nodes = new Option<int?>("--nodes") { Description = "So many nodes in every world." };
var threads = new Option<int>("--threads") { Description = "At once.", DefaultValueFactory = _ => Environment.ProcessorCount };
var failures = new Option<int>("--failures") { Description = "Stops after this many failed seeds.", DefaultValueFactory = _ => 20 };
var root = new RootCommand("Runs the actor runtime in simulated worlds, one for each seed, in which everything fails that can.")
{
    count, first, commit, one, trace, twice, hashes, kept, nodes, threads, failures,
};

root.SetAction(parsed =>
{
    if (parsed.GetValue(one) is { } seed && parsed.GetValue(trace))
    {
        var result = SeedRun.Run(new SeedPlan(seed, parsed.GetValue(nodes)), keepLines: true);
        foreach (var line in result.Lines)
        {
            Console.WriteLine(line);
        }

        foreach (var violation in result.Violations)
        {
            Console.WriteLine($"FAILED {violation}");
        }

        return result.Violations.Count == 0 ? 0 : 1;
    }

    var start = parsed.GetValue(commit) is { } id ? Seeds.FirstOf(id) : parsed.GetValue(first);
    List<ulong> seeds = parsed.GetValue(one) is { } alone ? [alone] : [.. Seeds.From(start, parsed.GetValue(count))];
    if (parsed.GetValue(kept))
    {
        seeds.InsertRange(0, Seeds.Read(Path.Combine(AppContext.BaseDirectory, "seeds.txt")));
    }

    var runner = new Runner(Console.Out, new RunnerOptions
    {
        Threads = parsed.GetValue(threads),
        IsEachRunTwice = parsed.GetValue(twice),
        PrintsHashes = parsed.GetValue(hashes),
        Nodes = parsed.GetValue(nodes),
        FailuresMax = parsed.GetValue(failures),
    });
    Console.WriteLine($"seeds {seeds[0]} to {seeds[^1]}, {seeds.Count} of them");
    var isSound = runner.Run(seeds);
    runner.PrintCoverage();
    return isSound ? 0 : 1;
});
return root.Parse(args).Invoke();
