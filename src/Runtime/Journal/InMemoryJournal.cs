using AkkaParty.Runtime.Entities;

namespace AkkaParty.Runtime.Journal;

/// <summary>
/// A journal in memory: the encoded bytes of every event in one order, gone with the process. Commits complete
/// synchronously. Bytes are copied into large shared blocks, so that a million events are a few hundred objects.
/// </summary>
public sealed class InMemoryJournal : IJournal
{
    private readonly Lock _lock = new();
    private readonly Dictionary<EntityAddress, long> _keys = [];
    private readonly InMemoryRecords _records = new();
    private readonly SortedSet<(long DueTicks, long Key)> _due = [];
    private readonly SortedSet<long> _keptAlive = [];

    // Key 0 means "not known", so entity n stands at index n and index 0 stays empty.
    private readonly List<InMemoryEntity?> _entities = [null];

    /// <inheritdoc />
    public int CommitOperationsMax => 4096;

    /// <inheritdoc />
    public ValueTask CommitAsync(IReadOnlyList<AppendOperation> operations, CancellationToken cancellationToken)
    {
        Invariant.Check(operations.Count <= CommitOperationsMax, "a commit has more operations than the journal takes");
        lock (_lock)
        {
            for (var i = 0; i < operations.Count; i++)
            {
                var operation = operations[i];
                operation.Outcome = cancellationToken.IsCancellationRequested ? AppendOutcome.Refused : Commit(operation);
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc />
    public ValueTask<long> ReadEntityAsync(
        EntityAddress address, long afterSeq, Action<JournalEntry> onEntry, CancellationToken cancellationToken)
    {
        InMemoryEntity? entity;
        long[] offsets;
        int head;
        InMemoryRecords.View view;
        lock (_lock)
        {
            entity = Find(address);
            if (entity is null)
            {
                return new ValueTask<long>(0);
            }

            // What was appended never changes, so it is read outside the lock.
            offsets = entity.Offsets;
            head = entity.Head;
            view = _records.Current;
        }

        for (var seq = (int)Math.Clamp(afterSeq, 0, head) + 1; seq <= head; seq++)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                return ValueTask.FromCanceled<long>(cancellationToken);
            }

            onEntry(view[offsets[seq - 1]].Entry);
        }

        return new ValueTask<long>(head);
    }

    /// <inheritdoc />
    public ValueTask<JournalEntry?> ReadEntryAsync(EntityAddress address, long seq, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<JournalEntry?>(cancellationToken);
        }

        lock (_lock)
        {
            return Find(address) is { } entity && seq >= 1 && seq <= entity.Head
                ? new ValueTask<JournalEntry?>(_records.Current[entity.Offsets[seq - 1]].Entry)
                : new ValueTask<JournalEntry?>((JournalEntry?)null);
        }
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<JournalRecord>> ReadAllAsync(long afterOffset, int recordsMax, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<IReadOnlyList<JournalRecord>>(cancellationToken);
        }

        InMemoryRecords.View view;
        lock (_lock)
        {
            view = _records.Current;
        }

        var first = Math.Max(afterOffset, 0) + 1;
        var records = new JournalRecord[Math.Clamp(view.Count - first + 1, 0, recordsMax)];
        for (var i = 0; i < records.Length; i++)
        {
            records[i] = view[first + i];
        }

        return new ValueTask<IReadOnlyList<JournalRecord>>(records);
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<Wakeup>> ReadWakeupsAsync(
        IReadOnlyList<int> shards, DateTimeOffset until, int wakeupsMax, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<IReadOnlyList<Wakeup>>(cancellationToken);
        }

        var wakeups = new List<Wakeup>();
        var isAsked = new bool[Sharding.ShardId.Count];
        foreach (var shard in shards)
        {
            isAsked[shard] = true;
        }

        lock (_lock)
        {
            foreach (var key in _keptAlive)
            {
                if (wakeups.Count == wakeupsMax)
                {
                    break;
                }

                var entity = _entities[(int)key]!;
                if (isAsked[entity.Shard])
                {
                    wakeups.Add(new Wakeup(entity.Address, entity.Shard, null));
                }
            }

            foreach (var (dueTicks, key) in _due)
            {
                if (wakeups.Count == wakeupsMax || dueTicks > until.UtcTicks)
                {
                    break;
                }

                var entity = _entities[(int)key]!;
                if (!entity.KeepAlive && isAsked[entity.Shard])
                {
                    wakeups.Add(new Wakeup(entity.Address, entity.Shard, entity.DueAt));
                }
            }
        }

        return new ValueTask<IReadOnlyList<Wakeup>>(wakeups);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private AppendOutcome Commit(AppendOperation operation)
    {
        var entity = FindOrNull(operation);
        if ((entity?.Head ?? 0) != operation.ExpectedHead)
        {
            return AppendOutcome.Conflict;
        }

        if (operation.Entries.Count == 0)
        {
            return AppendOutcome.Appended;
        }

        for (var i = 0; i < operation.Entries.Count; i++)
        {
            Invariant.Check(
                operation.Entries[i].Seq == operation.ExpectedHead + 1 + i, "an append's sequence numbers are not consecutive");
        }

        entity ??= Add(operation);
        for (var i = 0; i < operation.Entries.Count; i++)
        {
            entity.Append(_records.Append(entity, operation.Entries[i]));
        }

        if (entity.DueAt != operation.DueAt || entity.KeepAlive != operation.KeepAlive)
        {
            SetWakeups(entity, operation);
        }

        return AppendOutcome.Appended;
    }

    private InMemoryEntity? FindOrNull(AppendOperation operation)
    {
        var key = operation.StoreKey;
        if (key > 0 && key < _entities.Count && _entities[(int)key]!.Address == operation.Address)
        {
            return _entities[(int)key];
        }

        var entity = Find(operation.Address);
        operation.StoreKey = entity?.Key ?? 0;
        return entity;
    }

    private InMemoryEntity? Find(EntityAddress address) => _keys.TryGetValue(address, out var key) ? _entities[(int)key] : null;

    private InMemoryEntity Add(AppendOperation operation)
    {
        var entity = new InMemoryEntity(_entities.Count, operation.Address, operation.Shard);
        _entities.Add(entity);
        _keys.Add(entity.Address, entity.Key);
        operation.StoreKey = entity.Key;
        return entity;
    }

    private void SetWakeups(InMemoryEntity entity, AppendOperation operation)
    {
        if (entity.DueAt is { } before)
        {
            _due.Remove((before.UtcTicks, entity.Key));
        }

        if (operation.DueAt is { } after)
        {
            _due.Add((after.UtcTicks, entity.Key));
        }

        if (operation.KeepAlive)
        {
            _keptAlive.Add(entity.Key);
        }
        else
        {
            _keptAlive.Remove(entity.Key);
        }

        entity.DueAt = operation.DueAt;
        entity.KeepAlive = operation.KeepAlive;
    }
}
