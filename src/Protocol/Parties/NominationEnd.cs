using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.Parties;

/// <summary>Why a nomination was decided when it was.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NominationEnd>))]
public enum NominationEnd
{
    /// <summary>No outstanding vote could change the result any more.</summary>
    [JsonStringEnumMemberName("certain")]
    Certain,

    /// <summary>Its time was over: more yays than nays among the votes cast.</summary>
    [JsonStringEnumMemberName("deadline")]
    Deadline,

    /// <summary>The host closed it: more yays than nays among the votes cast.</summary>
    [JsonStringEnumMemberName("host")]
    Host,
}
