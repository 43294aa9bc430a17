using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.WatchParties;

/// <summary>The JSON of what a watch party's sockets read, and of what they answer: snake_case, letters of every script as they
/// are.</summary>
[JsonSerializable(typeof(WatchClientFrame))]
[JsonSerializable(typeof(SyncClientFrame))]
[JsonSerializable(typeof(WatchSyncFrame))]
[JsonSerializable(typeof(WatchAckFrame))]
[JsonSerializable(typeof(WatchErrorFrame))]
[JsonSerializable(typeof(WatchClockFrame))]
[JsonSerializable(typeof(WatchPongFrame))]
[JsonSerializable(typeof(WatchMessagesFrame))]
[JsonSerializable(typeof(SyncAnswerFrame<RoomStateShown>))]
[JsonSerializable(typeof(SyncAnswerFrame<IReadOnlyList<RoomParticipantShown>>))]
[JsonSerializable(typeof(SyncAnswerFrame<SyncErrorShown>))]
[JsonSerializable(typeof(SyncAnswerFrame<SyncAckShown>))]
[JsonSerializable(typeof(SyncAnswerFrame<SyncClockShown>))]
[JsonSerializable(typeof(SyncAnswerFrame<SyncPongShown>))]
[JsonSerializable(typeof(SyncAnswerFrame<SyncMessagesShown>))]
[JsonSerializable(typeof(JsonElement))]
public sealed partial class WatchLiveJsonContext : JsonSerializerContext
{
    /// <summary>The one there is: instants in RFC 3339 ending in <c>Z</c>.</summary>
    public static WatchLiveJsonContext Wire { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new UtcInstantConverter() },
        RespectNullableAnnotations = true,
    });
}
