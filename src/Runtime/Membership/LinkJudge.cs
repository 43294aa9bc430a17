namespace AkkaParty.Runtime.Membership;

/// <summary>
/// Decides whether this node is cut off from the others although the store still hears it: then what it serves can be reached through
/// nobody else. Every node judges itself alone, so the rule makes sure that one part stays: the larger one, of two equal ones the one
/// with the oldest member, and where two nodes miss only each other, the older of them. A new run is cut off until it has all its links.
/// </summary>
/// <param name="patience">How long a link may be missing.</param>
internal sealed class LinkJudge(TimeSpan patience)
{
    private readonly SortedDictionary<long, TimeSpan> _missingSince = [];
    private TimeSpan? _lookedAt;
    private bool _isCutOff = true;

    /// <summary>Whether this run has not had all its links yet: then they are about to come, and not lost.</summary>
    public bool IsNew { get; private set; } = true;

    /// <summary>Looks at the links.</summary>
    /// <param name="self">This node.</param>
    /// <param name="members">All members.</param>
    /// <param name="isLinked">Whether there is a link to a run.</param>
    /// <param name="now">The monotonic clock.</param>
    /// <returns>Whether this node is cut off.</returns>
    public bool Observe(NodeIdentity self, IReadOnlyList<MemberRecord> members, Func<long, bool> isLinked, TimeSpan now)
    {
        // After a gap in its own view it cannot say for how long a link has been missing.
        if (_lookedAt is not { } lookedAt || now - lookedAt > patience / 2)
        {
            _missingSince.Clear();
        }

        _lookedAt = now;
        var peers = members
            .Where(m => m.Node.Incarnation != self.Incarnation && m.Node.Address.Length > 0 && m.Standing == MemberStanding.Active)
            .Select(member => member.Node.Incarnation)
            .ToList();
        foreach (var run in _missingSince.Keys.Where(run => !peers.Contains(run) || isLinked(run)).ToList())
        {
            _missingSince.Remove(run);
        }

        foreach (var run in peers.Where(run => !isLinked(run)))
        {
            _missingSince.TryAdd(run, now);
        }

        // Who was cut off comes back when all links are there, so that a bad one does not make shards go to and fro.
        _isCutOff = _isCutOff ? _missingSince.Count > 0 : IsCutOff(self.Incarnation, peers, now);
        IsNew &= _isCutOff;
        return _isCutOff;
    }

    /// <summary>A new run begins.</summary>
    public void Restart()
    {
        _missingSince.Clear();
        _isCutOff = true;
        IsNew = true;
    }

    private bool IsCutOff(long self, List<long> peers, TimeSpan now)
    {
        var missing = _missingSince.Where(peer => now - peer.Value >= patience).Select(peer => peer.Key).ToList();
        var reached = peers.Count + 1 - missing.Count;
        var isSmaller = reached * 2 < peers.Count + 1;
        var oldestReached = peers.Except(missing).Append(self).Min();
        var isEqualAndYounger = reached * 2 == peers.Count + 1 && missing.Min() < oldestReached;

        // The others of a smaller part have said so by now: these two miss only each other.
        var misses = _missingSince.Any(peer => peer.Key < self && now - peer.Value >= patience * 2);
        return isSmaller || isEqualAndYounger || misses;
    }
}
