namespace AkkaParty.Runtime.Membership;

/// <summary>Members and shard homes in memory, for nodes of one process; gone with it.</summary>
/// <param name="time">What stands for the store's clock.</param>
public sealed class InMemoryLeaseStore(TimeProvider time) : ILeaseStore
{
    private readonly Lock _lock = new();
    private ClusterRecord _cluster = ClusterRecordChanges.Empty;
    private readonly MemberClocks _clocks = new();
    private long _incarnation;

    /// <inheritdoc />
    public bool IsExclusive { get; init; }

    /// <inheritdoc />
    public ValueTask<JoinOutcome> JoinAsync(JoinRequest request, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<JoinOutcome>(cancellationToken);
        }

        lock (_lock)
        {
            var joined = Replace(_cluster.Join(request, _incarnation + 1));
            _incarnation += joined ? 1 : 0;
            return new ValueTask<JoinOutcome>(_clocks.Outcome(_cluster, request.Name, joined));
        }
    }

    /// <inheritdoc />
    public ValueTask<Pulse?> HeartbeatAsync(NodeIdentity node, DateTimeOffset clusterTime, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<Pulse?>(cancellationToken);
        }

        lock (_lock)
        {
            var now = time.GetUtcNow();
            _clocks.Set(node, clusterTime - now);
            return new ValueTask<Pulse?>(Replace(_cluster.Beat(node)) ? _clocks.Pulse(_cluster, now) : null);
        }
    }

    /// <inheritdoc />
    public ValueTask<ClusterRecord> ReadAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<ClusterRecord>(cancellationToken);
        }

        lock (_lock)
        {
            return new ValueTask<ClusterRecord>(_cluster);
        }
    }

    /// <inheritdoc />
    public ValueTask<ClusterRecord> UpdateAsync(Func<ClusterRecord, ClusterRecord> change, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<ClusterRecord>(cancellationToken);
        }

        lock (_lock)
        {
            Replace(_cluster.Apply(change));
            return new ValueTask<ClusterRecord>(_cluster);
        }
    }

    /// <inheritdoc />
    public ValueTask LeaveAsync(NodeIdentity node, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        lock (_lock)
        {
            Replace(_cluster.Leave(node));
        }

        return ValueTask.CompletedTask;
    }

    private bool Replace(ClusterRecord cluster)
    {
        var changed = !ReferenceEquals(cluster, _cluster);
        _cluster = cluster;
        return changed;
    }
}
