using System.Collections.Immutable;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>What a party watches and where it is in it.</summary>
public sealed record PlaybackState
{
    /// <summary>The playlist.</summary>
    public ImmutableList<MediaItem> Items { get; init; } = [];

    /// <summary>What holds from its instant on.</summary>
    public Playback Current { get; init; } = new(null, 0, Playing: false, 1, DateTimeOffset.UnixEpoch, null);

    /// <summary>What holds until the instant of <see cref="Current"/>; null when that has always held.</summary>
    public Playback? Replaced { get; init; }

    /// <summary>The item that <see cref="Current"/> plays; null for nothing.</summary>
    public MediaItem? Item { get; init; }

    /// <summary>The item that <see cref="Replaced"/> plays; null for nothing.</summary>
    public MediaItem? ReplacedItem { get; init; }

    /// <summary>Who wants to skip what plays, by member id.</summary>
    public ImmutableSortedSet<string> SkipVotes { get; init; } = WatchState.Nobody;

    /// <summary>The barrier; null for none.</summary>
    public PlaybackBarrier? Barrier { get; init; }

    /// <summary>The number of the last barrier; 0 before the first.</summary>
    public int LastBarrierId { get; init; }

    /// <summary>The last seek; null before the first, and when the item changed since.</summary>
    public SeekMark? LastSeek { get; init; }

    /// <summary>How long it played until the instant of <see cref="Current"/>, in milliseconds.</summary>
    public long PlayedMs { get; init; }

    /// <summary>How many items were begun.</summary>
    public int ItemsPlayed { get; init; }

    /// <summary>What holds at a time.</summary>
    /// <param name="now">The time, in cluster time.</param>
    /// <returns>The present playback, or the one before it while it has not begun.</returns>
    public Playback At(DateTimeOffset now) => Replaced is { } replaced && now < Current.At ? replaced : Current;

    /// <summary>The position at a time.</summary>
    /// <param name="now">The time, in cluster time.</param>
    /// <returns>The position in milliseconds, never beyond the end of the item.</returns>
    public long PositionAt(DateTimeOffset now)
    {
        var playback = At(now);
        return playback.PositionAt(now, (ReferenceEquals(playback, Current) ? Item : ReplacedItem)?.DurationMs);
    }

    /// <summary>How long it has played at a time.</summary>
    /// <param name="now">The time, in cluster time.</param>
    /// <returns>The time in milliseconds.</returns>
    public long PlayedAt(DateTimeOffset now)
    {
        var since = (long)(now - Current.At).TotalMilliseconds;
        var plays = since >= 0 ? Current.Playing : Replaced is { Playing: true };
        return plays ? Math.Max(0, PlayedMs + since) : PlayedMs;
    }
}

/// <summary>A barrier: playback stands until everybody it waits for is ready.</summary>
/// <param name="Id">Counts the party's barriers.</param>
/// <param name="WaitsFor">The member ids it still waits for.</param>
/// <param name="EndsAt">When it plays whatever happens.</param>
public sealed record PlaybackBarrier(int Id, ImmutableSortedSet<string> WaitsFor, DateTimeOffset EndsAt);
