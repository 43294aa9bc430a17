using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;

namespace AkkaParty.Runtime.TestKit.Nodes;

/// <summary>What goes wrong with one operation of a commit.</summary>
public enum JournalFault
{
    None,

    /// <summary>The store refuses; certainly nothing is stored.</summary>
    Refused,

    /// <summary>The answer is lost, and nothing was stored.</summary>
    LostBefore,

    /// <summary>The answer is lost after everything was stored.</summary>
    LostAfter,

    /// <summary>Another writer moved the head first.</summary>
    ForeignWriter,
}

/// <summary>One operation as the journal answered it.</summary>
public sealed record CommittedOperation(EntityAddress Address, long ExpectedHead, int Entries, AppendOutcome Outcome);

/// <summary>A journal in front of another one that fails as it is told to.</summary>
public sealed class FaultyJournal(IJournal inner) : IJournal
{
    private readonly Lock _gate = new();
    private readonly Queue<JournalFault> _faults = new();
    private readonly List<CommittedOperation> _operations = [];
    private JournalStall? _commitStall;
    private JournalStall? _readStall;
    private int _commits;
    private int _readFailures;

    /// <summary>Decides each operation's fault when none is scripted; null for none. Called under a lock.</summary>
    public Func<AppendOperation, JournalFault>? Chaos { get; set; }

    /// <summary>The event that the foreign writer stores, with the number it must have.</summary>
    public Func<long, JournalEntry>? ForeignEntry { get; set; }

    /// <summary>Thrown by every read instead of the scripted failures; null for none.</summary>
    public Exception? ReadError { get; set; }

    /// <summary>How many commits there were.</summary>
    public int Commits => Volatile.Read(ref _commits);

    /// <summary>Every operation so far, in order.</summary>
    public IReadOnlyList<CommittedOperation> Operations
    {
        get
        {
            lock (_gate)
            {
                return [.. _operations];
            }
        }
    }

    public int CommitOperationsMax => inner.CommitOperationsMax;

    /// <summary>Scripts the faults of the next operations, one each.</summary>
    public void FailNext(params JournalFault[] faults)
    {
        lock (_gate)
        {
            Array.ForEach(faults, _faults.Enqueue);
        }
    }

    /// <summary>Makes the next reads fail as a store that is away does.</summary>
    public void FailReads(int count) => Interlocked.Exchange(ref _readFailures, count);

    /// <summary>Holds the next commit up, before it reaches the store, until it is released.</summary>
    public JournalStall StallNextCommit() => _commitStall = new JournalStall();

    /// <summary>Holds the next read up until it is released or cancelled.</summary>
    public JournalStall StallNextRead() => _readStall = new JournalStall();

    public async ValueTask CommitAsync(IReadOnlyList<AppendOperation> operations, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _commits);
        if (Interlocked.Exchange(ref _commitStall, null) is { } stall)
        {
            await stall.HoldAsync(cancellationToken);
        }

        var faults = TakeFaults(operations);
        await AppendForeignAsync(operations.Where((_, i) => faults[i] == JournalFault.ForeignWriter).ToList());
        await inner.CommitAsync(
            operations.Where((_, i) => faults[i] is not (JournalFault.Refused or JournalFault.LostBefore)).ToList(), cancellationToken);
        lock (_gate)
        {
            for (var i = 0; i < operations.Count; i++)
            {
                var operation = operations[i];
                operation.Outcome = faults[i] switch
                {
                    JournalFault.Refused => AppendOutcome.Refused,
                    JournalFault.LostBefore or JournalFault.LostAfter => AppendOutcome.Unknown,
                    _ => operation.Outcome,
                };
                _operations.Add(new CommittedOperation(
                    operation.Address, operation.ExpectedHead, operation.Entries.Count, operation.Outcome));
            }
        }
    }

    public async ValueTask<long> ReadEntityAsync(
        EntityAddress address, long afterSeq, Action<JournalEntry> onEntry, CancellationToken cancellationToken)
    {
        await BeforeReadAsync(cancellationToken);
        return await inner.ReadEntityAsync(address, afterSeq, onEntry, cancellationToken);
    }

    public async ValueTask<JournalEntry?> ReadEntryAsync(EntityAddress address, long seq, CancellationToken cancellationToken)
    {
        await BeforeReadAsync(cancellationToken);
        return await inner.ReadEntryAsync(address, seq, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<JournalRecord>> ReadAllAsync(
        long afterOffset, int recordsMax, CancellationToken cancellationToken)
    {
        await BeforeReadAsync(cancellationToken);
        return await inner.ReadAllAsync(afterOffset, recordsMax, cancellationToken);
    }

    public ValueTask<IReadOnlyList<Wakeup>> ReadWakeupsAsync(
        IReadOnlyList<int> shards, DateTimeOffset until, int wakeupsMax, CancellationToken cancellationToken) =>
        inner.ReadWakeupsAsync(shards, until, wakeupsMax, cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private JournalFault[] TakeFaults(IReadOnlyList<AppendOperation> operations)
    {
        lock (_gate)
        {
            return [.. operations.Select(operation =>
                _faults.TryDequeue(out var fault) ? fault : Chaos?.Invoke(operation) ?? JournalFault.None)];
        }
    }

    private async ValueTask AppendForeignAsync(List<AppendOperation> operations)
    {
        if (operations.Count == 0)
        {
            return;
        }

        var foreign = operations.ConvertAll(operation => new AppendOperation
        {
            Address = operation.Address,
            Shard = operation.Shard,
            ExpectedHead = operation.ExpectedHead,
            DueAt = operation.DueAt,
            KeepAlive = operation.KeepAlive,
            Entries = [ForeignEntry!(operation.ExpectedHead + 1)],
        });
        await inner.CommitAsync(foreign, CancellationToken.None);
    }

    private async ValueTask BeforeReadAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _readStall, null) is { } stall)
        {
            await stall.HoldAsync(cancellationToken);
        }

        if (ReadError is { } error)
        {
            throw error;
        }

        if (Volatile.Read(ref _readFailures) > 0 && Interlocked.Decrement(ref _readFailures) >= 0)
        {
            throw new JournalUnavailableException("The store is away on purpose.");
        }
    }
}
