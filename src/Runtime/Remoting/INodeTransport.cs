using AkkaParty.Runtime.Membership;

namespace AkkaParty.Runtime.Remoting;

/// <summary>
/// Links to the other nodes: frames of bytes, best effort. A frame may be lost when its link ends; on one link frames keep
/// their order. What a lost, late or doubled frame means is decided above, so that a simulated network may do all of that.
/// </summary>
public interface INodeTransport : IAsyncDisposable
{
    /// <summary>Begins to listen.</summary>
    /// <param name="receiver">Takes what comes.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <returns>The address at which other nodes reach this one; empty for a node that is alone.</returns>
    ValueTask<string> StartAsync(INodeReceiver receiver, CancellationToken cancellationToken);

    /// <summary>
    /// Names the members. Links to anybody else are closed, links that are missing are made and made again; a node of the same name
    /// with another incarnation is somebody else. A member that dials before it is named here is accepted once it is.
    /// </summary>
    /// <param name="self">This run.</param>
    /// <param name="peers">The others.</param>
    void SetPeers(NodeIdentity self, IReadOnlyList<NodeIdentity> peers);

    /// <summary>Sends one frame. Never blocks. Thread-safe.</summary>
    /// <param name="node">The peer's name.</param>
    /// <param name="frame">The bytes, 1 to <see cref="FrameBytesMax"/>; copied before the call returns.</param>
    /// <returns>False when it certainly goes nowhere: no link at the moment, or too much waits for it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The frame is empty or too long: a mistake of the caller's.</exception>
    bool TrySend(string node, ReadOnlySpan<byte> frame);

    /// <summary>The longest frame, in bytes.</summary>
    int FrameBytesMax { get; }
}

/// <summary>Takes what the links bring. Calls about one peer never overlap; they must not block and not throw.</summary>
public interface INodeReceiver
{
    /// <summary>A link to a peer is there; nothing was received over it yet.</summary>
    /// <param name="peer">Who.</param>
    void LinkUp(NodeIdentity peer);

    /// <summary>One frame.</summary>
    /// <param name="peer">From whom.</param>
    /// <param name="frame">Its bytes; not to be kept.</param>
    void Received(NodeIdentity peer, ReadOnlySpan<byte> frame);

    /// <summary>The link is gone. What was sent over it and not answered may or may not have arrived.</summary>
    /// <param name="peer">Who.</param>
    void LinkDown(NodeIdentity peer);
}

/// <summary>The transport of a node that is alone: there is nobody to reach.</summary>
public sealed class NoPeersTransport : INodeTransport
{
    /// <inheritdoc />
    public int FrameBytesMax => 1;

    /// <inheritdoc />
    public ValueTask<string> StartAsync(INodeReceiver receiver, CancellationToken cancellationToken) => ValueTask.FromResult("");

    /// <inheritdoc />
    public void SetPeers(NodeIdentity self, IReadOnlyList<NodeIdentity> peers) =>
        Invariant.Check(peers.Count == 0, "A node without links has peers");

    /// <inheritdoc />
    public bool TrySend(string node, ReadOnlySpan<byte> frame) => false;

    /// <inheritdoc />
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
