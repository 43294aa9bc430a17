using System.Text.Json;

namespace AkkaParty.EndToEnd.Rooms;

/// <summary>A message of a room's WebSocket, or the data of an event of one of its streams, as it came.</summary>
internal sealed class RoomFrame(string text)
{
    /// <summary>All of it.</summary>
    public JsonElement Json { get; } = JsonDocument.Parse(text).RootElement;

    /// <summary>The bytes as text.</summary>
    public string Raw => text;

    /// <summary>Its type.</summary>
    public string Type => Json.GetProperty("type").GetString()!;

    /// <summary>The number of the event it tells of; null when it tells of none.</summary>
    public long? Seq => Json.TryGetProperty("seq", out var seq) && seq.ValueKind == JsonValueKind.Number ? seq.GetInt64() : null;

    /// <summary>The number of the client's frame it answers; null when it answers none.</summary>
    public long? Id => Json.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number ? id.GetInt64() : null;

    /// <summary>A member that is a text.</summary>
    public string Text(string member) => Json.GetProperty(member).GetString()!;

    /// <summary>A member that is a number.</summary>
    public int Number(string member) => Json.GetProperty(member).GetInt32();

    /// <summary>Whether it is of a type.</summary>
    public bool Is(string type) => Type == type;

    /// <summary>Whether it is of a type, and a member of it has a value.</summary>
    public bool Is(string type, string member, string value) =>
        Is(type) && Json.TryGetProperty(member, out var found) && found.ValueKind == JsonValueKind.String && found.GetString() == value;

    public override string ToString() => text.Length <= 400 ? text : text[..400] + "...";
}
