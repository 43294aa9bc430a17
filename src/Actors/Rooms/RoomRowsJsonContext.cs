using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Actors.Rooms;

/// <summary>The JSON of the rows that rooms' projections keep.</summary>
[JsonSerializable(typeof(RoomOfMember))]
[JsonSerializable(typeof(PendingEnrichment))]
internal sealed partial class RoomRowsJsonContext : JsonSerializerContext
{
    /// <summary>The context to use.</summary>
    internal static RoomRowsJsonContext Rows { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    });
}
