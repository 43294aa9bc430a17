using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Remoting.Frames;
using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Runtime.Remoting;

/// <summary>
/// The asks that one run of a peer has been sent and has not answered. Each has exactly one owner: whoever takes it out of the table
/// completes it or sends it elsewhere. Thread-safe.
/// </summary>
internal sealed class RemoteAsks(Peer peer)
{
    private static readonly AskResult TimedOut = AskResult.Unavailable("timed_out", "The node that serves this did not answer in time.");

    private readonly Lock _gate = new();
    private readonly Dictionary<long, Ask> _open = [];
    private readonly PeerLinks _peers = peer.Links;

    /// <summary>How many wait for an answer.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _open.Count;
            }
        }
    }

    /// <summary>Sends an ask; the answer completes it.</summary>
    public void Send(Ask ask)
    {
        var number = peer.NextNumber();
        if (Encode(ask, number) is not { } frame)
        {
            return;
        }

        if (ask.Deadline == 0)
        {
            ask.Deadline = _peers.Time.GetTimestamp() + _peers.Time.TicksOf(_peers.Options.AskTimeout);
        }

        _peers.Metrics.AskedRemotely();
        lock (_gate)
        {
            _open.Add(number, ask);
        }

        // From here on the ask belongs to whoever takes it out of the table.
        if (!_peers.Transport.TrySend(peer.Name, frame.Written))
        {
            if (Take(number) is { } unsent)
            {
                _peers.Held.Hold(unsent);
            }
        }
        else if (!peer.IsUp)
        {
            LinkDown();
        }
    }

    /// <summary>An answer has come.</summary>
    public void Replied(FrameReader frame, TextCache texts)
    {
        var number = frame.Number();
        if (Take(number) is not { } ask)
        {
            return;
        }

        try
        {
            _peers.Complete(ask, AskFrames.ReadReply(frame, ask.Region.ReplyCodec, texts));
        }
        catch (Exception error)
        {
            // It was answered, and this build cannot read how.
            _peers.Logger.ReplyUnreadable(error, new EntityAddress(ask.Region.Kind, ask.EntityId), peer.Name);
            _peers.Complete(ask, ask.IsQuery ? AskResult.Failed() : AskResult.Unknown());
        }
    }

    /// <summary>The peer is not the home: it has done nothing.</summary>
    public void Moved(long number)
    {
        if (Take(number) is not { } ask)
        {
            return;
        }

        _peers.Metrics.AskMoved();
        if (ask.Region.HomeOf(ask.EntityId) is { Kind: HomeKind.Remote } home && home.Node == peer.Name)
        {
            // One of the two knows an old home. Asking again at once would only be answered the same.
            _peers.Held.Hold(ask);
            _peers.NoteOldHome();
        }
        else
        {
            ask.Region.Route(ask);
        }
    }

    /// <summary>The link is gone: what may be sent twice goes elsewhere, of the rest nobody knows.</summary>
    public void LinkDown()
    {
        List<Ask> lost;
        lock (_gate)
        {
            lost = [.. _open.Values];
            _open.Clear();
        }

        foreach (var ask in lost)
        {
            if (ask.MayRepeat)
            {
                Repeat(ask);
            }
            else
            {
                _peers.Complete(ask, AskResult.Unknown());
            }
        }
    }

    /// <summary>Homes have changed: what may be sent twice and waits at the wrong node goes to the right one.</summary>
    public void Move()
    {
        foreach (var ask in TakeAll(HasMoved))
        {
            Repeat(ask);
        }
    }

    /// <summary>Answers what has waited for too long.</summary>
    /// <returns>Whether something still waits.</returns>
    public bool Expire(long now)
    {
        foreach (var ask in TakeAll(ask => now >= ask.Deadline))
        {
            _peers.Complete(ask, ask.IsQuery ? TimedOut : AskResult.Unknown());
        }

        return Count > 0;
    }

    private static void Repeat(Ask ask)
    {
        ask.MaybeDelivered = true;
        ask.Region.Route(ask);
    }

    private bool HasMoved(Ask ask)
    {
        var home = _peers.HomeOf(ask.Shard);
        return ask.MayRepeat && (home.Kind == HomeKind.Local || (home.Kind == HomeKind.Remote && home.Node != peer.Name));
    }

    private Ask? Take(long number)
    {
        lock (_gate)
        {
            return _open.Remove(number, out var ask) ? ask : null;
        }
    }

    private List<Ask> TakeAll(Func<Ask, bool> matches)
    {
        List<Ask> taken = [];
        lock (_gate)
        {
            List<long>? numbers = null;
            foreach (var (number, ask) in _open)
            {
                if (matches(ask))
                {
                    (numbers ??= []).Add(number);
                    taken.Add(ask);
                }
            }

            numbers?.ForEach(number => _open.Remove(number));
        }

        return taken;
    }

    private FrameWriter? Encode(Ask ask, long number)
    {
        try
        {
            var frame = AskFrames.Write(ask, number);
            if (frame.Length <= _peers.Transport.FrameBytesMax)
            {
                return frame;
            }

            throw new InvalidOperationException($"The message is longer than a frame may be ({frame.Length} bytes).");
        }
        catch (Exception error)
        {
            _peers.Logger.NotEncoded(error, new EntityAddress(ask.Region.Kind, ask.EntityId), ask.Message.GetType().Name);
            _peers.Complete(ask, AskResult.Failed());
            return null;
        }
    }
}
