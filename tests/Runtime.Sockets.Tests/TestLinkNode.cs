using System.Net;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.TestKit.Nodes;
using AkkaParty.Runtime.TestKit.Remoting;

namespace AkkaParty.Runtime.Sockets.Tests;

/// <summary>A started transport with what it heard and logged. Its times are short; those a test is about it sets itself.</summary>
internal sealed class TestLinkNode : IAsyncDisposable
{
    public const string Secret = "a secret of this test";

    private readonly HearingSignal _heard = new();

    private TestLinkNode(string name, SocketTransportOptions options)
    {
        Transport = new SocketTransport(options, Log);
        Receiver = new TestReceiver(name, _heard);
        Identity = new NodeIdentity(name, name[0], "");
    }

    public SocketTransport Transport { get; }

    public TestReceiver Receiver { get; }

    public LogLines Log { get; } = new();

    public NodeIdentity Identity { get; private set; }

    public IPEndPoint EndPoint => IPEndPoint.Parse(Identity.Address);

    public static SocketTransportOptions Options(string listen = "127.0.0.1:0", string secret = Secret) => new()
    {
        Listen = listen,
        Secret = secret,
        ReconnectMin = TimeSpan.FromMilliseconds(5),
        ReconnectMax = TimeSpan.FromMilliseconds(20),
    };

    public static async Task<TestLinkNode> StartAsync(string name, SocketTransportOptions? options = null)
    {
        var node = new TestLinkNode(name, options ?? Options());
        node.Identity = node.Identity with { Address = await node.Transport.StartAsync(node.Receiver, CancellationToken.None) };
        return node;
    }

    public void Names(params NodeIdentity[] peers) => Transport.SetPeers(Identity, peers);

    public async Task UntilAsync(Func<bool> condition, string what)
    {
        while (true)
        {
            var changed = _heard.Changed;
            if (condition())
            {
                return;
            }

            await changed.Within(what);
        }
    }

    public Task UntilUpAsync(NodeIdentity peer) => UntilAsync(() => Receiver.IsUp(peer), $"{Identity.Name}'s link to {peer.Name}");

    public Task UntilDownAsync(NodeIdentity peer) =>
        UntilAsync(() => !Receiver.IsUp(peer), $"{Identity.Name}'s link to {peer.Name} to end");

    public async ValueTask DisposeAsync()
    {
        Receiver.Unblock();
        await Transport.DisposeAsync();
        Receiver.Violations.ShouldBeEmpty();
        Receiver.Dispose();
    }
}
