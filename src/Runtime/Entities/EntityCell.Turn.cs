using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Runtime.Entities;

/// <summary>
/// The only place that knows the order of things: recover, take the waiting commands, decide each against the evolving
/// state, append all their events in one write, then publish and reply, maybe snapshot. After a conflict or an unknown
/// outcome it replays, publishes everything above what it last published, and only then decides again.
/// </summary>
internal sealed partial class EntityCell<TState, TCommand, TEvent>(EntityKind<TState, TCommand, TEvent> kind, Shard shard, string id)
    : EntityCell(shard, id)
    where TState : class
    where TCommand : class
    where TEvent : class
{
    private TState? _state;
    private long _seq;
    private SessionTable? _sessions;
    private CellTurn<TState, TEvent>? _turn;
    private EnvelopeQueue _released;
    private bool _stalled;

    protected override IDispatcher Dispatcher => kind.Services.Dispatcher;

    protected override bool Refuses => Status == CellStatus.Broken || _stalled || _abandoned;

    private EntityDefinition<TState, TCommand, TEvent> Definition => kind.Definition;

    private CellServices Services => kind.Services;

    private EntityAddress Address => new(kind.Name, Id);

    protected override EnvelopeQueue RunTurn(CellCalls calls)
    {
        try
        {
            RunParts(calls);
        }
        catch (Exception error)
        {
            GiveUpOnTurn(error);
        }

        LeaveIfAsked();
        return _released.TakeAll();
    }

    private void RunParts(CellCalls calls)
    {
        if (Status == CellStatus.Gone)
        {
            // Only the late catch-up of a subscription that is over can come here.
            while (TakeNext() is not null)
            {
            }

            return;
        }

        if (calls.HasFlag(CellCalls.RecoveryEnded))
        {
            FinishRecovery();
        }

        if (calls.HasFlag(CellCalls.AppendEnded))
        {
            FinishAppend();
        }

        if (calls.HasFlag(CellCalls.Abandoned))
        {
            BeAbandoned();
        }

        if (calls.HasFlag(CellCalls.AppendStalled) && Status == CellStatus.Appending)
        {
            GiveUpOnAppend();
        }

        if (calls.HasFlag(CellCalls.Woken) && !_abandoned)
        {
            LookWhatIsDue();
        }

        if (calls.HasFlag(CellCalls.PauseEnded))
        {
            IsPaused = false;
        }

        if (Refuses)
        {
            RefuseInbox();
        }
        else if (Status == CellStatus.Ready)
        {
            if (!MustPause())
            {
                DecideInbox();
            }
        }
        else if (Status == CellStatus.Passive && !InboxIsEmpty)
        {
            StartRecovery();
        }
    }

    /// <summary>
    /// A part of the definition threw that belongs to no single command (a deadline, presence). Nothing of the turn is
    /// stored; the back-off keeps an entity that throws at every look from spinning.
    /// </summary>
    private void GiveUpOnTurn(Exception error)
    {
        if (Status is CellStatus.Appending or CellStatus.Recovering)
        {
            Services.Metrics.Failure();
            Services.Logger.EntityStopped(error, Address);
            return;
        }

        if (_turn is { } turn)
        {
            _turn = null;
            Release(turn, AskResult.Failed());
            kind.ReturnTurn(turn);
        }

        Break(error);
    }

    private void DecideInbox()
    {
        List<object>? signals = null;
        var handled = HandleInbox(ref signals);
        if (handled > 0)
        {
            Services.Metrics.TurnEnded(handled);
            Touch();
            PublishSignals(signals);
        }

        ReconcilePresence();
        EndTurn();
    }

    private int HandleInbox(ref List<object>? signals)
    {
        var handled = 0;
        try
        {
            while (handled < Services.Options.TurnMessagesMax && _turn?.Bug is null && Status == CellStatus.Ready
                && TakeNext() is { } envelope)
            {
                handled++;
                switch (envelope)
                {
                    case Ask { IsQuery: true } query:
                        AnswerQuery(query);
                        break;
                    case Ask command:
                        DecideCommand(command);
                        break;
                    case SignalEnvelope signal:
                        (signals ??= []).Add(signal.Signal);
                        break;
                    default:
                        HandleFeed(envelope);
                        break;
                }
            }
        }
        finally
        {
            Finished(handled);
        }

        return handled;
    }

    /// <summary>Hands what was decided to the writer, or lets it go when there is nothing to store or to confirm.</summary>
    private void EndTurn()
    {
        // A message that had to wait for the append has sent it already.
        if (_turn is not { } turn || Status == CellStatus.Appending)
        {
            return;
        }

        if (!turn.IsEmpty)
        {
            SubmitAppend(turn);
            return;
        }

        _turn = null;
        _released.EnqueueChain(turn.Waiting.TakeChain());
        var bug = turn.Bug;
        kind.ReturnTurn(turn);
        if (bug is not null)
        {
            StopOnBug(bug);
        }
    }

    private void AnswerQuery(Ask ask)
    {
        var seq = _turn?.Seq ?? _seq;
        if (ask.SeqMin > seq && !TryRefresh(ask))
        {
            return;
        }

        ask.Result = ask.SeqMin > seq
            ? AskResult.Rejected(
                new Rejection("seq_ahead", $"Nothing with the number {ask.SeqMin} is stored; the last is {seq}.", "seq"), seq)
            : Answer(_turn?.State ?? _state!, ask, seq);

        // Memory that somebody else may have overtaken: the answer goes out only when the head is confirmed.
        if (!Services.Lease.IsValid && ask.Result.Outcome != AskOutcome.Failed)
        {
            (_turn ??= BeginTurn()).NeedsVerify = true;
        }

        // An answer that shows undurable events waits for them; any other leaves at once.
        if (_turn is { IsEmpty: false } turn)
        {
            turn.Waiting.Enqueue(ask);
        }
        else
        {
            _released.Enqueue(ask);
        }
    }

    private AskResult Answer(TState state, Ask ask, long seq)
    {
        try
        {
            var answer = Definition.Answer(state, ask.Message);
            return answer.Rejection is { } rejection ? AskResult.Rejected(rejection, seq) : AskResult.Replied(answer.Reply, seq);
        }
        catch (Exception error)
        {
            Services.Logger.QueryFailed(error, Address, ask.Message.GetType().Name);
            return AskResult.Failed();
        }
    }

    /// <summary>The asker has seen more than this memory holds: read the store again, once.</summary>
    /// <returns>False when the ask was put back to wait for that.</returns>
    private bool TryRefresh(Ask ask)
    {
        if (ask.Refreshed)
        {
            return true;
        }

        if (!PutOff(ask))
        {
            PutBackOne(ask);
            ask.Refreshed = true;
            StartRecovery();
        }

        return false;
    }

    /// <summary>What this turn has decided goes first; the message is looked at again when that is durable.</summary>
    /// <returns>False when nothing waits to be made durable.</returns>
    private bool PutOff(Envelope envelope)
    {
        if (_turn is not { IsEmpty: false } turn)
        {
            return false;
        }

        PutBackOne(envelope);
        SubmitAppend(turn);
        return true;
    }

    private void PutBackOne(Envelope envelope)
    {
        var one = default(EnvelopeQueue);
        one.Enqueue(envelope);
        PutBack(one);
        Finished(-1);
    }

    private void RefuseInbox()
    {
        var refused = 0;
        while (TakeNext() is { } envelope)
        {
            refused++;
            switch (envelope)
            {
                case Ask ask:
                    ask.Result = RefusalNow();
                    _released.Enqueue(ask);
                    if (ask.Detached)
                    {
                        RetryPresence();
                    }

                    break;
                case SubscribeEnvelope subscribe:
                    subscribe.Subscription.End(FeedEnd.Failed);
                    break;
                case UnsubscribeEnvelope unsubscribe:
                    RemoveSubscription(unsubscribe.Subscription);
                    break;
                case CaughtUpEnvelope caughtUp:
                    FinishCatchUp(caughtUp);
                    break;
                case DrainEnvelope drain:
                    EndSubscriptions(FeedEnd.Moved);
                    _leaves = true;
                    drain.Done();
                    break;
            }
        }

        Finished(refused);
    }

    private AskResult RefusalNow() => Status == CellStatus.Broken && _recoveryError is not Journal.JournalUnavailableException
        ? AskResult.Failed()
        : AskResult.Unavailable("store_unavailable", "The store does not answer at the moment.");
}
