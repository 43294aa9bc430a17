using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.Remoting.Frames;

namespace AkkaParty.Runtime.Remoting;

/// <summary>
/// A subscriber of another node, at its entity's home. Until it is up to date its frames are its own; then it shares its group's.
/// </summary>
internal sealed class RelaySubscriber(RelayedFeeds feeds, SubscribeFrame subscribe, RelayGroup group) : IFeedSink
{
    private long _sent;
    private int _state;

    /// <summary>Its number at the node it comes from.</summary>
    public long Number => subscribe.Number;

    /// <summary>Whose frames it shares.</summary>
    public RelayGroup Group => group;

    /// <summary>Its place at the entity.</summary>
    public Subscription Subscription { get; set; } = null!;

    /// <inheritdoc />
    public string? Member => subscribe.Member;

    /// <inheritdoc />
    public string? Credential => subscribe.Credential;

    /// <summary>Where it stands; null when it is live or over.</summary>
    public PendingHead? Head => Volatile.Read(ref _state) == 0 ? new PendingHead(Number, Volatile.Read(ref _sent)) : null;

    private bool IsOver => Volatile.Read(ref _state) == 2;

    /// <inheritdoc />
    public void Deliver(Subscription from, FeedBatch batch, bool alone)
    {
        if (IsOver)
        {
            return;
        }

        if (!alone)
        {
            group.Publish(batch);
            return;
        }

        List<FeedPiece> pieces = [];
        if (!FeedPieces.TrySplit(batch, feeds.FrameBytesMax, pieces))
        {
            feeds.Break(this, FeedEnd.Failed);
            return;
        }

        foreach (var piece in pieces)
        {
            if (!feeds.TrySend(FeedFrames.WriteAlone(Number, _sent + 1, piece)))
            {
                feeds.Break(this, FeedEnd.Moved);
                return;
            }

            Volatile.Write(ref _sent, _sent + 1);
        }
    }

    /// <inheritdoc />
    public void BecomeLive(Subscription from, long seq)
    {
        if (IsOver)
        {
            return;
        }

        if (!feeds.TrySend(FeedFrames.WriteLive(Number, _sent, group.Head, seq)))
        {
            feeds.Break(this, FeedEnd.Moved);
        }
        else if (Interlocked.CompareExchange(ref _state, 1, 0) == 0)
        {
            group.Join();
        }
    }

    /// <inheritdoc />
    public void End(Subscription from, FeedEnd reason) => feeds.Ended(this, reason);

    /// <summary>Ends it, once.</summary>
    /// <returns>False when it was over.</returns>
    public bool TryEnd()
    {
        var before = Interlocked.Exchange(ref _state, 2);
        if (before == 1)
        {
            group.Leave();
        }

        return before != 2;
    }
}
