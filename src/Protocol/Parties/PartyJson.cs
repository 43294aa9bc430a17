using System.Text.Encodings.Web;
using System.Text.Json;

namespace AkkaParty.Protocol.Parties;

/// <summary>How a party's JSON is written.</summary>
public static class PartyJson
{
    /// <summary>For every writer of a party's JSON: letters of every script as they are.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
