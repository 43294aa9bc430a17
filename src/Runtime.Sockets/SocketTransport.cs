using System.Net.Sockets;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Remoting;
using AkkaParty.Runtime.Sockets.Handshakes;
using AkkaParty.Runtime.Sockets.Links;
using Microsoft.Extensions.Logging;

namespace AkkaParty.Runtime.Sockets;

/// <summary>
/// Node links over TCP: one connection per pair of members, made by the one with the lower name, proved by both with the cluster's
/// secret, kept alive, made again when it ends, bounded in both directions.
/// </summary>
public sealed class SocketTransport : INodeTransport
{
    private readonly SocketTransportOptions _options;
    private readonly ILogger _logger;
    private readonly ClusterSecret _secret;
    private readonly RepeatedLog _repeated;
    private readonly RunningTasks _running;
    private readonly SocketMetrics _metrics = new();
    private readonly Listener _listener;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkTurns> _turns = new(StringComparer.Ordinal);
    private PeerTable _table = PeerTable.Empty;
    private INodeReceiver? _receiver;
    private Timer? _watch;
    private bool _disposed;

    /// <summary>Prepares links; nothing is opened yet.</summary>
    /// <param name="options">The limits.</param>
    /// <param name="logger">Where links log.</param>
    /// <exception cref="TransportStartException">An option is out of its range; the message names it.</exception>
    public SocketTransport(SocketTransportOptions options, ILogger logger)
    {
        options.Validate();
        _options = options;
        _logger = logger;
        _secret = new ClusterSecret(options.Secret);
        _repeated = new RepeatedLog(options.RepeatedLogInterval, TimeProvider.System);
        _running = new RunningTasks(logger.PartFailed);
        _listener = new Listener(options, _secret, () => Volatile.Read(ref _table), _running, _repeated, _metrics, logger);
    }

    /// <inheritdoc />
    public int FrameBytesMax => _options.FrameBytesMax;

    /// <summary>The links that are up, by name.</summary>
    public IReadOnlyList<LinkStatus> Links =>
        [.. Volatile.Read(ref _table).Peers.Values
            .Select(peer => peer.Link?.Status()).OfType<LinkStatus>().OrderBy(status => status.Peer.Name, StringComparer.Ordinal)];

    /// <inheritdoc />
    /// <exception cref="TransportStartException">The address cannot be listened on or dialed; the message says why.</exception>
    public async ValueTask<string> StartAsync(INodeReceiver receiver, CancellationToken cancellationToken)
    {
        var listen = Parse(_options.Listen, nameof(_options.Listen));
        var advertise = _options.Advertise.Length == 0 ? listen : Parse(_options.Advertise, nameof(_options.Advertise));
        if (advertise.IsWildcard)
        {
            throw new TransportStartException(
                $"Nobody can dial {advertise}: {nameof(_options.Advertise)} must say where this node is reached.");
        }

        try
        {
            var port = await _listener.BindAsync(listen, cancellationToken);
            advertise = advertise.Port == 0 ? advertise with { Port = port } : advertise;
        }
        catch (SocketException e)
        {
            throw new TransportStartException($"Links cannot listen on {listen}: {e.Message}.", e);
        }

        _receiver = receiver;
        _running.Add(_listener.RunAsync());
        var interval = LinkWatch.IntervalOf(_options);
        _watch = new Timer(_ => Watch(), null, interval, interval);
        return advertise.ToString();
    }

    /// <inheritdoc />
    public void SetPeers(NodeIdentity self, IReadOnlyList<NodeIdentity> peers)
    {
        Invariant.Check(_receiver is not null, "Peers are named after the links' start");
        List<Peer> gone;
        List<Peer> come = [];
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            var before = _table;
            var now = new Dictionary<string, Peer>(StringComparer.Ordinal);
            foreach (var identity in peers)
            {
                if (before.Self == self && before.Peers.TryGetValue(identity.Name, out var known) && known.Identity == identity)
                {
                    now.Add(identity.Name, known);
                    continue;
                }

                var peer = new Peer(self, identity, TurnsOf(identity.Name), _receiver, _metrics, _logger);
                now.Add(identity.Name, peer);
                come.Add(peer);
            }

            gone = [.. before.Peers.Values.Except(now.Values)];
            Volatile.Write(ref _table, new PeerTable(self, now));
            before.NoteReplaced();
        }

        gone.ForEach(peer => peer.Dispose());
        foreach (var peer in come.Where(peer => peer.IsDialed))
        {
            _running.Add(new Dialer(peer, _options, _secret, _repeated, _logger).RunAsync());
        }
    }

    /// <inheritdoc />
    public bool TrySend(string node, ReadOnlySpan<byte> frame)
    {
        ArgumentOutOfRangeException.ThrowIfZero(frame.Length, nameof(frame));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(frame.Length, _options.FrameBytesMax, nameof(frame));
        return Volatile.Read(ref _table).Peers.TryGetValue(node, out var peer) && peer.TrySend(frame);
    }

    /// <summary>Sends what waits, for a moment, then closes every link; the receiver hears of each, and of nothing afterwards.</summary>
    /// <returns>A task that completes when everything is closed.</returns>
    public async ValueTask DisposeAsync()
    {
        PeerTable last;
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            last = _table;
        }

        _listener.Dispose();
        await Task.WhenAll(last.Peers.Values.Select(peer => peer.FinishAsync(_options.LingerMax)));
        await _running.EndAsync();
        if (_watch is not null)
        {
            await _watch.DisposeAsync();
        }

        _metrics.Dispose();
    }

    private static LinkAddress Parse(string text, string field) =>
        LinkAddress.TryParse(text, out var address)
            ? address
            : throw new TransportStartException($"{field} '{text}' is not host:port.");

    private LinkTurns TurnsOf(string name)
    {
        if (!_turns.TryGetValue(name, out var turns))
        {
            _turns.Add(name, turns = new LinkTurns());
        }

        return turns;
    }

    private void Watch()
    {
        foreach (var peer in Volatile.Read(ref _table).Peers.Values)
        {
            peer.Link?.Watch();
        }
    }
}
