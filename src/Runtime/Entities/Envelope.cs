namespace AkkaParty.Runtime.Entities;

/// <summary>What waits in a mailbox.</summary>
internal abstract class Envelope
{
    /// <summary>The next envelope in whichever list this one is in.</summary>
    public Envelope? Next { get; set; }
}

/// <summary>Something ephemeral for the entity's subscribers.</summary>
internal sealed class SignalEnvelope(object signal) : Envelope
{
    public object Signal { get; } = signal;
}

/// <summary>A subscriber comes.</summary>
internal sealed class SubscribeEnvelope(Feeds.Subscription subscription) : Envelope
{
    public Feeds.Subscription Subscription { get; } = subscription;
}

/// <summary>A subscriber goes.</summary>
internal sealed class UnsubscribeEnvelope(Feeds.Subscription subscription) : Envelope
{
    public Feeds.Subscription Subscription { get; } = subscription;
}

/// <summary>The events that a subscriber missed have been read; null when they could not be.</summary>
internal sealed class CaughtUpEnvelope(Feeds.Subscription subscription, List<Feeds.FeedFrame>? frames, long until) : Envelope
{
    public Feeds.Subscription Subscription { get; } = subscription;

    public List<Feeds.FeedFrame>? Frames { get; } = frames;

    public long Until { get; } = until;
}

/// <summary>
/// The shard moves or the node stops: finish what is under way, send the subscribers elsewhere and leave memory. Told done when the
/// entity has left, or at once when it refuses everything anyway.
/// </summary>
internal sealed class DrainEnvelope(Action done) : Envelope
{
    public Action Done { get; } = done;
}
