using AkkaParty.Runtime.Entities;
using Microsoft.Extensions.Logging;

namespace AkkaParty.Runtime.Feeds;

/// <summary>One subscriber at its entity. Everything but <see cref="Dispose"/> happens in the entity's turns.</summary>
internal sealed class Subscription(
    EntityAddress address, Audience audience, long? since, IFeedSubscriber subscriber, ILogger logger) : IDisposable
{
    private Action<Envelope>? _post;
    private int _disposed;

    public Audience Audience { get; } = audience;

    public long? Since { get; set; } = since;

    public IFeedSubscriber Subscriber { get; } = subscriber;

    /// <summary>Whether the entity has read the store again because this subscriber had seen more than its memory held.</summary>
    public bool Refreshed { get; set; }

    /// <summary>Frames that came while the ones before them were still being read from the journal; null when up to date.</summary>
    public List<FeedBatch>? Held { get; set; }

    /// <summary>Whether the subscriber wants nothing more.</summary>
    public bool IsOver => Volatile.Read(ref _disposed) != 0;

    /// <summary>How the end of the subscription reaches the entity.</summary>
    public void Bind(Action<Envelope> post) => _post = post;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _post?.Invoke(new UnsubscribeEnvelope(this));
        }
    }

    /// <summary>Hands a batch over, unless the subscriber wants nothing more.</summary>
    /// <returns>False when the subscriber threw: it may have a gap now.</returns>
    public bool Deliver(FeedBatch batch)
    {
        try
        {
            if (!IsOver)
            {
                Subscriber.Deliver(batch);
            }

            return true;
        }
        catch (Exception error)
        {
            logger.SubscriberFailed(error, address, Audience.Name);
            return false;
        }
    }

    /// <summary>Ends it from the entity's side.</summary>
    public void End(FeedEnd reason)
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        try
        {
            Subscriber.End(reason);
        }
        catch (Exception error)
        {
            logger.SubscriberFailed(error, address, Audience.Name);
        }
    }
}
