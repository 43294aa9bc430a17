using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.Parties;

/// <summary>A vote on the open nomination.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NominationVote>))]
public enum NominationVote
{
    /// <summary>For the film.</summary>
    [JsonStringEnumMemberName("yay")]
    Yay,

    /// <summary>Against the film.</summary>
    [JsonStringEnumMemberName("nay")]
    Nay,
}
