using System.Text.Json;

namespace AkkaParty.Http.WebSockets;

/// <summary>Finds the number of a frame that cannot be read otherwise.</summary>
internal static class FrameNumber
{
    /// <summary>Finds it.</summary>
    /// <param name="message">The frame's bytes.</param>
    /// <returns>The number; null when it has none, or is no JSON object.</returns>
    public static long? Find(ReadOnlySpan<byte> message)
    {
        try
        {
            var reader = new Utf8JsonReader(message);
            using var frame = JsonDocument.ParseValue(ref reader);
            return frame.RootElement.ValueKind == JsonValueKind.Object
                && frame.RootElement.TryGetProperty("id", out var id)
                && id.ValueKind == JsonValueKind.Number
                && id.TryGetInt64(out var number)
                ? number
                : null;
        }
        catch (JsonException)
        {
            // It is no JSON at all, and so has no number.
            return null;
        }
    }
}
