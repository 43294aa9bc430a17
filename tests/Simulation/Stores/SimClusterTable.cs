using AkkaParty.Runtime.Membership;
using AkkaParty.Simulation.Kernel;

namespace AkkaParty.Simulation.Stores;

/// <summary>Members and shard homes as the store keeps them, with the session locks that tell who is still connected.</summary>
internal sealed class SimClusterTable(SimWorld world)
{
    private readonly SortedDictionary<long, Session> _sessions = [];
    private long _incarnation;
    private int _start = 1;

    public ClusterRecord Record { get; private set; } = ClusterRecordChanges.Empty;

    /// <summary>How far the store's own wall clock is from the true time.</summary>
    public TimeSpan WrongBy { get; set; }

    /// <summary>Told who is not a member any more and did not leave by itself.</summary>
    public Action<NodeIdentity>? Removed { get; set; }

    public DateTimeOffset Time => SimTime.Start + world.Elapsed + WrongBy;

    public JoinOutcome Join(JoinRequest request)
    {
        var joined = Record.Join(request, _incarnation + 1);
        if (ReferenceEquals(joined, Record))
        {
            return new JoinOutcome(null, PulseOf(Record.Members.Single(member => member.Node.Name == request.Name)));
        }

        _incarnation++;
        Replace(joined, "joins", request.Name);
        _sessions[_incarnation] = new Session { IsOpen = true, Start = _start };
        return new JoinOutcome(Record.Members.Single(member => member.Node.Name == request.Name).Node, null);
    }

    public Pulse? Beat(NodeIdentity node, DateTimeOffset clusterTime)
    {
        var beaten = Record.Beat(node);
        if (ReferenceEquals(beaten, Record))
        {
            return null;
        }

        Record = beaten;

        // A heartbeat over a new connection takes the lock again.
        _sessions[node.Incarnation] = new Session { IsOpen = true, Start = _start, ClockOffset = clusterTime - Time };
        return new Pulse(Record.Version, Time, [.. Record.Members.Select(PulseOf)]);
    }

    public ClusterRecord Update(Func<ClusterRecord, ClusterRecord> change, string who)
    {
        Replace(Record.Apply(change), "updates", who);
        return Record;
    }

    public void Leave(NodeIdentity node)
    {
        Record = Record.Leave(node);
        world.Note("leaves", node.Name, Record.Version, Record.Members.Count);
        _sessions.Remove(node.Incarnation);
    }

    /// <summary>Tells once more of a run that has been removed: it may only now have read an answer from before that.</summary>
    public void LookAgain(NodeIdentity node)
    {
        if (!IsMember(node))
        {
            Removed?.Invoke(node);
        }
    }

    /// <summary>The connection of a run has ended, its process or not.</summary>
    public void EndSession(long incarnation)
    {
        if (_sessions.TryGetValue(incarnation, out var session))
        {
            session.IsOpen = false;
        }
    }

    /// <summary>The store has started anew: all sessions are gone, which says nothing about their members.</summary>
    public void ForgetSessions(int start)
    {
        _start = start;
        foreach (var session in _sessions.Values)
        {
            session.IsOpen = false;
        }
    }

    private MemberPulse PulseOf(MemberRecord member)
    {
        var session = _sessions.GetValueOrDefault(member.Node.Incarnation);
        return new MemberPulse(
            member.Node.Name,
            member.Node.Incarnation,
            member.Counter,
            HasGone: session is { IsOpen: false } && session.Start == _start,
            session?.ClockOffset ?? TimeSpan.Zero);
    }

    private void Replace(ClusterRecord cluster, string what, string who)
    {
        if (ReferenceEquals(cluster, Record))
        {
            return;
        }

        var before = Record.Members;
        Record = cluster;
        world.Note(what, who, cluster.Version, cluster.Members.Count);
        foreach (var member in before.Where(member => !IsMember(member.Node)))
        {
            Removed?.Invoke(member.Node);
        }
    }

    private bool IsMember(NodeIdentity node) => Record.Members.Any(member => member.Node.Incarnation == node.Incarnation);

    private sealed class Session
    {
        public bool IsOpen { get; set; }

        public int Start { get; init; }

        public TimeSpan ClockOffset { get; init; }
    }
}
