using System.Text.Json;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.Tests.WatchParties;

/// <summary>
/// What a client knows of playback from what it was told alone: it keeps what was announced in order, and goes by the last that has begun.
/// </summary>
/// <param name="audience">Whose frames it hears.</param>
internal sealed class HeardPlayback(string audience)
{
    private List<PlaybackShown> _timeline = [];

    /// <summary>Begins with what a party shows to whoever comes late.</summary>
    internal HeardPlayback Begin(IEnumerable<Playback> playbacks, Func<Playback, long?> durationOf)
    {
        _timeline = [.. playbacks.Select(playback => PlaybackShown.Of(playback, durationOf(playback)))];
        return this;
    }

    /// <summary>Takes the frame of an event.</summary>
    /// <returns>The number of the event.</returns>
    internal long Hear(ReadOnlyMemory<byte> frame)
    {
        using var json = JsonDocument.Parse(frame);
        var type = json.RootElement.GetProperty("type").GetString();
        var payload = audience == WatchAddress.RoomSocketAudience ? json.RootElement.GetProperty("payload") : json.RootElement;
        if (type is WatchEventTypes.PartyEnded or SyncEventTypes.RoomEnded)
        {
            // The connection ends here; whoever comes back when it begins again is told where it is.
            _timeline = [];
        }
        else if (payload.TryGetProperty("playback", out var shown))
        {
            _timeline.Add(Announced(shown));
        }
        else if (payload.TryGetProperty("action", out var action) && action.GetString() == "update")
        {
            var (itemId, durationMs) = (payload.GetProperty("item_id").GetString(), payload.GetProperty("duration_ms").GetInt64());
            _timeline = [.. _timeline.Select(one => one.ItemId == itemId ? one with { DurationMs = durationMs } : one)];
        }

        return json.RootElement.GetProperty("seq").GetInt64();
    }

    /// <summary>The item and the position at a time; null before anything was heard.</summary>
    internal (string? ItemId, long PositionMs)? At(DateTimeOffset now)
    {
        var nowMs = (now - DateTimeOffset.UnixEpoch).TotalMilliseconds;
        var begun = _timeline.FindLastIndex(announced => announced.AtMs <= nowMs);
        if (begun < 0)
        {
            return null;
        }

        var one = _timeline[begun];
        var position = one.Playing ? one.PositionMs + (long)Math.Round((nowMs - one.AtMs) * one.Rate) : one.PositionMs;
        return (one.ItemId, one.DurationMs is { } end ? Math.Min(position, end) : position);
    }

    private static PlaybackShown Announced(JsonElement shown) => new(
        shown.GetProperty("item_id").GetString(),
        shown.GetProperty("position_ms").GetInt64(),
        shown.GetProperty("playing").GetBoolean(),
        shown.GetProperty("rate").GetDouble(),
        shown.GetProperty("at_ms").GetInt64(),
        shown.GetProperty("duration_ms") is { ValueKind: JsonValueKind.Number } duration ? duration.GetInt64() : null,
        ChangedBy: null);
}
