using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Remoting.Frames;

namespace AkkaParty.Runtime.Remoting;

/// <summary>
/// One run of another node: what it was asked, what it asks, who follows whom. What the link brings is handled one frame after the
/// other; everything else may come from any thread.
/// </summary>
internal sealed class Peer
{
    private const int TextsMax = 8_192;

    private readonly TextCache _texts = new(TextsMax);
    private readonly SeenWindow _seen = new();
    private readonly ServedAsks _served;
    private long _number;
    private bool _isUp;

    public Peer(NodeIdentity node, PeerLinks links)
    {
        Links = links;
        Name = node.Name;
        Incarnation = node.Incarnation;

        // Another run of this node counts from elsewhere, so that a late answer to one is never taken for an answer to the other.
        _number = links.Time.GetTimestamp() & 0x0FFF_FFFF;
        Asks = new RemoteAsks(this);
        Followed = new FollowedFeeds(this);
        Relayed = new RelayedFeeds(this);
        Requests = new NodeRequests(this);
        _served = new ServedAsks(this);
    }

    public PeerLinks Links { get; }

    /// <summary>The node's name.</summary>
    public string Name { get; }

    /// <summary>Its run.</summary>
    public long Incarnation { get; }

    /// <summary>Whether there is a link.</summary>
    public bool IsUp => Volatile.Read(ref _isUp);

    /// <summary>What was asked there.</summary>
    public RemoteAsks Asks { get; }

    /// <summary>What is followed there.</summary>
    public FollowedFeeds Followed { get; }

    /// <summary>What it follows here.</summary>
    public RelayedFeeds Relayed { get; }

    /// <summary>Questions to the node itself.</summary>
    public NodeRequests Requests { get; }

    /// <summary>A number that nothing else sent to this run has.</summary>
    public long NextNumber() => Interlocked.Increment(ref _number);

    /// <summary>The highest number given out.</summary>
    public long LastNumber => Volatile.Read(ref _number);

    /// <summary>Sends one frame.</summary>
    /// <returns>False when it certainly goes nowhere.</returns>
    public bool TrySend(FrameWriter frame) =>
        IsUp && frame.Length <= Links.Transport.FrameBytesMax && Links.Transport.TrySend(Name, frame.Written);

    public void LinkUp()
    {
        // The peer counts anew when this node has become another run for it, and nothing of an earlier link comes any more.
        _seen.Reset();
        Followed.LinkUp();
        Volatile.Write(ref _isUp, true);
    }

    public void LinkDown()
    {
        Volatile.Write(ref _isUp, false);
        Asks.LinkDown();
        Followed.LinkDown();
        Relayed.LinkDown();
        Requests.LinkDown();
    }

    /// <summary>Sends what is due and gives up on what has waited for too long.</summary>
    /// <returns>Whether there is something to look over again.</returns>
    public bool LookOver(long now)
    {
        var waits = Asks.Expire(now) | Requests.Expire(now);
        if (!IsUp)
        {
            return waits;
        }

        Followed.LookOver(now);
        Relayed.LookOver(now);
        return true;
    }

    /// <summary>Handles one frame. One that cannot be read costs itself only.</summary>
    public void Receive(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return;
        }

        try
        {
            Receive((NodeFrame)bytes[0], new FrameReader(bytes[1..]));
        }
        catch (MalformedFrameException error)
        {
            Links.Metrics.FrameMalformed();
            Links.Logger.FrameMalformed(bytes[0], Name, error.Message);
        }
    }

    private void Receive(NodeFrame type, FrameReader frame)
    {
        switch (type)
        {
            case NodeFrame.Ask:
                _served.Receive(AskFrames.Read(frame), _texts, _seen);
                break;
            case NodeFrame.Reply:
                Asks.Replied(frame, _texts);
                break;
            case NodeFrame.Moved:
                Asks.Moved(frame.Number());
                break;
            case NodeFrame.Subscribe:
                ReceiveSubscribe(FeedFrames.ReadSubscribe(frame));
                break;
            case NodeFrame.Unsubscribe:
                Relayed.Unsubscribe(frame.Number());
                break;
            case NodeFrame.Following:
                var (upTo, numbers) = FeedFrames.ReadFollowing(frame);
                Relayed.Reconcile(upTo, numbers);
                break;
            case NodeFrame.FeedGroup:
                Followed.Group(frame.Number(), frame.Number(), frame.Number(), FeedFrames.ReadPiece(frame));
                break;
            case NodeFrame.FeedAlone:
                Followed.Alone(frame.Number(), frame.Number(), FeedFrames.ReadPiece(frame));
                break;
            case NodeFrame.FeedLive:
                Followed.Live(
                    frame.Number(), frame.Number(), group: frame.Number(), groupSent: frame.Number(), seq: frame.Number());
                break;
            case NodeFrame.FeedEnded:
                Followed.Ended(frame.Number(), frame.Byte());
                break;
            case NodeFrame.FeedHeads:
                var (groups, pending) = FeedFrames.ReadHeads(frame);
                Followed.Heads(groups, pending, Links.Time.GetTimestamp());
                break;
            case NodeFrame.Signal:
                ReceiveSignal(frame);
                break;
            case NodeFrame.ClusterChanged:
                Links.ClusterChanged?.Invoke();
                break;
            case NodeFrame.Request:
                ReceiveRequest(frame);
                break;
            case NodeFrame.Response:
                Requests.Responded(frame.Number(), frame.Byte() == 0 ? null : frame.Rest.ToArray());
                break;
            default:
                // A newer build's: it knows that this one may not understand.
                break;
        }
    }

    private void ReceiveSubscribe(SubscribeFrame subscribe)
    {
        if (_seen.IsNew(subscribe.Number))
        {
            Relayed.Subscribe(subscribe);
        }
    }

    private void ReceiveRequest(FrameReader frame)
    {
        var number = frame.Number();
        if (_seen.IsNew(number))
        {
            Requests.Receive(number, frame.Text(), frame.Rest.ToArray());
        }
    }

    private void ReceiveSignal(FrameReader frame)
    {
        if (Links.RegionOf(frame.TextBytes()) is not { } region)
        {
            return;
        }

        var entityId = _texts.Get(frame.TextBytes());
        try
        {
            region.SignalHere(entityId, region.MessageCodec.Decode(_texts.Get(frame.TextBytes()), frame.Rest));
        }
        catch (Exception error) when (error is not MalformedFrameException)
        {
            Links.Logger.AskUnreadable(error, new Entities.EntityAddress(region.Kind, entityId), Name);
        }
    }
}
