using System.Text.Json;
using System.Text.Json.Serialization;

namespace AkkaParty.Accounts.Storing;

/// <summary>How a playlist's items are stored: as one text, because they are read and written together.</summary>
internal static class PlaylistJson
{
    public static string Write(IReadOnlyList<PlaylistItem> items) =>
        JsonSerializer.Serialize(items, PlaylistJsonContext.Default.IReadOnlyListPlaylistItem);

    public static IReadOnlyList<PlaylistItem> Read(string json) =>
        JsonSerializer.Deserialize(json, PlaylistJsonContext.Default.IReadOnlyListPlaylistItem) ?? [];
}

/// <summary>The stored form.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<PlaylistItem>))]
internal sealed partial class PlaylistJsonContext : JsonSerializerContext;
