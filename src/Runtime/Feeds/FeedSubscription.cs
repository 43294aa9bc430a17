using AkkaParty.Runtime.Remoting;
using AkkaParty.Runtime.Remoting.Frames;
using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Runtime.Feeds;

/// <summary>
/// A subscriber's hold on an entity, wherever that lives: when the entity moves, or the way to it is lost, it subscribes again at
/// the then-current home from the last number it has, and the subscriber notices nothing. It has at most one attempt at a time; an
/// attempt that is over never delivers.
/// </summary>
internal sealed class FeedSubscription(
    ShardRegion region, string entityId, Audience audience, long? since, IFeedSubscriber subscriber, PeerLinks peers)
    : IFeedSink, IFollowedFeed, IThreadPoolWorkItem, IDisposable
{
    private object? _attempt;
    private Lock? _remoteGate;
    private string? _home;
    private string? _tried;
    private long _triedAt;
    private int _tries;
    private long? _since = since;
    private long _stateSeq = -1;
    private bool _lacksState;
    private bool _isLive;
    private bool _isWhole = true;
    private bool _hasMore;
    private int _pokes = 1;
    private int _over;

    /// <inheritdoc />
    public string? Member => subscriber.Member;

    /// <inheritdoc />
    public string? Credential => subscriber.Credential;

    /// <summary>The door to the entity's kind.</summary>
    public ShardRegion Region => region;

    /// <summary>Whom it follows.</summary>
    public string EntityId => entityId;

    /// <summary>Who looks.</summary>
    public Audience Audience => audience;

    /// <summary>The last number it has; null for none.</summary>
    public long? Since => _since;

    /// <summary>Whether the state that belongs to <see cref="Since"/> has not come.</summary>
    public bool LacksState => _lacksState;

    /// <inheritdoc />
    public bool IsLive => Volatile.Read(ref _isLive) && Volatile.Read(ref _attempt) is not null
        && region.HomeOf(entityId) is var home && Volatile.Read(ref _home) == NameOf(home);

    private bool IsOver => Volatile.Read(ref _over) != 0;

    /// <summary>Subscribes for the first time, on the caller's thread: what it asks afterwards it sees.</summary>
    public void Start() => Execute();

    /// <summary>Looks again whether there is a home to subscribe at.</summary>
    public void Poke()
    {
        if (Interlocked.Increment(ref _pokes) == 1)
        {
            peers.Dispatcher.Schedule(this);
        }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _over, 1) == 0)
        {
            LetGo();
        }
    }

    /// <inheritdoc />
    public void Execute()
    {
        int seen;
        do
        {
            seen = Volatile.Read(ref _pokes);
            Settle();
        }
        while (Interlocked.Add(ref _pokes, -seen) > 0);
    }

    /// <inheritdoc />
    public void Deliver(Subscription from, FeedBatch batch, bool alone) => Deliver(from, batch, moreFollows: false, alone);

    /// <inheritdoc />
    public void BecomeLive(Subscription from, long seq) => NoteLive(from, seq);

    /// <inheritdoc />
    public void End(Subscription from, FeedEnd reason) => NoteEnd(from, reason);

    /// <summary>Takes what came over a link.</summary>
    /// <returns>False when the subscriber threw: it may have a gap now.</returns>
    public bool DeliverRemote(RemoteSubscription from, FeedPiece piece, bool alone)
    {
        try
        {
            Deliver(from, piece.Batch, piece.MoreFollows, alone);
            return true;
        }
        catch (Exception error)
        {
            peers.Logger.SubscriberFailed(error, new Entities.EntityAddress(region.Kind, entityId), audience.Name);
            return false;
        }
    }

    /// <summary>The attempt has everything up to a number.</summary>
    public void NoteLive(object from, long seq)
    {
        using (Enter())
        {
            if (!ReferenceEquals(Volatile.Read(ref _attempt), from))
            {
                return;
            }

            _since = seq;
            _lacksState = false;
            _isLive = true;
            _isWhole = true;
            _tried = null;
        }
    }

    /// <summary>The attempt is over.</summary>
    public void NoteEnd(object from, FeedEnd reason)
    {
        if (Interlocked.CompareExchange(ref _attempt, null, from) != from)
        {
            return;
        }

        if (reason != FeedEnd.Moved || region.HomeOf(entityId).Kind == HomeKind.Closed)
        {
            Finish(reason);
        }
        else
        {
            Poke();
        }
    }

    private void Settle()
    {
        if (IsOver || Volatile.Read(ref _attempt) is not null)
        {
            return;
        }

        CloseLastAttempt();
        var home = region.HomeOf(entityId);
        if (home.Kind == HomeKind.Closed)
        {
            Finish(FeedEnd.Moved);
        }
        else if (home.Kind == HomeKind.Local && MayTry(""))
        {
            BeginHere();
        }
        else if (home.Kind == HomeKind.Remote && MayTry(home.Node!))
        {
            BeginAt(home.Node!);
        }
        else
        {
            peers.Waiting.Add(this);
        }
    }

    /// <summary>
    /// What came up to here counts, but the state that belongs to it may be what was lost. A delivery of the attempt that is over may
    /// still be under way on another thread: it counts too, and so is waited for.
    /// </summary>
    private void CloseLastAttempt()
    {
        using (Enter())
        {
            _lacksState |= (_hasMore && !_isLive) || !_isWhole;
            _isLive = false;
            _isWhole = true;
            _hasMore = false;
        }
    }

    /// <summary>A home that has just sent it away is not asked again at once: it would only do so again.</summary>
    private bool MayTry(string node)
    {
        var now = peers.Time.GetTimestamp();
        if (_tried == node)
        {
            if (peers.Time.GetElapsedTime(_triedAt, now) < PeerLinks.RetryAfter(_tries))
            {
                return false;
            }

            _tries++;
        }
        else
        {
            _tries = 0;
        }

        _tried = node;
        _triedAt = now;
        return true;
    }

    private static string? NameOf(in ShardHome home) => home.Kind switch
    {
        HomeKind.Local => "",
        HomeKind.Remote => home.Node,
        _ => null,
    };

    private void BeginHere()
    {
        Volatile.Write(ref _home, "");
        var attempt = region.Attempt(this);
        Volatile.Write(ref _attempt, attempt);
        if (!region.TryFollow(entityId, attempt))
        {
            attempt.End(FeedEnd.Moved);
        }

        LetGoIfOver();
    }

    private void BeginAt(string node)
    {
        if (peers.FindUp(node) is not { } peer)
        {
            if (peers.IsCutOff())
            {
                Finish(FeedEnd.Moved);
                return;
            }

            // Nobody was asked: as soon as the link is there it may try.
            _tried = null;
            peers.Waiting.Add(this);
            return;
        }

        // From here on frames may come from several threads; one that only ever lived here needs no lock.
        _remoteGate ??= new Lock();
        Volatile.Write(ref _home, node);
        var attempt = new RemoteSubscription(this, peer.Followed, peer.NextNumber());
        Volatile.Write(ref _attempt, attempt);
        peer.Followed.Begin(attempt);
        LetGoIfOver();
    }

    private void LetGoIfOver()
    {
        if (IsOver)
        {
            LetGo();
        }
    }

    private void LetGo()
    {
        switch (Interlocked.Exchange(ref _attempt, null))
        {
            case Subscription here:
                here.Dispose();
                break;
            case RemoteSubscription there:
                there.Feeds.End(there);
                break;
        }
    }

    private void Finish(FeedEnd reason)
    {
        if (Interlocked.Exchange(ref _over, 1) != 0)
        {
            return;
        }

        // A delivery of an earlier attempt may still be under way on another thread.
        using (Enter())
        {
            TellEnd(reason);
        }
    }

    private void TellEnd(FeedEnd reason)
    {
        try
        {
            subscriber.End(reason);
        }
        catch (Exception error)
        {
            peers.Logger.SubscriberFailed(error, new Entities.EntityAddress(region.Kind, entityId), audience.Name);
        }
    }

    private void Deliver(object from, FeedBatch batch, bool moreFollows, bool alone)
    {
        using (Enter())
        {
            Hand(from, batch, moreFollows, alone);
        }
    }

    /// <summary>Keeps the others out, once there can be others.</summary>
    private Entered Enter()
    {
        var gate = Volatile.Read(ref _remoteGate);
        gate?.Enter();
        return new Entered(gate);
    }

    private void Hand(object from, FeedBatch batch, bool moreFollows, bool alone)
    {
        if (!ReferenceEquals(Volatile.Read(ref _attempt), from) || IsOver)
        {
            return;
        }

        // The state may be shown again after a move; whoever has it already need not see it twice.
        if (!alone || !batch.HasState || batch.HasEvents || batch.Seq > _stateSeq)
        {
            subscriber.Deliver(batch);
        }

        _since = Math.Max(_since ?? 0, batch.Seq);
        _stateSeq = batch.HasState ? batch.Seq : _stateSeq;
        _isWhole = !moreFollows;
        _hasMore = true;
    }

    private readonly ref struct Entered(Lock? gate)
    {
        public void Dispose() => gate?.Exit();
    }
}
