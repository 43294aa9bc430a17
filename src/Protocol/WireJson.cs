using System.Text.Encodings.Web;
using System.Text.Json;

namespace AkkaParty.Protocol;

/// <summary>How every surface's JSON is written.</summary>
public static class WireJson
{
    /// <summary>For every writer: letters of every script as they are.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
