using System.Buffers;
using AkkaParty.Runtime.Diagnostics;
using AkkaParty.Runtime.Entities;
using Microsoft.Extensions.Logging;

namespace AkkaParty.Runtime.Journal;

/// <summary>A state that is to be saved; it never changes, so it is encoded when its turn to be saved has come.</summary>
/// <param name="Address">The entity.</param>
/// <param name="Seq">The last event the state includes.</param>
/// <param name="SchemaVersion">The version of its shape.</param>
/// <param name="Encode">Writes its bytes.</param>
internal sealed record StateToSave(EntityAddress Address, long Seq, int SchemaVersion, Action<IBufferWriter<byte>> Encode);

/// <summary>
/// The node's one door to the snapshots. Encoding a large state takes far longer than a turn, and entities that are busy alike come to
/// their snapshots alike: one after the other, beside the turns, none of them holds anybody up. Of an entity only the newest waits.
/// </summary>
internal sealed class SnapshotWriter(
    ISnapshotStore store, IDispatcher dispatcher, RuntimeMetrics metrics, RuntimeEvents events, ILogger logger) : IThreadPoolWorkItem
{
    // A buffer that has grown beyond this is not kept for the next state.
    private const int KeptBytesMax = 1024 * 1024;
    private const int FirstBytes = 4_096;

    private readonly Lock _gate = new();
    private readonly Queue<EntityAddress> _order = [];
    private readonly Dictionary<EntityAddress, StateToSave> _waiting = [];
    private ArrayBufferWriter<byte> _buffer = new(FirstBytes);
    private bool _running;

    /// <summary>Has a state saved soon, in place of an older one of its entity that still waits.</summary>
    public void Submit(StateToSave state)
    {
        lock (_gate)
        {
            if (!_waiting.ContainsKey(state.Address))
            {
                _order.Enqueue(state.Address);
            }

            _waiting[state.Address] = state;
            if (_running)
            {
                return;
            }

            _running = true;
        }

        dispatcher.Schedule(this);
    }

    /// <inheritdoc />
    public void Execute() => _ = SaveNextAsync();

    private async Task SaveNextAsync()
    {
        StateToSave state;
        lock (_gate)
        {
            if (!_order.TryDequeue(out var address))
            {
                _running = false;
                return;
            }

            _waiting.Remove(address, out state!);
        }

        try
        {
            await SaveAsync(state);
        }
        catch (Exception error)
        {
            // A snapshot that is lost costs only time.
            logger.SnapshotNotSaved(error, state.Address, state.Seq);
        }

        dispatcher.Schedule(this);
    }

    private async ValueTask SaveAsync(StateToSave state)
    {
        if (_buffer.Capacity > KeptBytesMax)
        {
            _buffer = new ArrayBufferWriter<byte>(FirstBytes);
        }

        _buffer.ResetWrittenCount();
        try
        {
            state.Encode(_buffer);
        }
        catch
        {
            metrics.Failure();
            throw;
        }

        await store.SaveAsync(state.Address, new Snapshot(state.Seq, state.SchemaVersion, _buffer.WrittenMemory), CancellationToken.None);
        if (events.Heard)
        {
            events.Publish(new SnapshotSaved(state.Address, state.Seq));
        }
    }
}
