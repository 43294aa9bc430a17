using System.Text.Json;
using System.Text.Json.Serialization;
using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Http.Rest.Rooms;

/// <summary>The JSON of what REST answers about rooms: as in a room's frames, instants have microseconds and no zone.</summary>
[JsonSerializable(typeof(RoomAdmittedBody))]
[JsonSerializable(typeof(RoomTokenBody))]
[JsonSerializable(typeof(RoomMeBody))]
[JsonSerializable(typeof(RoomView))]
[JsonSerializable(typeof(IReadOnlyList<RoomView>))]
[JsonSerializable(typeof(PresentMembers))]
[JsonSerializable(typeof(ItemView))]
[JsonSerializable(typeof(IReadOnlyList<ItemView>))]
[JsonSerializable(typeof(VoteView))]
[JsonSerializable(typeof(VoteCastBody))]
[JsonSerializable(typeof(IReadOnlyList<VoteView>))]
[JsonSerializable(typeof(VoteCounts))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, double>))]
[JsonSerializable(typeof(ReactionView))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyList<string>>>))]
[JsonSerializable(typeof(HistoryShown))]
[JsonSerializable(typeof(IReadOnlyList<HistoryShown>))]
[JsonSerializable(typeof(HistoryStatsBody))]
[JsonSerializable(typeof(SelectionStatsBody))]
[JsonSerializable(typeof(SelectionView))]
[JsonSerializable(typeof(IReadOnlyList<SelectionView>))]
[JsonSerializable(typeof(OpenRoundBody))]
[JsonSerializable(typeof(RoundResultView))]
[JsonSerializable(typeof(VotingRoundsBody))]
[JsonSerializable(typeof(IReadOnlyList<TitleFoundBody>))]
[JsonSerializable(typeof(System.Text.Json.Nodes.JsonObject))]
internal sealed partial class RoomHttpJson : JsonSerializerContext
{
    /// <summary>The context to use.</summary>
    public static RoomHttpJson Wire { get; } = new(new JsonSerializerOptions(RoomJsonContext.Wire.Options));
}
