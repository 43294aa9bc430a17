using AkkaParty.Runtime.Entities;

namespace AkkaParty.Runtime.Journal;

/// <summary>An entity that must be woken.</summary>
/// <param name="Address">The entity.</param>
/// <param name="Shard">Its shard.</param>
/// <param name="DueAt">Its deadline, or null when it is woken because it must be kept alive.</param>
public readonly record struct Wakeup(EntityAddress Address, int Shard, DateTimeOffset? DueAt);

/// <summary>
/// The truth: every entity's events in order. Whoever moves an entity's head from N does so alone, and what was
/// appended is durable when the append ends. Driver errors are translated here and nowhere else.
/// </summary>
public interface IJournal : IAsyncDisposable
{
    /// <summary>The most operations one commit takes.</summary>
    int CommitOperationsMax { get; }

    /// <summary>
    /// Carries out all operations in one commit and sets each one's <see cref="AppendOperation.Outcome"/>. One entity's
    /// conflict never touches the others. An entity stands at most once in a batch. The journal does not keep the
    /// list or its operations after the returned task completes, and the task never fails for a store's error.
    /// </summary>
    /// <param name="operations">At most <see cref="CommitOperationsMax"/> operations.</param>
    /// <param name="cancellationToken">Stops waiting; what was not answered becomes <see cref="AppendOutcome.Unknown"/>.</param>
    /// <returns>A task that completes when every operation has its outcome.</returns>
    ValueTask CommitAsync(IReadOnlyList<AppendOperation> operations, CancellationToken cancellationToken);

    /// <summary>Reads one entity's events in order.</summary>
    /// <param name="address">The entity.</param>
    /// <param name="afterSeq">Only events above this number; 0 for all.</param>
    /// <param name="onEntry">Called with each event in order; the payload may be kept.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The entity's head: the last sequence number, 0 when it has none.</returns>
    /// <exception cref="JournalUnavailableException">The store is away; try again.</exception>
    /// <exception cref="JournalDamagedException">The stored events have a gap or cannot be read.</exception>
    ValueTask<long> ReadEntityAsync(
        EntityAddress address, long afterSeq, Action<JournalEntry> onEntry, CancellationToken cancellationToken);

    /// <summary>Reads one event of an entity.</summary>
    /// <param name="address">The entity.</param>
    /// <param name="seq">Its number.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The event, or null when there is none.</returns>
    /// <exception cref="JournalUnavailableException">The store is away; try again.</exception>
    ValueTask<JournalEntry?> ReadEntryAsync(EntityAddress address, long seq, CancellationToken cancellationToken);

    /// <summary>Reads the whole journal in its one order.</summary>
    /// <param name="afterOffset">Only records above this offset; 0 for all.</param>
    /// <param name="recordsMax">At most this many, 1 to 10,000.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The records in order; empty at the end. A record is shown only when none can appear before it any more.</returns>
    /// <exception cref="JournalUnavailableException">The store is away; try again.</exception>
    ValueTask<IReadOnlyList<JournalRecord>> ReadAllAsync(long afterOffset, int recordsMax, CancellationToken cancellationToken);

    /// <summary>Finds the entities of some shards that have a deadline at or before an instant, or must be kept alive.</summary>
    /// <param name="shards">Whose entities: numbers of 0 to 255, each once.</param>
    /// <param name="until">The instant.</param>
    /// <param name="wakeupsMax">At most this many, earliest deadline first, kept-alive ones before them.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>The entities.</returns>
    /// <exception cref="JournalUnavailableException">The store is away; try again.</exception>
    ValueTask<IReadOnlyList<Wakeup>> ReadWakeupsAsync(
        IReadOnlyList<int> shards, DateTimeOffset until, int wakeupsMax, CancellationToken cancellationToken);
}

/// <summary>The store is away or too slow; the same call may succeed later.</summary>
public sealed class JournalUnavailableException : Exception
{
    /// <summary>Says what could not be done.</summary>
    /// <param name="message">What could not be done.</param>
    /// <param name="innerException">The driver's error.</param>
    public JournalUnavailableException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

/// <summary>What is stored contradicts itself. Nothing is repaired or overwritten by itself.</summary>
public sealed class JournalDamagedException : Exception
{
    /// <summary>Says what is wrong.</summary>
    /// <param name="message">What is wrong, with the entity and the sequence number.</param>
    /// <param name="innerException">The driver's error, if there is one.</param>
    public JournalDamagedException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
