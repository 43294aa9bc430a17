using AkkaParty.Runtime.Entities;

namespace AkkaParty.Runtime.Journal;

/// <summary>Snapshots in memory, gone with the process.</summary>
public sealed class InMemorySnapshotStore : ISnapshotStore
{
    private readonly Lock _lock = new();
    private readonly Dictionary<EntityAddress, Snapshot> _snapshots = [];

    /// <inheritdoc />
    public ValueTask SaveAsync(EntityAddress address, Snapshot snapshot, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        lock (_lock)
        {
            if (!_snapshots.TryGetValue(address, out var stored) || stored.Seq <= snapshot.Seq)
            {
                _snapshots[address] = snapshot with { Payload = snapshot.Payload.ToArray() };
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask<Snapshot?> FindAsync(EntityAddress address, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<Snapshot?>(cancellationToken);
        }

        lock (_lock)
        {
            return new ValueTask<Snapshot?>(_snapshots.TryGetValue(address, out var snapshot) ? snapshot : null);
        }
    }

    /// <inheritdoc />
    public ValueTask RemoveAsync(EntityAddress address, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        lock (_lock)
        {
            _snapshots.Remove(address);
        }

        return ValueTask.CompletedTask;
    }
}
