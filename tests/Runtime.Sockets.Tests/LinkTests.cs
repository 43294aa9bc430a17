using System.Buffers.Binary;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Runtime.Sockets.Tests;

/// <summary>How a link lives and ends.</summary>
public sealed class LinkTests
{
    private static readonly NodeIdentity A = new("a", 7, "127.0.0.1:1");

    private static SocketTransportOptions Quick(TimeSpan? stallMax = null, TimeSpan? silenceMax = null) => new()
    {
        Listen = "127.0.0.1:0",
        Secret = TestLinkNode.Secret,
        KeepAliveInterval = TimeSpan.FromMilliseconds(20),
        SilenceMax = silenceMax ?? TimeSpan.FromMilliseconds(100),
        StallMax = stallMax ?? TimeSpan.FromMinutes(1),
    };

    [Fact]
    public async Task An_idle_link_is_kept_alive_by_empty_frames()
    {
        await using var b = await TestLinkNode.StartAsync("b");
        b.Names(A);
        using var raw = await RawPeer.LinkAsync(A, b);

        var sign = new byte[8];
        await raw.Stream.ReadExactlyAsync(sign).AsTask().Within("two signs of life");

        sign.ShouldBe(new byte[8]);
    }

    [Fact]
    public async Task A_peer_that_falls_silent_loses_its_link()
    {
        await using var b = await TestLinkNode.StartAsync("b", Quick());
        b.Names(A);
        using var raw = await RawPeer.LinkAsync(A, b);
        await b.UntilUpAsync(A);

        await b.UntilDownAsync(A);

        b.Transport.TrySend("a", [1]).ShouldBeFalse();
        b.Log.All.ShouldContain("Information: The link to a#7 ended: nothing was heard from it");
    }

    [Fact]
    public async Task Two_nodes_with_nothing_to_say_stay_linked()
    {
        var patient = Quick(silenceMax: TimeSpan.FromSeconds(1));
        await using var a = await TestLinkNode.StartAsync("a", patient);
        await using var b = await TestLinkNode.StartAsync("b", patient);
        a.Names(b.Identity);
        b.Names(a.Identity);
        await a.UntilUpAsync(b.Identity);
        await b.UntilUpAsync(a.Identity);

        // A silent third goes through the same limits meanwhile: when it is given up, they have been through them as well.
        a.Names(b.Identity);
        b.Names(a.Identity, A with { Name = "aa" });
        using var raw = await RawPeer.LinkAsync(A with { Name = "aa" }, b);
        await b.UntilUpAsync(A with { Name = "aa" });
        await b.UntilDownAsync(A with { Name = "aa" });

        a.Receiver.Of(b.Identity).ShouldBe(["LinkUp"]);
        b.Receiver.Of(a.Identity).ShouldBe(["LinkUp"]);
    }

    [Fact]
    public async Task A_peer_that_lives_but_does_not_read_loses_its_link()
    {
        await using var b = await TestLinkNode.StartAsync("b", Quick(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(10)));
        b.Names(A);
        using var raw = await RawPeer.LinkAsync(A, b);
        await b.UntilUpAsync(A);
        using var stop = new CancellationTokenSource();
        var signs = SignsOfLifeAsync(raw, stop.Token);

        while (b.Transport.TrySend("a", new byte[100_000]))
        {
            // Until the kernel's buffers and the link's own are full.
        }

        await b.UntilDownAsync(A);
        await stop.CancelAsync();
        await signs;
        b.Log.All.ShouldContain("Information: The link to a#7 ended: it does not read what is sent to it");
    }

    [Fact]
    public async Task A_frame_longer_than_allowed_ends_the_link()
    {
        await using var b = await TestLinkNode.StartAsync("b");
        b.Names(A);
        using var raw = await RawPeer.LinkAsync(A, b);
        await raw.Stream.WriteAsync(Frame([5, 6]));
        var tooLong = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(tooLong, b.Transport.FrameBytesMax + 1);
        await raw.Stream.WriteAsync(tooLong);

        await raw.ReadToEndAsync();
        await b.UntilAsync(() => b.Receiver.Of(A).Count == 3, "the end of the link");

        b.Receiver.Frames(A).ShouldHaveSingleItem().ShouldBe([5, 6]);
        b.Log.All.ShouldContain("Information: The link to a#7 ended: a frame of 4194305 bytes");
    }

    [Fact]
    public async Task A_newer_connection_of_the_same_run_takes_the_links_place()
    {
        await using var b = await TestLinkNode.StartAsync("b");
        b.Names(A);
        using var first = await RawPeer.LinkAsync(A, b);
        await b.UntilUpAsync(A);

        using var second = await RawPeer.LinkAsync(A, b);
        await second.Stream.WriteAsync(Frame([1]));
        await b.UntilAsync(() => b.Receiver.Count(A) == 1, "a frame over the second");

        await first.ReadToEndAsync();
        b.Receiver.Of(A).ShouldBe(["LinkUp", "LinkDown", "LinkUp", "Received"]);
    }

    [Fact]
    public async Task A_receiver_that_throws_costs_the_link_which_is_made_again()
    {
        await using var a = await TestLinkNode.StartAsync("a");
        await using var b = await TestLinkNode.StartAsync("b");
        var failed = false;
        b.Receiver.OnFrame = (_, frame) =>
        {
            if (!failed)
            {
                failed = true;
                throw new InvalidOperationException("a bug");
            }
        };
        a.Names(b.Identity);
        b.Names(a.Identity);
        await a.UntilUpAsync(b.Identity);

        a.Transport.TrySend("b", [1]).ShouldBeTrue();
        await a.UntilAsync(() => a.Receiver.Of(b.Identity).Count == 3, "the link to end and to come up again");
        await b.UntilAsync(() => b.Receiver.IsUp(a.Identity) && b.Receiver.Of(a.Identity).Count == 3, "the same at the other end");
        a.Transport.TrySend("b", [2]).ShouldBeTrue();
        await b.UntilAsync(() => b.Receiver.Count(a.Identity) == 1, "a frame over the second");

        (await b.Log.LineWith("failed; the link ends").Within("the log line")).ShouldContain("a bug");
    }

    [Fact]
    public async Task A_node_that_comes_back_under_the_same_address_is_linked_again_and_its_absence_logged_once()
    {
        await using var a = await TestLinkNode.StartAsync("a");
        var first = await StartAtFreePortAsync("b");
        a.Names(first.Identity);
        first.Names(a.Identity);
        await a.UntilUpAsync(first.Identity);

        await first.DisposeAsync();
        await a.Log.LineWith("No link to b").Within("the log line");
        await using var second = await TestLinkNode.StartAsync("b", TestLinkNode.Options(listen: first.Identity.Address));
        second.Names(a.Identity);
        await a.UntilUpAsync(second.Identity);

        a.Log.All.Count(line => line.Contains("Connection refused", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task Operators_see_the_links_that_are_up()
    {
        await using var a = await TestLinkNode.StartAsync("a");
        await using var b = await TestLinkNode.StartAsync("b");
        a.Names(b.Identity);
        b.Names(a.Identity);
        a.Transport.Links.ShouldBeEmpty();
        await a.UntilUpAsync(b.Identity);
        await b.UntilUpAsync(a.Identity);

        a.Transport.TrySend("b", [1, 2, 3]).ShouldBeTrue();
        await b.UntilAsync(() => b.Receiver.Count(a.Identity) == 1, "the frame");

        a.Transport.Links.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            link => link.Peer.ShouldBe(b.Identity),
            link => link.Dialed.ShouldBeTrue(),
            link => link.Encrypted.ShouldBeFalse(),
            link => link.FeatureLevel.ShouldBe(NodeRuntime.FeatureLevel),
            link => link.FramesSent.ShouldBe(1));
        b.Transport.Links.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            link => link.Dialed.ShouldBeFalse(), link => link.FramesReceived.ShouldBe(1));
    }

    /// <summary>Below the ports from which the machine dials: nobody else gets it before it is listened on again.</summary>
    private static async Task<TestLinkNode> StartAtFreePortAsync(string name)
    {
        for (var attempts = 0; ; attempts++)
        {
            try
            {
                return await TestLinkNode.StartAsync(name, TestLinkNode.Options(listen: $"127.0.0.1:{Random.Shared.Next(20_000, 32_000)}"));
            }
            catch (TransportStartException) when (attempts < 20)
            {
                continue;
            }
        }
    }

    private static byte[] Frame(byte[] body)
    {
        var bytes = new byte[4 + body.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, body.Length);
        body.CopyTo(bytes, 4);
        return bytes;
    }

    private static async Task SignsOfLifeAsync(RawPeer peer, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                await peer.Stream.WriteAsync(new byte[4], stop);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            return;
        }
    }
}
