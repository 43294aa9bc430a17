using AkkaParty.Runtime.Membership;

namespace AkkaParty.Runtime.Remoting;

/// <summary>Takes what the links bring, and passes each thing on to whom it concerns.</summary>
/// <param name="peers">Everything that is under way between the nodes.</param>
/// <param name="member">Hears of peers that may be dead, and of links.</param>
internal sealed class NodeReceiver(PeerLinks peers, ClusterMember member) : INodeReceiver
{
    /// <inheritdoc />
    public void LinkUp(NodeIdentity peer)
    {
        peers.LinkUp(peer);
        member.WatchLinks();
    }

    /// <inheritdoc />
    public void Received(NodeIdentity peer, ReadOnlySpan<byte> frame) => peers.Received(peer, frame);

    /// <inheritdoc />
    public void LinkDown(NodeIdentity peer)
    {
        peers.LinkDown(peer);
        member.Suspect();
    }
}
