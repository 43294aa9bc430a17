using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace AkkaParty.Runtime.Sockets.Links;

/// <summary>Makes connections and wraps them in TLS where that is configured; off loopback nothing goes without.</summary>
/// <param name="options">The limits, and the certificate if there is one.</param>
internal sealed class Connector(SocketTransportOptions options)
{
    /// <summary>Connects to the first of a node's addresses that answers.</summary>
    public async Task<Socket> ConnectAsync(LinkAddress address, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.ConnectTimeout);
        SocketException? last = null;
        foreach (var ip in await address.ResolveAsync(limit.Token))
        {
            if (options.Certificate is null && !IPAddress.IsLoopback(ip))
            {
                throw new IOException($"{ip} is not a loopback address, and there is no certificate for the links");
            }

            var socket = new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(ip, address.Port), limit.Token);
                return socket;
            }
            catch (SocketException e)
            {
                socket.Dispose();
                last = e;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw last ?? new SocketException((int)SocketError.HostNotFound);
    }

    /// <summary>The dialer's side of the connection.</summary>
    public async Task<Stream> OpenAsync(Socket socket, string host, CancellationToken cancellationToken)
    {
        var plain = new NetworkStream(socket, ownsSocket: false);
        if (options.Certificate is not { } certificate)
        {
            return plain;
        }

        var secure = new SslStream(plain);
        await secure.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = host,
                ClientCertificateContext = certificate.Own,
                RemoteCertificateValidationCallback = (_, shown, chain, _) => certificate.Trusts(shown, chain),
            },
            cancellationToken);
        return secure;
    }

    /// <summary>The listener's side of the connection.</summary>
    public async Task<Stream> AcceptAsync(Socket socket, CancellationToken cancellationToken)
    {
        var plain = new NetworkStream(socket, ownsSocket: false);
        if (options.Certificate is not { } certificate)
        {
            return plain;
        }

        var secure = new SslStream(plain);
        await secure.AuthenticateAsServerAsync(
            new SslServerAuthenticationOptions
            {
                ServerCertificateContext = certificate.Own,
                ClientCertificateRequired = true,
                RemoteCertificateValidationCallback = (_, shown, chain, _) => certificate.Trusts(shown, chain),
            },
            cancellationToken);
        return secure;
    }
}
