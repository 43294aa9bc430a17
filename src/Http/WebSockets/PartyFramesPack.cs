using AkkaParty.Http.Connections;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Http.WebSockets;

/// <summary>A party's batch for its sockets, and the watch party that its newest state tells of.</summary>
/// <param name="Frames">The frames.</param>
/// <param name="Opened">The watch party; null while none is there.</param>
internal sealed record PartyFramesPack(PackedFrames Frames, WatchOpening? Opened)
{
    /// <summary>Makes a batch's pack; the same delegate for all, as sharing needs.</summary>
    public static Func<FeedBatch, PartyFramesPack> Pack { get; } = Make;

    private static PartyFramesPack Make(FeedBatch batch)
    {
        WatchOpening? opened = null;
        foreach (var frame in batch.Frames)
        {
            if (frame.Kind == FeedFrameKind.State)
            {
                opened = OpenedMark.InUpdate(frame.Bytes.Span);
            }
        }

        return new PartyFramesPack(TextFrames.Pack(batch), opened);
    }
}
