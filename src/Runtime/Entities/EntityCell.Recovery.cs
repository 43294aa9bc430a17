using AkkaParty.Runtime.Diagnostics;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.Journal;

namespace AkkaParty.Runtime.Entities;

/// <summary>Reading an entity back: the newest usable snapshot, then every event above it.</summary>
internal sealed partial class EntityCell<TState, TCommand, TEvent>
{
    private const int BackOffDoublingsMax = 5;

    private Recovery? _recovery;
    private Exception? _recoveryError;
    private int _recoveryFailures;
    private DateTimeOffset _brokenUntil;

    private void StartRecovery()
    {
        Status = CellStatus.Recovering;
        _recovery = new Recovery(_feed is null ? long.MaxValue : _publishedSeq);
        _ = RecoverAsync(_recovery);
    }

    /// <summary>Runs beside the turns and touches nothing but its own result.</summary>
    private async Task RecoverAsync(Recovery recovery)
    {
        var started = Services.Time.GetTimestamp();
        try
        {
            using var timeout = new CancellationTokenSource(Services.Options.AskTimeout, Services.Time);
            await ReadSnapshotAsync(recovery, timeout.Token);
            var head = await Services.Journal.ReadEntityAsync(Address, recovery.Seq, entry => Replay(recovery, entry), timeout.Token);
            if (head < recovery.SnapshotSeq)
            {
                await DiscardSnapshotAsync(recovery.SnapshotSeq, head, timeout.Token);
                Reset(recovery);
                await Services.Journal.ReadEntityAsync(Address, 0, entry => Replay(recovery, entry), timeout.Token);
            }

            Definition.CheckInvariants(recovery.State!);
        }
        catch (OperationCanceledException error)
        {
            recovery.Error = new JournalUnavailableException("Reading the entity back took too long.", error);
        }
        catch (Exception error)
        {
            recovery.Error = error;
        }

        Services.Metrics.Recovered(Services.Time.GetElapsedTime(started));
        Call(CellCalls.RecoveryEnded);
    }

    private async Task ReadSnapshotAsync(Recovery recovery, CancellationToken cancellationToken)
    {
        Reset(recovery);
        if (Definition.StateCodec is not { } codec)
        {
            return;
        }

        var found = await Services.Snapshots.FindAsync(Address, cancellationToken);
        if (found is not { } snapshot || snapshot.SchemaVersion != codec.SchemaVersion)
        {
            return;
        }

        try
        {
            recovery.Sessions = NewSessions();
            recovery.State = codec.Decode(recovery.Sessions.Decode(snapshot.Payload.Span));
            recovery.Seq = recovery.SnapshotSeq = snapshot.Seq;
        }
        catch (Exception error)
        {
            // The events alone are the truth: without this snapshot it only takes longer.
            Services.Logger.SnapshotUnreadable(error, Address, snapshot.Seq);
            Reset(recovery);
        }
    }

    private void Reset(Recovery recovery)
    {
        recovery.State = Definition.Initial(Id);
        recovery.Seq = recovery.SnapshotSeq = 0;
        recovery.Sessions = null;
        recovery.Unpublished.Clear();
    }

    private void Replay(Recovery recovery, JournalEntry entry)
    {
        if (entry.Seq != recovery.Seq + 1)
        {
            throw new JournalDamagedException($"{Address}: event {recovery.Seq + 1} is missing, {entry.Seq} follows {recovery.Seq}");
        }

        var @event = Definition.EventCodec.Decode(entry.Manifest, entry.Payload.Span);
        recovery.State = Definition.Evolve(recovery.State!, @event);
        recovery.Seq = entry.Seq;
        recovery.Replayed++;
        if (entry.Command is { } command)
        {
            (recovery.Sessions ??= NewSessions()).Record(command, entry.Seq, entry.At);
        }

        if (entry.Seq > recovery.PublishAbove)
        {
            recovery.Unpublished.Add(@event);
        }
    }

    private async Task DiscardSnapshotAsync(long seq, long head, CancellationToken cancellationToken)
    {
        Services.Logger.SnapshotDiscarded(Address, seq, head);
        if (Services.Events.Heard)
        {
            Services.Events.Publish(new SnapshotDiscarded(Address, seq, head));
        }

        await Services.Snapshots.RemoveAsync(Address, cancellationToken);
    }

    private void FinishRecovery()
    {
        var recovery = _recovery!;
        _recovery = null;
        if (_abandoned)
        {
            Forget();
            return;
        }

        if (recovery.Error is { } error)
        {
            Break(error);
            return;
        }

        _state = recovery.State;
        _seq = recovery.Seq;
        _sessions = recovery.Sessions;
        _snapshotSeq = recovery.SnapshotSeq;
        Status = CellStatus.Ready;
        Touch();
        if (Services.Events.Heard)
        {
            Services.Events.Publish(new EntityRecovered(Address, _seq, recovery.Replayed));
        }

        PublishRecovered(recovery);
        _presenceChanged = true;
        ReconcilePresence();
        ArmNext();
        _recoveryError = null;
        _recoveryFailures = 0;
    }

    private void Break(Exception error)
    {
        Forget();
        _recoveryError = error;
        Status = CellStatus.Broken;
        Services.Metrics.Failure();
        Services.Logger.RecoveryFailed(error, Address);
        if (Services.Events.Heard)
        {
            Services.Events.Publish(new EntityRecoveryFailed(Address, error));
        }

        EndSubscriptions(FeedEnd.Failed);
        var backOff = Services.Options.RecoveryBackOff * (1 << Math.Min(_recoveryFailures++, BackOffDoublingsMax));
        _brokenUntil = Services.Time.GetUtcNow() + backOff;
        Services.WakeQueue.Arm(this, _brokenUntil);
    }

    private void PublishRecovered(Recovery recovery)
    {
        if (_feed is null)
        {
            return;
        }

        // A snapshot newer than what was published hides the events in between, and whom they expelled: those
        // subscribers come again and read them themselves.
        if (recovery.SnapshotSeq > _publishedSeq)
        {
            EndSubscriptions(FeedEnd.Moved);
        }
        else if (_seq > _publishedSeq)
        {
            PublishEvents(recovery.Unpublished, _seq);
        }
    }

    private sealed class Recovery(long publishAbove)
    {
        public long PublishAbove { get; } = publishAbove;

        public TState? State { get; set; }

        public long Seq { get; set; }

        public long SnapshotSeq { get; set; }

        public long Replayed { get; set; }

        public SessionTable? Sessions { get; set; }

        public List<TEvent> Unpublished { get; } = [];

        public Exception? Error { get; set; }
    }
}
