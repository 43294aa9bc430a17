using System.Collections.Immutable;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>
/// What a party watches over time: what holds now, and the commands that take effect within the next second, in the order of their
/// effect. Nothing that was announced is taken back, only followed by something else, so that everybody who heard of the commands in time
/// does the same at the same instant.
/// </summary>
/// <param name="Stretches">At least one, ordered by when they begin; the first one holds when the last change was made.</param>
/// <param name="PlayedMs">For how long it played before the first one, in milliseconds.</param>
internal sealed record PlaybackTimeline(ImmutableArray<Stretch> Stretches, long PlayedMs)
{
    /// <summary>Nothing plays, and never did.</summary>
    internal static PlaybackTimeline Nothing { get; } = Of(new Playback(null, 0, Playing: false, 1, DateTimeOffset.UnixEpoch, null), null);

    /// <summary>What holds once every command has taken effect.</summary>
    internal Stretch Last => Stretches[^1];

    /// <summary>Begins.</summary>
    /// <param name="playback">What holds.</param>
    /// <param name="durationMs">How long its item is; null when nobody knows.</param>
    /// <param name="playedMs">For how long something was played before, in milliseconds.</param>
    /// <returns>The timeline.</returns>
    internal static PlaybackTimeline Of(Playback playback, long? durationMs, long playedMs = 0) =>
        new([new Stretch(playback, durationMs)], playedMs);

    /// <summary>What holds at a time.</summary>
    /// <param name="now">The time, not before the last change was made.</param>
    /// <returns>The stretch.</returns>
    internal Stretch At(DateTimeOffset now) => Stretches[PlaceAt(now)];

    /// <summary>What holds at a time and until <see cref="Last"/> begins, in order.</summary>
    /// <param name="now">The time.</param>
    /// <returns>Empty once the last command has taken effect.</returns>
    internal ImmutableArray<Stretch> Before(DateTimeOffset now) => Stretches[PlaceAt(now)..^1];

    /// <summary>For how long it has played until a time, in milliseconds of everybody's clock.</summary>
    /// <param name="now">The time, not before the last change was made.</param>
    /// <returns>Milliseconds; it never falls.</returns>
    internal long PlayedAt(DateTimeOffset now)
    {
        var played = PlayedMs;
        for (var place = 0; place < Stretches.Length; place++)
        {
            played += PlayedWithin(place, now);
        }

        return played;
    }

    /// <summary>Adds a change. What was to begin at the same time as it, or later, never holds.</summary>
    /// <param name="now">The time at which it is made: what was over by then is forgotten.</param>
    /// <param name="next">What holds from its <see cref="Playback.At"/> on.</param>
    /// <param name="durationMs">How long its item is; null when nobody knows.</param>
    /// <returns>The timeline after it.</returns>
    internal PlaybackTimeline Then(DateTimeOffset now, Playback next, long? durationMs)
    {
        var first = PlaceAt(now);
        var played = PlayedMs;
        for (var place = 0; place < first; place++)
        {
            played += PlayedWithin(place, now);
        }

        var end = Stretches.Length;
        while (end > first && Stretches[end - 1].Playback.At >= next.At)
        {
            end--;
        }

        return new PlaybackTimeline([.. Stretches[first..end], new Stretch(next, durationMs)], played);
    }

    /// <summary>Learns how long an item is.</summary>
    /// <param name="itemId">Which.</param>
    /// <param name="durationMs">How long.</param>
    /// <returns>The timeline that knows it.</returns>
    internal PlaybackTimeline WithDuration(string itemId, long durationMs) => this with
    {
        Stretches =
        [
            .. Stretches.Select(stretch => stretch.Playback.ItemId == itemId ? stretch with { DurationMs = durationMs } : stretch),
        ],
    };

    private int PlaceAt(DateTimeOffset now)
    {
        var place = Stretches.Length - 1;
        while (place > 0 && Stretches[place].Playback.At > now)
        {
            place--;
        }

        return place;
    }

    private long PlayedWithin(int place, DateTimeOffset now)
    {
        var stretch = Stretches[place].Playback;
        var until = place + 1 < Stretches.Length && Stretches[place + 1].Playback.At < now ? Stretches[place + 1].Playback.At : now;
        return stretch.Playing && until > stretch.At ? (long)(until - stretch.At).TotalMilliseconds : 0;
    }
}
