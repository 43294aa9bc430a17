using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Remoting;
using Microsoft.Extensions.Logging;

namespace AkkaParty.Runtime.Sockets.Links;

/// <summary>One run of another node, while it is named as a member.</summary>
internal sealed class Peer : IDisposable
{
    private readonly LinkTurns _turns;
    private readonly INodeReceiver _receiver;
    private readonly SocketMetrics _metrics;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _gone = new();
    private readonly Lock _gate = new();
    private Link? _queued;
    private Link? _link;
    private bool _stopped;

    /// <param name="self">This run.</param>
    /// <param name="identity">That run.</param>
    /// <param name="turns">The turns of all links to that node's name.</param>
    /// <param name="receiver">Takes what its link brings.</param>
    /// <param name="metrics">Counts what its links carry.</param>
    /// <param name="logger">Where links log.</param>
    public Peer(
        NodeIdentity self, NodeIdentity identity, LinkTurns turns, INodeReceiver receiver, SocketMetrics metrics, ILogger logger)
    {
        Self = self;
        Identity = identity;
        _turns = turns;
        _receiver = receiver;
        _metrics = metrics;
        _logger = logger;
        Gone = _gone.Token;
    }

    public NodeIdentity Self { get; }

    public NodeIdentity Identity { get; }

    /// <summary>Whether this node makes the connection: the lower name does.</summary>
    public bool IsDialed => string.CompareOrdinal(Self.Name, Identity.Name) < 0;

    /// <summary>Cancelled when it is no member any more.</summary>
    public CancellationToken Gone { get; }

    /// <summary>The link that is up, if one is.</summary>
    public Link? Link => Volatile.Read(ref _link);

    public bool TrySend(ReadOnlySpan<byte> frame) => Volatile.Read(ref _link)?.TrySend(frame) ?? false;

    /// <summary>Carries frames over a new link until it ends.</summary>
    /// <param name="link">The link; its predecessor ends.</param>
    /// <returns>A task that completes when the link is gone and the receiver knows.</returns>
    public async Task CarryAsync(Link link)
    {
        await _turns.NextAsync(link);
        try
        {
            if (Admit(link))
            {
                await CarryAdmittedAsync(link);
            }
            else
            {
                link.Abort("the node is not a member any more");
            }
        }
        finally
        {
            link.NoteOver();
        }
    }

    /// <summary>It is no member any more: its link ends, and no other is made.</summary>
    public void Dispose() => Stop()?.Abort("the node is not a member any more");

    /// <summary>This node stops: what waits for the peer is still sent, then its link ends, and no other is made.</summary>
    /// <param name="linger">The longest this may take.</param>
    /// <returns>A task that completes when the link has ended and its receiver knows.</returns>
    public Task FinishAsync(TimeSpan linger) => Stop()?.FinishAsync(linger) ?? Task.CompletedTask;

    private Link? Stop()
    {
        Link? link;
        lock (_gate)
        {
            if (_stopped)
            {
                return _queued;
            }

            _stopped = true;
            link = _queued;
        }

        // Outside the gate: whatever waits for this may go on right here.
        _gone.Cancel();
        _gone.Dispose();
        return link;
    }

    private bool Admit(Link link)
    {
        lock (_gate)
        {
            _queued = link;
            return !_stopped && link.End is null;
        }
    }

    private async Task CarryAdmittedAsync(Link link)
    {
        _logger.LinkUp(Identity.Name, Identity.Incarnation, link.IsEncrypted);
        Volatile.Write(ref _link, link);
        _metrics.Up(link);
        try
        {
            _receiver.LinkUp(Identity);
            await link.ReceiveAsync(_receiver);
        }
        catch (Exception e)
        {
            _logger.ReceiverFailed(e, Identity.Name, Identity.Incarnation);
        }

        link.Abort("its receiver failed");
        Volatile.Write(ref _link, null);
        _metrics.Down(link);
        _logger.LinkDown(Identity.Name, Identity.Incarnation, link.End!);
        try
        {
            _receiver.LinkDown(Identity);
        }
        catch (Exception e)
        {
            _logger.ReceiverFailed(e, Identity.Name, Identity.Incarnation);
        }
    }
}
