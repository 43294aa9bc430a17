using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Remoting;
using AkkaParty.Simulation.Kernel;

namespace AkkaParty.Simulation.Network;

/// <summary>One node run's end of all its links.</summary>
internal sealed class SimTransport(SimNetwork network, SimProcess process, string name) : INodeTransport
{
    private readonly Dictionary<string, SimInbox> _inboxes = new(StringComparer.Ordinal);

    public string Name { get; } = name;

    public SimProcess Process => process;

    public NodeIdentity? Self { get; private set; }

    public IReadOnlyList<NodeIdentity> Peers { get; private set; } = [];

    /// <summary>The links that are up or coming up, by the peer's name.</summary>
    public SortedDictionary<string, SimLink> Links { get; } = new(StringComparer.Ordinal);

    /// <summary>The peers that it tries to reach.</summary>
    public HashSet<string> Dialed { get; } = new(StringComparer.Ordinal);

    public INodeReceiver? Receiver { get; private set; }

    public int FrameBytesMax => 4 * 1024 * 1024;

    public ValueTask<string> StartAsync(INodeReceiver receiver, CancellationToken cancellationToken)
    {
        Receiver = receiver;
        return ValueTask.FromResult($"sim:{Name}");
    }

    public void SetPeers(NodeIdentity self, IReadOnlyList<NodeIdentity> peers)
    {
        Self = self;
        Peers = [.. peers.Where(peer => peer.Name != self.Name)];
        network.PeersChanged(this);
    }

    public bool TrySend(string node, ReadOnlySpan<byte> frame)
    {
        if (frame.Length < 1 || frame.Length > FrameBytesMax)
        {
            throw new ArgumentOutOfRangeException(nameof(frame), $"A frame of {frame.Length} bytes.");
        }

        return Links.TryGetValue(node, out var link) && link.IsUpFor(this) && network.Send(link, this, frame);
    }

    /// <summary>What comes from a peer, in the order in which it came, over one link after the other.</summary>
    public SimInbox InboxOf(NodeIdentity peer)
    {
        var key = $"{peer.Name}/{peer.Incarnation}";
        if (!_inboxes.TryGetValue(key, out var inbox))
        {
            inbox = new SimInbox(this, peer);
            _inboxes.Add(key, inbox);
        }

        return inbox;
    }

    /// <summary>The process is gone: its sockets are closed by the system it ran on.</summary>
    public void Abandon()
    {
        Peers = [];
        network.PeersChanged(this);
    }

    public ValueTask DisposeAsync()
    {
        Abandon();
        return ValueTask.CompletedTask;
    }
}
