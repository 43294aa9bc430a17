using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Sharding;
using AkkaParty.Simulation.Checkers;
using AkkaParty.Simulation.Faults;
using AkkaParty.Simulation.Kernel;
using AkkaParty.Simulation.Network;
using AkkaParty.Simulation.Running;
using AkkaParty.Simulation.Stores;
using AkkaParty.Simulation.Workloads;

namespace AkkaParty.Simulation.Nodes;

/// <summary>All nodes of one seed's world over one store and one network.</summary>
internal sealed class SimCluster
{
    private readonly List<NodeRun> _runs = [];
    private readonly SortedSet<long> _lostLocks = [];
    private readonly SimRandom _random;

    public SimCluster(SimWorld world, SeedPlan plan)
    {
        World = world;
        Plan = plan;
        _random = world.Random.Fork("cluster");
        Store = new SimStore(world, Coverage);
        Network = new SimNetwork(world, Coverage);
        Store.Cluster.Removed = HasBeenRemoved;
        Ledger = new Ledger(world);
        Clocks = new ClockChecker(this);
        Nodes = [.. Enumerable.Range(1, plan.Nodes).Select(number => new SimNode($"n{number}", SeedPlan.Drift(_random)))];
        Coverage.Add(Seen.ClockDrift);
        if (plan.StallChance > 0)
        {
            Coverage.Add(Seen.SlowThread);
        }
    }

    public SimWorld World { get; }

    public SeedPlan Plan { get; }

    public Coverage Coverage { get; } = new();

    public SimStore Store { get; }

    public SimNetwork Network { get; }

    public Ledger Ledger { get; }

    public IReadOnlyList<SimNode> Nodes { get; }

    /// <summary>Whether a node's shards may have been taken over while its lease was good, which makes its memory stale.</summary>
    public bool LocksWereLost => _lostLocks.Count > 0;

    /// <summary>The true time, which nobody in the world can read.</summary>
    public DateTimeOffset TrueTime => SimTime.Start + World.Elapsed;

    /// <summary>Whether nothing goes wrong any more but what a drill does; clients stay where they are.</summary>
    public bool IsQuiet { get; set; }

    public bool StoreClockJumped { get; set; }

    public ClockChecker Clocks { get; }

    /// <summary>The cluster's time: the true one, unless it had to be taken from a wrong clock.</summary>
    public DateTimeOffset ClusterNow => Clocks.TimeWasReset
        ? Nodes.Select(node => node.Run?.Runtime.Time.GetUtcNow() ?? TrueTime).Min()
        : TrueTime;

    /// <summary>The time that a node stamps a client's command with, in whole milliseconds; null when no node serves.</summary>
    public DateTimeOffset? Stamp(SimRandom random)
    {
        List<NodeRun> serving = [.. Nodes.Select(node => node.Run).OfType<NodeRun>().Where(run => run.Runtime.IsServing)];
        return serving.Count == 0 ? null : WholeMs(random.Pick(serving).Runtime.Time.GetUtcNow());
    }

    /// <summary>An instant without what is less than a millisecond.</summary>
    public static DateTimeOffset WholeMs(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMillisecond));

    public TimeSpan ClientLatency() => _random.Milliseconds(0.1, 2);

    public void Start(SimNode node)
    {
        if (node.Run is not null)
        {
            return;
        }

        if (node.Runs > 0)
        {
            Coverage.Add(Seen.NodeRestart);
        }

        World.Note("starts", node.Name, node.Runs + 1);
        var run = new NodeRun(this, node, ++node.Runs);
        node.Run = run;
        _runs.Add(run);
        run.Start();
    }

    /// <summary>The node dies where it stands. A machine that dies takes its connections with it without a word.</summary>
    public void Crash(SimNode node, bool isMachine)
    {
        var run = node.Run!;
        node.Run = null;
        World.Note("crashes", run.Process.Name, isMachine ? 1 : 0);
        run.Kill(noticedAfter: isMachine ? SimNetwork.Patience : _random.Milliseconds(0.1, 30));
        var incarnation = Store.Cluster.Record.Members.FirstOrDefault(member => member.Node.Name == node.Name)?.Node.Incarnation;
        if (incarnation is { } lost && !isMachine)
        {
            World.After(_random.Milliseconds(0.1, 50), () => Store.Cluster.EndSession(lost));
        }
    }

    /// <summary>Stops a node in good order.</summary>
    public void Stop(SimNode node, Action stopped)
    {
        var run = node.Run!;
        World.Note("stops", run.Process.Name);
        run.Stop(() =>
        {
            if (node.Run == run)
            {
                node.Run = null;
                run.Kill(TimeSpan.Zero);
                stopped();
            }
        });
    }

    /// <summary>A run could not start: its process ends and is started again.</summary>
    public void RestartLater(NodeRun run) =>
        World.After(_random.Milliseconds(200, 1_000), () =>
        {
            var node = Nodes.Single(node => node.Name == run.Name);
            if (node.Run == run)
            {
                node.Run = null;
                run.Kill(TimeSpan.Zero);
                Start(node);
            }
        });

    /// <summary>A node that a client may be connected to; null when there is none.</summary>
    public NodeRun? PickRun(SimRandom random)
    {
        // A balancer that has had the time to look sends nobody to a node that is not ready, or does not answer.
        List<NodeRun> runs =
        [
            .. Nodes.Select(node => node.Run).OfType<NodeRun>()
                .Where(run => !IsQuiet || run is { Process.State: ProcessState.Running, Runtime.IsServing: true }),
        ];
        return runs.Count == 0 ? null : random.Pick(runs);
    }

    /// <summary>The node that serves an entity, by the store's word; null when there is none.</summary>
    public NodeRun? HomeOf(EntityAddress address) =>
        Nodes.SingleOrDefault(node => node.Name == Store.Cluster.Record.Homes[ShardId.Of(address.Id)].Owner)?.Run;

    /// <summary>The store has taken a member's connection for dead, and the member lives.</summary>
    public void LoseLock(NodeIdentity member)
    {
        _lostLocks.Add(member.Incarnation);
        Store.Cluster.EndSession(member.Incarnation);
    }

    /// <summary>Whom the others remove does not believe to have a lease any more, now or later.</summary>
    private void HasBeenRemoved(NodeIdentity removed)
    {
        var run = Nodes.Single(node => node.Name == removed.Name).Run;
        if (run?.Runtime.Status is { LeaseRemaining: { } left } status && left > TimeSpan.Zero
            && status.Identity?.Incarnation == removed.Incarnation && !_lostLocks.Contains(removed.Incarnation))
        {
            World.Violate($"{run.Process.Name} has been removed, and believes to have its lease for another {left.TotalSeconds:0.000} s");
        }
    }

    /// <summary>What is not as it must be in a cluster without faults.</summary>
    public IEnumerable<string> Unsettled()
    {
        foreach (var node in Nodes)
        {
            if (node.Run is not { Runtime.IsServing: true } run)
            {
                yield return $"{node.Name} does not serve";
            }
            else if (run.OldestOpen < World.Elapsed - Plan.ClientPatience)
            {
                yield return $"{node.Name} owes an answer since {run.OldestOpen.Value.TotalSeconds:0.000} s";
            }
        }

        if (Plan.IsAlone)
        {
            yield break;
        }

        foreach (var what in Clocks.Unsettled(World.Elapsed - Plan.Chaos))
        {
            yield return what;
        }

        var record = Store.Cluster.Record;
        if (!record.Members.Select(member => member.Node.Name).SequenceEqual(Nodes.Select(node => node.Name)))
        {
            var members = record.Members.Select(member => $"{member.Node.Name}/{member.Node.Incarnation}");
            yield return $"members are {string.Join(' ', members)}";
        }

        foreach (var home in record.Homes.Where(home => home.Owner is null || home.Owner != home.Target))
        {
            yield return $"shard {home.Shard} is with {home.Owner ?? "nobody"} and belongs to {home.Target ?? "nobody"}";
        }

        var counts = record.Homes.CountBy(home => home.Owner ?? "").Select(count => count.Value).ToList();
        if (counts.Max() - counts.Min() > 1)
        {
            yield return $"the shards are spread unevenly: {string.Join(' ', counts)}";
        }
    }

    public void Dispose() => _runs.ForEach(run => run.Dispose());
}
