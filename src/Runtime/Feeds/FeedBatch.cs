namespace AkkaParty.Runtime.Feeds;

/// <summary>All frames of one turn for one audience: what a subscriber should send as one write.</summary>
public sealed class FeedBatch
{
    private static long _made;

    private object? _packed;

    /// <summary>Collects a turn's frames.</summary>
    /// <param name="frames">The frames in order; at least one.</param>
    /// <param name="seq">The entity's sequence number after this batch.</param>
    public FeedBatch(IReadOnlyList<FeedFrame> frames, long seq)
    {
        Frames = frames;
        Seq = seq;
        foreach (var frame in frames)
        {
            Size += frame.Bytes.Length;
            HasEvents |= frame.Kind == FeedFrameKind.Event;
            HasState |= frame.Kind == FeedFrameKind.State;
        }

        Number = Interlocked.Increment(ref _made);
    }

    /// <summary>The frames in order.</summary>
    public IReadOnlyList<FeedFrame> Frames { get; }

    /// <summary>The entity's sequence number after this batch.</summary>
    public long Seq { get; }

    /// <summary>How many bytes its frames have together.</summary>
    public int Size { get; }

    /// <summary>
    /// Whether these are events the subscriber missed, read back at its own request: they do not count against what a
    /// slow reader may leave pending.
    /// </summary>
    public bool IsCatchUp { get; init; }

    /// <summary>Whether a frame may not be lost: then a subscriber that cannot take the batch must end and resume.</summary>
    public bool HasEvents { get; }

    /// <summary>Whether it shows the whole state.</summary>
    internal bool HasState { get; }

    /// <summary>No other batch of this process has it: tells whether two subscribers got the same one, without keeping it.</summary>
    internal long Number { get; }

    /// <summary>
    /// The batch in a transport's own form (for example as WebSocket frames in one buffer), made once and shared by
    /// every subscriber of the audience. All callers must pass the same kind of <paramref name="pack"/>.
    /// </summary>
    /// <typeparam name="T">The transport's form.</typeparam>
    /// <param name="pack">Makes it; may run twice when two threads are first at once, and one result wins.</param>
    /// <returns>The shared form.</returns>
    public T Packed<T>(Func<FeedBatch, T> pack)
        where T : class
    {
        if (Volatile.Read(ref _packed) is T packed)
        {
            return packed;
        }

        var made = pack(this);
        return (T)(Interlocked.CompareExchange(ref _packed, made, null) ?? made);
    }
}
