using System.Buffers;
using System.Text.Json;
using AkkaParty.Protocol;
using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Actors.Rooms;

/// <summary>Frames as clients get them.</summary>
internal static class FrameBytes
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _output;

    [ThreadStatic]
    private static Utf8JsonWriter? _writer;

    /// <summary>A frame's bytes.</summary>
    /// <param name="frame">The frame; null for none.</param>
    /// <returns>UTF-8 JSON, or null.</returns>
    internal static ReadOnlyMemory<byte>? Of(object? frame)
    {
        if (frame is null)
        {
            return null;
        }

        var output = _output ??= new ArrayBufferWriter<byte>(512);
        var writer = _writer ??= new Utf8JsonWriter(output, WireJson.WriterOptions);
        output.ResetWrittenCount();
        writer.Reset(output);
        JsonSerializer.Serialize(writer, frame, RoomJsonContext.Wire.GetTypeInfo(frame.GetType())!);
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }

    /// <summary>A frame as a part of another.</summary>
    /// <param name="frame">The frame.</param>
    /// <returns>Its JSON.</returns>
    internal static JsonElement ToElement(RoomFrame frame) =>
        JsonSerializer.SerializeToElement(frame, RoomJsonContext.Wire.GetTypeInfo(frame.GetType())!);
}
