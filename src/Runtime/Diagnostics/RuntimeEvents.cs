using AkkaParty.Runtime.Entities;

namespace AkkaParty.Runtime.Diagnostics;

/// <summary>Something that happened in the runtime, for tests and operators to wait on.</summary>
public abstract record RuntimeEvent;

/// <summary>Something that happened to one entity.</summary>
/// <param name="Address">The entity.</param>
public abstract record EntityEvent(EntityAddress Address) : RuntimeEvent;

/// <summary>An entity was read back from the store.</summary>
/// <param name="Address">The entity.</param>
/// <param name="Seq">Its head.</param>
/// <param name="Replayed">How many events were replayed on top of the snapshot.</param>
public sealed record EntityRecovered(EntityAddress Address, long Seq, long Replayed) : EntityEvent(Address);

/// <summary>An entity could not be read back.</summary>
/// <param name="Address">The entity.</param>
/// <param name="Error">Why.</param>
public sealed record EntityRecoveryFailed(EntityAddress Address, Exception Error) : EntityEvent(Address);

/// <summary>An idle entity left memory.</summary>
/// <param name="Address">The entity.</param>
public sealed record EntityPassivated(EntityAddress Address) : EntityEvent(Address);

/// <summary>A bug stopped an entity; it recovers at its next message.</summary>
/// <param name="Address">The entity.</param>
/// <param name="Error">The bug.</param>
public sealed record EntityStopped(EntityAddress Address, Exception Error) : EntityEvent(Address);

/// <summary>A snapshot was stored.</summary>
/// <param name="Address">The entity.</param>
/// <param name="Seq">The last event it includes.</param>
public sealed record SnapshotSaved(EntityAddress Address, long Seq) : EntityEvent(Address);

/// <summary>A snapshot contradicted the journal and was thrown away: an alarm.</summary>
/// <param name="Address">The entity.</param>
/// <param name="Seq">What the snapshot claimed.</param>
/// <param name="Head">What the journal holds.</param>
public sealed record SnapshotDiscarded(EntityAddress Address, long Seq, long Head) : EntityEvent(Address);

/// <summary>An append met another head, or its outcome is not known: the entity replays.</summary>
/// <param name="Address">The entity.</param>
/// <param name="Outcome">Which of the two.</param>
public sealed record AppendLost(EntityAddress Address, Journal.AppendOutcome Outcome) : EntityEvent(Address);

/// <summary>A deadline passed and its command was decided.</summary>
/// <param name="Address">The entity.</param>
/// <param name="Due">The instant.</param>
public sealed record DeadlineFired(EntityAddress Address, DateTimeOffset Due) : EntityEvent(Address);

/// <summary>Where the runtime's events can be listened to.</summary>
public sealed class RuntimeEvents
{
    /// <summary>Called synchronously, on the thread where it happened; it must be quick and must not throw.</summary>
    public event Action<RuntimeEvent>? Happened;

    /// <summary>Whether anybody listens; without a listener no event object is made.</summary>
    internal bool Heard => Happened is not null;

    internal void Publish(RuntimeEvent happened) => Happened?.Invoke(happened);
}
