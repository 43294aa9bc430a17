using System.Collections.Immutable;
using AkkaParty.Runtime.Diagnostics;
using AkkaParty.Runtime.Membership;

namespace AkkaParty.Runtime.Sharding;

/// <summary>
/// Turns what the store says about homes into what this node does: shards that are its own are served, shards that must go are
/// emptied first, everything else is elsewhere or nowhere. Without its lease it serves nothing.
/// </summary>
/// <param name="homes">Where every region looks.</param>
/// <param name="lease">Without it nothing is served.</param>
/// <param name="time">For how long hand-offs take.</param>
/// <param name="metrics">The cluster's numbers.</param>
/// <param name="events">Who wants to know.</param>
internal sealed class ShardRelocation(
    ShardHomes homes, NodeLease lease, TimeProvider time, ClusterMetrics metrics, RuntimeEvents events)
{
    private readonly Lock _gate = new();
    private ImmutableArray<ShardRegion> _regions = [];
    private readonly HandOff?[] _handOffs = new HandOff?[ShardId.Count];
    private readonly SortedSet<int> _emptied = [];
    private readonly SortedDictionary<string, ShardHome> _remotes = new(StringComparer.Ordinal);
    private bool _isFenced;
    private bool _isClosed;

    /// <summary>Told when a shard that must go is empty; not under any lock.</summary>
    public Action? Emptied { get; set; }

    /// <summary>Told which shards are served from now on; not under any lock.</summary>
    public Action<IReadOnlyList<int>>? Claimed { get; set; }

    /// <summary>The shards that must go and are empty.</summary>
    public IReadOnlySet<int> EmptiedShards
    {
        get
        {
            lock (_gate)
            {
                return new SortedSet<int>(_emptied);
            }
        }
    }

    /// <summary>The shards that are served here.</summary>
    public IReadOnlyList<int> Local => [.. ShardId.All.Where(shard => homes[shard].Kind == HomeKind.Local)];

    /// <summary>Adds the door to another kind. Before anything is adopted; what looks for overdue calls may be running already.</summary>
    /// <param name="region">The door.</param>
    public void Add(ShardRegion region) => ImmutableInterlocked.Update(ref _regions, regions => regions.Add(region));

    /// <summary>Acts on what the store says.</summary>
    /// <param name="record">Members and homes.</param>
    /// <param name="self">This node's name.</param>
    /// <returns>False when nothing was done, because the lease has run out meanwhile.</returns>
    public bool Adopt(ClusterRecord record, string self)
    {
        List<int> changed = [];
        List<int> claimed = [];
        List<HandOff> begun = [];
        List<RuntimeEvent> happened = [];
        lock (_gate)
        {
            if (_isClosed || lease.HasLapsed)
            {
                return false;
            }

            if (_isFenced)
            {
                _isFenced = false;
                happened.Add(new Unfenced());
            }

            foreach (var home in record.Homes)
            {
                var before = homes[home.Shard];
                var after = HomeOf(home, self, begun, happened);
                if (after == before)
                {
                    continue;
                }

                homes[home.Shard] = after;
                changed.Add(home.Shard);
                if (after.Kind == HomeKind.Local)
                {
                    claimed.Add(home.Shard);
                    happened.Add(new ShardClaimed(home.Shard, home.Epoch));
                }
            }
        }

        Tell(happened);
        Spread(changed);
        begun.ForEach(handOff => handOff.Run(_regions));
        if (claimed.Count > 0)
        {
            Claimed?.Invoke(claimed);
        }

        return true;
    }

    /// <summary>The lease has run out, or the run is over: nothing is served, and every entity leaves memory.</summary>
    /// <returns>False when it was so already.</returns>
    public bool Fence()
    {
        lock (_gate)
        {
            if (_isFenced || _isClosed)
            {
                return false;
            }

            _isFenced = true;
            LeaveAll(ShardHome.Away);
        }

        Spread(ShardId.All);
        AbandonAll();
        return true;
    }

    /// <summary>The node has left: nothing is served any more.</summary>
    public void Close()
    {
        Shut();
        AbandonAll();
    }

    /// <summary>Nothing has a home any more: whatever waits for one is told so. Entities stay, and finish what they do.</summary>
    public void Shut()
    {
        lock (_gate)
        {
            _isClosed = true;
            LeaveAll(ShardHome.Closed);
        }

        Spread(ShardId.All);
    }

    /// <summary>Gives up the entities that take too long to finish, so that their shards move all the same.</summary>
    /// <param name="timeout">How long they may take.</param>
    public void ForceOverdue(TimeSpan timeout)
    {
        List<HandOff> forced = [];
        lock (_gate)
        {
            foreach (var slow in _handOffs)
            {
                // Where nobody waits for the shard, its entities may take as long as the node's end does.
                if (slow is { IsForced: false } && homes[slow.Shard].Kind == HomeKind.Unknown && !_emptied.Contains(slow.Shard)
                    && time.GetElapsedTime(slow.StartedAt) >= timeout)
                {
                    forced.Add(new HandOff(slow.Shard, slow.StartedAt, isForced: true, Ended));
                }
            }

            forced.ForEach(handOff => _handOffs[handOff.Shard] = handOff);
        }

        forced.ForEach(handOff => handOff.Run(_regions));
    }

    /// <summary>Refuses what has waited too long for a home.</summary>
    /// <param name="timeout">How long it may wait.</param>
    public void Expire(TimeSpan timeout)
    {
        var since = time.GetTimestamp() - (long)(timeout.TotalSeconds * time.TimestampFrequency);
        foreach (var region in _regions)
        {
            region.Expire(since);
        }
    }

    private ShardHome HomeOf(ShardHomeRecord record, string self, List<HandOff> begun, List<RuntimeEvent> happened)
    {
        var shard = record.Shard;
        if (record.Owner != self || record.Target == self)
        {
            // Whoever has another owner now is empty here: only its home gives a shard away, with a change that was made of a record in
            // which it was on its way, and by then it had emptied it.
            if (_handOffs[shard] is not null && record.Owner != self)
            {
                happened.Add(new ShardReleased(shard, record.Owner));
            }

            _handOffs[shard] = null;
            _emptied.Remove(shard);
            return record.Owner == self ? ShardHome.Local : record.Owner is { } owner ? RemoteHome(owner) : ShardHome.Unknown;
        }

        if (_handOffs[shard] is null)
        {
            var handOff = new HandOff(shard, time.GetTimestamp(), isForced: false, Ended);
            _handOffs[shard] = handOff;
            begun.Add(handOff);
            happened.Add(new HandOffBegun(shard, record.Target));
        }

        // Where nobody takes it there is nothing to wait for.
        return record.Target is null ? ShardHome.Closed : ShardHome.Unknown;
    }

    private ShardHome RemoteHome(string node)
    {
        if (!_remotes.TryGetValue(node, out var home))
        {
            home = ShardHome.Remote(node);
            _remotes.Add(node, home);
        }

        return home;
    }

    private void Ended(HandOff handOff)
    {
        lock (_gate)
        {
            if (_handOffs[handOff.Shard] != handOff)
            {
                return;
            }

            _emptied.Add(handOff.Shard);
        }

        metrics.HandedOff(time.GetElapsedTime(handOff.StartedAt));
        Tell([new HandOffEnded(handOff.Shard, handOff.IsForced)]);
        Emptied?.Invoke();
    }

    private void LeaveAll(ShardHome home)
    {
        Array.Clear(_handOffs);
        _emptied.Clear();
        foreach (var shard in ShardId.All)
        {
            homes[shard] = home;
        }
    }

    private void AbandonAll()
    {
        foreach (var shard in ShardId.All)
        {
            Abandon(shard);
        }
    }

    private void Abandon(int shard)
    {
        foreach (var region in _regions)
        {
            region.Abandon(shard, static () => { }, static () => { });
        }
    }

    /// <summary>Outside the lock: whoever has waited goes on here.</summary>
    private void Spread(IReadOnlyList<int> changed)
    {
        foreach (var shard in changed)
        {
            foreach (var region in _regions)
            {
                region.HomeChanged(shard);
            }
        }
    }

    private void Tell(List<RuntimeEvent> happened)
    {
        if (events.Heard)
        {
            happened.ForEach(events.Publish);
        }
    }
}
