using AkkaParty.Runtime.Feeds;
using AkkaParty.Runtime.Remoting.Frames;

namespace AkkaParty.Runtime.Remoting;

/// <summary>Cuts batches so that each piece fits into a frame.</summary>
internal static class FeedPieces
{
    private const int HeadBytes = 64;

    /// <summary>Cuts a batch.</summary>
    /// <returns>False when one of its frames alone is too long.</returns>
    public static bool TrySplit(FeedBatch batch, int frameBytesMax, List<FeedPiece> pieces)
    {
        var room = frameBytesMax - HeadBytes;
        var begin = 0;
        var used = 0;
        for (var i = 0; i < batch.Frames.Count; i++)
        {
            var bytes = batch.Frames[i].Bytes.Length + FeedFrames.FrameOverheadBytes;
            if (bytes > room)
            {
                return false;
            }

            if (used + bytes > room)
            {
                pieces.Add(new FeedPiece(Part(batch, begin, i, batch.Frames[i - 1].Seq), MoreFollows: true));
                begin = i;
                used = 0;
            }

            used += bytes;
        }

        pieces.Add(new FeedPiece(begin == 0 ? batch : Part(batch, begin, batch.Frames.Count, batch.Seq), MoreFollows: false));
        return true;
    }

    private static FeedBatch Part(FeedBatch batch, int begin, int end, long seq) =>
        new([.. batch.Frames.Skip(begin).Take(end - begin)], seq) { IsCatchUp = batch.IsCatchUp };
}
