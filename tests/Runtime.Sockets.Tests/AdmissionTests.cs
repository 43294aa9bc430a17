using System.Net;
using System.Net.Sockets;
using System.Text;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Sockets.Handshakes;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Runtime.Sockets.Tests;

/// <summary>Who gets a link, and what everybody else gets.</summary>
public sealed class AdmissionTests
{
    private static readonly NodeIdentity A = new("a", 7, "127.0.0.1:1");

    [Fact]
    public async Task A_node_with_another_secret_is_refused_and_both_logs_say_so_without_the_secret()
    {
        await using var a = await TestLinkNode.StartAsync("a", TestLinkNode.Options(secret: "quite another secret"));
        await using var b = await TestLinkNode.StartAsync("b");
        a.Names(b.Identity);
        b.Names(a.Identity);

        var atB = await b.Log.LineWith("refused").Within("b's log line");
        var atA = await a.Log.LineWith("No link to b").Within("a's log line");

        atB.ShouldBe("Warning: A connection from 127.0.0.1 was refused: the cluster secrets differ");
        atA.ShouldBe($"Warning: No link to b#98 at {b.Identity.Address}: the peer refused: the cluster secrets differ; trying on");
        (a.Receiver.Of(b.Identity).Count + b.Receiver.Of(a.Identity).Count).ShouldBe(0);
        string.Concat([.. a.Log.All, .. b.Log.All]).ShouldNotContain("secret of this test");
        string.Concat([.. a.Log.All, .. b.Log.All]).ShouldNotContain("another secret");
    }

    [Fact]
    public async Task The_same_refusal_of_the_same_address_is_logged_once()
    {
        await using var b = await TestLinkNode.StartAsync("b");
        b.Names(A);
        for (var i = 0; i < 5; i++)
        {
            using var raw = await RawPeer.ConnectAsync(b.EndPoint);
            (await Should.ThrowAsync<RefusedException>(raw.HandshakeAsync(A, b.Identity, secret: "not the cluster's")))
                .Code.ShouldBe(Refusal.Secret);
            await raw.ReadToEndAsync();
        }

        b.Log.All.Count(line => line.Contains("refused", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task A_listener_that_does_not_know_the_secret_gets_no_link_either()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var a = await TestLinkNode.StartAsync("a");
        var b = new NodeIdentity("b", 98, listener.LocalEndpoint.ToString()!);
        a.Names(b);
        using var dialed = await listener.AcceptSocketAsync().Within("a to dial");
        var wire = new HandshakeWire(new NetworkStream(dialed));

        var hello = Hello.Decode(await wire.ReadAsync(HandshakeMessage.Hello, CancellationToken.None));
        var answer = new Hello(LinkRole.Listener, hello.To, hello.From, hello.Cluster, 1, new byte[Hello.NonceBytes]);
        await wire.WriteAsync(HandshakeMessage.Hello, answer.Encode(), CancellationToken.None);
        var proof = await wire.ReadAsync(HandshakeMessage.Proof, CancellationToken.None);
        await wire.WriteAsync(HandshakeMessage.Welcome, proof, CancellationToken.None);

        (await a.Log.LineWith("the cluster secrets differ").Within("a's log line")).ShouldNotContain("the peer refused");
        a.Receiver.Of(b).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("other", "a", 7, "b", 98, Refusal.Cluster)]
    [InlineData("akkaparty", "a", 7, "b", 97, Refusal.OtherNode)]
    [InlineData("akkaparty", "a", 7, "c", 98, Refusal.OtherNode)]
    [InlineData("akkaparty", "c", 7, "b", 98, Refusal.Role)]
    [InlineData("akkaparty", "b", 98, "b", 98, Refusal.Role)]
    [InlineData("akkaparty", "a", 8, "b", 98, Refusal.NotNamed)]
    [InlineData("akkaparty", "aa", 7, "b", 98, Refusal.NotNamed)]
    internal async Task Refuses_who_is_not_a_member_of_this_cluster(
        string cluster, string name, long incarnation, string toName, long toIncarnation, Refusal expected)
    {
        await using var b = await TestLinkNode.StartAsync("b", new SocketTransportOptions
        {
            Listen = "127.0.0.1:0",
            Secret = TestLinkNode.Secret,
            HoldMax = TimeSpan.FromMilliseconds(50),
        });
        b.Names(A);
        using var raw = await RawPeer.ConnectAsync(b.EndPoint);

        var refused = await Should.ThrowAsync<RefusedException>(raw.HandshakeAsync(
            new NodeIdentity(name, incarnation, ""), new NodeIdentity(toName, toIncarnation, ""), cluster: cluster));

        refused.Code.ShouldBe(expected);
        refused.ByPeer.ShouldBeTrue();
        (await raw.ReadToEndAsync()).ShouldBeEmpty();
        b.Receiver.Of(A).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_connection_that_says_nothing_is_closed_in_time()
    {
        await using var b = await TestLinkNode.StartAsync("b", new SocketTransportOptions
        {
            Listen = "127.0.0.1:0",
            Secret = TestLinkNode.Secret,
            HandshakeTimeout = TimeSpan.FromMilliseconds(50),
        });
        b.Names();
        using var raw = await RawPeer.ConnectAsync(b.EndPoint);

        (await raw.ReadToEndAsync()).ShouldBeEmpty();

        await b.Log.LineWith("took too long").Within("the log line");
    }

    [Fact]
    public async Task Before_it_is_admitted_a_connection_is_not_listened_to_beyond_4_KiB()
    {
        await using var b = await TestLinkNode.StartAsync("b");
        b.Names();
        using var raw = await RawPeer.ConnectAsync(b.EndPoint);

        // A message that claims 60,000 bytes: refused by its length, before they come.
        await raw.Stream.WriteAsync(new byte[] { 0x60, 0xEA, (byte)HandshakeMessage.Hello });

        (await raw.ReadToEndAsync()).ShouldBe([1, 0, (byte)HandshakeMessage.Refused, (byte)Refusal.Malformed]);
    }

    [Fact]
    public async Task A_browser_that_strays_here_is_refused()
    {
        await using var b = await TestLinkNode.StartAsync("b");
        b.Names();
        using var raw = await RawPeer.ConnectAsync(b.EndPoint);

        await raw.Stream.WriteAsync(Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: b\r\n\r\n"));
        await raw.ReadToEndAsync();

        (await b.Log.LineWith("refused").Within("the log line"))
            .ShouldBe("Warning: A connection from 127.0.0.1 was refused: what came is not the handshake of a node");
    }

    [Fact]
    public async Task Connections_that_wait_to_be_admitted_are_bounded()
    {
        await using var b = await TestLinkNode.StartAsync("b", new SocketTransportOptions
        {
            Listen = "127.0.0.1:0",
            Secret = TestLinkNode.Secret,
            HandshakesMax = 1,
            HandshakeTimeout = TimeSpan.FromMinutes(1),
        });
        b.Names(A);
        using var first = await RawPeer.ConnectAsync(b.EndPoint);
        using var second = await RawPeer.ConnectAsync(b.EndPoint);

        await second.ReadToEndAsync();
        await b.Log.LineWith("too many connections wait").Within("the log line");

        await first.HandshakeAsync(A, b.Identity).Within("the handshake of the first");
        await b.UntilUpAsync(A);
    }

    [Fact]
    public async Task A_connection_before_the_node_knows_its_own_run_is_admitted_when_it_does()
    {
        await using var b = await TestLinkNode.StartAsync("b");
        using var raw = await RawPeer.ConnectAsync(b.EndPoint);
        var hello = raw.HandshakeAsync(A, b.Identity);

        b.Names(A);

        (await hello.Within("the handshake")).ShouldSatisfyAllConditions(
            said => said.From.ShouldBe(new NodeRun("b", 98)), said => said.FeatureLevel.ShouldBe(NodeRuntime.FeatureLevel));
        await b.UntilUpAsync(A);
    }

    [Fact]
    public async Task Stopping_ends_connections_that_wait_to_be_admitted()
    {
        var b = await TestLinkNode.StartAsync("b");
        b.Names();
        using var raw = await RawPeer.ConnectAsync(b.EndPoint);
        var hello = raw.HandshakeAsync(A, b.Identity);

        await b.DisposeAsync().AsTask().Within("the stop");

        await Should.ThrowAsync<IOException>(hello);
    }
}
