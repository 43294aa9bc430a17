using System.Text.Json.Serialization;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Protocol.Rooms;

/// <summary>How a room picks.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SelectionMode>))]
public enum SelectionMode
{
    /// <summary>A draw in which an item's weight is 1 + 2 x its score, never below 1.</summary>
    [JsonStringEnumMemberName("weighted_random")]
    WeightedRandom,

    /// <summary>The highest score; of equal ones the one added first.</summary>
    [JsonStringEnumMemberName("highest_votes")]
    HighestVotes,

    /// <summary>The best item of whoever was served least recently.</summary>
    [JsonStringEnumMemberName("round_robin")]
    RoundRobin,
}

/// <summary>The settings of a room.</summary>
/// <param name="VotingDurationSeconds">How long a voting round takes by default, in seconds, 10 to 600.</param>
/// <param name="SelectionMode">How the room picks by default.</param>
/// <param name="AllowRevotes">Whether a vote cast in a voting round may be changed or taken back before it ends.</param>
/// <param name="OpenWatchParty">When a film that is marked as watched gets its watch party.</param>
public sealed record RoomSettings(
    int VotingDurationSeconds = 60,
    SelectionMode SelectionMode = SelectionMode.WeightedRandom,
    bool AllowRevotes = true,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] OpensWatchParty OpenWatchParty = OpensWatchParty.Manual);
