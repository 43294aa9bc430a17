using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.Remoting;
using AkkaParty.Runtime.Remoting.Frames;
using AkkaParty.Runtime.Sharding;
using AkkaParty.Runtime.TestKit.Counters;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Runtime.Tests.Remoting;

/// <summary>Frames between nodes as bytes: nodes of two versions talk to each other during an upgrade, so these never change.</summary>
public sealed class NodeFramesGolden
{
    private static readonly CommandId Id = new(Guid.Parse("6b8f35c2-55a6-4bd0-9e5f-4f1a17a0a001"), 300);
    private static readonly IMessageCodec<object> Replies = new CounterEntity().ReplyCodec;

    [Fact]
    public void The_bytes_are_those_of_the_golden_file()
    {
        var golden = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Remoting", "NodeFrames.golden.txt"));
        Frames().Select(frame => $"{frame.Name}: {Convert.ToHexStringLower(frame.Bytes)}").ShouldBe(golden);
    }

    [Fact]
    public void Every_type_of_frame_has_a_golden_line() =>
        Frames().Select(frame => (NodeFrame)frame.Bytes[0]).Distinct().Order().ShouldBe(Enum.GetValues<NodeFrame>());

    [Fact]
    public void A_frame_that_is_cut_short_is_told_from_a_whole_one()
    {
        foreach (var (name, bytes) in Frames().Where(f => f.Name.StartsWith("heads", StringComparison.Ordinal) || f.Name == "following"))
        {
            for (var length = 1; length < bytes.Length; length++)
            {
                Should.Throw<MalformedFrameException>(() => Read(bytes[..length]), name);
            }

            Read(bytes);
        }
    }

    [Fact]
    public void What_was_written_is_read_back()
    {
        var subscribe = new SubscribeFrame(
            1L << 40, new EntityAddress("counter", "ein Zähler"), new Audience("member"), "mia", "hash", 0, LacksState: true);
        FeedFrames.ReadSubscribe(Body(FeedFrames.Write(subscribe))).ShouldBe(subscribe);
        var bare = new SubscribeFrame(1, new EntityAddress("counter", new string('ß', 128)), new Audience(""), null, null, null, false);
        FeedFrames.ReadSubscribe(Body(FeedFrames.Write(bare))).ShouldBe(bare);

        var piece = FeedFrames.ReadPiece(new FrameReader(FeedFrames.WriteAlone(1, 1, Piece()).Written[3..]));
        piece.MoreFollows.ShouldBeTrue();
        piece.Batch.Seq.ShouldBe(300);
        piece.Batch.IsCatchUp.ShouldBeTrue();
        piece.Batch.Frames.Select(f => (f.Kind, f.Seq, Convert.ToHexString(f.Bytes.Span)))
            .ShouldBe([(FeedFrameKind.Event, 299, "0102"), (FeedFrameKind.State, 300, ""), (FeedFrameKind.Signal, 300, "FF")]);
    }

    private static FrameReader Body(FrameWriter frame) => new(frame.Written[1..].ToArray());

    private static void Read(byte[] bytes)
    {
        var frame = new FrameReader(bytes.AsSpan(1));
        if ((NodeFrame)bytes[0] == NodeFrame.FeedHeads)
        {
            FeedFrames.ReadHeads(frame);
        }
        else
        {
            FeedFrames.ReadFollowing(frame);
        }
    }

    private static FeedPiece Piece() => new(
        new FeedBatch(
            [
                new FeedFrame(FeedFrameKind.Event, 299, new byte[] { 1, 2 }),
                new FeedFrame(FeedFrameKind.State, 300, default),
                new FeedFrame(FeedFrameKind.Signal, 300, new byte[] { 0xFF }),
            ],
            300)
        { IsCatchUp = true },
        MoreFollows: true);

    private static List<(string Name, byte[] Bytes)> Frames()
    {
        using var cluster = new DisposableNodes();
        var command = Ask.Rent(new Add(5, "é"), isQuery: false, Id, 0);
        command.Address(cluster.Region, "x-1", 17);
        var query = Ask.Rent(GetValue.Instance, isQuery: true, null, 7);
        query.Address(cluster.Region, "x-1", 17);
        var rejected = AskResult.Rejected(new Rejection("below_zero", "No.", "amount"), 4);
        var unavailable = AskResult.Unavailable("busy", "Later.", TimeSpan.FromSeconds(2));
        var address = new EntityAddress("counter", "x-1");
        return
        [
            ("ask command", Bytes(AskFrames.Write(command, 300))),
            ("ask query", Bytes(AskFrames.Write(query, 1))),
            ("reply replied", Bytes(AskFrames.WriteReply(300, AskResult.Replied(new CounterValue(5), 1_000_000), Replies))),
            ("reply nothing", Bytes(AskFrames.WriteReply(300, AskResult.Replied(null, 0), Replies))),
            ("reply rejected", Bytes(AskFrames.WriteReply(300, rejected, Replies))),
            ("reply unavailable", Bytes(AskFrames.WriteReply(300, unavailable, Replies))),
            ("moved", Bytes(AskFrames.WriteMoved(300))),
            ("subscribe", Bytes(FeedFrames.Write(new SubscribeFrame(9, address, new Audience("member"), "mia", "hash", 12, true)))),
            ("subscribe bare", Bytes(FeedFrames.Write(new SubscribeFrame(9, address, new Audience("public"), null, null, null, false)))),
            ("unsubscribe", Bytes(FeedFrames.WriteUnsubscribe(9))),
            ("following", Bytes(FeedFrames.WriteFollowing(1_000, [3, 9, 700]))),
            ("group", Bytes(FeedFrames.WriteGroup(2, 77, 3, Piece()))),
            ("alone", Bytes(FeedFrames.WriteAlone(9, 1, Piece()))),
            ("live", Bytes(FeedFrames.WriteLive(9, 1, new GroupHead(2, 77, 3), 300))),
            ("ended", Bytes(FeedFrames.WriteEnded(9, FeedEnd.Revoked))),
            ("heads", Bytes(FeedFrames.WriteHeads([new GroupHead(2, 77, 3), new GroupHead(200, 0, 1)], [new PendingHead(9, 1)]))),
            ("signal", Bytes(AskFrames.WriteSignal("counter", "x-1", new CounterEntity().MessageCodec, new Cheer("hi")))),
            ("changed", Bytes(RequestFrames.WriteChanged())),
            ("request", Bytes(RequestFrames.WriteRequest(5, "regions", [1, 2]))),
            ("response", Bytes(RequestFrames.WriteResponse(5, [3]))),
            ("response none", Bytes(RequestFrames.WriteResponse(5, null))),
        ];
    }

    private static byte[] Bytes(FrameWriter frame) => frame.Written.ToArray();

    private sealed class DisposableNodes : IDisposable
    {
        private readonly LinkedNodes _cluster = new(nodes: 1);

        internal ShardRegion Region => (ShardRegion)_cluster.A.Counters;

        public void Dispose() => _cluster.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
