using AkkaParty.Runtime.Remoting;
using AkkaParty.Runtime.TestKit.Remoting;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaParty.Runtime.Sockets.Tests;

public class LoopbackNetwork : TransportNetwork
{
    // The transport's own limit, and what two kernel buffers may hold.
    public override long PendingBytesMax => (4 * 1024 * 1024) + (32 * 1024 * 1024);

    protected virtual LinkCertificate? CertificateOf(string name) => null;

    public override INodeTransport Create(string name) => new SocketTransport(
        new SocketTransportOptions
        {
            Listen = "127.0.0.1:0",
            Secret = "a secret of this test",
            FrameBytesMax = 1024 * 1024,
            PendingBytesMax = 4 * 1024 * 1024,
            Certificate = CertificateOf(name),
        },
        NullLogger.Instance);
}

public sealed class SecureNetwork : LoopbackNetwork
{
    private readonly TestAuthority _authority = new("the cluster's authority");

    protected override LinkCertificate CertificateOf(string name) => new(_authority.Sign(name), _authority.Certificates);
}

public sealed class SocketTransportSpec : NodeTransportSpec<LoopbackNetwork>;

public sealed class SecureSocketTransportSpec : NodeTransportSpec<SecureNetwork>;
