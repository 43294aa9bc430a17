using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>A part of a party's timeline: what holds from <see cref="Playback.At"/> until the next one begins.</summary>
/// <param name="Playback">What holds.</param>
/// <param name="DurationMs">How long its item is; null when nobody knows, or nothing plays.</param>
internal readonly record struct Stretch(Playback Playback, long? DurationMs)
{
    /// <summary>When the item comes to its end, in whole milliseconds; null when it does not.</summary>
    internal DateTimeOffset? EndsAt => Playback.Playing && DurationMs is { } duration
        ? Playback.At.AddMilliseconds(Math.Ceiling(Math.Max(duration - Playback.PositionMs, 0) / Playback.Rate))
        : null;

    /// <summary>The position at a time, never beyond the end.</summary>
    /// <param name="now">The time.</param>
    /// <returns>Milliseconds.</returns>
    internal long PositionAt(DateTimeOffset now) => Playback.PositionAt(now, DurationMs);
}
