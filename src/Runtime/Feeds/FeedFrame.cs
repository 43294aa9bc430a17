namespace AkkaParty.Runtime.Feeds;

/// <summary>What a feed frame carries, and so what may happen to it when a reader is slow.</summary>
public enum FeedFrameKind
{
    /// <summary>One event: never dropped, never merged; a reader that cannot keep up is closed and resumes.</summary>
    Event,

    /// <summary>The whole state: a newer one replaces it.</summary>
    State,

    /// <summary>Something that passes (typing, a reaction): dropped first.</summary>
    Signal,
}

/// <summary>One frame of a feed, serialised once and shared by every subscriber of its audience.</summary>
/// <param name="Kind">What it carries.</param>
/// <param name="Seq">The sequence number it belongs to; for a signal, the entity's at that moment.</param>
/// <param name="Bytes">The frame in the audience's dialect; never written to after it was published.</param>
public readonly record struct FeedFrame(FeedFrameKind Kind, long Seq, ReadOnlyMemory<byte> Bytes);
