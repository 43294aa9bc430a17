using System.Text.Json.Serialization;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Protocol.Parties;

/// <summary>
/// What a party keeps from the server's configuration: fixed when it is created, so that a replay never depends on a later
/// setting.
/// </summary>
/// <param name="ParticipantsMax">How many people may be in the party at once, at least 1.</param>
/// <param name="NominationSeconds">How long a nomination stays open at most, in seconds, at least 1.</param>
/// <param name="AwaySeconds">
/// How long, in seconds, after the loss of the last socket or the last call somebody counts as away; at least 1.
/// </param>
/// <param name="HostAwaySeconds">
/// How long, in seconds, after the loss of the last socket or the last call an away host keeps the role; at least 1.
/// </param>
/// <param name="SilentSeconds">
/// How long, in seconds, somebody who never had a socket may go without a call before counting as away, while somebody with
/// a socket waits; at least 1.
/// </param>
/// <param name="OpenWatchParty">When the party gets its watch party once it has decided.</param>
public sealed record PartyOptions(
    int ParticipantsMax = 100,
    int NominationSeconds = 120,
    int AwaySeconds = 120,
    int HostAwaySeconds = 300,
    int SilentSeconds = 600,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] OpensWatchParty OpenWatchParty = OpensWatchParty.Manual);
