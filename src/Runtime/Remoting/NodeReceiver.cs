using AkkaParty.Runtime.Membership;

namespace AkkaParty.Runtime.Remoting;

/// <summary>Takes what the links bring, and passes each thing on to whom it concerns.</summary>
/// <param name="member">Hears of peers that may be dead.</param>
internal sealed class NodeReceiver(ClusterMember member) : INodeReceiver
{
    /// <inheritdoc />
    public void LinkUp(NodeIdentity peer)
    {
        // Nothing waits for a link yet.
    }

    /// <inheritdoc />
    public void Received(NodeIdentity peer, ReadOnlySpan<byte> frame)
    {
        // A frame that is not known is tolerated: a newer peer may send it.
    }

    /// <inheritdoc />
    public void LinkDown(NodeIdentity peer) => member.Suspect();
}
