using AkkaParty.Node.Configuration;
using AkkaParty.Runtime.Remoting;
using AkkaParty.Runtime.Sockets;

namespace AkkaParty.Node.Hosting;

/// <summary>Chooses the links.</summary>
internal static class Transports
{
    /// <summary>The configured links; none for a node that is alone.</summary>
    /// <exception cref="TransportStartException">A certificate cannot be read, or a limit is out of its range.</exception>
    public static INodeTransport Create(NodeOptions options, ILoggerFactory logs)
    {
        var cluster = options.Cluster;
        if (cluster.Listen.Length == 0)
        {
            return new NoPeersTransport();
        }

        var sockets = new SocketTransportOptions
        {
            Listen = cluster.Listen,
            Advertise = cluster.Advertise,
            Secret = cluster.SecretInForce,
            Certificate = cluster.CertificatePath.Length == 0
                ? null
                : LinkCertificate.FromPemFiles(cluster.CertificatePath, cluster.KeyPath, cluster.CaPath),
        };
        return new SocketTransport(sockets, logs.CreateLogger<SocketTransport>());
    }
}
