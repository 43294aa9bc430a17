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
                EndSubscriptions(member: null, FeedEnd.Moved);
                drain.Done();
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
            subscription.Refreshed = true;
            PutBackOne(new SubscribeEnvelope(subscription));
            if (_turn is null or { IsEmpty: true })
            {
                StartRecovery();
            }

            return;
        }

        if (subscription.Subscriber.Member is { } member && !Definition.MayFollow(_state!, member))
        {
            subscription.End(FeedEnd.Expelled);
            return;
        }

        if (_feed is null)
        {
            _feed = new EntityFeed();
            _publishedSeq = _seq;
        }

        _feed.Add(subscription);
        _presenceChanged = true;
        Services.Metrics.Subscribed(1);
        Begin(subscription);
    }

    private void Begin(Subscription subscription)
    {
        if (Definition.HasEventView && subscription.Since is { } since && since < _seq)
        {
            subscription.Held = [];
            _ = CatchUpAsync(subscription, since, _seq);
        }
        else if (Definition.HasStateView && subscription.Since != _seq)
        {
            Guarded(() =>
            {
                if (Definition.ViewState(_state!, _seq, subscription.Audience) is { } bytes)
                {
                    subscription.Subscriber.Deliver(new FeedBatch([new FeedFrame(FeedFrameKind.State, _seq, bytes)], _seq));
                }
            });
        }
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
                await Services.Journal.ReadEntityAsync(
                    Address, since, entry => View(entry, until, subscription.Audience, read), CancellationToken.None);
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
        if (Definition.ViewEvent(@event, entry.Seq, audience) is { } bytes)
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

        if (caughtUp.Frames.Count > 0)
        {
            subscription.Subscriber.Deliver(new FeedBatch(caughtUp.Frames, caughtUp.Until) { IsCatchUp = true });
        }

        held.ForEach(subscription.Subscriber.Deliver);
    }

    private void PublishEvents(List<TEvent> events, long seq)
    {
        if (_feed is null)
        {
            return;
        }

        _publishedSeq = seq;
        Guarded(() => Services.Metrics.Delivered(_feed.Publish(audience => FramesOf(events, seq, audience), seq)));
        foreach (var @event in events)
        {
            if (Definition.Expels(@event) is { } member)
            {
                EndSubscriptions(member, FeedEnd.Expelled);
            }

            if (Definition.EndsFeed(@event))
            {
                EndSubscriptions(member: null, FeedEnd.Closed);
            }
        }
    }

    private List<FeedFrame> FramesOf(List<TEvent> events, long seq, Audience audience)
    {
        List<FeedFrame> frames = [];
        for (var i = 0; Definition.HasEventView && i < events.Count; i++)
        {
            var eventSeq = seq - events.Count + 1 + i;
            if (Definition.ViewEvent(events[i], eventSeq, audience) is { } bytes)
            {
                frames.Add(new FeedFrame(FeedFrameKind.Event, eventSeq, bytes));
            }
        }

        if (Definition.HasStateView && Definition.ViewState(_state!, seq, audience) is { } state)
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

        Guarded(() => Services.Metrics.Delivered(_feed.Publish(audience => SignalFrames(signals, audience), _seq)));
    }

    private List<FeedFrame> SignalFrames(List<object> signals, Audience audience)
    {
        List<FeedFrame> frames = [];
        foreach (var signal in signals)
        {
            if (Definition.ViewSignal(_state!, signal, audience) is { } bytes)
            {
                frames.Add(new FeedFrame(FeedFrameKind.Signal, _seq, bytes));
            }
        }

        return frames;
    }

    /// <summary>A view that throws is a bug of the definition: its readers are sent away rather than left with a gap.</summary>
    private void Guarded(Action publish)
    {
        try
        {
            publish();
        }
        catch (Exception error)
        {
            Services.Metrics.Failure();
            Services.Logger.ViewFailed(error, Address);
            EndSubscriptions(member: null, FeedEnd.Failed);
        }
    }
}
