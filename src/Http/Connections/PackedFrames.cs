using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Http.Connections;

/// <summary>A frame as it goes over the wire.</summary>
/// <param name="Kind">What may happen to it when the reader is slow.</param>
/// <param name="Bytes">The whole frame; shared between connections, never written to.</param>
/// <param name="IsCatchUp">Whether the client asked for what it missed: then the frame does not count against what may wait.</param>
/// <param name="IsAnswer">Whether it is an answer to this client alone, which must not come before what was shown before it.</param>
internal readonly record struct WireFrame(
    FeedFrameKind Kind, ReadOnlyMemory<byte> Bytes, bool IsCatchUp = false, bool IsAnswer = false);

/// <summary>All frames of one batch in one buffer: made once, written to every connection of a transport as it is.</summary>
/// <param name="bytes">All frames, one after the other.</param>
/// <param name="frames">Each frame as a part of <paramref name="bytes"/>.</param>
internal sealed class PackedFrames(ReadOnlyMemory<byte> bytes, WireFrame[] frames)
{
    /// <summary>All frames, one after the other.</summary>
    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>Each frame as a part of <see cref="Bytes"/>.</summary>
    public ReadOnlySpan<WireFrame> Frames => frames;
}
