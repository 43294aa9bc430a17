using System.Net;
using System.Net.Sockets;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Sockets.Handshakes;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Runtime.Sockets.Tests;

/// <summary>A connection to a node's listener whose every byte the test chooses.</summary>
internal sealed class RawPeer : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    private RawPeer() => Stream = Stream.Null;

    public Stream Stream { get; private set; }

    public static async Task<RawPeer> ConnectAsync(IPEndPoint endPoint)
    {
        var peer = new RawPeer();
        await peer._socket.ConnectAsync(endPoint);
        peer.Stream = new NetworkStream(peer._socket, ownsSocket: false);
        return peer;
    }

    /// <summary>Connects, and goes through the handshake as a node that is in order.</summary>
    public static async Task<RawPeer> LinkAsync(NodeIdentity self, TestLinkNode to)
    {
        var peer = await ConnectAsync(to.EndPoint);
        await peer.HandshakeAsync(self, to.Identity).Within("the handshake");
        return peer;
    }

    public async Task<Hello> HandshakeAsync(
        NodeIdentity self, NodeIdentity to, string secret = TestLinkNode.Secret, string cluster = "akkaparty") =>
        await new Handshake(Stream, new ClusterSecret(secret), cluster, featureLevel: 1).DialAsync(
            new NodeRun(self.Name, self.Incarnation), new NodeRun(to.Name, to.Incarnation), CancellationToken.None);

    /// <summary>Everything that comes until the other end closes.</summary>
    public async Task<byte[]> ReadToEndAsync()
    {
        using var all = new MemoryStream();
        try
        {
            await Stream.CopyToAsync(all).Within("the other end to close the connection");
        }
        catch (IOException)
        {
            // Closed with bytes of ours unread: a reset, and as much an end.
            return all.ToArray();
        }

        return all.ToArray();
    }

    public void Dispose()
    {
        Stream.Dispose();
        _socket.Dispose();
    }
}
