using AkkaParty.Runtime.Diagnostics;
using AkkaParty.Runtime.Remoting;
using AkkaParty.Runtime.Sharding;
using Microsoft.Extensions.Logging;

namespace AkkaParty.Runtime.Membership;

/// <summary>What a member needs.</summary>
internal sealed record MemberSurroundings(
    RuntimeOptions Options,
    ILeaseStore Leases,
    INodeTransport Transport,
    ClusterTime Time,
    NodeLease Lease,
    ShardRelocation Shards,
    ClusterMetrics Metrics,
    RuntimeEvents Events,
    ILogger Logger);

/// <summary>
/// This node as a member of its cluster: joins, gives signs of life, judges those of the others, acts on what it reads, and
/// leaves. Two lanes: heartbeats, and looks at members and homes; each runs at most one call to the store at a time, and
/// neither waits for the other.
/// </summary>
internal sealed partial class ClusterMember : IDisposable
{
    private static readonly TimeSpan GapMin = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly RuntimeOptions _options;
    private readonly ILeaseStore _leases;
    private readonly INodeTransport _transport;
    private readonly ClusterTime _time;
    private readonly NodeLease _lease;
    private readonly ShardRelocation _shards;
    private readonly ClusterMetrics _metrics;
    private readonly RuntimeEvents _events;
    private readonly ILogger _logger;
    private string _address = "";
    private NodeIdentity? _self;
    private ClusterRecord? _cluster;
    private NodePhase _phase = NodePhase.Starting;
    private DateTimeOffset _since;
    private bool _isStoreAway;
    private bool _isDisposed;

    public ClusterMember(MemberSurroundings surroundings)
    {
        (_options, _leases, _transport, _time, _lease, _shards, _metrics, _events, _logger) = surroundings;
        _since = _time.GetUtcNow();

        // Two clocks may run apart by a hundredth; a tenth leaves room for slow answers as well.
        _silenceMax = _options.LeaseDuration * 1.1;
        var gapMax = _options.HeartbeatInterval * 4;
        _judge = new LivenessJudge(_silenceMax, gapMax > GapMin ? gapMax : GapMin);
        _links = new LinkJudge(_options.LinkPatience);
        _beatTimer = _time.CreateTimer(
            static self => ((ClusterMember)self!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _leaseTimer = _time.CreateTimer(
            static self => ((ClusterMember)self!).CheckLease(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _shards.Emptied = () => _ = LookAsync();
    }

    /// <summary>Whether there is a link to a run of a peer; null where there are no links.</summary>
    public Func<long, bool>? IsLinked { get; set; }

    /// <summary>Tells the other members that members or homes have changed; it may be lost, and must not block.</summary>
    public Action? PokePeers { get; set; }

    /// <summary>This run, while it is a member.</summary>
    public NodeIdentity? Self => Volatile.Read(ref _self);

    /// <summary>What was read last; null before the first time.</summary>
    public ClusterRecord? Cluster => Volatile.Read(ref _cluster);

    /// <summary>How this node is.</summary>
    public NodeStatus Status
    {
        get
        {
            lock (_gate)
            {
                return new NodeStatus(_phase, _self, _lease.Remaining, _since);
            }
        }
    }

    /// <summary>Whether this node had its links to the others, and has said that it is cut off from them.</summary>
    public bool IsCutOff
    {
        get
        {
            lock (_gate)
            {
                return _phase == NodePhase.CutOff && !_links.IsNew;
            }
        }
    }

    /// <summary>Joins and takes over its share.</summary>
    /// <param name="address">Where the others reach this node; empty when they do not.</param>
    /// <param name="cancellationToken">Stops trying.</param>
    /// <exception cref="MembershipException">It cannot be a member as it is configured.</exception>
    public async Task StartAsync(string address, CancellationToken cancellationToken)
    {
        _address = address;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        await EnterClusterAsync(isFirst: true, either.Token);
    }

    /// <summary>A peer says that something changed, or a link to one broke: look now instead of at the next heartbeat.</summary>
    public void Poke() => _ = LookAsync();

    /// <summary>A peer may be dead: hear whether the store knows.</summary>
    public void Suspect() => Beat(again: true);

    /// <summary>Hands every shard over and takes no new one; goes on routing.</summary>
    /// <param name="timeout">The longest to wait.</param>
    /// <returns>Whether everything was handed over.</returns>
    public async Task<bool> DrainAsync(TimeSpan timeout)
    {
        if (Self is not { } self)
        {
            return true;
        }

        if (!_lease.IsEndless)
        {
            _logger.Drains(_shards.Local.Count);
        }

        lock (_gate)
        {
            _isLeaving = true;
        }

        Enter(NodePhase.Draining);
        using var alarm = new CancellationTokenSource(timeout, _time);
        using var late = alarm.Token.Register(EndAdoptionWaits);
        if (!await LookAsync() && _lease.IsEndless)
        {
            return false;
        }

        while (true)
        {
            // The wait begins before the state is looked at, so no change between the two is missed.
            var next = NextAdoption();
            if (HasHandedOver(self))
            {
                return true;
            }

            if (alarm.IsCancellationRequested)
            {
                _logger.DrainTimedOut(Cluster?.Homes.Count(home => home.Owner == self.Name) ?? 0, timeout);
                return false;
            }

            await next;
        }
    }

    /// <summary>Leaves for good: the name is free, and nothing is served any more.</summary>
    public async Task StopAsync()
    {
        lock (_gate)
        {
            if (_phase == NodePhase.Stopped)
            {
                return;
            }
        }

        var self = Self;
        Enter(NodePhase.Stopped);
        EndTries();
        _shards.Close();
        if (self is null)
        {
            return;
        }

        _lease.End();
        await TellLeaveAsync(self);
        PokePeers?.Invoke();
        _transport.SetPeers(self, []);
    }

    /// <summary>Removes a member, whatever it says: it finds out, forgets everything and joins anew.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>False when there is no such member.</returns>
    /// <exception cref="Journal.JournalUnavailableException">The store is away.</exception>
    public Task<bool> DownAsync(string name) => ChangeMemberAsync(name, (cluster, member) => cluster.Leave(member.Node));

    /// <summary>Has a member hand its shards over and take no new ones.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>False when there is no such member.</returns>
    /// <exception cref="Journal.JournalUnavailableException">The store is away.</exception>
    public Task<bool> LeaveAsync(string name) =>
        ChangeMemberAsync(name, (cluster, member) => cluster.Mark(member.Node.Name, MemberStanding.Leaving));

    /// <summary>Assigns the shards anew, as every change of members does by itself.</summary>
    /// <exception cref="Journal.JournalUnavailableException">The store is away.</exception>
    public async Task RebalanceAsync()
    {
        await _leases.UpdateAsync(cluster => Settle(cluster), CancellationToken.None);
        PokePeers?.Invoke();
        await LookAsync();
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        EndTries();
        _stopping.Dispose();
    }

    private static ClusterRecord Settle(ClusterRecord cluster) => cluster.Assign().HandOver("", new SortedSet<int>());

    private async Task<bool> ChangeMemberAsync(string name, Func<ClusterRecord, MemberRecord, ClusterRecord> change)
    {
        var found = false;
        await _leases.UpdateAsync(
            cluster =>
            {
                var member = cluster.Members.FirstOrDefault(member => member.Node.Name == name);
                found = member is not null;
                return member is null ? cluster : Settle(change(cluster, member));
            },
            CancellationToken.None);
        PokePeers?.Invoke();
        await LookAsync();
        return found;
    }

    private async Task TellLeaveAsync(NodeIdentity self)
    {
        try
        {
            using var timeout = new CancellationTokenSource(_options.LeaseDuration, _time);
            await _leases.LeaveAsync(self, timeout.Token);
            if (!_lease.IsEndless)
            {
                _logger.HasLeft();
            }
        }
        catch (Exception error) when (error is Journal.JournalUnavailableException or OperationCanceledException)
        {
            _logger.LeaveUntold(error);
        }
    }

    private bool HasHandedOver(NodeIdentity self) =>
        Cluster is not { } cluster || Self != self || cluster.Homes.All(home => home.Owner != self.Name);

    private void EndTries()
    {
        _stopping.Cancel();
        _beatTimer.Dispose();
        _leaseTimer.Dispose();
    }

    private void Enter(NodePhase phase)
    {
        lock (_gate)
        {
            if (_phase == phase || _phase == NodePhase.Stopped)
            {
                return;
            }

            _phase = phase;
            _since = _time.GetUtcNow();
        }

        if (_events.Heard)
        {
            _events.Publish(new PhaseEntered(phase));
        }
    }

    private void NoteStore(bool isAway, Exception? error = null)
    {
        lock (_gate)
        {
            if (_isStoreAway == isAway)
            {
                return;
            }

            _isStoreAway = isAway;
        }

        if (isAway)
        {
            _logger.StoreAway(error);
        }
        else
        {
            _logger.StoreBack();
        }
    }
}
