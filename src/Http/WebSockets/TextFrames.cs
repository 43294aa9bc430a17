using AkkaParty.Http.Connections;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Http.WebSockets;

/// <summary>A batch as WebSocket text frames.</summary>
internal static class TextFrames
{
    /// <summary>Makes a batch's pack; the same delegate for all, as sharing needs.</summary>
    public static Func<FeedBatch, PackedFrames> Pack { get; } = Make;

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
