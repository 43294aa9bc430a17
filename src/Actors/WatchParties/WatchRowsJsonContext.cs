using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>The JSON of the rows that watch parties' projections keep.</summary>
[JsonSerializable(typeof(WatchPartyRow))]
[JsonSerializable(typeof(WatchParticipantRow))]
internal sealed partial class WatchRowsJsonContext : JsonSerializerContext
{
    /// <summary>The context to use.</summary>
    internal static WatchRowsJsonContext Rows { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    });
}
