using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Protocol.Tests.Rooms;

/// <summary>What docs/protocol.md says of a room's WebSocket and event streams is what the program reads and writes.</summary>
public sealed class FollowingDocsTests
{
    private static readonly RoomJsonContext Json = RoomJsonContext.Wire;

    private static readonly Dictionary<string, JsonTypeInfo> ServerFrames = new(StringComparer.Ordinal)
    {
        [RoomFrameTypes.Presence] = Json.PresenceFrame,
        [RoomFrameTypes.UserJoined] = Json.UserJoinedFrame,
        [RoomFrameTypes.UserLeft] = Json.UserLeftFrame,
        [RoomFrameTypes.VoteUpdate] = Json.VoteUpdateFrame,
        [RoomFrameTypes.QueueUpdate] = Json.QueueUpdateFrame,
        [RoomFrameTypes.Selection] = Json.SelectionFrame,
        [RoomFrameTypes.VotingRoundStart] = Json.VotingRoundStartFrame,
        [RoomFrameTypes.VotingRoundDone] = Json.VotingRoundDoneFrame,
        [RoomFrameTypes.VotingRoundEnd] = Json.VotingRoundEndFrame,
        [RoomFrameTypes.ReactionUpdate] = Json.ReactionUpdateFrame,
        [RoomFrameTypes.RoomAdminUpdate] = Json.RoomAdminUpdateFrame,
        [RoomFrameTypes.RoomUpdate] = Json.RoomUpdateFrame,
        [RoomFrameTypes.MemberAdded] = Json.MemberAddedFrame,
        [RoomFrameTypes.MemberUpdated] = Json.MemberUpdatedFrame,
        [RoomFrameTypes.MemberRemoved] = Json.MemberRemovedFrame,
        [RoomFrameTypes.HistoryUpdate] = Json.HistoryUpdateFrame,
        [RoomFrameTypes.WatchPartyOpened] = Json.WatchPartyOpenedFrame,
        [RoomFrameTypes.WatchPartyFailed] = Json.WatchPartyFailedFrame,
        [RoomFrameTypes.WatchTicket] = Json.RoomWatchTicketFrame,
        [RoomFrameTypes.RoomDeleted] = Json.RoomDeletedFrame,
        [RoomFrameTypes.Heartbeat] = Json.RoomHeartbeatFrame,
        [RoomFrameTypes.Ping] = Json.RoomPingFrame,
        [RoomFrameTypes.Error] = Json.RoomErrorFrame,
        [RoomFrameTypes.Ack] = Json.RoomAckFrame,
    };

    private static readonly Dictionary<string, JsonTypeInfo> Events = new(StringComparer.Ordinal)
    {
        ["connected"] = Json.StreamConnectedFrame,
        ["vote_change"] = Json.VoteChangeFrame,
        ["queue_change"] = Json.QueueChangeFrame,
        ["queue_counts"] = Json.QueueCountsFrame,
        ["room_change"] = Json.RoomChangeFrame,
        ["keepalive"] = Json.StreamKeepAliveFrame,
        ["error"] = Json.StreamErrorFrame,
    };

    private readonly ProtocolPage _page = new();

    [Fact]
    public void Every_example_is_what_the_program_reads_and_writes()
    {
        foreach (var (line, label, json) in _page.Examples())
        {
            var place = $"docs/protocol.md:{line} ({label})";
            switch (label.Split(' '))
            {
                case ["room-server", var type]:
                    ShouldSurvive(json, type, ServerFrames[type], place);
                    break;
                case ["room-event", var type]:
                    ShouldSurvive(json, type == "queue_counts" ? "queue_change" : type, Events[type], place);
                    break;
                case ["room-client", var type]:
                    ShouldSurvive(json, type, Json.RoomClientFrame, place, withoutNulls: true);
                    break;
            }
        }
    }

    [Fact]
    public void Every_frame_and_event_has_an_example()
    {
        var labels = _page.Examples().Select(example => example.Label).Distinct().ToList();
        TypesOf(typeof(RoomClientFrameTypes)).Select(type => $"room-client {type}").Except(labels).ShouldBeEmpty();
        TypesOf(typeof(RoomFrameTypes)).Select(type => $"room-server {type}").Except(labels).ShouldBeEmpty();
        Events.Keys.Select(type => $"room-event {type}").Except(labels).ShouldBeEmpty();
    }

    [Fact]
    public void Every_frame_type_of_a_client_is_in_the_table() => _page.Table("### Room frames from the client")
        .Select(row => row[0])
        .Distinct()
        .ShouldBe(TypesOf(typeof(RoomClientFrameTypes)), ignoreOrder: true);

    /// <summary>Reads the example and writes it again: a member that is unknown, missing or misspelt makes a difference.</summary>
    private static void ShouldSurvive(string json, string type, JsonTypeInfo shape, string place, bool withoutNulls = false)
    {
        var example = Should.NotThrow(() => JsonNode.Parse(json), place)!.AsObject();
        example["type"]!.GetValue<string>().ShouldBe(type, place);
        var read = Should.NotThrow(() => example.Deserialize(shape), place);
        var written = JsonSerializer.SerializeToNode(read, shape)!.AsObject();
        foreach (var (name, _) in written.Where(member => withoutNulls && member.Value is null).ToList())
        {
            written.Remove(name);
        }

        JsonNode.DeepEquals(JsonNode.Parse(written.ToJsonString()), JsonNode.Parse(json))
            .ShouldBeTrue($"{place}: reads back as\n{written}");
    }

    private static IEnumerable<string> TypesOf(Type constants) => constants
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (string)field.GetRawConstantValue()!);
}
