using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Runtime.Remoting.Frames;

/// <summary>A subscriber that comes from another node.</summary>
/// <param name="Number">The subscription's number at the node it comes from.</param>
/// <param name="Address">Whom it follows.</param>
/// <param name="Audience">Who looks.</param>
/// <param name="Member">The member it counts as presence for.</param>
/// <param name="Credential">What it was opened with.</param>
/// <param name="Since">The last sequence number it has; null for only what comes.</param>
/// <param name="LacksState">Whether it wants the state even when <paramref name="Since"/> is the head.</param>
internal sealed record SubscribeFrame(
    long Number, EntityAddress Address, Audience Audience, string? Member, string? Credential, long? Since, bool LacksState);

/// <summary>A piece of a batch; all of it when nothing follows.</summary>
/// <param name="Batch">Its frames.</param>
/// <param name="MoreFollows">Whether the rest of the turn's frames come in a frame of their own.</param>
internal readonly record struct FeedPiece(FeedBatch Batch, bool MoreFollows);

/// <summary>Where a group stands at its home.</summary>
/// <param name="Number">The group.</param>
/// <param name="Sent">How many frames it has sent.</param>
/// <param name="Live">How many of the receiving node's subscriptions are in it.</param>
internal readonly record struct GroupHead(long Number, long Sent, long Live);

/// <summary>Where a subscription stands that is not yet up to date.</summary>
/// <param name="Number">The subscription.</param>
/// <param name="Sent">How many frames it got.</param>
internal readonly record struct PendingHead(long Number, long Sent);

/// <summary>Feeds as bytes.</summary>
internal static class FeedFrames
{
    private const byte MemberFlag = 1;
    private const byte CredentialFlag = 2;
    private const byte SinceFlag = 4;
    private const byte LacksStateFlag = 8;
    private const byte CatchUpFlag = 1;
    private const byte MoreFlag = 2;

    public static FrameWriter Write(SubscribeFrame subscribe)
    {
        var frame = FrameWriter.Begin(NodeFrame.Subscribe);
        frame.Number(subscribe.Number);
        frame.Byte((byte)((subscribe.Member is null ? 0 : MemberFlag)
            | (subscribe.Credential is null ? 0 : CredentialFlag)
            | (subscribe.Since is null ? 0 : SinceFlag)
            | (subscribe.LacksState ? LacksStateFlag : 0)));
        frame.Text(subscribe.Address.Kind);
        frame.Text(subscribe.Address.Id);
        frame.Text(subscribe.Audience.Name);
        if (subscribe.Member is { } member)
        {
            frame.Text(member);
        }

        if (subscribe.Credential is { } credential)
        {
            frame.Text(credential);
        }

        if (subscribe.Since is { } since)
        {
            frame.Number(since);
        }

        return frame;
    }

    public static SubscribeFrame ReadSubscribe(FrameReader frame)
    {
        var number = frame.Number();
        var flags = frame.Byte();
        return new SubscribeFrame(
            number,
            new EntityAddress(frame.Text(), frame.Text()),
            new Audience(frame.Text()),
            (flags & MemberFlag) != 0 ? frame.Text() : null,
            (flags & CredentialFlag) != 0 ? frame.Text() : null,
            (flags & SinceFlag) != 0 ? frame.Number() : null,
            (flags & LacksStateFlag) != 0);
    }

    public static FrameWriter WriteUnsubscribe(long number)
    {
        var frame = FrameWriter.Begin(NodeFrame.Unsubscribe);
        frame.Number(number);
        return frame;
    }

    /// <summary>All subscriptions, by rising number.</summary>
    /// <param name="upTo">The highest number in use: later ones are not meant to be missing.</param>
    /// <param name="numbers">Their numbers.</param>
    public static FrameWriter WriteFollowing(long upTo, IReadOnlyList<long> numbers)
    {
        var frame = FrameWriter.Begin(NodeFrame.Following);
        frame.Number(upTo);
        frame.Number(numbers.Count);
        var last = 0L;
        foreach (var number in numbers)
        {
            frame.Number(number - last);
            last = number;
        }

        return frame;
    }

    public static (long UpTo, HashSet<long> Numbers) ReadFollowing(FrameReader frame)
    {
        var upTo = frame.Number();
        var count = frame.Count();
        HashSet<long> numbers = new(count);
        var last = 0L;
        for (var i = 0; i < count; i++)
        {
            last += frame.Number();
            numbers.Add(last);
        }

        return (upTo, numbers);
    }

    public static FrameWriter WriteGroup(long group, long sent, long live, FeedPiece piece)
    {
        var frame = FrameWriter.Begin(NodeFrame.FeedGroup);
        frame.Number(group);
        frame.Number(sent);
        frame.Number(live);
        Write(frame, piece);
        return frame;
    }

    public static FrameWriter WriteAlone(long subscription, long sent, FeedPiece piece)
    {
        var frame = FrameWriter.Begin(NodeFrame.FeedAlone);
        frame.Number(subscription);
        frame.Number(sent);
        Write(frame, piece);
        return frame;
    }

    public static FrameWriter WriteLive(long subscription, long sent, GroupHead group, long seq)
    {
        var frame = FrameWriter.Begin(NodeFrame.FeedLive);
        frame.Number(subscription);
        frame.Number(sent);
        frame.Number(group.Number);
        frame.Number(group.Sent);
        frame.Number(seq);
        return frame;
    }

    public static FrameWriter WriteEnded(long subscription, FeedEnd reason)
    {
        var frame = FrameWriter.Begin(NodeFrame.FeedEnded);
        frame.Number(subscription);
        frame.Byte((byte)reason);
        return frame;
    }

    public static FrameWriter WriteHeads(List<GroupHead> groups, List<PendingHead> pending)
    {
        var frame = FrameWriter.Begin(NodeFrame.FeedHeads);
        frame.Number(groups.Count);
        foreach (var group in groups)
        {
            frame.Number(group.Number);
            frame.Number(group.Sent);
            frame.Number(group.Live);
        }

        frame.Number(pending.Count);
        foreach (var one in pending)
        {
            frame.Number(one.Number);
            frame.Number(one.Sent);
        }

        return frame;
    }

    public static (Dictionary<long, GroupHead> Groups, Dictionary<long, long> Pending) ReadHeads(FrameReader frame)
    {
        var count = frame.Count();
        Dictionary<long, GroupHead> groups = new(count);
        for (var i = 0; i < count; i++)
        {
            var head = new GroupHead(frame.Number(), frame.Number(), frame.Number());
            groups[head.Number] = head;
        }

        count = frame.Count();
        Dictionary<long, long> pending = new(count);
        for (var i = 0; i < count; i++)
        {
            pending[frame.Number()] = frame.Number();
        }

        return (groups, pending);
    }

    public static FeedPiece ReadPiece(FrameReader frame)
    {
        var flags = frame.Byte();
        var seq = frame.Number();
        var count = frame.Count();
        if (count == 0)
        {
            throw new MalformedFrameException("A batch has no frames.");
        }

        // One copy for the whole batch: the frame's bytes are the link's again when this returns.
        ReadOnlyMemory<byte> bytes = frame.Rest.ToArray();
        var own = new FrameReader(bytes.Span);
        var frames = new FeedFrame[count];
        for (var i = 0; i < count; i++)
        {
            var kind = (FeedFrameKind)own.Byte();
            if (kind > FeedFrameKind.Signal)
            {
                throw new MalformedFrameException($"There is no kind {(int)kind} of feed frame.");
            }

            var frameSeq = own.Number();
            var length = own.Count();
            frames[i] = new FeedFrame(kind, frameSeq, bytes.Slice(bytes.Length - own.Rest.Length, length));
            own.Take(length);
        }

        return new FeedPiece(new FeedBatch(frames, seq) { IsCatchUp = (flags & CatchUpFlag) != 0 }, (flags & MoreFlag) != 0);
    }

    /// <summary>How many bytes of a frame a feed frame takes at most, besides its own.</summary>
    public const int FrameOverheadBytes = 24;

    private static void Write(FrameWriter frame, FeedPiece piece)
    {
        frame.Byte((byte)((piece.Batch.IsCatchUp ? CatchUpFlag : 0) | (piece.MoreFollows ? MoreFlag : 0)));
        frame.Number(piece.Batch.Seq);
        frame.Number(piece.Batch.Frames.Count);
        foreach (var one in piece.Batch.Frames)
        {
            frame.Byte((byte)one.Kind);
            frame.Number(one.Seq);
            frame.Number(one.Bytes.Length);
            frame.Bytes(one.Bytes.Span);
        }
    }
}
