using System.Diagnostics;
using AkkaParty.Simulation.Faults;

namespace AkkaParty.Simulation.Running;

/// <summary>Runs many seeds, a thread for each processor, and says what came of them.</summary>
internal sealed class Runner(TextWriter output, RunnerOptions options)
{
    // Enough to see a pattern; more of the same only buries it.
    private const int FailuresShownMax = 10;
    private const string Command = "dotnet run -c Release --project tests/Simulation";

    private readonly Lock _gate = new();
    private readonly Coverage _coverage = new();
    private readonly List<SeedResult> _failures = [];
    private long _commands;
    private TimeSpan _simulated;
    private int _done;

    /// <summary>Runs the seeds.</summary>
    /// <returns>Whether all was well and everything that can go wrong did.</returns>
    public bool Run(IReadOnlyList<ulong> seeds)
    {
        var started = Stopwatch.GetTimestamp();
        var next = -1;
        var threads = Enumerable.Range(0, options.Threads).Select(_ => new Thread(Work)).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        var took = Stopwatch.GetElapsedTime(started);
        output.WriteLine(
            $"{_done} seeds in {took.TotalSeconds:0.0} s ({_done / took.TotalMinutes:0}/min), {_commands} commands, "
            + $"{_simulated.TotalHours:0.0} h simulated, {_failures.Count} failed");
        return Judge(seeds.Count);

        void Work()
        {
            while (Interlocked.Increment(ref next) is var index && index < seeds.Count && !IsEnough())
            {
                Finish(RunOne(seeds[index]));
            }
        }
    }

    /// <summary>Prints what was seen how often.</summary>
    public void PrintCoverage()
    {
        foreach (var row in Enum.GetValues<Seen>().Chunk(4))
        {
            output.WriteLine(string.Concat(row.Select(what => $"{what,-20} {_coverage[what],-10} ")));
        }
    }

    private SeedResult RunOne(ulong seed)
    {
        var result = SeedRun.Run(new SeedPlan(seed, options.Nodes));
        if (!options.IsEachRunTwice)
        {
            return result;
        }

        var again = SeedRun.Run(new SeedPlan(seed, options.Nodes));
        return again.TraceHash == result.TraceHash
            ? result
            : result with
            {
                Violations = [.. result.Violations, $"two runs differ: {result.TraceHash:x16} and {again.TraceHash:x16}"],
            };
    }

    private bool IsEnough()
    {
        lock (_gate)
        {
            return _failures.Count >= options.FailuresMax;
        }
    }

    private void Finish(SeedResult result)
    {
        lock (_gate)
        {
            _done++;
            _commands += result.Commands;
            _simulated += result.Simulated;
            _coverage.Add(result.Coverage);
            if (options.PrintsHashes)
            {
                output.WriteLine($"{result.Seed} {result.TraceHash:x16}");
            }

            if (result.Violations.Count > 0)
            {
                _failures.Add(result);
                if (_failures.Count <= FailuresShownMax)
                {
                    output.WriteLine($"FAILED seed {result.Seed}: {result.Violations[0]}");
                    output.WriteLine($"  replay: {Command} -- --seed {result.Seed}{NodesOption} --trace");
                }
            }
        }
    }

    private string NodesOption => options.Nodes is { } nodes ? $" --nodes {nodes}" : "";

    private bool Judge(int seeds)
    {
        if (_failures.Count > 0)
        {
            output.WriteLine($"failed seeds: {string.Join(' ', _failures.Select(failure => failure.Seed).Order())}");
            return false;
        }

        // A handful of seeds cannot show everything.
        var missing = _coverage.Missing();
        if (seeds < options.CoverageFrom || missing.Count == 0)
        {
            return true;
        }

        output.WriteLine($"never seen in {seeds} seeds: {string.Join(", ", missing)}");
        return false;
    }
}

/// <summary>How seeds are run.</summary>
internal sealed record RunnerOptions
{
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether each seed runs twice and must do the same.</summary>
    public bool IsEachRunTwice { get; init; }

    public bool PrintsHashes { get; init; }

    /// <summary>So many nodes in every world; null for what each seed says.</summary>
    public int? Nodes { get; init; }

    /// <summary>From this many seeds on every fault and every outcome must have occurred.</summary>
    public int CoverageFrom { get; init; } = 200;

    /// <summary>Stop after this many failed seeds.</summary>
    public int FailuresMax { get; init; } = 20;
}
