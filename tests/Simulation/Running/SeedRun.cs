using AkkaParty.Simulation.Faults;
using AkkaParty.Simulation.Kernel;
using AkkaParty.Simulation.Nodes;
using AkkaParty.Simulation.Workloads;

namespace AkkaParty.Simulation.Running;

/// <summary>What came of one seed.</summary>
internal sealed record SeedResult(
    ulong Seed, IReadOnlyList<string> Violations, ulong TraceHash, long Steps, TimeSpan Simulated, int Commands, Coverage Coverage,
    IReadOnlyList<string> Lines);

/// <summary>One seed from beginning to end: a quiet start, harm, peace, and then everything must be well and have been well.</summary>
internal static class SeedRun
{
    private const int LooksPerTouch = 40;
    private const int UnsettledShownMax = 12;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    public static SeedResult Run(SeedPlan plan, bool keepLines = false)
    {
        var world = new SimWorld(plan.Seed, keepLines);
        var cluster = new SimCluster(world, plan);
        var counters = new CounterWorkload(cluster);
        IWorkload[] workloads =
        [
            counters,
            .. plan.PartyPeople > 0 ? [new PartyWorkload(cluster)] : Array.Empty<IWorkload>(),
            .. plan.WatchPeople > 0 ? [new WatchPartyWorkload(cluster)] : Array.Empty<IWorkload>(),
        ];
        var random = world.Random.Fork("start");
        foreach (var node in cluster.Nodes)
        {
            world.After(random.Milliseconds(0, 400), () => cluster.Start(node));
        }

        Array.ForEach(workloads, workload => world.After(TimeSpan.FromMilliseconds(500), workload.Start));
        var nemesis = new Nemesis(cluster);
        cluster.Clocks.Start();
        nemesis.Start(random.Milliseconds(0, 3_000));
        world.RunUntil(plan.Chaos);
        nemesis.Stop();
        cluster.IsQuiet = true;
        Array.ForEach(workloads, workload => world.After(random.Milliseconds(0, 3_000), workload.Stop));
        world.RunUntil(plan.Chaos + TimeSpan.FromSeconds(5));
        Converge(cluster, workloads);
        new Drill(cluster, counters).Run();
        Converge(cluster, workloads);
        if (plan.HandsTimeOn)
        {
            new ClockDrill(cluster).Run();
            Converge(cluster, workloads);
        }

        Array.ForEach(workloads, workload => workload.Probe());
        Converge(cluster, workloads);
        if (world.Violations.Count == 0)
        {
            Array.ForEach(workloads, workload => workload.Check());
        }

        cluster.Dispose();
        return new SeedResult(
            plan.Seed, world.Violations, world.Trace.Hash, world.Trace.Steps, world.Elapsed, cluster.Ledger.Commands.Count,
            cluster.Coverage, world.Trace.Lines);
    }

    /// <summary>Waits until everything is well.</summary>
    private static void Converge(SimCluster cluster, IWorkload[] workloads)
    {
        var world = cluster.World;
        var from = world.Elapsed;
        for (var looks = 0; world.Violations.Count == 0; looks++)
        {
            // Again and again: a store that stalled may carry out a lost commit long afterwards.
            if (looks % LooksPerTouch == 0)
            {
                Array.ForEach(workloads, workload => workload.Touch());
            }

            if (!Unsettled(cluster, workloads).Any())
            {
                return;
            }

            if (world.Elapsed > from + cluster.Plan.ConvergesWithin)
            {
                var all = string.Join("\n  ", Unsettled(cluster, workloads).Take(UnsettledShownMax));
                world.Violate($"{cluster.Plan.ConvergesWithin.TotalSeconds} s after the last fault not everything is well:\n  {all}");
            }

            world.RunUntil(world.Elapsed + Look);
        }
    }

    private static IEnumerable<string> Unsettled(SimCluster cluster, IWorkload[] workloads)
    {
        foreach (var what in cluster.Unsettled())
        {
            yield return what;
        }

        foreach (var command in cluster.Ledger.Commands.Where(command => !command.IsSettled))
        {
            yield return $"{command.Address}: {command.Message} (attempt {command.Attempts}) has no answer";
        }

        foreach (var what in workloads.SelectMany(workload => workload.Unsettled()))
        {
            yield return what;
        }
    }
}
