using System.Text.Json;

namespace AkkaParty.EndToEnd.WatchParties;

/// <summary>A message of a watch party's WebSocket, in either dialect, as it came.</summary>
internal sealed class WatchFrame(string text)
{
    /// <summary>All of it.</summary>
    public JsonElement Json { get; } = JsonDocument.Parse(text).RootElement;

    /// <summary>The bytes as text.</summary>
    public string Raw => text;

    /// <summary>Its type.</summary>
    public string Type => Json.GetProperty("type").GetString()!;

    /// <summary>What it tells: the payload where the dialect has one, otherwise all of it.</summary>
    public JsonElement Body => Json.TryGetProperty("payload", out var payload) ? payload : Json;

    /// <summary>The number of the event it tells of, or up to which it shows the party; null when it tells of none.</summary>
    public long? Seq => Json.TryGetProperty("seq", out var seq) && seq.ValueKind == JsonValueKind.Number ? seq.GetInt64() : null;

    /// <summary>The number of the client's frame it answers; null when it answers none.</summary>
    public long? Id => Member("id") is { ValueKind: JsonValueKind.Number } id ? id.GetInt64() : null;

    /// <summary>Whether it is what a connection begins with.</summary>
    public bool IsFirst => Member("you") is not null;

    /// <summary>A member of what it tells; null when it has none of that name.</summary>
    public JsonElement? Member(string name) =>
        Body is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty(name, out var member) ? member : null;

    /// <summary>A member of what it tells that is a text; null when there is none.</summary>
    public string? Text(string name) => Member(name) is { ValueKind: JsonValueKind.String } member ? member.GetString() : null;

    /// <summary>Whether it is of a type.</summary>
    public bool Is(string type) => Type == type;

    public override string ToString() => text.Length <= 400 ? text : text[..400] + "...";
}
