using System.Diagnostics;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Postgres.Committing;
using AkkaParty.Runtime.Postgres.Reading;

namespace AkkaParty.Runtime.Postgres;

/// <summary>The journal in the database. It ends with the store, not by itself.</summary>
internal sealed class PostgresJournal(
    Committer committer, ReadCalls calls, EventQueries queries, OrderLag lag, PostgresOptions options) : IJournal
{
    private const int PauseMilliseconds = 32;

    private long _horizon;

    /// <inheritdoc />
    public int CommitOperationsMax => options.CommitOperationsMax;

    /// <inheritdoc />
    public ValueTask CommitAsync(IReadOnlyList<AppendOperation> operations, CancellationToken cancellationToken)
    {
        Invariant.Check(operations.Count <= CommitOperationsMax, "a commit has more operations than the journal takes");
        return committer.CommitAsync(operations, cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask<long> ReadEntityAsync(
        EntityAddress address, long afterSeq, Action<JournalEntry> onEntry, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!StoreText.Fits(address))
        {
            return 0;
        }

        var after = Math.Max(afterSeq, 0);
        var (head, entries) = await calls.RunAsync(
            $"Reading {address}",
            (queries, address, after),
            static (database, s, token) => s.queries.ReadEntityAsync(database, s.address, s.after, token),
            cancellationToken);

        // Only a whole answer is handed on: half of one could not be taken back.
        CheckComplete(address, after, head, entries);
        entries.ForEach(onEntry);
        return head;
    }

    /// <inheritdoc />
    public async ValueTask<JournalEntry?> ReadEntryAsync(EntityAddress address, long seq, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return !StoreText.Fits(address) ? null : await calls.RunAsync(
            $"Reading {address}",
            (queries, address, seq),
            static (database, s, token) => s.queries.ReadEntryAsync(database, s.address, s.seq, token),
            cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<JournalRecord>> ReadAllAsync(
        long afterOffset, int recordsMax, CancellationToken cancellationToken)
    {
        var after = Math.Max(afterOffset, 0);
        var startedAt = Stopwatch.GetTimestamp();
        for (var pause = 1; ; pause = Math.Min(2 * pause, PauseMilliseconds))
        {
            var records = await ReadPageAsync(after, recordsMax, cancellationToken);
            if (records.Count > 0 || !await calls.RunAsync("Reading the journal", after, EventQueries.AnyAsync, cancellationToken))
            {
                lag.CaughtUp();
                return records;
            }

            // Something is stored, behind a transaction that has not ended: mostly another node's commit, over in a moment.
            lag.HeldBack();
            if (Stopwatch.GetElapsedTime(startedAt) >= options.OrderPatience)
            {
                return records;
            }

            await Task.Delay(pause, cancellationToken);
        }
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<Wakeup>> ReadWakeupsAsync(
        IReadOnlyList<int> shards, DateTimeOffset until, int wakeupsMax, CancellationToken cancellationToken) =>
        await calls.RunAsync(
            "Reading whom to wake",
            (shards, until, wakeupsMax),
            static (database, s, token) => EventQueries.ReadWakeupsAsync(database, s.shards, s.until, s.wakeupsMax, token),
            cancellationToken);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // What lies below a horizon once read stays as it is, so a long catch-up asks for it once.
    private async ValueTask<List<JournalRecord>> ReadPageAsync(long after, int recordsMax, CancellationToken cancellationToken)
    {
        for (var known = Volatile.Read(ref _horizon); ; known = 0)
        {
            var horizon = known != 0 ? known : await calls.RunAsync(
                "Reading the journal", 0, static (database, _, token) => EventQueries.ReadHorizonAsync(database, token), cancellationToken);
            Volatile.Write(ref _horizon, horizon);
            var records = horizon <= after ? [] : await calls.RunAsync(
                "Reading the journal",
                (queries, after, horizon, recordsMax),
                static (database, s, token) => s.queries.ReadPageAsync(database, s.after, s.horizon, s.recordsMax, token),
                cancellationToken);
            if (records.Count > 0 || known == 0)
            {
                return records;
            }
        }
    }

    private static void CheckComplete(EntityAddress address, long after, long head, List<JournalEntry> entries)
    {
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i].Seq != after + 1 + i)
            {
                throw new JournalDamagedException($"event {after + 1 + i} of {address} is missing: event {entries[i].Seq} is in its place");
            }
        }

        if (entries.Count != Math.Max(0, head - after))
        {
            throw new JournalDamagedException(
                $"{address} has the head {head}, but {entries.Count} events are stored after event {after}");
        }
    }
}
