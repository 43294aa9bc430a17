using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.Parties;

/// <summary>Why the ballots were counted when they were.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RankingEnd>))]
public enum RankingEnd
{
    /// <summary>Everybody who is present had ranked.</summary>
    [JsonStringEnumMemberName("all_ranked")]
    AllRanked,

    /// <summary>The host closed the ranking.</summary>
    [JsonStringEnumMemberName("host")]
    Host,

    /// <summary>The host's deadline passed.</summary>
    [JsonStringEnumMemberName("deadline")]
    Deadline,

    /// <summary>The host's deadline passed and nobody had ranked: the film nominated first wins.</summary>
    [JsonStringEnumMemberName("deadline_without_ballots")]
    DeadlineWithoutBallots,
}
