using System.Collections.Concurrent;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Postgres.Leasing;
using AkkaParty.Runtime.Postgres.Reading;

namespace AkkaParty.Runtime.Postgres;

/// <summary>
/// Members and shard homes as rows. A change is read, made and written if the version is still the one that was read: no lock is ever
/// held while a node thinks, so a node that is stopped in the middle keeps nobody waiting.
/// </summary>
internal sealed class PostgresLeaseStore(StoreConnections connections, ReadCalls calls) : ILeaseStore, IAsyncDisposable
{
    private const int AttemptsMax = 200;

    private readonly ConcurrentDictionary<long, (NodeIdentity Node, Lease Lease)> _leases = new();

    /// <inheritdoc />
    public async ValueTask<JoinOutcome> JoinAsync(JoinRequest request, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= AttemptsMax; attempt++)
        {
            var (before, last) = await ReadRowsAsync(cancellationToken);
            var after = before.Join(request, last + 1);
            if (ReferenceEquals(before, after))
            {
                if (await ReadHolderAsync(request.Name, cancellationToken) is { } holder)
                {
                    return new JoinOutcome(null, holder);
                }

                continue;
            }

            var node = new NodeIdentity(request.Name, last + 1, request.Address);
            if (await TryJoinAsync(before, after, node, request.FeatureLevel, cancellationToken))
            {
                return new JoinOutcome(node, null);
            }
        }

        throw TooMany();
    }

    /// <inheritdoc />
    public async ValueTask<Pulse?> HeartbeatAsync(NodeIdentity node, DateTimeOffset clusterTime, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_leases.TryGetValue(node.Incarnation, out var held))
        {
            return null;
        }

        var pulse = await held.Lease.BeatAsync(clusterTime, cancellationToken);
        if (pulse is null)
        {
            await ForgetAsync(node.Incarnation);
        }

        return pulse;
    }

    /// <inheritdoc />
    public async ValueTask<ClusterRecord> ReadAsync(CancellationToken cancellationToken) =>
        (await ReadRowsAsync(cancellationToken)).Cluster;

    /// <inheritdoc />
    public ValueTask<ClusterRecord> UpdateAsync(Func<ClusterRecord, ClusterRecord> change, CancellationToken cancellationToken) =>
        ChangeAsync(before => before.Apply(change), cancellationToken);

    /// <inheritdoc />
    public async ValueTask LeaveAsync(NodeIdentity node, CancellationToken cancellationToken)
    {
        await ChangeAsync(before => before.Leave(node), cancellationToken);
        await ForgetAsync(node.Incarnation);
    }

    /// <summary>The members that joined through this store and have not left.</summary>
    public IReadOnlyList<NodeIdentity> Joined => [.. _leases.Values.Select(held => held.Node)];

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var incarnation in _leases.Keys)
        {
            await ForgetAsync(incarnation);
        }
    }

    private static JournalUnavailableException TooMany() =>
        new($"Members and shard homes could not be changed: others changed them {AttemptsMax} times in between");

    // The lock is taken before anybody can see the member: without it, it would look as if it had died.
    private async Task<bool> TryJoinAsync(
        ClusterRecord before, ClusterRecord after, NodeIdentity node, int featureLevel, CancellationToken cancellationToken)
    {
        var lease = new Lease(connections.Leases, node.Name, node.Incarnation);
        var joined = false;
        try
        {
            await lease.OpenAsync(cancellationToken);
            joined = await WriteAsync(before, after, node.Incarnation, node, featureLevel, cancellationToken);
        }
        finally
        {
            if (joined)
            {
                _leases[node.Incarnation] = (node, lease);
            }
            else
            {
                await lease.DisposeAsync();
            }
        }

        return joined;
    }

    private async ValueTask<ClusterRecord> ChangeAsync(Func<ClusterRecord, ClusterRecord> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; attempt <= AttemptsMax; attempt++)
        {
            var (before, last) = await ReadRowsAsync(cancellationToken);
            var after = change(before);
            if (ReferenceEquals(before, after) || await WriteAsync(before, after, last, null, 0, cancellationToken))
            {
                return after;
            }
        }

        throw TooMany();
    }

    private ValueTask<(ClusterRecord Cluster, long Incarnation)> ReadRowsAsync(CancellationToken cancellationToken) => calls.RunAsync(
        "Reading members and shard homes", 0, static (database, _, token) => ClusterRows.ReadAsync(database, token), cancellationToken);

    private ValueTask<MemberPulse?> ReadHolderAsync(string name, CancellationToken cancellationToken) => calls.RunAsync(
        "Reading members", name, static (database, n, token) => ClusterRows.ReadPulseAsync(database, n, token), cancellationToken);

    private ValueTask<bool> WriteAsync(
        ClusterRecord before,
        ClusterRecord after,
        long incarnation,
        NodeIdentity? joined,
        int featureLevel,
        CancellationToken cancellationToken) =>
        calls.RunOnceAsync(
            "Storing members and shard homes",
            (before, after, incarnation, joined, featureLevel),
            static (database, s, token) =>
                ClusterRows.WriteAsync(database, s.before, s.after, s.incarnation, s.joined, s.featureLevel, token),
            cancellationToken);

    private async Task ForgetAsync(long incarnation)
    {
        if (_leases.TryRemove(incarnation, out var held))
        {
            await held.Lease.DisposeAsync();
        }
    }
}
