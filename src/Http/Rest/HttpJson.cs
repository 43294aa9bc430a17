using System.Text.Json;
using System.Text.Json.Serialization;
using AkkaParty.Http.Connections;
using AkkaParty.Http.Errors;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.Http.Rest;

/// <summary>The JSON of REST bodies: as in the party's own messages.</summary>
[JsonSerializable(typeof(SeatTicket))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(HealthBody))]
[JsonSerializable(typeof(SimpleHealthBody))]
[JsonSerializable(typeof(StatusBody))]
[JsonSerializable(typeof(CreatePartyBody))]
[JsonSerializable(typeof(JoinPartyBody))]
[JsonSerializable(typeof(PartyCreatedBody))]
[JsonSerializable(typeof(PartyJoinedBody))]
[JsonSerializable(typeof(BallotBody))]
[JsonSerializable(typeof(MoviePageBody))]
[JsonSerializable(typeof(MovieDetailsBody))]
[JsonSerializable(typeof(ChosenFilmsBody))]
[JsonSerializable(typeof(PartyView))]
internal sealed partial class HttpJson : JsonSerializerContext
{
    /// <summary>The context to use.</summary>
    public static HttpJson Wire { get; } = new(new JsonSerializerOptions(PartyJsonContext.Wire.Options));
}
