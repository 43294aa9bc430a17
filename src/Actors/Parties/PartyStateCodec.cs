using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using AkkaParty.Protocol;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Actors.Parties;

/// <summary>A party's snapshot: its state as JSON.</summary>
internal sealed class PartyStateCodec : IStateCodec<PartyState>
{
    /// <inheritdoc />
    public int SchemaVersion => 1;

    /// <inheritdoc />
    public void Encode(PartyState state, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, WireJson.WriterOptions);
        JsonSerializer.Serialize(writer, state, PartyStateJsonContext.Snapshot.PartyState);
    }

    /// <inheritdoc />
    public PartyState Decode(ReadOnlySpan<byte> payload) =>
        JsonSerializer.Deserialize(payload, PartyStateJsonContext.Snapshot.PartyState)
        ?? throw new JsonException("A party's snapshot is null.");
}

/// <summary>The JSON of a party's snapshot.</summary>
[JsonSerializable(typeof(PartyState))]
internal sealed partial class PartyStateJsonContext : JsonSerializerContext
{
    /// <summary>The context to use.</summary>
    internal static PartyStateJsonContext Snapshot { get; } = new(SnapshotJson.NewOptions());
}
