using AkkaParty.Simulation.Nodes;

namespace AkkaParty.Simulation.Checkers;

/// <summary>
/// Looks at the nodes' times while everything goes wrong: on a member time runs forwards and evenly, whatever any wall clock does; all
/// members have the same time; and it is the one it has been since the first of them, as long as there has been one.
/// </summary>
internal sealed class ClockChecker(SimCluster cluster)
{
    /// <summary>How far the times of two nodes are apart at most, when faults have stopped for a while.</summary>
    public static readonly TimeSpan ApartMax = TimeSpan.FromMilliseconds(100);

    /// <summary>That while.</summary>
    public static readonly TimeSpan SettlesWithin = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    // Clocks run apart by a fiftieth while nobody can be asked, and heartbeats take up to a second.
    private static readonly TimeSpan ApartInTroubleMax = TimeSpan.FromSeconds(0.5);

    // A tenth by slewing, a hundredth by the machine's clock.
    private const double PaceMin = 0.88;
    private const double PaceMax = 1.12;

    // The leader follows its machine's clock, which is wrong by a hundredth at most.
    private const double WanderMax = 0.011;

    private SortedDictionary<long, DateTimeOffset> _shown = [];
    private TimeSpan _lookedAt;
    private TimeSpan _begunAt;
    private TimeSpan _begunAhead;

    /// <summary>Whether the time was begun anew from a store's clock that was wrong, when no member was left.</summary>
    public bool TimeWasReset { get; private set; }

    public void Start()
    {
        if (!cluster.Plan.IsAlone)
        {
            Next();
        }
    }

    /// <summary>What is not as it must be in a cluster without faults.</summary>
    /// <param name="quietFor">How long nothing has gone wrong.</param>
    public IEnumerable<string> Unsettled(TimeSpan quietFor)
    {
        var times = cluster.Nodes.Select(node => node.Run).OfType<NodeRun>().Select(run => run.Runtime.Time.GetUtcNow()).ToList();
        if (cluster.Plan.IsAlone || times.Count == 0 || times.Max() - times.Min() <= ApartMax)
        {
            yield break;
        }

        var apart = $"the nodes' times are {(times.Max() - times.Min()).TotalSeconds:0.000} s apart: "
            + string.Join(' ', times.Select(time => $"{(time - cluster.TrueTime).TotalSeconds:0.000}"));
        if (quietFor > SettlesWithin)
        {
            cluster.World.Violate(apart);
        }

        yield return apart;
    }

    private void Next()
    {
        var shown = Shown();
        var passed = cluster.World.Elapsed - _lookedAt;
        foreach (var (run, time) in shown)
        {
            if (_shown.TryGetValue(run, out var before) && ((time - before) / passed) is < PaceMin or > PaceMax)
            {
                cluster.World.Violate(
                    $"the time of run {run} went by {(time - before).TotalSeconds:0.000} s in {passed.TotalSeconds:0.000} s");
            }
        }

        if (shown.Count > 0)
        {
            CheckTogether(shown);
        }

        (_shown, _lookedAt) = (shown, cluster.World.Elapsed);
        cluster.World.After(Look, Next);
    }

    private void CheckTogether(SortedDictionary<long, DateTimeOffset> shown)
    {
        var ahead = shown.Values.Min() - cluster.TrueTime;
        if (!shown.Keys.Any(_shown.ContainsKey))
        {
            (_begunAt, _begunAhead) = (cluster.World.Elapsed, ahead);
            TimeWasReset |= ahead.Duration() > ApartInTroubleMax;
        }

        var moved = (ahead - _begunAhead).Duration();
        if (shown.Values.Max() - shown.Values.Min() > ApartInTroubleMax
            || moved > ApartInTroubleMax + ((cluster.World.Elapsed - _begunAt) * WanderMax))
        {
            cluster.World.Violate(
                $"the time was {_begunAhead.TotalSeconds:0.000} s ahead since {_begunAt.TotalSeconds:0.000} s, and now the members' are "
                + string.Join(' ', shown.Select(one => $"{one.Key}: {(one.Value - cluster.TrueTime).TotalSeconds:0.000}")));
        }
    }

    /// <summary>The time on every run that is a member, as far as it knows and as far as the store knows.</summary>
    private SortedDictionary<long, DateTimeOffset> Shown()
    {
        var shown = new SortedDictionary<long, DateTimeOffset>();
        var members = cluster.Store.Cluster.Record.Members;
        foreach (var node in cluster.Nodes)
        {
            if (node.Run is { } run && run.Runtime.Status.Identity is { } self
                && members.Any(member => member.Node.Incarnation == self.Incarnation))
            {
                shown[self.Incarnation] = run.Runtime.Time.GetUtcNow();
            }
        }

        return shown;
    }
}
