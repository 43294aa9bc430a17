using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.WatchParties;

/// <summary>The JSON of what a watch party's followers are told: snake_case, letters of every script as they are.</summary>
[JsonSerializable(typeof(WatchMovedFrame))]
[JsonSerializable(typeof(WatchBarrierFrame))]
[JsonSerializable(typeof(WatchSkipVotesFrame))]
[JsonSerializable(typeof(WatchPlaylistFrame))]
[JsonSerializable(typeof(WatchJoinedFrame))]
[JsonSerializable(typeof(WatchLeftFrame))]
[JsonSerializable(typeof(WatchUpdatedFrame))]
[JsonSerializable(typeof(WatchPresenceFrame))]
[JsonSerializable(typeof(WatchHostFrame))]
[JsonSerializable(typeof(WatchChatFrame))]
[JsonSerializable(typeof(WatchChatDeletedFrame))]
[JsonSerializable(typeof(WatchSettingsFrame))]
[JsonSerializable(typeof(WatchAccessRequestedFrame))]
[JsonSerializable(typeof(WatchEndedFrame))]
[JsonSerializable(typeof(WatchRestartedFrame))]
[JsonSerializable(typeof(WatchReactionFrame))]
[JsonSerializable(typeof(WatchTypingFrame))]
[JsonSerializable(typeof(SyncAnswerFrame<SyncEventShown>))]
[JsonSerializable(typeof(SyncAnswerFrame<RoomParticipantChanged>))]
[JsonSerializable(typeof(SyncAnswerFrame<RoomHostShown>))]
[JsonSerializable(typeof(SyncAnswerFrame<RoomChatDeleted>))]
[JsonSerializable(typeof(SyncAnswerFrame<RoomBarrierShown>))]
[JsonSerializable(typeof(SyncAnswerFrame<RoomSkipVotesShown>))]
[JsonSerializable(typeof(SyncAnswerFrame<RoomPlaylistShown>))]
[JsonSerializable(typeof(SyncAnswerFrame<RoomSettingsShown>))]
[JsonSerializable(typeof(SyncAnswerFrame<RoomAccessRequested>))]
[JsonSerializable(typeof(SyncAnswerFrame<RoomEndedShown>))]
[JsonSerializable(typeof(SyncAnswerFrame<RoomRestartedShown>))]
[JsonSerializable(typeof(SyncAnswerFrame<RoomReactionShown>))]
[JsonSerializable(typeof(SyncAnswerFrame<RoomTypingShown>))]
public sealed partial class WatchFrameJsonContext : JsonSerializerContext
{
    /// <summary>The one there is: instants in RFC 3339 ending in <c>Z</c>.</summary>
    public static WatchFrameJsonContext Wire { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new UtcInstantConverter() },
        RespectNullableAnnotations = true,
    });
}
