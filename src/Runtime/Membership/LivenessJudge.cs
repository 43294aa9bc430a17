namespace AkkaParty.Runtime.Membership;

/// <summary>
/// Decides who is dead by this node's own monotonic clock: a member whose counter stood still for longer than its lease can
/// last, or whose connection the store saw end. It never judges itself, and starts over whenever its own view had a gap.
/// </summary>
/// <param name="silenceMax">How long a counter may stand still: the lease and a margin for clocks that run apart.</param>
/// <param name="gapMax">The longest time between two heartbeats of this node's own after which counters can still be compared.</param>
internal sealed class LivenessJudge(TimeSpan silenceMax, TimeSpan gapMax)
{
    private readonly SortedDictionary<long, Observation> _observations = [];
    private TimeSpan? _heardAt;
    private TimeSpan _sentAt;

    /// <summary>Looks at everybody's sign of life.</summary>
    /// <param name="self">This node's incarnation.</param>
    /// <param name="members">What the store answered.</param>
    /// <param name="sent">When the heartbeat was sent, on the monotonic clock.</param>
    /// <param name="received">When the answer came.</param>
    /// <returns>The members that are dead, by incarnation.</returns>
    public IReadOnlyList<MemberPulse> Observe(long self, IReadOnlyList<MemberPulse> members, TimeSpan sent, TimeSpan received)
    {
        if (_heardAt is not { } heardAt || received - heardAt > gapMax)
        {
            Restart();
        }

        (_heardAt, _sentAt) = (received, sent);
        foreach (var gone in _observations.Keys.Where(run => members.All(member => member.Incarnation != run)).ToList())
        {
            _observations.Remove(gone);
        }

        List<MemberPulse> dead = [];
        foreach (var member in members.Where(member => member.Incarnation != self))
        {
            if (!_observations.TryGetValue(member.Incarnation, out var seen) || seen.Counter != member.Counter)
            {
                // It moved at some instant before the answer came; counting from here can only favour it.
                seen = new Observation(member.Counter, received, _observations.ContainsKey(member.Incarnation));
                _observations[member.Incarnation] = seen;
            }

            if (member.HasGone || StoodStill(member.Incarnation))
            {
                dead.Add(member);
            }
        }

        return dead;
    }

    /// <summary>This node's own heartbeat failed: what stood still meanwhile may have been the store.</summary>
    public void Restart() => _observations.Clear();

    /// <summary>Whether a member's counter was seen to move since the last start.</summary>
    /// <param name="run">Its incarnation.</param>
    public bool HasMoved(long run) => _observations.TryGetValue(run, out var seen) && seen.Moved;

    /// <summary>Whether a member's counter stood still for longer than its lease can last, up to the last heartbeat.</summary>
    /// <param name="run">Its incarnation.</param>
    public bool StoodStill(long run) => _observations.TryGetValue(run, out var seen) && _sentAt - seen.Since >= silenceMax;

    private readonly record struct Observation(long Counter, TimeSpan Since, bool Moved);
}
