using AkkaParty.Runtime.Membership;

namespace AkkaParty.Simulation.Network;

/// <summary>
/// What has arrived at a process from one peer and was not read yet. Its process takes one thing at a time, in order, however
/// its own work is interleaved.
/// </summary>
internal sealed class SimInbox(SimTransport owner, NodeIdentity peer)
{
    private readonly Queue<(SimLink Link, Kind What, byte[] Frame)> _arrived = new();

    private enum Kind
    {
        Up,
        Frame,
        Down,
    }

    public void AddUp(SimLink link) => Add(link, Kind.Up, []);

    public void AddFrame(SimLink link, byte[] frame) => Add(link, Kind.Frame, frame);

    public void AddDown(SimLink link) => Add(link, Kind.Down, []);

    private void Add(SimLink link, Kind what, byte[] frame)
    {
        _arrived.Enqueue((link, what, frame));
        owner.Process.Post(static inbox => ((SimInbox)inbox!).TakeOne(), this);
    }

    private void TakeOne()
    {
        var (link, what, frame) = _arrived.Dequeue();
        var receiver = owner.Receiver!;
        switch (what)
        {
            case Kind.Up:
                link.OpenFor(owner);
                receiver.LinkUp(peer);
                break;
            case Kind.Frame:
                receiver.Received(peer, frame);
                break;
            default:
                link.CloseFor(owner);
                receiver.LinkDown(peer);
                break;
        }
    }
}
