using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using AkkaParty.Protocol;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Actors.Rooms;

/// <summary>A room's snapshot: its state as JSON.</summary>
internal sealed class RoomStateCodec : IStateCodec<RoomState>
{
    /// <inheritdoc />
    public int SchemaVersion => 1;

    /// <inheritdoc />
    public void Encode(RoomState state, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, WireJson.WriterOptions);
        JsonSerializer.Serialize(writer, RoomSnapshot.Of(state), RoomStateJsonContext.Snapshot.RoomSnapshot);
    }

    /// <inheritdoc />
    public RoomState Decode(ReadOnlySpan<byte> payload) =>
        (JsonSerializer.Deserialize(payload, RoomStateJsonContext.Snapshot.RoomSnapshot)
            ?? throw new JsonException("A room's snapshot is null.")).ToState();
}

/// <summary>The JSON of a room's snapshot.</summary>
[JsonSerializable(typeof(RoomSnapshot))]
internal sealed partial class RoomStateJsonContext : JsonSerializerContext
{
    /// <summary>The context to use.</summary>
    internal static RoomStateJsonContext Snapshot { get; } = new(SnapshotJson.NewOptions());
}
