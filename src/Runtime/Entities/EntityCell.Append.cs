using System.Buffers;
using AkkaParty.Runtime.Diagnostics;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.Journal;

namespace AkkaParty.Runtime.Entities;

/// <summary>Making a turn durable, and what each of the four answers of the journal means.</summary>
internal sealed partial class EntityCell<TState, TCommand, TEvent>
{
    private long _storeKey;
    private long _snapshotSeq;

    private void SubmitAppend(CellTurn<TState, TEvent> turn)
    {
        var operation = turn.Operation;
        operation.Owner = this;
        operation.Address = Address;
        operation.Shard = Shard.Number;
        operation.StoreKey = _storeKey;
        operation.ExpectedHead = _seq;
        operation.Entries = turn.Entries;
        operation.DueAt = Definition.Deadline(turn.State);
        operation.KeepAlive = Definition.KeepAlive(turn.State);
        Status = CellStatus.Appending;
        Services.Writer.Submit(operation);
    }

    private void FinishAppend()
    {
        var turn = _turn!;
        _turn = null;
        _stalled = false;
        _storeKey = turn.Operation.StoreKey;
        Status = CellStatus.Ready;
        if (_abandoned)
        {
            // Its callers have been answered already, and nobody reads this memory again.
            kind.ReturnTurn(turn);
            Forget();
            return;
        }

        switch (turn.Operation.Outcome)
        {
            case AppendOutcome.Appended:
                Adopt(turn);
                break;
            case AppendOutcome.Refused:
                Release(turn, AskResult.Unavailable("store_unavailable", "The store refused the change; nothing was stored."));
                RetryPresence();
                break;
            case AppendOutcome.Conflict:
                Services.Metrics.Conflicted();
                DecideAgain(turn, ask => true);
                break;
            default:
                // A command with an id is decided again after the replay, which finds it if it was stored.
                Services.Metrics.OutcomeUnknown();
                DecideAgain(turn, ask => ask.IsQuery || ask.Command.Number != 0);
                break;
        }

        var bug = turn.Bug;
        kind.ReturnTurn(turn);
        if (bug is not null && Status == CellStatus.Ready)
        {
            StopOnBug(bug);
        }
    }

    private void Adopt(CellTurn<TState, TEvent> turn)
    {
        // First: whatever goes wrong below, what is durable is answered.
        _released.EnqueueChain(turn.Waiting.TakeChain());
        _state = turn.State;
        _seq = turn.Seq;
        foreach (var entry in turn.Entries)
        {
            if (entry.Command is { } command)
            {
                (_sessions ??= NewSessions()).Record(command, entry.Seq, entry.At);
            }
        }

        if (turn.Events.Count > 0)
        {
            Services.Metrics.Stored(turn.Events.Count);
            PublishEvents(turn.Events, _seq);
            MaybeSnapshot();

            // Who came may have gone while their coming was stored: then nobody else compares again.
            _presenceChanged |= _feed is not null || _ownCommandDecided;
            _ownCommandDecided = false;
            ArmNext();
        }
    }

    private void DecideAgain(CellTurn<TState, TEvent> turn, Func<Ask, bool> isSafe)
    {
        if (Services.Events.Heard)
        {
            Services.Events.Publish(new AppendLost(Address, turn.Operation.Outcome));
        }

        Services.Logger.AppendLost(Address, turn.Operation.Outcome, turn.Operation.ExpectedHead);
        var again = default(EnvelopeQueue);
        var count = 0;
        while (turn.Waiting.Dequeue() is Ask ask)
        {
            if (isSafe(ask))
            {
                again.Enqueue(ask);
                count++;
            }
            else
            {
                ask.Result = AskResult.Unknown();
                _released.Enqueue(ask);
            }
        }

        PutBack(again);
        Finished(-count);
        StartRecovery();
    }

    /// <summary>The store is silent for too long: callers get an answer, the append keeps its chance.</summary>
    private void GiveUpOnAppend()
    {
        _stalled = true;
        var turn = _turn!;
        while (turn.Waiting.Dequeue() is Ask ask)
        {
            ask.Result = ask.IsQuery || turn.Events.Count == 0
                ? AskResult.Unavailable("timed_out", "The store did not answer in time.")
                : AskResult.Unknown();
            _released.Enqueue(ask);
        }
    }

    private void Release(CellTurn<TState, TEvent> turn, AskResult result)
    {
        while (turn.Waiting.Dequeue() is Ask ask)
        {
            ask.Result = result;
            _released.Enqueue(ask);
        }
    }

    private void StopOnBug(Exception bug)
    {
        Services.Metrics.Failure();
        Services.Logger.EntityStopped(bug, Address);
        if (Services.Events.Heard)
        {
            Services.Events.Publish(new EntityStopped(Address, bug));
        }

        Forget();
    }

    /// <summary>Throws the memory away; the next message recovers it. Subscribers stay and miss nothing.</summary>
    private void Forget()
    {
        _state = null;
        _sessions = null;
        Status = CellStatus.Passive;
    }

    private void MaybeSnapshot()
    {
        var every = Definition.SnapshotPolicy.EveryEvents;
        if (Definition.StateCodec is not { } codec || every == 0 || _seq - _snapshotSeq < every)
        {
            return;
        }

        _snapshotSeq = _seq;

        // What is remembered of commands goes on changing; the state is what it is.
        var sessions = new ArrayBufferWriter<byte>(1_024);
        (_sessions ?? NewSessions()).Encode(sessions);
        var state = _state!;
        Services.SnapshotWriter.Submit(new StateToSave(Address, _seq, codec.SchemaVersion, output =>
        {
            output.Write(sessions.WrittenSpan);
            codec.Encode(state, output);
        }));
    }

    private SessionTable NewSessions() => new(Services.Options.SessionsMax, Services.Options.SessionLifetime);

    private void EndSubscriptions(FeedEnd reason, Func<Subscription, bool>? matches = null)
    {
        foreach (var subscription in _feed?.Matching(matches ?? (static _ => true)) ?? [])
        {
            subscription.End(reason);
            RemoveSubscription(subscription);
        }
    }
}
