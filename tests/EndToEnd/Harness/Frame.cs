using System.Text.Json;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.EndToEnd.Harness;

/// <summary>A frame from the server, as it came.</summary>
internal sealed class Frame(string text)
{
    private readonly JsonElement _json = JsonDocument.Parse(text).RootElement;

    /// <summary>The bytes as text.</summary>
    public string Text => text;

    /// <summary>Its type.</summary>
    public string Type => _json.GetProperty("type").GetString()!;

    /// <summary>Its payload.</summary>
    public JsonElement Payload => _json.GetProperty("payload");

    /// <summary>The number of the client's frame it answers; null when it answers none.</summary>
    public long? Id => _json.TryGetProperty("payload", out var payload) && payload.TryGetProperty("id", out var id) ? id.GetInt64() : null;

    /// <summary>The party of a <c>party_update</c>, read once.</summary>
    public PartyView Party => field ??= JsonSerializer.Deserialize(text, PartyJsonContext.Wire.PartyUpdateFrame)!.Payload.Party;

    /// <summary>The <c>seq</c> next to the type.</summary>
    public long Seq => _json.GetProperty("seq").GetInt64();

    /// <summary>The error of an <c>error</c>.</summary>
    public ErrorPayload Error => JsonSerializer.Deserialize(text, PartyJsonContext.Wire.ErrorFrame)!.Payload;

    /// <summary>Whether it is of a type.</summary>
    public bool Is(string type) => Type == type;

    public override string ToString() => text.Length <= 300 ? text : text[..300] + "...";
}
