using System.Text.Json;
using AkkaParty.Actors.WatchParties;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Actors.Tests.WatchParties;

/// <summary>
/// What a client knows of playback from frames alone: it keeps what was announced in order, and goes by the last that has begun.
/// </summary>
/// <param name="audience">Whose frames it hears.</param>
/// <param name="since">The last event that it need not hear.</param>
internal sealed class Follower(string audience, long since = 0)
{
    private List<Announced> _timeline = [];

    /// <summary>One who comes late: begins with what the party shows.</summary>
    internal static Follower Joining(string audience, WatchState state, DateTimeOffset now)
    {
        var shown = PlaybackRules.Show(state, now);
        var durations = state.Play.Timeline.Stretches.ToDictionary(stretch => stretch.Playback, stretch => stretch.DurationMs);
        return new Follower(audience, shown.Seq)
        {
            _timeline =
            [
                .. shown.Before.Append(shown.Playback).Select(p => Announced.Of(PlaybackShown.Of(p, durations[p]))),
            ],
        };
    }

    internal void Hear(WatchEvent @event, long seq)
    {
        if (seq <= since || PlaybackSpec.Entity.ViewEvent(@event, seq, new Audience(audience)) is not { } frame)
        {
            return;
        }

        using var json = JsonDocument.Parse(frame);
        json.RootElement.GetProperty("seq").GetInt64().ShouldBe(seq);
        var payload = audience == WatchAddress.RoomSocketAudience ? json.RootElement.GetProperty("payload") : json.RootElement;
        if (payload.TryGetProperty("playback", out var shown))
        {
            _timeline.Add(Announced.Of(shown));
        }
        else if (payload.TryGetProperty("action", out var action) && action.GetString() == "update")
        {
            var (itemId, durationMs) = (payload.GetProperty("item_id").GetString(), payload.GetProperty("duration_ms").GetInt64());
            _timeline = [.. _timeline.Select(one => one.ItemId == itemId ? one with { DurationMs = durationMs } : one)];
        }
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

    private readonly record struct Announced(string? ItemId, long PositionMs, bool Playing, double Rate, long AtMs, long? DurationMs)
    {
        internal static Announced Of(PlaybackShown shown) =>
            new(shown.ItemId, shown.PositionMs, shown.Playing, shown.Rate, shown.AtMs, shown.DurationMs);

        internal static Announced Of(JsonElement shown) => new(
            shown.GetProperty("item_id").GetString(),
            shown.GetProperty("position_ms").GetInt64(),
            shown.GetProperty("playing").GetBoolean(),
            shown.GetProperty("rate").GetDouble(),
            shown.GetProperty("at_ms").GetInt64(),
            shown.GetProperty("duration_ms") is { ValueKind: JsonValueKind.Number } duration ? duration.GetInt64() : null);
    }
}
