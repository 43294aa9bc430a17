namespace AkkaParty.Runtime.Entities;

/// <summary>When an entity's state is stored as a snapshot, so that recovery need not replay everything.</summary>
/// <param name="EveryEvents">A snapshot after this many events since the last; 0 means never.</param>
public readonly record struct SnapshotPolicy(int EveryEvents)
{
    /// <summary>No snapshots: recovery always replays from the first event.</summary>
    public static SnapshotPolicy Never => new(0);

    /// <summary>The usual rhythm: at most 99 events are replayed on top of a snapshot.</summary>
    public static SnapshotPolicy Default => new(100);
}
