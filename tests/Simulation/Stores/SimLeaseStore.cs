using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Membership;
using AkkaParty.Simulation.Faults;

namespace AkkaParty.Simulation.Stores;

/// <summary>One node run's lease connection.</summary>
internal sealed class SimLeaseStore(SimStore store, StoreLine line, string name) : ILeaseStore
{
    // Well below any lease, as a real one is configured.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    public ValueTask<JoinOutcome> JoinAsync(JoinRequest request, CancellationToken cancellationToken) =>
        CallAsync(() => store.Cluster.Join(request), cancellationToken, isChange: true);

    public async ValueTask<Pulse?> HeartbeatAsync(NodeIdentity node, DateTimeOffset clusterTime, CancellationToken cancellationToken)
    {
        var pulse = await CallAsync(() => store.Cluster.Beat(node, clusterTime), cancellationToken);

        // At the next instant: when the node has made of the answer what it makes of it.
        store.World.After(TimeSpan.FromTicks(1), () => store.Cluster.LookAgain(node));
        return pulse;
    }

    public ValueTask<ClusterRecord> ReadAsync(CancellationToken cancellationToken) =>
        CallAsync(() => store.Cluster.Record, cancellationToken);

    public ValueTask<ClusterRecord> UpdateAsync(Func<ClusterRecord, ClusterRecord> change, CancellationToken cancellationToken) =>
        CallAsync(() => store.Cluster.Update(Twice(change), name), cancellationToken, isChange: true);

    public async ValueTask LeaveAsync(NodeIdentity node, CancellationToken cancellationToken) =>
        await CallAsync(
            () =>
            {
                store.Cluster.Leave(node);
                return true;
            },
            cancellationToken,
            isChange: true);

    /// <summary>A change may run twice, and then nothing may come of the first time.</summary>
    private Func<ClusterRecord, ClusterRecord> Twice(Func<ClusterRecord, ClusterRecord> change)
    {
        if (!store.Random.Chance(0.05))
        {
            return change;
        }

        return cluster =>
        {
            change(cluster);
            return change(cluster);
        };
    }

    private async ValueTask<T> CallAsync<T>(Func<T> execute, CancellationToken cancellationToken, bool isChange = false)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var ended = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        T result = default!;
        var hasExecuted = false;
        long? givenUpAt = null;
        await using var registration = cancellationToken.Register(() => ended.TrySetCanceled(cancellationToken));
        store.Call(
            line,
            Timeout,
            () =>
            {
                // A change takes the place of what it was made of. Whoever has given up does not make it anew from something else.
                if (!isChange || givenUpAt is null || givenUpAt == store.Cluster.Record.Version)
                {
                    result = execute();
                    hasExecuted = true;
                }
            },
            end =>
            {
                if (end == CallEnd.Answered)
                {
                    ended.TrySetResult(result);
                    return;
                }

                givenUpAt = store.Cluster.Record.Version;
                if (hasExecuted)
                {
                    store.Coverage.Add(Seen.LeaseAnswerLost);
                }

                ended.TrySetException(new JournalUnavailableException($"The lease connection failed: {end}."));
            });
        return await ended.Task;
    }
}
