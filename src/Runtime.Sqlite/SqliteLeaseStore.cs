using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Sqlite.Raw;
using AkkaParty.Runtime.Sqlite.Writing;

namespace AkkaParty.Runtime.Sqlite;

/// <summary>
/// Members and shard homes of a node that is alone: the data directory's lock keeps every other process out. So
/// members and heartbeats live in memory, and only the numbers that must never go back are stored: the version, the
/// last incarnation and the homes' epochs.
/// </summary>
internal sealed class SqliteLeaseStore : ILeaseStore
{
    private readonly WriterThread _writer;
    private readonly Lock _lock = new();
    private ClusterRecord _cluster;
    private readonly MemberClocks _clocks = new();
    private readonly TimeProvider _time;
    private long _incarnation;

    /// <summary>Reads what is stored. A member of an earlier process is dead, so its homes are nobody's.</summary>
    /// <param name="writer">The writer.</param>
    /// <param name="database">Its connection, before its first request.</param>
    /// <param name="time">What stands for the store's clock.</param>
    public SqliteLeaseStore(WriterThread writer, Database database, TimeProvider time)
    {
        _writer = writer;
        _time = time;
        _incarnation = database.ReadNumber("SELECT incarnation FROM cluster");
        var homes = ClusterRecordChanges.Empty.Homes.ToArray();
        using var row = database.Prepare("SELECT shard, owner, target, epoch FROM shard_homes");
        while (row.Step())
        {
            var shard = (int)row.Number(0);
            var owned = !row.IsNull(1);
            homes[shard] = new ShardHomeRecord(shard, null, row.TextOrNull(2), row.Number(3) + (owned ? 1 : 0));
        }

        _cluster = new ClusterRecord(database.ReadNumber("SELECT version FROM cluster") + 1, [], homes);
    }

    /// <inheritdoc />
    public bool IsExclusive => true;

    /// <inheritdoc />
    public async ValueTask<JoinOutcome> JoinAsync(JoinRequest request, CancellationToken cancellationToken)
    {
        JoinOutcome? outcome = null;
        await ChangeAsync(
            before =>
            {
                var after = before.Join(request, _incarnation + 1);
                outcome = _clocks.Outcome(after, request.Name, joined: !ReferenceEquals(before, after));
                return after;
            },
            cancellationToken);
        return outcome!;
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
            var after = _cluster.Beat(node);
            var isMember = !ReferenceEquals(after, _cluster);
            _cluster = after;
            var now = _time.GetUtcNow();
            _clocks.Set(node, clusterTime - now);
            return new ValueTask<Pulse?>(isMember ? _clocks.Pulse(after, now) : null);
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
    public async ValueTask<ClusterRecord> UpdateAsync(Func<ClusterRecord, ClusterRecord> change, CancellationToken cancellationToken) =>
        await ChangeAsync(before => before.Apply(change), cancellationToken);

    /// <inheritdoc />
    public async ValueTask LeaveAsync(NodeIdentity node, CancellationToken cancellationToken) =>
        await ChangeAsync(before => before.Leave(node), cancellationToken);

    private async Task<ClusterRecord> ChangeAsync(Func<ClusterRecord, ClusterRecord> change, CancellationToken cancellationToken) =>
        await _writer.WriteAsync("storing members and shard homes", session => Change(session, change), cancellationToken);

    private ClusterRecord Change(WriteSession session, Func<ClusterRecord, ClusterRecord> change)
    {
        lock (_lock)
        {
            var before = _cluster;
            var after = change(before);
            if (ReferenceEquals(before, after))
            {
                return before;
            }

            _incarnation = Math.Max(_incarnation, after.Members.Select(member => member.Node.Incarnation).DefaultIfEmpty(0).Max());
            Store(session, after);
            _cluster = after;
            session.Undo.Push(() => Restore(before));
            return after;
        }
    }

    private void Restore(ClusterRecord before)
    {
        lock (_lock)
        {
            _cluster = before;
        }
    }

    private void Store(WriteSession session, ClusterRecord after)
    {
        var cluster = session.Prepare("UPDATE cluster SET version = ?1, incarnation = ?2");
        cluster.Bind(1, after.Version);
        cluster.Bind(2, _incarnation);
        cluster.Run();
        var home = session.Prepare(
            "INSERT INTO shard_homes (shard, owner, target, epoch) VALUES (?1, ?2, ?3, ?4) " +
            "ON CONFLICT (shard) DO UPDATE SET owner = excluded.owner, target = excluded.target, epoch = excluded.epoch " +
            "WHERE (owner, target, epoch) IS NOT (excluded.owner, excluded.target, excluded.epoch)");
        foreach (var record in after.Homes)
        {
            home.Bind(1, record.Shard);
            home.Bind(2, record.Owner);
            home.Bind(3, record.Target);
            home.Bind(4, record.Epoch);
            home.Run();
        }
    }
}
