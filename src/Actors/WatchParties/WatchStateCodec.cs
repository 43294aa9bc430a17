using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using AkkaParty.Protocol;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Actors.WatchParties;

/// <summary>A watch party's snapshot: its state as JSON.</summary>
internal sealed class WatchStateCodec : IStateCodec<WatchState>
{
    /// <inheritdoc />
    public int SchemaVersion => 1;

    /// <inheritdoc />
    public void Encode(WatchState state, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, WireJson.WriterOptions);
        JsonSerializer.Serialize(writer, WatchSnapshot.Of(state), WatchStateJsonContext.Snapshot.WatchSnapshot);
    }

    /// <inheritdoc />
    public WatchState Decode(ReadOnlySpan<byte> payload) =>
        (JsonSerializer.Deserialize(payload, WatchStateJsonContext.Snapshot.WatchSnapshot)
            ?? throw new JsonException("A watch party's snapshot is null.")).ToState();
}

/// <summary>The JSON of a watch party's snapshot.</summary>
[JsonSerializable(typeof(WatchSnapshot))]
internal sealed partial class WatchStateJsonContext : JsonSerializerContext
{
    /// <summary>The context to use.</summary>
    internal static WatchStateJsonContext Snapshot { get; } = new(SnapshotJson.NewOptions());
}
