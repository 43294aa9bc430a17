using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Remoting;

namespace AkkaParty.Runtime.TestKit.Remoting;

/// <summary>What every transport must do, over a network that loses nothing.</summary>
public abstract class NodeTransportSpec<TNetwork> : IAsyncLifetime
    where TNetwork : TransportNetwork, new()
{
    private readonly HearingSignal _heard = new();
    private readonly List<Node> _nodes = [];

    protected TNetwork Network { get; } = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            node.Receiver.Unblock();
            await node.Transport.DisposeAsync();
            node.Receiver.Dispose();
        }

        await Network.DisposeAsync();
        _nodes.SelectMany(node => node.Receiver.Violations).ShouldBeEmpty();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Both_ends_hear_of_a_link_and_then_of_each_others_frames()
    {
        var (a, b) = await PairAsync();

        a.Send(b, [1, 2, 3]).ShouldBeTrue();
        b.Send(a, [4]).ShouldBeTrue();
        await UntilAsync(() => a.Count(b) == 1 && b.Count(a) == 1, "a frame in each direction");

        a.Received(b).ShouldHaveSingleItem().ShouldBe([4]);
        b.Received(a).ShouldHaveSingleItem().ShouldBe([1, 2, 3]);
        b.Receiver.Of(a.Identity).ShouldBe(["LinkUp", "Received"]);
    }

    [Fact]
    public async Task Frames_of_every_length_arrive_whole_and_in_order()
    {
        var (a, b) = await PairAsync();
        int[] lengths = [1, 2, 3, 4, 5, 100, 4_095, 4_096, 65_531, 65_532, 65_536, 65_537, 200_000, a.Transport.FrameBytesMax, 1, 7];
        var frames = lengths.Select((length, index) => Frame(index, length)).ToList();

        frames.ForEach(frame => a.Send(b, frame).ShouldBeTrue($"a frame of {frame.Length} bytes"));

        await UntilAsync(() => b.Count(a) == frames.Count, "all frames");
        ShouldBeSame(b.Received(a), frames);
    }

    [Fact]
    public async Task Many_small_frames_keep_their_order_in_both_directions()
    {
        const int Count = 20_000;
        var (a, b) = await PairAsync();

        for (var i = 0; i < Count; i++)
        {
            a.Send(b, BitConverter.GetBytes(i)).ShouldBeTrue();
            b.Send(a, BitConverter.GetBytes(-i)).ShouldBeTrue();
        }

        await UntilAsync(() => b.Count(a) == Count && a.Count(b) == Count, "the last of many frames");
        b.Received(a).Select(frame => BitConverter.ToInt32(frame)).ShouldBe(Enumerable.Range(0, Count));
        a.Received(b).Select(frame => BitConverter.ToInt32(frame)).ShouldBe(Enumerable.Range(0, Count).Select(i => -i));
    }

    [Fact]
    public async Task A_frame_is_copied_before_the_call_returns()
    {
        var (a, b) = await PairAsync();
        var bytes = Frame(1, 1_000);
        var sent = bytes.ToArray();

        a.Send(b, bytes).ShouldBeTrue();
        Array.Clear(bytes);

        await UntilAsync(() => b.Count(a) == 1, "the frame");
        b.Received(a)[0].ShouldBe(sent);
    }

    [Fact]
    public async Task A_frame_can_be_answered_from_within_its_receipt_and_a_link_greeted_from_within_its_notice()
    {
        var (a, b) = (await AddAsync("a"), await AddAsync("b"));
        var greeted = false;
        b.Receiver.OnUp = peer => greeted = b.Transport.TrySend(peer.Name, [9]);
        a.Receiver.OnFrame = (peer, frame) => a.Transport.TrySend(peer.Name, [.. frame, 1]);

        await LinkAsync(a, b);

        await UntilAsync(() => b.Count(a) == 1, "the answer to the greeting");
        greeted.ShouldBeTrue();
        b.Received(a)[0].ShouldBe([9, 1]);
    }

    [Fact]
    public async Task Nothing_is_taken_for_a_node_without_a_link()
    {
        var (a, b) = (await AddAsync("a"), await AddAsync("b"));
        a.Send(b, [1]).ShouldBeFalse();
        a.Names(b);
        a.Transport.TrySend("a", [1]).ShouldBeFalse();
        a.Transport.TrySend("nobody", [1]).ShouldBeFalse();

        b.Names(a);
        await UntilUpAsync(a, b);
        a.Transport.TrySend("nobody", [1]).ShouldBeFalse();
    }

    [Fact]
    public async Task Empty_and_too_long_frames_are_the_callers_mistake()
    {
        var (a, b) = await PairAsync();

        Should.Throw<ArgumentOutOfRangeException>(() => a.Send(b, []));
        Should.Throw<ArgumentOutOfRangeException>(() => a.Send(b, new byte[a.Transport.FrameBytesMax + 1]));
    }

    [Fact]
    public async Task A_node_that_dials_before_it_is_named_is_accepted_once_it_is()
    {
        var (a, b) = (await AddAsync("a"), await AddAsync("b"));

        a.Names(b);
        b.Names();
        a.Receiver.IsUp(b.Identity).ShouldBeFalse();
        b.Names(a);

        await UntilUpAsync(a, b);
    }

    [Fact]
    public async Task A_node_that_is_not_named_any_more_loses_its_link_at_both_ends()
    {
        var (a, b) = await PairAsync();

        b.Names();

        b.Send(a, [1]).ShouldBeFalse();
        await UntilAsync(() => !a.Receiver.IsUp(b.Identity) && !b.Receiver.IsUp(a.Identity), "both ends to lose the link");
        a.Send(b, [1]).ShouldBeFalse();
        b.Names(a);
        await UntilUpAsync(a, b);
        a.Send(b, [2]).ShouldBeTrue();
        await UntilAsync(() => b.Count(a) == 1, "a frame over the new link");
        b.Receiver.Of(a.Identity).ShouldBe(["LinkUp", "LinkDown", "LinkUp", "Received"]);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    public async Task A_restarted_node_is_somebody_else(string restarted)
    {
        var (a, b) = await PairAsync();
        var (old, other) = restarted == "a" ? (a, b) : (b, a);
        old.Send(other, [1]).ShouldBeTrue();
        await UntilAsync(() => other.Count(old) == 1, "a frame of the first run");

        await old.Transport.DisposeAsync();
        await UntilAsync(() => !other.Receiver.IsUp(old.Identity), "the link to the first run to end");
        other.Send(old, [2]).ShouldBeFalse();
        var again = await AddAsync(restarted, incarnation: old.Identity.Incarnation + 10);
        again.Names(other);
        other.Names(again);
        await UntilUpAsync(again, other);
        again.Send(other, [3]).ShouldBeTrue();
        await UntilAsync(() => other.Count(again) == 1, "a frame of the second run");

        other.Receiver.Of(old.Identity).ShouldBe(["LinkUp", "Received", "LinkDown"]);
        other.Receiver.Of(again.Identity).ShouldBe(["LinkUp", "Received"]);
    }

    [Fact]
    public async Task A_node_under_its_next_incarnation_is_linked_anew()
    {
        var (a, b) = await PairAsync();
        var first = b.Identity;

        b.Identity = first with { Incarnation = first.Incarnation + 1 };
        b.Names(a);
        a.Names(b);

        await UntilUpAsync(a, b);
        a.Receiver.IsUp(first).ShouldBeFalse();
        a.Receiver.Of(first).ShouldBe(["LinkUp", "LinkDown"]);
    }

    [Fact]
    public async Task Peers_are_told_apart()
    {
        var nodes = new[] { await AddAsync("a"), await AddAsync("b"), await AddAsync("c") };
        foreach (var node in nodes)
        {
            node.Names([.. nodes.Where(other => other != node)]);
        }

        await UntilAsync(() => nodes.All(n => nodes.All(m => n == m || n.Receiver.IsUp(m.Identity))), "links between all three");
        foreach (var node in nodes)
        {
            foreach (var other in nodes.Where(other => other != node))
            {
                node.Send(other, [(byte)node.Identity.Name[0], (byte)other.Identity.Name[0]]).ShouldBeTrue();
            }
        }

        await UntilAsync(() => nodes.All(n => nodes.All(m => n == m || n.Count(m) == 1)), "a frame from each to each");
        foreach (var node in nodes)
        {
            foreach (var other in nodes.Where(other => other != node))
            {
                node.Received(other)[0].ShouldBe([(byte)other.Identity.Name[0], (byte)node.Identity.Name[0]]);
            }
        }
    }

    [Fact]
    public async Task What_waits_for_a_slow_peer_is_bounded_and_what_was_taken_arrives()
    {
        var (a, b) = await PairAsync();
        Network.Stall(b.Receiver);

        var taken = 0;
        for (long bytes = 0; a.Send(b, Frame(taken, 10_000)); taken++)
        {
            bytes += 10_000;
            bytes.ShouldBeLessThanOrEqualTo(Network.PendingBytesMax, "bytes taken for a peer that reads nothing");
        }

        Network.Resume(b.Receiver);
        await UntilAsync(() => b.Count(a) == taken, "everything that was taken");
        ShouldBeSame(b.Received(a), [.. Enumerable.Range(0, taken).Select(index => Frame(index, 10_000))]);
        a.Receiver.IsUp(b.Identity).ShouldBeTrue();
    }

    [Fact]
    public async Task A_node_that_stops_sends_what_was_taken_and_then_hears_nothing_more()
    {
        var (a, b) = await PairAsync();
        for (var i = 0; i < 100; i++)
        {
            a.Send(b, Frame(i, 1_000)).ShouldBeTrue();
        }

        await a.Transport.DisposeAsync();
        var heard = a.Receiver.Of(b.Identity);
        a.Receiver.IsUp(b.Identity).ShouldBeFalse();
        a.Send(b, [1]).ShouldBeFalse();

        await UntilAsync(() => !b.Receiver.IsUp(a.Identity), "the other end to lose the link");
        b.Count(a).ShouldBe(100);
        a.Receiver.Of(b.Identity).ShouldBe(heard);
    }

    private static byte[] Frame(int seed, int length)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static void ShouldBeSame(IReadOnlyList<byte[]> actual, List<byte[]> expected)
    {
        actual.Count.ShouldBe(expected.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            actual[i].AsSpan().SequenceEqual(expected[i]).ShouldBeTrue($"frame {i} of {expected[i].Length} bytes");
        }
    }

    private Task UntilAsync(Func<bool> condition, string what) => Network.UntilAsync(_heard, condition, what);

    private Task UntilUpAsync(Node a, Node b) =>
        UntilAsync(() => a.Receiver.IsUp(b.Identity) && b.Receiver.IsUp(a.Identity), $"a link between {a.Identity} and {b.Identity}");

    private async Task LinkAsync(Node a, Node b)
    {
        a.Names(b);
        b.Names(a);
        await UntilUpAsync(a, b);
    }

    private async Task<(Node A, Node B)> PairAsync()
    {
        var (a, b) = (await AddAsync("a"), await AddAsync("b"));
        await LinkAsync(a, b);
        return (a, b);
    }

    private async Task<Node> AddAsync(string name, long incarnation = 1)
    {
        var transport = Network.Create(name);
        var receiver = new TestReceiver(name, _heard);
        var address = await transport.StartAsync(receiver, CancellationToken.None);
        var node = new Node(transport, receiver, new NodeIdentity(name, incarnation, address));
        _nodes.Add(node);
        return node;
    }

    private sealed class Node(INodeTransport transport, TestReceiver receiver, NodeIdentity identity)
    {
        public INodeTransport Transport => transport;

        public TestReceiver Receiver => receiver;

        public NodeIdentity Identity { get; set; } = identity;

        public void Names(params Node[] others) => transport.SetPeers(Identity, [.. others.Select(other => other.Identity)]);

        public bool Send(Node to, byte[] frame) => transport.TrySend(to.Identity.Name, frame);

        public int Count(Node from) => receiver.Count(from.Identity);

        public IReadOnlyList<byte[]> Received(Node from) => receiver.Frames(from.Identity);
    }
}
