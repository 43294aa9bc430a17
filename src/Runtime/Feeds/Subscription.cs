using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Sharding;
using Microsoft.Extensions.Logging;

namespace AkkaParty.Runtime.Feeds;

/// <summary>
/// One subscription at its entity, until it ends there. Everything but <see cref="Dispose"/> happens in the entity's turns.
/// </summary>
internal sealed class Subscription(
    Shard shard, EntityAddress address, Audience audience, long? since, IFeedSink sink, ILogger logger) : IDisposable
{
    private int _disposed;

    public Audience Audience { get; } = audience;

    public long? Since { get; } = since;

    public string? Member => sink.Member;

    public string? Credential => sink.Credential;

    /// <summary>Whether it wants the state even when <see cref="Since"/> is the head: it has lost the one that belongs there.</summary>
    public bool LacksState { get; init; }

    /// <summary>Whether the entity has read the store again because this subscriber had seen more than its memory held.</summary>
    public bool Refreshed { get; set; }

    /// <summary>Frames that came while the ones before them were still being read from the journal; null when up to date.</summary>
    public List<FeedBatch>? Held { get; set; }

    /// <summary>Whether the subscriber wants nothing more.</summary>
    public bool IsOver => Volatile.Read(ref _disposed) != 0;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            shard.PostIfPresent(address.Id, new UnsubscribeEnvelope(this));
        }
    }

    /// <summary>Hands a batch over, unless the subscriber wants nothing more.</summary>
    /// <returns>False when the subscriber threw: it may have a gap now.</returns>
    public bool Deliver(FeedBatch batch, bool alone)
    {
        try
        {
            if (!IsOver)
            {
                sink.Deliver(this, batch, alone);
            }

            return true;
        }
        catch (Exception error)
        {
            logger.SubscriberFailed(error, address, Audience.Name);
            return false;
        }
    }

    /// <summary>It has everything up to a sequence number, and gets what its audience gets from here on.</summary>
    public void BecomeLive(long seq)
    {
        if (!IsOver)
        {
            sink.BecomeLive(this, seq);
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
            sink.End(this, reason);
        }
        catch (Exception error)
        {
            logger.SubscriberFailed(error, address, Audience.Name);
        }
    }
}
