using System.Text.Json;
using AkkaParty.Http.Connections;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Http.WebSockets;

/// <summary>What every socket of a room is told from time to time.</summary>
/// <param name="options">How often.</param>
/// <param name="time">The clock.</param>
internal sealed class RoomBeat(RoomOptions options, TimeProvider time)
{
    private readonly TickFrame _heartbeat = new(() => Frame(
        JsonSerializer.SerializeToUtf8Bytes(new RoomHeartbeatFrame(time.GetUtcNow()), RoomJsonContext.Wire.RoomHeartbeatFrame)));

    /// <summary>How often, in milliseconds.</summary>
    public long Every { get; } = (long)options.HeartbeatEvery.TotalMilliseconds;

    /// <summary>Asks a client that has sent nothing for two beats to say something.</summary>
    public WireFrame Ping { get; } =
        Frame(JsonSerializer.SerializeToUtf8Bytes(new RoomPingFrame(), RoomJsonContext.Wire.RoomPingFrame));

    /// <summary>The heartbeat of a tick.</summary>
    /// <param name="now">The coarse clock.</param>
    /// <returns>The frame.</returns>
    public WireFrame Heartbeat(long now) => _heartbeat.At(now);

    private static WireFrame Frame(byte[] json) => new(FeedFrameKind.Signal, FrameHeader.Frame(FrameHeader.Text, json));
}
