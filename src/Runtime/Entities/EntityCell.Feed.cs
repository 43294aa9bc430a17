using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.Journal;

namespace AkkaParty.Runtime.Entities;

/// <summary>The entity's subscribers: who comes, who goes, and what each turn shows them.</summary>
internal sealed partial class EntityCell<TState, TCommand, TEvent>
{
    private EntityFeed? _feed;
    private long _publishedSeq;

    private void HandleFeed(Envelope envelope)
    {
        switch (envelope)
        {
            case SubscribeEnvelope subscribe:
                AddSubscription(subscribe.Subscription);
                break;
            case UnsubscribeEnvelope unsubscribe:
                RemoveSubscription(unsubscribe.Subscription);
                break;
            case CaughtUpEnvelope caughtUp:
                FinishCatchUp(caughtUp);
                break;
            case DrainEnvelope drain:
                LeaveWhenDone(drain);
                break;
            default:
                throw new InvariantViolatedException($"No turn knows what to do with a {envelope.GetType().Name}");
        }
    }

    private void AddSubscription(Subscription subscription)
    {
        if (subscription.IsOver)
        {
            return;
        }

        if (subscription.Since > _seq && !subscription.Refreshed)
        {
            // It has seen more than this memory holds: read the store again before it is told anything.
            var again = new SubscribeEnvelope(subscription);
            if (!PutOff(again))
            {
                PutBackOne(again);
                subscription.Refreshed = true;
                StartRecovery();
            }

            return;
        }

        if (Refusal(subscription) is { } reason)
        {
            subscription.End(reason);
            return;
        }

        if (_feed is null)
        {
            _feed = new EntityFeed(Address, Services.Logger);
            _publishedSeq = _seq;
        }

        _feed.Add(subscription);
        _presenceChanged = true;
        Services.Metrics.Subscribed(1);
        Begin(subscription);
    }

    private FeedEnd? Refusal(Subscription subscription)
    {
        try
        {
            if (subscription.Member is { } member && !Definition.MayFollow(_state!, member))
            {
                return FeedEnd.Expelled;
            }

            return subscription.Credential is { } credential && !Definition.Accepts(_state!, subscription.Member, credential)
                ? FeedEnd.Revoked
                : null;
        }
        catch (Exception error)
        {
            Services.Metrics.Failure();
            Services.Logger.ViewFailed(error, Address, subscription.Audience.Name);
            return FeedEnd.Failed;
        }
    }

    private void Begin(Subscription subscription)
    {
        if (Definition.HasEventView && subscription.Since is { } since && since < _seq)
        {
            subscription.Held = [];
            _ = CatchUpAsync(subscription, since, _seq);
        }
        else if (Definition.HasStateView && (subscription.Since != _seq || subscription.LacksState) && !ShowState(subscription))
        {
            Fail(subscription);
        }
        else
        {
            subscription.BecomeLive(_seq);
        }
    }

    /// <summary>Hands one subscriber the state as it is now.</summary>
    /// <returns>False when the view or the subscriber threw.</returns>
    private bool ShowState(Subscription subscription)
    {
        try
        {
            return Definition.ViewState(_state!, _seq, subscription.Audience) is not { IsEmpty: false } bytes
                || subscription.Deliver(new FeedBatch([new FeedFrame(FeedFrameKind.State, _seq, bytes)], _seq), alone: true);
        }
        catch (Exception error)
        {
            Services.Logger.ViewFailed(error, Address, subscription.Audience.Name);
            return false;
        }
    }

    /// <summary>One that cannot be served is sent away rather than left with a gap; the others go on.</summary>
    private void Fail(Subscription subscription)
    {
        Services.Metrics.Failure();
        subscription.End(FeedEnd.Failed);
        RemoveSubscription(subscription);
    }

    private void RemoveSubscription(Subscription subscription)
    {
        if (_feed?.Remove(subscription) != true)
        {
            return;
        }

        _presenceChanged = true;
        Services.Metrics.Subscribed(-1);
        if (_feed.Count == 0)
        {
            _feed = null;
        }
    }

    /// <summary>Reads the events a subscriber missed, through the same view as live ones. Runs beside the turns.</summary>
    private async Task CatchUpAsync(Subscription subscription, long since, long until)
    {
        List<FeedFrame>? frames = null;
        if (until - since <= Services.Options.CatchUpEventsMax)
        {
            try
            {
                List<FeedFrame> read = [];
                using var timeout = new CancellationTokenSource(Services.Options.AskTimeout, Services.Time);
                await Services.Journal.ReadEntityAsync(
                    Address, since, entry => View(entry, until, subscription.Audience, read), timeout.Token);
                frames = read;
            }
            catch (Exception error)
            {
                Services.Logger.CatchUpFailed(error, Address, since);
            }
        }

        Post(new CaughtUpEnvelope(subscription, frames, until));
        Schedule();
    }

    private void View(JournalEntry entry, long until, Audience audience, List<FeedFrame> frames)
    {
        if (entry.Seq > until)
        {
            return;
        }

        var @event = Definition.EventCodec.Decode(entry.Manifest, entry.Payload.Span);
        if (Definition.ViewEvent(@event, entry.Seq, audience) is { IsEmpty: false } bytes)
        {
            frames.Add(new FeedFrame(FeedFrameKind.Event, entry.Seq, bytes));
        }
    }

    private void FinishCatchUp(CaughtUpEnvelope caughtUp)
    {
        var subscription = caughtUp.Subscription;
        if (caughtUp.Frames is null)
        {
            subscription.End(FeedEnd.Failed);
            RemoveSubscription(subscription);
            return;
        }

        var held = subscription.Held ?? [];
        subscription.Held = null;
        if (subscription.IsOver)
        {
            return;
        }

        List<FeedBatch> batches = caughtUp.Frames.Count == 0
            ? held
            : [new FeedBatch(caughtUp.Frames, caughtUp.Until) { IsCatchUp = true }, .. held];

        // What a turn shows is its events and then the state; what a subscriber catches up on as well.
        var lacksState = Definition.HasStateView && !held.Exists(batch => batch.Frames.Any(frame => frame.Kind == FeedFrameKind.State));
        if (!batches.TrueForAll(batch => subscription.Deliver(batch, alone: true)) || (lacksState && !ShowState(subscription)))
        {
            Fail(subscription);
        }
        else
        {
            // What was published while it caught up was held for it; nothing is behind that.
            subscription.BecomeLive(_publishedSeq);
        }
    }

    /// <summary>
    /// Shows what was stored. Whom an event sends away sees nothing of what follows it, though all of it was stored at once.
    /// </summary>
    private void PublishEvents(List<TEvent> events, long seq)
    {
        _publishedSeq = seq;
        BeginPause(_feed?.Count ?? 0);
        var shown = 0;
        for (var i = 0; i < events.Count && _feed is { } feed; i++)
        {
            var @event = events[i];
            var (member, credential, endsAll) = (Definition.Expels(@event), Definition.Revokes(@event), Definition.EndsFeed(@event));
            var mayRevoke = Definition.MayRevoke(@event);
            if (i < events.Count - 1 && member is null && credential is null && !mayRevoke && !endsAll)
            {
                continue;
            }

            var (begin, end) = (shown, i + 1);
            Publish(feed, audience => FramesOf(events, begin, end, seq, audience), seq - events.Count + end);
            shown = end;
            if (member is not null)
            {
                EndSubscriptions(FeedEnd.Expelled, subscription => subscription.Member == member);
            }

            if (credential is not null)
            {
                EndSubscriptions(FeedEnd.Revoked, subscription => subscription.Credential == credential);
            }

            if (mayRevoke)
            {
                EndSubscriptions(
                    FeedEnd.Revoked,
                    subscription => subscription.Credential is { } token && !Definition.Accepts(_state!, subscription.Member, token));
            }

            if (endsAll)
            {
                EndSubscriptions(FeedEnd.Closed);
            }
        }
    }

    /// <summary>The frames of some of the events that lead to a number, and with the last of them the state there.</summary>
    private List<FeedFrame> FramesOf(List<TEvent> events, int begin, int end, long seq, Audience audience)
    {
        List<FeedFrame> frames = [];
        for (var i = begin; Definition.HasEventView && i < end; i++)
        {
            var eventSeq = seq - events.Count + 1 + i;
            if (Definition.ViewEvent(events[i], eventSeq, audience) is { IsEmpty: false } bytes)
            {
                frames.Add(new FeedFrame(FeedFrameKind.Event, eventSeq, bytes));
            }
        }

        if (end == events.Count && Definition.HasStateView
            && Definition.ViewState(_state!, seq, audience) is { IsEmpty: false } state)
        {
            frames.Add(new FeedFrame(FeedFrameKind.State, seq, state));
        }

        return frames;
    }

    private void PublishSignals(List<object>? signals)
    {
        if (signals is null || _feed is null)
        {
            return;
        }

        Publish(_feed, audience => SignalFrames(signals, audience), _seq);
    }

    private void Publish(EntityFeed feed, Func<Audience, List<FeedFrame>> frames, long seq)
    {
        List<Subscription>? failed = null;
        Services.Metrics.Delivered(feed.Publish(frames, seq, ref failed));
        failed?.ForEach(Fail);
    }

    private List<FeedFrame> SignalFrames(List<object> signals, Audience audience)
    {
        List<FeedFrame> frames = [];
        foreach (var signal in signals)
        {
            if (Definition.ViewSignal(_state!, signal, audience) is { IsEmpty: false } bytes)
            {
                frames.Add(new FeedFrame(FeedFrameKind.Signal, _seq, bytes));
            }
        }

        return frames;
    }
}
