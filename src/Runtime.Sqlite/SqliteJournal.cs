using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Sqlite.Raw;
using AkkaParty.Runtime.Sqlite.Reading;
using AkkaParty.Runtime.Sqlite.Writing;

namespace AkkaParty.Runtime.Sqlite;

/// <summary>The journal in the store's database. It ends with the store, not by itself.</summary>
internal sealed class SqliteJournal(WriterThread writer, ReaderPool readers, SqliteOptions options) : IJournal
{
    /// <inheritdoc />
    public int CommitOperationsMax => options.CommitOperationsMax;

    /// <inheritdoc />
    public ValueTask CommitAsync(IReadOnlyList<AppendOperation> operations, CancellationToken cancellationToken)
    {
        Invariant.Check(operations.Count <= CommitOperationsMax, "a commit has more operations than the journal takes");
        for (var i = 0; i < operations.Count; i++)
        {
            CheckConsecutive(operations[i]);
        }

        var request = CommitRequest.Rent(operations, cancellationToken);
        var task = request.Task;
        writer.Enqueue(request);
        return task;
    }

    /// <inheritdoc />
    public ValueTask<long> ReadEntityAsync(
        EntityAddress address, long afterSeq, Action<JournalEntry> onEntry, CancellationToken cancellationToken) =>
        readers.ReadAsync(
            $"reading {address}",
            (address, afterSeq, onEntry, cancellationToken),
            static (reader, s) => ReadEntity(reader, s.address, s.afterSeq, s.onEntry, s.cancellationToken),
            cancellationToken);

    /// <inheritdoc />
    public ValueTask<JournalEntry?> ReadEntryAsync(EntityAddress address, long seq, CancellationToken cancellationToken) =>
        readers.ReadAsync(
            $"reading {address}", (address, seq), static (reader, s) => ReadEntry(reader, s.address, s.seq), cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<JournalRecord>> ReadAllAsync(long afterOffset, int recordsMax, CancellationToken cancellationToken) =>
        readers.ReadAsync<IReadOnlyList<JournalRecord>, (long afterOffset, int recordsMax, CancellationToken cancellationToken)>(
            "reading the journal",
            (afterOffset, recordsMax, cancellationToken),
            static (reader, s) => ReadAll(reader, s.afterOffset, s.recordsMax, s.cancellationToken),
            cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<Wakeup>> ReadWakeupsAsync(
        IReadOnlyList<int> shards, DateTimeOffset until, int wakeupsMax, CancellationToken cancellationToken) =>
        readers.ReadAsync<IReadOnlyList<Wakeup>, (string shards, DateTimeOffset until, int wakeupsMax)>(
            "reading whom to wake",
            ($"[{string.Join(',', shards)}]", until, wakeupsMax),
            static (reader, s) => ReadWakeups(reader, s.shards, s.until, s.wakeupsMax),
            cancellationToken);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static void CheckConsecutive(AppendOperation operation)
    {
        for (var i = 0; i < operation.Entries.Count; i++)
        {
            Invariant.Check(
                operation.Entries[i].Seq == operation.ExpectedHead + 1 + i, "an append's sequence numbers are not consecutive");
        }
    }

    private static long ReadEntity(
        Reader reader, EntityAddress address, long afterSeq, Action<JournalEntry> onEntry, CancellationToken cancellationToken)
    {
        var entries = new List<JournalEntry>();
        long head;
        using (reader.Begin())
        {
            if (!FindEntity(reader, address, out var key, out head, out var offset))
            {
                return 0;
            }

            var row = reader.Event;
            for (var seq = head; seq > Math.Max(afterSeq, 0); seq--)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var prev = StepTo(row, address, key, seq, offset);
                entries.Add(reader.Entry(row));
                row.Reset();
                offset = prev;
            }
        }

        // The chain was walked backwards; the entity takes its events forwards, and outside the transaction.
        for (var i = entries.Count - 1; i >= 0; i--)
        {
            onEntry(entries[i]);
        }

        return head;
    }

    private static JournalEntry? ReadEntry(Reader reader, EntityAddress address, long seq)
    {
        using var snap = reader.Begin();
        if (!FindEntity(reader, address, out var key, out var head, out var offset) || seq < 1 || seq > head)
        {
            return null;
        }

        var link = reader.Link;
        for (var at = head; at > seq; at--)
        {
            var prev = StepTo(link, address, key, at, offset);
            link.Reset();
            offset = prev;
        }

        var row = reader.Event;
        StepTo(row, address, key, seq, offset);
        var entry = reader.Entry(row);
        row.Reset();
        return entry;
    }

    private static bool FindEntity(Reader reader, EntityAddress address, out long key, out long head, out long last)
    {
        var entity = reader.Entity;
        entity.Bind(1, address.Kind);
        entity.Bind(2, address.Id);
        var found = entity.Step();
        (key, head, last) = found ? (entity.Number(0), entity.Number(1), entity.Number(2)) : default;
        entity.Reset();
        return found;
    }

    /// <summary>Goes to one event of an entity and checks that it is the one the chain promised.</summary>
    /// <returns>The offset of the event before it.</returns>
    private static long StepTo(Statement row, EntityAddress address, long key, long seq, long offset)
    {
        row.Bind(1, offset);
        if (!row.Step())
        {
            throw new JournalDamagedException($"event {seq} of {address} is missing: nothing is stored at offset {offset}");
        }

        if (row.Number(1) != key || row.Number(2) != seq)
        {
            throw new JournalDamagedException(
                $"event {seq} of {address} is missing: offset {offset} holds event {row.Number(2)} of entity {row.Number(1)}");
        }

        var prev = row.Number(0);
        if (prev >= offset || prev == 0 != (seq == 1))
        {
            throw new JournalDamagedException($"event {seq} of {address} at offset {offset} names offset {prev} as the event before it");
        }

        return prev;
    }

    private static List<JournalRecord> ReadAll(Reader reader, long afterOffset, int recordsMax, CancellationToken cancellationToken)
    {
        var records = new List<JournalRecord>();
        var addresses = new Dictionary<long, EntityAddress>();
        using var snap = reader.Begin();
        var row = reader.EventsAfter;
        row.Bind(1, Math.Max(afterOffset, 0));
        row.Bind(2, recordsMax);
        while (row.Step())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var key = row.Number(1);
            if (!addresses.TryGetValue(key, out var address))
            {
                address = FindAddress(reader, key, row.Number(10));
                addresses.Add(key, address);
            }

            records.Add(new JournalRecord(row.Number(10), address, reader.Entry(row)));
        }

        row.Reset();
        return records;
    }

    private static EntityAddress FindAddress(Reader reader, long key, long offset)
    {
        var entity = reader.Prepare("SELECT kind, id FROM entities WHERE key = ?1");
        entity.Bind(1, key);
        if (!entity.Step())
        {
            throw new JournalDamagedException($"the event at offset {offset} belongs to entity {key}, which is not stored");
        }

        var address = new EntityAddress(entity.Text(0), entity.Text(1));
        entity.Reset();
        return address;
    }

    private static List<Wakeup> ReadWakeups(Reader reader, string shards, DateTimeOffset until, int wakeupsMax)
    {
        var wakeups = new List<Wakeup>();
        using var snap = reader.Begin();
        var keptAlive = reader.Prepare(
            "SELECT kind, id, shard, NULL FROM heads JOIN entities ON key = entity " +
            "WHERE keep_alive = 1 AND shard IN (SELECT value FROM json_each(?2)) ORDER BY entity LIMIT ?1");
        keptAlive.Bind(1, wakeupsMax);
        keptAlive.Bind(2, shards);
        AddWakeups(keptAlive, wakeups);
        var due = reader.Prepare(
            "SELECT kind, id, shard, due_at FROM heads JOIN entities ON key = entity " +
            "WHERE due_at IS NOT NULL AND due_at <= ?2 AND keep_alive = 0 " +
            "AND shard IN (SELECT value FROM json_each(?3)) ORDER BY due_at, entity LIMIT ?1");
        due.Bind(1, wakeupsMax - wakeups.Count);
        due.Bind(2, UnixTime.ToMicroseconds(until));
        due.Bind(3, shards);
        AddWakeups(due, wakeups);
        return wakeups;
    }

    private static void AddWakeups(Statement row, List<Wakeup> wakeups)
    {
        while (row.Step())
        {
            wakeups.Add(new Wakeup(
                new EntityAddress(row.Text(0), row.Text(1)),
                (int)row.Number(2),
                row.IsNull(3) ? null : UnixTime.FromMicroseconds(row.Number(3))));
        }

        row.Reset();
    }
}
