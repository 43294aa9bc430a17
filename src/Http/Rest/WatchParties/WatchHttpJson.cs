using System.Text.Json;
using System.Text.Json.Serialization;
using AkkaParty.Http.Rest.SyncRooms;
using AkkaParty.Protocol.Parties;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Http.Rest.WatchParties;

/// <summary>The JSON of what REST answers about watch parties, on both surfaces: snake_case, and what is not there is left out.</summary>
[JsonSerializable(typeof(WatchFailure))]
[JsonSerializable(typeof(WatchRateLimited))]
[JsonSerializable(typeof(WatchSuccess<WatchPartyBody>))]
[JsonSerializable(typeof(WatchSuccess<WatchCreatedBody>))]
[JsonSerializable(typeof(WatchSuccess<WatchJoinedBody>))]
[JsonSerializable(typeof(WatchSuccess<WatchParticipantsBody>))]
[JsonSerializable(typeof(WatchSuccess<WatchParticipantBody>))]
[JsonSerializable(typeof(WatchSuccess<WatchSeatBody>))]
[JsonSerializable(typeof(WatchSuccess<WatchMessageBody>))]
[JsonSerializable(typeof(WatchSuccess<WatchPlaybackBody>))]
[JsonSerializable(typeof(WatchSuccess<WatchItemsBody>))]
[JsonSerializable(typeof(WatchSuccess<WatchMessagesBody>))]
[JsonSerializable(typeof(WatchSuccess<WatchChatShown>))]
[JsonSerializable(typeof(WatchSuccess<WatchReactionBody>))]
[JsonSerializable(typeof(WatchSuccess<WatchTicketBody>))]
[JsonSerializable(typeof(WatchSuccess<WatchAnalyticsBody>))]
[JsonSerializable(typeof(WatchSuccess<WatchListBody>))]
[JsonSerializable(typeof(WatchSuccess<WatchHistoryBody>))]
[JsonSerializable(typeof(WatchSuccess<WatchStatsBody>))]
[JsonSerializable(typeof(WatchSuccess<WatchBansBody>))]
[JsonSerializable(typeof(WatchTicketBody))]
[JsonSerializable(typeof(RoomCreatedBody))]
[JsonSerializable(typeof(SyncRoomBody))]
[JsonSerializable(typeof(IReadOnlyList<SyncRoomBody>))]
[JsonSerializable(typeof(RoomMessageBody))]
[JsonSerializable(typeof(RoomInvitedBody))]
[JsonSerializable(typeof(AccessRequestedBody))]
[JsonSerializable(typeof(AccessRequestsBody))]
[JsonSerializable(typeof(AccessReviewedBody))]
[JsonSerializable(typeof(AccessStatusBody))]
[JsonSerializable(typeof(GuestRequestedBody))]
[JsonSerializable(typeof(GuestReviewedBody))]
[JsonSerializable(typeof(GuestStatusBody))]
[JsonSerializable(typeof(GuestSessionBody))]
[JsonSerializable(typeof(GuestRoomBody))]
[JsonSerializable(typeof(RoomStateBody))]
[JsonSerializable(typeof(RoomParticipantsBody))]
internal sealed partial class WatchHttpJson : JsonSerializerContext
{
    /// <summary>The context to use.</summary>
    public static WatchHttpJson Wire { get; } = new(new JsonSerializerOptions(PartyJsonContext.Wire.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,

        // What is left out when it is null is not missing.
        RespectRequiredConstructorParameters = false,
    });
}
