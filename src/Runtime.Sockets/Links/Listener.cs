using System.Net;
using System.Net.Sockets;
using AkkaParty.Runtime.Sockets.Handshakes;
using Microsoft.Extensions.Logging;

namespace AkkaParty.Runtime.Sockets.Links;

/// <summary>Accepts connections, lets them prove who they are, and carries those of members.</summary>
/// <param name="options">The limits.</param>
/// <param name="secret">The cluster's secret.</param>
/// <param name="table">Who is named now.</param>
/// <param name="running">Where each connection's task is kept.</param>
/// <param name="repeated">Keeps the log short.</param>
/// <param name="metrics">Counts who was refused.</param>
/// <param name="logger">Where links log.</param>
internal sealed class Listener(
    SocketTransportOptions options,
    ClusterSecret secret,
    Func<PeerTable> table,
    RunningTasks running,
    RepeatedLog repeated,
    SocketMetrics metrics,
    ILogger logger) : IDisposable
{
    private static readonly TimeSpan PauseAfterError = TimeSpan.FromMilliseconds(100);

    private readonly Connector _connector = new(options);
    private readonly CancellationTokenSource _stop = new();
    private Socket? _socket;
    private int _handshakes;

    /// <summary>Binds the address.</summary>
    /// <returns>The port, which matters when any free one was asked for.</returns>
    public async Task<int> BindAsync(LinkAddress address, CancellationToken cancellationToken)
    {
        var ip = (await address.ResolveAsync(cancellationToken)).FirstOrDefault()
            ?? throw new SocketException((int)SocketError.HostNotFound);
        if (options.Certificate is null && !IPAddress.IsLoopback(ip))
        {
            throw new TransportStartException(
                $"Links listen on {address}, which is not a loopback address: they need a certificate there, or another address.");
        }

        _socket = new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _socket.Bind(new IPEndPoint(ip, address.Port));
        _socket.Listen();
        return ((IPEndPoint)_socket.LocalEndPoint!).Port;
    }

    /// <summary>Accepts until it is disposed of.</summary>
    public async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var accepted = await _socket!.AcceptAsync(_stop.Token);
                running.Add(ServeAsync(accepted));
            }
            catch (Exception e) when (Broken.IsBroken(e))
            {
                if (!_stop.IsCancellationRequested)
                {
                    // Out of descriptors, for one: the next attempt would fail as fast.
                    logger.AcceptFailed(e);
                    await Task.Delay(PauseAfterError);
                }
            }
        }
    }

    /// <summary>Accepts nobody any more; connections that are not links yet end.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _socket?.Dispose();
    }

    private async Task ServeAsync(Socket socket)
    {
        var address = "";
        try
        {
            socket.NoDelay = true;
            address = ((IPEndPoint)socket.RemoteEndPoint!).Address.ToString();
            if (await AdmitAsync(socket) is var (peer, link))
            {
                await peer.CarryAsync(link);
            }
        }
        catch (RefusedException e)
        {
            NoteRefused(address, e.Message);
        }
        catch (Exception e) when (Broken.IsBroken(e))
        {
            if (!_stop.IsCancellationRequested)
            {
                NoteRefused(address, e is OperationCanceledException ? "it took too long to say who it is" : e.Message);
            }
        }
        finally
        {
            socket.Dispose();
        }
    }

    private async Task<(Peer Peer, Link Link)> AdmitAsync(Socket socket)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        limit.CancelAfter(options.HandshakeTimeout);
        try
        {
            if (Interlocked.Increment(ref _handshakes) > options.HandshakesMax)
            {
                throw new RefusedException(Refusal.Busy);
            }

            var stream = await _connector.AcceptAsync(socket, limit.Token);
            var handshake = new Handshake(stream, secret, options.Cluster, options.FeatureLevel);
            try
            {
                return await AdmitAsync(socket, stream, handshake, limit);
            }
            catch (RefusedException e) when (!e.ByPeer)
            {
                await handshake.RefuseAsync(e.Code, limit.Token);
                socket.Shutdown(SocketShutdown.Send);
                throw;
            }
        }
        finally
        {
            Interlocked.Decrement(ref _handshakes);
        }
    }

    private async Task<(Peer Peer, Link Link)> AdmitAsync(Socket socket, Stream stream, Handshake handshake, CancellationTokenSource limit)
    {
        var hello = await handshake.AuthenticateAsync(SelfAsync, limit.Token);
        limit.CancelAfter(Timeout.InfiniteTimeSpan);
        var peer = await NamedAsync(hello) ?? throw new RefusedException(Refusal.NotNamed);
        limit.CancelAfter(options.HandshakeTimeout);
        await handshake.WelcomeAsync(limit.Token);
        return (peer, new Link(peer.Identity, socket, stream, hello.FeatureLevel, dialed: false, options));
    }

    private async Task<NodeRun> SelfAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var now = table();
            if (now.Self is { } self)
            {
                return new NodeRun(self.Name, self.Incarnation);
            }

            await now.Replaced.WaitAsync(cancellationToken);
        }
    }

    private async Task<Peer?> NamedAsync(Hello hello)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        limit.CancelAfter(options.HoldMax);
        while (true)
        {
            var now = table();
            if (now.Self?.Incarnation == hello.To.Incarnation && now.Peers.TryGetValue(hello.From.Name, out var peer)
                && peer.Identity.Incarnation == hello.From.Incarnation)
            {
                return peer;
            }

            try
            {
                await now.Replaced.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
            {
                return null;
            }
        }
    }

    private void NoteRefused(string address, string reason)
    {
        metrics.Refused();
        if (repeated.IsDue($"{address} {reason}"))
        {
            logger.Refused(address, reason);
        }
    }
}
