using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.Remoting.Frames;

namespace AkkaParty.Runtime.Remoting;

/// <summary>
/// The live subscriptions of one peer to one entity and audience: what is published goes to them as one frame. Frames are sent in the
/// entity's turns; only how far it is and how many there are is read by others.
/// </summary>
internal sealed class RelayGroup(RelayedFeeds feeds, long number, string key)
{
    private readonly List<FeedPiece> _pieces = [];
    private long _sent;
    private long _live;
    private long _lastBatch;

    public long Number { get; } = number;

    /// <summary>Under what the feeds keep it.</summary>
    public string Key { get; } = key;

    /// <summary>Its relays, live or not. The feeds' own, under their lock.</summary>
    public Dictionary<long, RelaySubscriber> Relays { get; } = [];

    /// <summary>Where it stands.</summary>
    public GroupHead Head => new(Number, Volatile.Read(ref _sent), Volatile.Read(ref _live));

    /// <summary>One more of them is live.</summary>
    public void Join() => Interlocked.Increment(ref _live);

    /// <summary>One that was live is over.</summary>
    public void Leave() => Interlocked.Decrement(ref _live);

    /// <summary>Sends a batch, unless that has been done for another of its subscriptions.</summary>
    public void Publish(FeedBatch batch)
    {
        if (_lastBatch == batch.Number)
        {
            return;
        }

        _lastBatch = batch.Number;
        _pieces.Clear();
        if (!FeedPieces.TrySplit(batch, feeds.FrameBytesMax, _pieces))
        {
            feeds.Break(this, FeedEnd.Failed);
            return;
        }

        foreach (var piece in _pieces)
        {
            if (!feeds.TrySend(FeedFrames.WriteGroup(Number, _sent + 1, Volatile.Read(ref _live), piece)))
            {
                // Signals may be lost; anything else must not be, so that they come again and read it back.
                if (batch.HasEvents || batch.HasState || piece.Batch != batch)
                {
                    feeds.Break(this, FeedEnd.Moved);
                }

                break;
            }

            // After it was sent: a head that is announced is never ahead of the frames.
            Volatile.Write(ref _sent, _sent + 1);
        }

        _pieces.Clear();
    }
}
