using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Simulation.Faults;

namespace AkkaParty.Simulation.Stores;

/// <summary>One node run's way to the snapshots.</summary>
internal sealed class SimSnapshotStore(SimStore store, StoreLine line) : ISnapshotStore
{
    public async ValueTask SaveAsync(EntityAddress address, Snapshot snapshot, CancellationToken cancellationToken)
    {
        var copy = snapshot with { Payload = snapshot.Payload.ToArray() };
        await SimRead.CallAsync(
            store, line, () => SimRead.Done(store.Snapshots.SaveAsync(address, copy, CancellationToken.None)), cancellationToken);
        store.Coverage.Add(Seen.SnapshotSaved);
    }

    public async ValueTask<Snapshot?> FindAsync(EntityAddress address, CancellationToken cancellationToken)
    {
        var found = await SimRead.CallAsync(
            store, line, () => SimRead.Done(store.Snapshots.FindAsync(address, CancellationToken.None)), cancellationToken);
        if (found is not null)
        {
            store.Coverage.Add(Seen.SnapshotUsed);
        }

        return found;
    }

    public async ValueTask RemoveAsync(EntityAddress address, CancellationToken cancellationToken) =>
        await SimRead.CallAsync(
            store, line, () => SimRead.Done(store.Snapshots.RemoveAsync(address, CancellationToken.None)), cancellationToken);
}

/// <summary>Calls that may be repeated: either an answer, or the store is away.</summary>
internal static class SimRead
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(4);

    /// <summary>What a store in memory answers: it does so at once.</summary>
    public static T Done<T>(ValueTask<T> answer) => answer.IsCompleted
        ? answer.Result
        : throw new InvalidOperationException("A store in memory answers at once.");

    public static bool Done(ValueTask answer) => answer.IsCompletedSuccessfully
        ? true
        : throw new InvalidOperationException("A store in memory answers at once.");

    public static async Task<T> CallAsync<T>(SimStore store, StoreLine line, Func<T> execute, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var ended = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        T result = default!;
        await using var registration = cancellationToken.Register(() => ended.TrySetCanceled(cancellationToken));
        store.Call(
            line,
            Timeout,
            () => result = execute(),
            end =>
            {
                if (end == CallEnd.Answered)
                {
                    ended.TrySetResult(result);
                    return;
                }

                store.Coverage.Add(Seen.ReadFailed);
                ended.TrySetException(new JournalUnavailableException($"The store's connection failed: {end}."));
            });
        return await ended.Task;
    }
}
