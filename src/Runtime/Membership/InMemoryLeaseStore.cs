namespace AkkaParty.Runtime.Membership;

/// <summary>Members and shard homes in memory, for nodes of one process; gone with it.</summary>
public sealed class InMemoryLeaseStore : ILeaseStore
{
    private readonly Lock _lock = new();
    private ClusterRecord _cluster = ClusterRecordChanges.Empty;
    private long _incarnation;

    /// <inheritdoc />
    public ValueTask<NodeIdentity?> JoinAsync(string name, string address, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<NodeIdentity?>(cancellationToken);
        }

        lock (_lock)
        {
            var node = new NodeIdentity(name, ++_incarnation, address);
            return new ValueTask<NodeIdentity?>(Replace(_cluster.Join(node)) ? node : null);
        }
    }

    /// <inheritdoc />
    public ValueTask<long?> HeartbeatAsync(NodeIdentity node, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<long?>(cancellationToken);
        }

        lock (_lock)
        {
            return new ValueTask<long?>(Replace(_cluster.Beat(node)) ? _cluster.Version : null);
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
