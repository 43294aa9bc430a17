using System.Text.Encodings.Web;
using System.Text.Json;

namespace AkkaParty.Actors;

/// <summary>How every kind's snapshots are written as JSON.</summary>
internal static class SnapshotJson
{
    /// <summary>New options, because each context makes its own ones unchangeable.</summary>
    /// <returns>snake_case, letters of every script as they are, nothing that must be there may be missing.</returns>
    internal static JsonSerializerOptions NewOptions() => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };
}
