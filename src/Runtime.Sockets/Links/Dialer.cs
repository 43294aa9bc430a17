using AkkaParty.Runtime.Sockets.Handshakes;
using Microsoft.Extensions.Logging;

namespace AkkaParty.Runtime.Sockets.Links;

/// <summary>Makes the link to one peer, and makes it again, for as long as the peer is a member.</summary>
/// <param name="peer">The peer.</param>
/// <param name="options">The limits.</param>
/// <param name="secret">The cluster's secret.</param>
/// <param name="repeated">Keeps the log short.</param>
/// <param name="logger">Where links log.</param>
internal sealed class Dialer(Peer peer, SocketTransportOptions options, ClusterSecret secret, RepeatedLog repeated, ILogger logger)
{
    private readonly Connector _connector = new(options);

    public async Task RunAsync()
    {
        var pause = options.ReconnectMin;
        while (!peer.Gone.IsCancellationRequested)
        {
            var startedAt = TimeProvider.System.GetTimestamp();
            try
            {
                await peer.CarryAsync(await ConnectAsync());
                pause = TimeProvider.System.GetElapsedTime(startedAt) > options.ReconnectMax ? options.ReconnectMin : Longer(pause);
            }
            catch (Exception e) when (Broken.IsBroken(e) || e is RefusedException)
            {
                NoteFailure(e);
                pause = Longer(pause);
            }

            await PauseAsync(pause);
        }
    }

    private async Task<Link> ConnectAsync()
    {
        if (!LinkAddress.TryParse(peer.Identity.Address, out var address))
        {
            throw new IOException($"'{peer.Identity.Address}' is no address");
        }

        var socket = await _connector.ConnectAsync(address, peer.Gone);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(peer.Gone);
            limit.CancelAfter(options.HandshakeTimeout + options.HoldMax);
            var stream = await _connector.OpenAsync(socket, address.Host, limit.Token);
            var hello = await new Handshake(stream, secret, options.Cluster, options.FeatureLevel).DialAsync(
                new NodeRun(peer.Self.Name, peer.Self.Incarnation),
                new NodeRun(peer.Identity.Name, peer.Identity.Incarnation),
                limit.Token);
            return new Link(peer.Identity, socket, stream, hello.FeatureLevel, dialed: true, options);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private void NoteFailure(Exception error)
    {
        if (!peer.Gone.IsCancellationRequested && repeated.IsDue($"{peer.Identity.Address} {error.Message}"))
        {
            var (name, incarnation, address) = peer.Identity;
            logger.DialFailed(name, incarnation, address, error is OperationCanceledException ? "no answer in time" : error.Message);
        }
    }

    private TimeSpan Longer(TimeSpan pause) => pause * 2 < options.ReconnectMax ? pause * 2 : options.ReconnectMax;

    private async Task PauseAsync(TimeSpan pause)
    {
        try
        {
            await Task.Delay(pause * (0.5 + (Random.Shared.NextDouble() / 2)), peer.Gone);
        }
        catch (OperationCanceledException) when (peer.Gone.IsCancellationRequested)
        {
            // The loop ends.
            return;
        }
    }
}
