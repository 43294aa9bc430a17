using AkkaParty.Runtime.Entities;

namespace AkkaParty.Runtime.Journal;

/// <summary>An entity's state at one sequence number. It only saves time: the events alone are the truth.</summary>
/// <param name="Seq">The last event it includes.</param>
/// <param name="SchemaVersion">The shape's version; a reader ignores any other than its own.</param>
/// <param name="Payload">The state's bytes.</param>
public readonly record struct Snapshot(long Seq, int SchemaVersion, ReadOnlyMemory<byte> Payload);

/// <summary>Keeps the newest snapshot of each entity.</summary>
public interface ISnapshotStore
{
    /// <summary>Stores a snapshot unless a newer one (a higher <see cref="Snapshot.Seq"/>) is there: snapshots only grow.</summary>
    /// <param name="address">The entity.</param>
    /// <param name="snapshot">The snapshot; its bytes are the caller's again when the task has completed.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A task that completes when it is stored or was not needed.</returns>
    /// <exception cref="JournalUnavailableException">The store is away; losing a snapshot loses nothing but time.</exception>
    ValueTask SaveAsync(EntityAddress address, Snapshot snapshot, CancellationToken cancellationToken);

    /// <summary>Finds the newest snapshot.</summary>
    /// <param name="address">The entity.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The snapshot, or null.</returns>
    /// <exception cref="JournalUnavailableException">The store is away; try again.</exception>
    ValueTask<Snapshot?> FindAsync(EntityAddress address, CancellationToken cancellationToken);

    /// <summary>Removes an entity's snapshot: it contradicted the journal.</summary>
    /// <param name="address">The entity.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A task that completes when it is gone.</returns>
    /// <exception cref="JournalUnavailableException">The store is away; try again.</exception>
    ValueTask RemoveAsync(EntityAddress address, CancellationToken cancellationToken);
}
