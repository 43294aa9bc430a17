using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Http.WebSockets;

/// <summary>A frame with its header, as it waits for a connection or lies in a pack.</summary>
/// <param name="Kind">What may happen to it when the reader is slow.</param>
/// <param name="Bytes">Header and payload; shared between connections, never written to.</param>
/// <param name="IsCatchUp">Whether the client asked for what it missed: then the frame does not count against what may wait.</param>
internal readonly record struct WireFrame(FeedFrameKind Kind, ReadOnlyMemory<byte> Bytes, bool IsCatchUp = false);

/// <summary>All frames of one batch as text frames in one buffer: made once, written to every member as it is.</summary>
internal sealed class PackedFrames
{
    private readonly WireFrame[] _frames;

    private PackedFrames(byte[] bytes, WireFrame[] frames)
    {
        Bytes = bytes;
        _frames = frames;
    }

    /// <summary>Makes a batch's pack; the same delegate for all, as sharing needs.</summary>
    public static Func<FeedBatch, PackedFrames> Pack { get; } = Make;

    /// <summary>All frames, one after the other.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Each frame as a part of <see cref="Bytes"/>.</summary>
    public ReadOnlySpan<WireFrame> Frames => _frames;

    private static PackedFrames Make(FeedBatch batch)
    {
        var total = 0;
        var source = batch.Frames;
        for (var i = 0; i < source.Count; i++)
        {
            var length = source[i].Bytes.Length;
            total += FrameHeader.SizeOf(length) + length;
        }

        var bytes = new byte[total];
        var frames = new WireFrame[source.Count];
        var at = 0;
        for (var i = 0; i < frames.Length; i++)
        {
            var frame = source[i];
            var start = at;
            at += FrameHeader.Write(bytes.AsSpan(at), FrameHeader.Text, frame.Bytes.Length);
            frame.Bytes.Span.CopyTo(bytes.AsSpan(at));
            at += frame.Bytes.Length;
            frames[i] = new WireFrame(frame.Kind, bytes.AsMemory(start, at - start), batch.IsCatchUp);
        }

        return new PackedFrames(bytes, frames);
    }
}
