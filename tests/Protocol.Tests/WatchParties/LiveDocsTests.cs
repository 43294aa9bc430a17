using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Protocol.Tests.WatchParties;

/// <summary>What docs/protocol.md says of a watch party's sockets is what the program reads and writes.</summary>
public sealed class LiveDocsTests
{
    private static readonly WatchLiveJsonContext Json = WatchLiveJsonContext.Wire;

    private static readonly Dictionary<string, JsonTypeInfo> FlatAnswers = new(StringComparer.Ordinal)
    {
        [WatchAnswerTypes.Sync] = Json.WatchSyncFrame,
        [WatchAnswerTypes.Ack] = Json.WatchAckFrame,
        [WatchAnswerTypes.Error] = Json.WatchErrorFrame,
        [WatchAnswerTypes.Clock] = Json.WatchClockFrame,
        [WatchAnswerTypes.Pong] = Json.WatchPongFrame,
        [WatchAnswerTypes.Messages] = Json.WatchMessagesFrame,
    };

    private static readonly Dictionary<string, JsonTypeInfo> RoomAnswers = new(StringComparer.Ordinal)
    {
        [SyncAnswerTypes.State] = Json.SyncAnswerFrameRoomStateShown,
        [SyncAnswerTypes.Participants] = Json.SyncAnswerFrameIReadOnlyListRoomParticipantShown,
        [SyncAnswerTypes.Ack] = Json.SyncAnswerFrameSyncAckShown,
        [SyncAnswerTypes.Error] = Json.SyncAnswerFrameSyncErrorShown,
        [SyncAnswerTypes.Clock] = Json.SyncAnswerFrameSyncClockShown,
        [SyncAnswerTypes.Pong] = Json.SyncAnswerFrameSyncPongShown,
        [SyncAnswerTypes.Messages] = Json.SyncAnswerFrameSyncMessagesShown,
    };

    private static readonly WatchFrameJsonContext Frames = WatchFrameJsonContext.Wire;

    private static readonly Dictionary<string, JsonTypeInfo> FlatEvents = new(StringComparer.Ordinal)
    {
        [WatchEventTypes.Play] = Frames.WatchMovedFrame,
        [WatchEventTypes.Barrier] = Frames.WatchBarrierFrame,
        [WatchEventTypes.SkipVotes] = Frames.WatchSkipVotesFrame,
        [WatchEventTypes.Playlist] = Frames.WatchPlaylistFrame,
        [WatchEventTypes.ParticipantJoined] = Frames.WatchJoinedFrame,
        [WatchEventTypes.ParticipantLeft] = Frames.WatchLeftFrame,
        [WatchEventTypes.ParticipantUpdated] = Frames.WatchUpdatedFrame,
        [WatchEventTypes.Presence] = Frames.WatchPresenceFrame,
        [WatchEventTypes.HostChanged] = Frames.WatchHostFrame,
        [WatchEventTypes.ChatMessage] = Frames.WatchChatFrame,
        [WatchEventTypes.ChatDeleted] = Frames.WatchChatDeletedFrame,
        [WatchEventTypes.Reaction] = Frames.WatchReactionFrame,
        [WatchEventTypes.Typing] = Frames.WatchTypingFrame,
        [WatchEventTypes.Settings] = Frames.WatchSettingsFrame,
        [WatchEventTypes.AccessRequested] = Frames.WatchAccessRequestedFrame,
        [WatchEventTypes.PartyEnded] = Frames.WatchEndedFrame,
        [WatchEventTypes.PartyRestarted] = Frames.WatchRestartedFrame,
    };

    private static readonly Dictionary<string, JsonTypeInfo> RoomEvents = new(StringComparer.Ordinal)
    {
        [SyncEventTypes.Sync] = Frames.SyncAnswerFrameSyncEventShown,
        [SyncEventTypes.Participant] = Frames.SyncAnswerFrameRoomParticipantChanged,
        [SyncEventTypes.Barrier] = Frames.SyncAnswerFrameRoomBarrierShown,
        [SyncEventTypes.SkipVotes] = Frames.SyncAnswerFrameRoomSkipVotesShown,
        [SyncEventTypes.Playlist] = Frames.SyncAnswerFrameRoomPlaylistShown,
        [SyncEventTypes.HostChanged] = Frames.SyncAnswerFrameRoomHostShown,
        [SyncEventTypes.ChatDeleted] = Frames.SyncAnswerFrameRoomChatDeleted,
        [SyncEventTypes.Reaction] = Frames.SyncAnswerFrameRoomReactionShown,
        [SyncEventTypes.Typing] = Frames.SyncAnswerFrameRoomTypingShown,
        [SyncEventTypes.Settings] = Frames.SyncAnswerFrameRoomSettingsShown,
        [SyncEventTypes.AccessRequested] = Frames.SyncAnswerFrameRoomAccessRequested,
        [SyncEventTypes.RoomEnded] = Frames.SyncAnswerFrameRoomEndedShown,
        [SyncEventTypes.RoomRestarted] = Frames.SyncAnswerFrameRoomRestartedShown,
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
                case ["watch-server", var type]:
                    ShouldSurvive(json, "type", type, FlatAnswers.GetValueOrDefault(type) ?? FlatEvents[type], place);
                    break;
                case ["sync-server", var type]:
                    ShouldSurvive(json, "type", type, RoomAnswers.GetValueOrDefault(type) ?? RoomEvents[type], place);
                    break;
                case ["watch-client", var type]:
                    ShouldSurvive(json, "type", type, Json.WatchClientFrame, place);
                    break;
                case ["sync-client", var word]:
                    var member = json.Contains("\"action\"", StringComparison.Ordinal) ? "action" : "type";
                    ShouldSurvive(json, member, word, Json.SyncClientFrame, place);
                    break;
            }
        }
    }

    [Fact]
    public void Every_frame_has_an_example()
    {
        var labels = _page.Examples().Select(example => example.Label).Distinct().ToList();
        WordsOf(typeof(WatchClientFrameTypes)).Select(type => $"watch-client {type}").Except(labels).ShouldBeEmpty();
        WordsOf(typeof(WatchAnswerTypes)).Select(type => $"watch-server {type}").Except(labels).ShouldBeEmpty();
        WordsOf(typeof(SyncAnswerTypes)).Select(type => $"sync-server {type}").Except(labels).ShouldBeEmpty();
        RoomEvents.Keys.ShouldBe(WordsOf(typeof(SyncEventTypes)), ignoreOrder: true);
        RoomEvents.Keys.Select(type => $"sync-server {type}").Except(labels).ShouldBeEmpty();

        // What moves playback has one shape, and one example.
        string[] moves = [WatchEventTypes.Pause, WatchEventTypes.Seek, WatchEventTypes.Skip, WatchEventTypes.Rate];
        FlatEvents.Keys.ShouldBe(WordsOf(typeof(WatchEventTypes)).Except(moves), ignoreOrder: true);
        FlatEvents.Keys.Select(type => $"watch-server {type}").Except(labels).ShouldBeEmpty();
        FlatAnswers.Keys.ShouldBe(WordsOf(typeof(WatchAnswerTypes)), ignoreOrder: true);
        RoomAnswers.Keys.ShouldBe(WordsOf(typeof(SyncAnswerTypes)), ignoreOrder: true);
    }

    [Fact]
    public void Every_frame_of_a_client_is_in_the_tables()
    {
        _page.Table("### Frames to a watch party").Select(row => row[0])
            .ShouldBe(WordsOf(typeof(WatchClientFrameTypes)), ignoreOrder: true);
        _page.Table("### Frames to a room of a watch party").Select(row => row[0]).ShouldBe(
            WordsOf(typeof(SyncActions)).Append(WatchClientFrameTypes.Skip).Append(WatchClientFrameTypes.Rate), ignoreOrder: true);
    }

    /// <summary>Reads the example and writes it again: a member that is unknown, missing or misspelt makes a difference.</summary>
    private static void ShouldSurvive(string json, string member, string word, JsonTypeInfo shape, string place)
    {
        var example = Should.NotThrow(() => JsonNode.Parse(json), place)!.AsObject();
        example[member]!.GetValue<string>().ShouldBe(word, place);
        var read = Should.NotThrow(() => example.Deserialize(shape), place);
        var written = JsonSerializer.SerializeToNode(read, shape)!;
        JsonNode.DeepEquals(WithoutNulls(written), WithoutNulls(JsonNode.Parse(json)!)).ShouldBeTrue($"{place}: reads back as\n{written}");
    }

    private static JsonNode WithoutNulls(JsonNode node)
    {
        var copy = JsonNode.Parse(node.ToJsonString())!;
        Strip(copy);
        return copy;
    }

    private static void Strip(JsonNode node)
    {
        if (node is JsonArray array)
        {
            foreach (var entry in array)
            {
                Strip(entry!);
            }
        }
        else if (node is JsonObject members)
        {
            foreach (var (name, value) in members.ToList())
            {
                if (value is null)
                {
                    members.Remove(name);
                }
                else
                {
                    Strip(value);
                }
            }
        }
    }

    private static IEnumerable<string> WordsOf(Type constants) => constants
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (string)field.GetRawConstantValue()!);
}
