using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.Parties;

/// <summary>Where a party stands; the phases follow each other in this order, and a restart goes back to the first.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PartyPhase>))]
public enum PartyPhase
{
    /// <summary>People gather.</summary>
    [JsonStringEnumMemberName("lobby")]
    Lobby,

    /// <summary>Films are nominated and voted on, one at a time.</summary>
    [JsonStringEnumMemberName("nominating")]
    Nominating,

    /// <summary>Everybody ranks the films of the pool.</summary>
    [JsonStringEnumMemberName("ranking")]
    Ranking,

    /// <summary>The winner stands.</summary>
    [JsonStringEnumMemberName("finished")]
    Finished,
}
