using System.Buffers;
using System.Buffers.Text;
using AkkaParty.Http.Connections;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Http.Sse;

/// <summary>
/// JSON as events of a stream: a line <c>id:</c> with what to resume from, where there is such a thing, and a line <c>data:</c>. There is
/// no line <c>event:</c>, so that a browser hands everything to <c>onmessage</c>.
/// </summary>
internal static class EventFrames
{
    private const int SeqDigitsMax = 19;

    /// <summary>Makes a batch's pack; the same delegate for all, as sharing needs.</summary>
    public static Func<FeedBatch, PackedFrames> Pack { get; } = Make;

    /// <summary>One event.</summary>
    /// <param name="kind">What may happen to it when the reader is slow.</param>
    /// <param name="seq">The number a client resumes from once it has seen this; null for none.</param>
    /// <param name="json">Its JSON, on one line.</param>
    /// <returns>The frame.</returns>
    public static WireFrame Of(FeedFrameKind kind, long? seq, ReadOnlySpan<byte> json)
    {
        var bytes = new ArrayBufferWriter<byte>(SizeMax(json.Length));
        Write(bytes, seq, json);
        return new WireFrame(kind, bytes.WrittenMemory);
    }

    private static PackedFrames Make(FeedBatch batch)
    {
        var source = batch.Frames;
        var most = 0;
        for (var i = 0; i < source.Count; i++)
        {
            most += SizeMax(source[i].Bytes.Length);
        }

        var bytes = new ArrayBufferWriter<byte>(most);
        Span<int> ends = source.Count <= 64 ? stackalloc int[source.Count] : new int[source.Count];
        for (var i = 0; i < source.Count; i++)
        {
            Write(bytes, source[i].Kind == FeedFrameKind.Event ? source[i].Seq : null, source[i].Bytes.Span);
            ends[i] = bytes.WrittenCount;
        }

        var all = bytes.WrittenMemory;
        var frames = new WireFrame[source.Count];
        for (var i = 0; i < frames.Length; i++)
        {
            var start = i == 0 ? 0 : ends[i - 1];
            frames[i] = new WireFrame(source[i].Kind, all[start..ends[i]], batch.IsCatchUp);
        }

        return new PackedFrames(all, frames);
    }

    private static int SizeMax(int jsonBytes) => "id: "u8.Length + SeqDigitsMax + "\ndata: "u8.Length + jsonBytes + "\n\n"u8.Length;

    private static void Write(ArrayBufferWriter<byte> bytes, long? seq, ReadOnlySpan<byte> json)
    {
        if (seq is { } number)
        {
            bytes.Write("id: "u8);
            Utf8Formatter.TryFormat(number, bytes.GetSpan(SeqDigitsMax), out var digits);
            bytes.Advance(digits);
            bytes.Write("\n"u8);
        }

        bytes.Write("data: "u8);
        bytes.Write(json);
        bytes.Write("\n\n"u8);
    }
}
