using AkkaParty.Runtime.Sockets.Handshakes;
using AkkaParty.Runtime.Sockets.Links;

namespace AkkaParty.Runtime.Sockets.Tests;

/// <summary>The parts of a link that need no connection.</summary>
public sealed class PartsTests
{
    private static readonly Hello Example = new(
        LinkRole.Dialer,
        new NodeRun("node-1", 41),
        new NodeRun("node-2", 42),
        "akkaparty",
        FeatureLevel: 3,
        [.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    [Fact]
    public async Task The_hello_and_the_proofs_keep_their_bytes()
    {
        var dialers = Example.Encode();
        var listeners = (Example with { Role = LinkRole.Listener, From = Example.To, To = Example.From }).Encode();
        var secret = new ClusterSecret("a secret of this test");
        string[] actual =
        [
            $"dialer's hello:   {Convert.ToHexStringLower(dialers)}",
            $"listener's hello: {Convert.ToHexStringLower(listeners)}",
            $"dialer's proof:   {Convert.ToHexStringLower(secret.Prove(LinkRole.Dialer, dialers, listeners))}",
            $"listener's proof: {Convert.ToHexStringLower(secret.Prove(LinkRole.Listener, dialers, listeners))}",
        ];

        actual.ShouldBe(await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "Golden", "handshake.golden.txt")));
    }

    [Fact]
    public void A_hello_is_read_back()
    {
        var read = Hello.Decode(Example.Encode());

        read.Nonce.ShouldBe(Example.Nonce);
        (read with { Nonce = Example.Nonce }).ShouldBe(Example);
    }

    [Fact]
    public void No_prefix_and_no_extension_of_a_hello_is_one()
    {
        var bytes = Example.Encode();

        foreach (var length in Enumerable.Range(0, bytes.Length))
        {
            Should.Throw<RefusedException>(() => Hello.Decode(bytes.AsSpan(0, length))).Code.ShouldBe(Refusal.Malformed);
        }

        Should.Throw<RefusedException>(() => Hello.Decode([.. bytes, 0])).Code.ShouldBe(Refusal.Malformed);
        bytes[4] = 2;
        Should.Throw<RefusedException>(() => Hello.Decode(bytes)).Code.ShouldBe(Refusal.Version);
    }

    [Fact]
    public void A_proof_is_good_for_one_role_one_pair_of_hellos_and_one_secret()
    {
        var secret = new ClusterSecret("a secret of this test");
        var (dialers, listeners) = (Example.Encode(), (Example with { Role = LinkRole.Listener }).Encode());
        var proof = secret.Prove(LinkRole.Dialer, dialers, listeners);
        var otherNonce = (Example with { Nonce = new byte[32] }).Encode();

        secret.Check(proof, LinkRole.Dialer, dialers, listeners);
        Should.Throw<RefusedException>(() => secret.Check(proof, LinkRole.Listener, dialers, listeners));
        Should.Throw<RefusedException>(() => secret.Check(proof, LinkRole.Dialer, otherNonce, listeners));
        Should.Throw<RefusedException>(() => secret.Check(proof, LinkRole.Dialer, dialers, otherNonce));
        Should.Throw<RefusedException>(() => secret.Check(proof[..31], LinkRole.Dialer, dialers, listeners));
        Should.Throw<RefusedException>(() => new ClusterSecret("a secret of that test").Check(proof, LinkRole.Dialer, dialers, listeners));
    }

    [Theory]
    [InlineData("127.0.0.1:7000", "127.0.0.1", 7000)]
    [InlineData("[::1]:7000", "::1", 7000)]
    [InlineData("node-1.internal:65535", "node-1.internal", 65535)]
    [InlineData("*:7000", "0.0.0.0", 7000)]
    [InlineData("localhost:0", "localhost", 0)]
    public void Reads_addresses(string text, string host, int port)
    {
        LinkAddress.TryParse(text, out var address).ShouldBeTrue();

        address.ShouldBe(new LinkAddress(host, port));
    }

    [Theory]
    [InlineData("")]
    [InlineData("7000")]
    [InlineData(":7000")]
    [InlineData("host")]
    [InlineData("host:")]
    [InlineData("host:65536")]
    [InlineData("host:-1")]
    [InlineData("host: 1")]
    [InlineData("::1:7000")]
    [InlineData("[127.0.0.1]:7000")]
    [InlineData("http://host:7000")]
    [InlineData("a host:7000")]
    public void Refuses_what_is_no_address(string text) => LinkAddress.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Frames_come_out_as_they_went_in_however_the_bytes_are_cut()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var frames = Enumerable.Range(0, random.Next(1, 40)).Select(_ => Bytes(random, random.Next(4) == 0 ? 200_000 : 300)).ToList();
            var outbox = new Outbox(100_000_000);
            frames.ForEach(frame => outbox.TryAdd(frame).ShouldBeTrue());
            var wire = outbox.Take();
            var buffer = new FrameBuffer(200_000);
            var got = new List<byte[]>();
            while (wire.Length > 0)
            {
                var room = buffer.Room();
                room.Length.ShouldBeGreaterThan(0);
                var count = Math.Min(Math.Min(wire.Length, room.Length), random.Next(1, 100_000));
                wire[..count].CopyTo(room);
                wire = wire[count..];
                buffer.Read(count);
                while (buffer.TryTake(out var frame))
                {
                    got.Add(frame.ToArray());
                }
            }

            got.Count.ShouldBe(frames.Count, $"seed {seed}");
            got.Zip(frames).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second)).ShouldBeTrue($"seed {seed}");
        }
    }

    [Fact]
    public void What_waits_is_bounded_and_counts_until_it_is_sent()
    {
        var outbox = new Outbox(100);
        outbox.TryAdd(new byte[46]).ShouldBeTrue();
        outbox.Take().Length.ShouldBe(50);
        outbox.TryAdd(new byte[47]).ShouldBeFalse();
        outbox.TryAdd(new byte[46]).ShouldBeTrue();
        outbox.PendingBytes.ShouldBe(100);

        outbox.Sent();

        outbox.PendingBytes.ShouldBe(50);
        outbox.TryAdd(new byte[46]).ShouldBeTrue();
        outbox.Take().Length.ShouldBe(100);
    }

    [Fact]
    public void A_node_that_was_paused_itself_does_not_blame_its_peers()
    {
        var watch = new LinkWatch(TestLinkNode.Options());

        // However long the node stood still, it looks once when it wakes, and then goes on as usual.
        watch.Look(received: 10, sent: 10, isSending: false, () => false);
        watch.Look(10, 10, false, () => false).ShouldBe(LinkHealth.Idle);
        for (var look = 0; look < 20; look++)
        {
            watch.Look(10, 10, true, hasWaitingInput: () => true).ShouldNotBe(LinkHealth.Silent);
        }
    }

    [Fact]
    public void Silence_and_stalls_are_noticed_after_their_limits()
    {
        var watch = new LinkWatch(TestLinkNode.Options());
        var silent = Enumerable.Range(0, 9).Select(_ => watch.Look(10, 10, false, () => false)).ToList();
        silent.IndexOf(LinkHealth.Silent).ShouldBe(8);

        watch = new LinkWatch(TestLinkNode.Options());
        var stalled = Enumerable.Range(0, 21).Select(look => watch.Look(look, 10, isSending: true, () => false)).ToList();
        stalled.IndexOf(LinkHealth.Stalled).ShouldBe(20);
    }

    private static byte[] Bytes(Random random, int lengthMax)
    {
        var bytes = new byte[random.Next(0, lengthMax + 1)];
        random.NextBytes(bytes);
        return bytes;
    }
}
