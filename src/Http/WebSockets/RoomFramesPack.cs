using System.Text.Json;
using AkkaParty.Http.Connections;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Http.WebSockets;

/// <summary>A room's batch for its sockets, and whose coming or going each frame tells: those people are not told of themselves.</summary>
/// <param name="frames">The frames.</param>
/// <param name="opened">The last watch party that is there by one of them; null for none.</param>
/// <param name="movers">For each frame the user who came or went; null for every other frame, and altogether when there are none.</param>
internal sealed class RoomFramesPack(PackedFrames frames, WatchOpening? opened, string?[]? movers)
{
    /// <summary>Makes a batch's pack; the same delegate for all, as sharing needs.</summary>
    public static Func<FeedBatch, RoomFramesPack> Pack { get; } = Make;

    /// <summary>The last watch party that is there by one of the frames; null for none, and for frames of the past.</summary>
    public WatchOpening? Opened => opened;

    /// <summary>Sends what a user may see.</summary>
    /// <param name="outbox">Where to.</param>
    /// <param name="userId">The user.</param>
    public void SendTo(FrameOutbox outbox, string? userId)
    {
        if (movers is null || !movers.Contains(userId, StringComparer.Ordinal))
        {
            outbox.Send(frames);
            return;
        }

        for (var i = 0; i < movers.Length; i++)
        {
            if (movers[i] is null || movers[i] != userId)
            {
                outbox.Send(frames.Frames[i]);
            }
        }
    }

    private static RoomFramesPack Make(FeedBatch batch)
    {
        string?[]? movers = null;
        WatchOpening? opened = null;
        for (var i = 0; i < batch.Frames.Count; i++)
        {
            if (MoverOf(batch.Frames[i].Bytes.Span) is { } user)
            {
                (movers ??= new string?[batch.Frames.Count])[i] = user;
            }

            opened = OpenedMark.InFrame(batch.Frames[i].Bytes.Span) ?? opened;
        }

        return new RoomFramesPack(TextFrames.Pack(batch), opened, movers);
    }

    private static string? MoverOf(ReadOnlySpan<byte> frame)
    {
        if (!frame.StartsWith("""{"type":"user_joined","user_id":"""u8) && !frame.StartsWith("""{"type":"user_left","user_id":"""u8))
        {
            return null;
        }

        // Type, its value, user_id, and then its value.
        var reader = new Utf8JsonReader(frame);
        for (var i = 0; i < 5; i++)
        {
            reader.Read();
        }

        return reader.GetString();
    }
}
