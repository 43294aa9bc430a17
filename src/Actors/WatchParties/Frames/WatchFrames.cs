using System.Buffers;
using System.Text.Json;
using AkkaParty.Protocol;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Actors.WatchParties;

/// <summary>What the sockets of both surfaces are told. It depends on the event alone, so that a resumed feed is the live one.</summary>
internal static class WatchFrames
{
    /// <summary>The frame of an event.</summary>
    /// <param name="event">The event.</param>
    /// <param name="seq">Its number.</param>
    /// <param name="audience">Who looks.</param>
    /// <returns>UTF-8 JSON; null when this audience is told nothing of it.</returns>
    internal static ReadOnlyMemory<byte>? Of(WatchEvent @event, long seq, Audience audience) => audience.Name switch
    {
        WatchAddress.PartySocketAudience => Bytes(FlatFrames.Of(@event, seq)),
        WatchAddress.RoomSocketAudience => Bytes(SyncFrames.Of(@event, seq)),
        _ => null,
    };

    /// <summary>The frame of a signal. Whether its sender may be heard at all was asked before.</summary>
    /// <param name="partyId">The party.</param>
    /// <param name="signal">The signal.</param>
    /// <param name="audience">Who looks.</param>
    /// <returns>UTF-8 JSON; null when this audience is told nothing of it.</returns>
    internal static ReadOnlyMemory<byte>? OfSignal(string partyId, WatchSignal signal, Audience audience) => audience.Name switch
    {
        WatchAddress.PartySocketAudience => Bytes(FlatFrames.OfSignal(partyId, signal)),
        WatchAddress.RoomSocketAudience => Bytes(SyncFrames.OfSignal(signal)),
        _ => null,
    };

    /// <summary>Unix milliseconds with fractions.</summary>
    /// <param name="instant">The instant.</param>
    /// <returns>Milliseconds, exact to a microsecond.</returns>
    internal static double Milliseconds(DateTimeOffset instant) =>
        Math.Round((instant - DateTimeOffset.UnixEpoch).TotalMilliseconds, 3);

    private static ReadOnlyMemory<byte>? Bytes(object? frame)
    {
        if (frame is null)
        {
            return null;
        }

        var output = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(output, WireJson.WriterOptions);
        JsonSerializer.Serialize(writer, frame, WatchFrameJsonContext.Wire.GetTypeInfo(frame.GetType())!);
        writer.Flush();
        return output.WrittenMemory;
    }
}
