using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Simulation.Faults;

namespace AkkaParty.Simulation.Stores;

/// <summary>One node run's way to the journal.</summary>
internal sealed class SimJournal(SimStore store, StoreLine line, string name) : IJournal
{
    // Below the runtime's own patience, as a real one is configured.
    private static readonly TimeSpan CommitTimeout = TimeSpan.FromSeconds(4);

    // Small, so that commits are split in runs with few entities too.
    public int CommitOperationsMax => 3;

    public async ValueTask CommitAsync(IReadOnlyList<AppendOperation> operations, CancellationToken cancellationToken)
    {
        // Copies: what is carried out late must not touch operations that are somebody else's by then.
        List<AppendOperation> sent = [.. operations.Select(Copy)];
        var refused = sent.ConvertAll(_ => store.Random.Chance(store.Rates.CommitRefused));
        var ended = new TaskCompletionSource<CallEnd>(TaskCreationOptions.RunContinuationsAsynchronously);
        var hasExecuted = false;
        store.Call(
            line,
            CommitTimeout,
            () =>
            {
                Execute(sent, refused);
                hasExecuted = true;
            },
            end =>
            {
                store.World.Note(end.ToString(), name, hasExecuted ? 1 : 0, sent.Count);
                ended.TrySetResult(end);
            });
        var end = await ended.Task;
        store.Coverage.Add((end, hasExecuted) switch
        {
            (CallEnd.NotReached, _) => Seen.CommitNotReached,
            (CallEnd.Lost, true) => Seen.CommitAnswerLost,
            (CallEnd.Lost, false) => Seen.CommitLostBefore,
            _ => refused.Contains(true) ? Seen.CommitRefused : Seen.Replied,
        });
        for (var i = 0; i < operations.Count; i++)
        {
            operations[i].Outcome = end switch
            {
                CallEnd.NotReached => AppendOutcome.Refused,
                CallEnd.Lost => AppendOutcome.Unknown,
                _ => sent[i].Outcome,
            };
            operations[i].StoreKey = end == CallEnd.Answered ? sent[i].StoreKey : operations[i].StoreKey;
        }
    }

    public async ValueTask<long> ReadEntityAsync(
        EntityAddress address, long afterSeq, Action<JournalEntry> onEntry, CancellationToken cancellationToken)
    {
        List<JournalEntry> entries = [];
        var head = await SimRead.CallAsync(
            store,
            line,
            () => SimRead.Done(store.Journal.ReadEntityAsync(address, afterSeq, entries.Add, CancellationToken.None)),
            cancellationToken);
        var breaksAfter = store.Random.Chance(store.Rates.ReadBroken) ? store.Random.Below(entries.Count + 1) : int.MaxValue;
        for (var i = 0; i < entries.Count; i++)
        {
            if (i == breaksAfter)
            {
                store.Coverage.Add(Seen.ReadBroken);
                throw new JournalUnavailableException("The connection broke in the middle of a result.");
            }

            onEntry(entries[i]);
        }

        return head;
    }

    public async ValueTask<JournalEntry?> ReadEntryAsync(EntityAddress address, long seq, CancellationToken cancellationToken) =>
        await SimRead.CallAsync(
            store, line, () => SimRead.Done(store.Journal.ReadEntryAsync(address, seq, CancellationToken.None)), cancellationToken);

    public async ValueTask<IReadOnlyList<JournalRecord>> ReadAllAsync(
        long afterOffset, int recordsMax, CancellationToken cancellationToken) =>
        await SimRead.CallAsync(
            store,
            line,
            () => SimRead.Done(store.Journal.ReadAllAsync(afterOffset, recordsMax, CancellationToken.None)),
            cancellationToken);

    public async ValueTask<IReadOnlyList<Wakeup>> ReadWakeupsAsync(
        IReadOnlyList<int> shards, DateTimeOffset until, int wakeupsMax, CancellationToken cancellationToken)
    {
        int[] asked = [.. shards];
        return await SimRead.CallAsync(
            store,
            line,
            () => SimRead.Done(store.Journal.ReadWakeupsAsync(asked, until, wakeupsMax, CancellationToken.None)),
            cancellationToken);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Execute(List<AppendOperation> operations, List<bool> refused)
    {
        List<AppendOperation> carriedOut = [.. operations.Where((_, i) => !refused[i])];
        SimRead.Done(store.Journal.CommitAsync(carriedOut, CancellationToken.None));
        for (var i = 0; i < operations.Count; i++)
        {
            if (refused[i])
            {
                operations[i].Outcome = AppendOutcome.Refused;
            }

            var operation = operations[i];
            store.World.Note("append", name, operation.ExpectedHead, operation.Entries.Count, operation.Address.Id);
            store.World.Say(
                name, $"append {operation.Address} at {operation.ExpectedHead} +{operation.Entries.Count}: {operation.Outcome}");
        }
    }

    private static AppendOperation Copy(AppendOperation operation) => new()
    {
        Address = operation.Address,
        Shard = operation.Shard,
        ExpectedHead = operation.ExpectedHead,
        Entries = [.. operation.Entries],
        DueAt = operation.DueAt,
        KeepAlive = operation.KeepAlive,
        StoreKey = operation.StoreKey,
    };
}
