using AkkaParty.Http.Connections;

namespace AkkaParty.Http.WebSockets.Watching;

/// <summary>
/// Keeps from a connection what it caused itself, where the dialect tells that to everybody but the sender. Frames say only who acted, and
/// one person may have several connections; so while a command of this one is under way, frames of that person are withheld, and afterwards
/// the connection gets the state instead. What somebody said would be lost that way: it waits until it is known which message was whose.
/// </summary>
internal sealed class OwnFrames
{
    private readonly Lock _gate = new();
    private readonly List<(long Seq, WireFrame Frame)> _held = [];
    private bool _asking;
    private long _withheld;

    /// <summary>The highest number that was withheld since <see cref="Begin"/>; 0 for none.</summary>
    public long Withheld => Volatile.Read(ref _withheld);

    /// <summary>A command of this connection goes out.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            _asking = true;
            _withheld = 0;
        }
    }

    /// <summary>Whether a frame of this person is kept back.</summary>
    /// <param name="kind">What it is to them.</param>
    /// <param name="seq">Its number.</param>
    /// <param name="frame">The frame.</param>
    /// <returns>False to send it.</returns>
    public bool Withholds(OwnFrame kind, long seq, WireFrame frame)
    {
        if (kind is not (OwnFrame.Deed or OwnFrame.Chat))
        {
            return false;
        }

        lock (_gate)
        {
            if (_asking && kind == OwnFrame.Chat)
            {
                _held.Add((seq, frame));
            }
            else if (_asking)
            {
                Volatile.Write(ref _withheld, seq);
            }

            return _asking;
        }
    }

    /// <summary>The command is over.</summary>
    /// <param name="ownSeq">The number of what it said; 0 for nothing.</param>
    /// <param name="outbox">Where what somebody said elsewhere goes now.</param>
    public void End(long ownSeq, FrameOutbox outbox)
    {
        lock (_gate)
        {
            _asking = false;
            foreach (var (seq, frame) in _held)
            {
                if (seq != ownSeq)
                {
                    outbox.Send(frame);
                }
            }

            _held.Clear();
        }
    }
}
