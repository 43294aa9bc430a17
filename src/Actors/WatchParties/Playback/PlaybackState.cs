using System.Collections.Immutable;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>What a party watches, where it is in it, what it waits for, and who wants to skip it.</summary>
public sealed record PlaybackState
{
    /// <summary>The playlist.</summary>
    public ImmutableList<MediaItem> Items { get; init; } = [];

    /// <summary>How many items were begun.</summary>
    public int ItemsPlayed { get; init; }

    /// <summary>The item that was begun last; null for none.</summary>
    public string? BegunItemId { get; init; }

    /// <summary>What playing waits for; null for nothing.</summary>
    public PlaybackBarrier? Barrier { get; init; }

    /// <summary>The number of the last barrier; 0 when there was none.</summary>
    public int LastBarrierId { get; init; }

    /// <summary>Who votes to skip what plays, by member id.</summary>
    public ImmutableSortedSet<string> SkipVotes { get; init; } = WatchState.Nobody;

    /// <summary>Where the party is over time.</summary>
    internal PlaybackTimeline Timeline { get; init; } = PlaybackTimeline.Nothing;

    /// <summary>Which seek holds.</summary>
    internal SeekOrder Seeks { get; init; }

    /// <summary>What holds once every command has taken effect.</summary>
    public Playback Current => Timeline.Last.Playback;

    /// <summary>What plays once every command has taken effect; null for nothing.</summary>
    public MediaItem? Item => FindItem(Current.ItemId);

    /// <summary>Whether it plays, or will when everybody is ready.</summary>
    internal bool WantsToPlay => Current.Playing || Barrier is not null;

    /// <summary>What holds at a time.</summary>
    /// <param name="now">The time, in cluster time.</param>
    /// <returns>Of what was announced, what has begun last.</returns>
    public Playback At(DateTimeOffset now) => Timeline.At(now).Playback;

    /// <summary>The position at a time.</summary>
    /// <param name="now">The time, in cluster time.</param>
    /// <returns>The position in milliseconds, never beyond the end of the item.</returns>
    public long PositionAt(DateTimeOffset now) => Timeline.At(now).PositionAt(now);

    /// <summary>Whether it plays at a time.</summary>
    /// <param name="now">The time, in cluster time.</param>
    /// <returns>False before the first command takes effect, while it is paused, and at the end of the item.</returns>
    public bool IsPlayingAt(DateTimeOffset now)
    {
        var stretch = Timeline.At(now);
        return stretch.Playback.Playing && stretch.Playback.At <= now && !(stretch.EndsAt <= now);
    }

    /// <summary>How long it has played at a time, on everybody's clock.</summary>
    /// <param name="now">The time, in cluster time.</param>
    /// <returns>The time in milliseconds; it never falls.</returns>
    public long PlayedAt(DateTimeOffset now) => Timeline.PlayedAt(now);

    /// <summary>Finds an item of the playlist.</summary>
    /// <param name="itemId">Its id; null for none.</param>
    /// <returns>The item, or null when there is none.</returns>
    internal MediaItem? FindItem(string? itemId) => PlaceOf(itemId) is >= 0 and var place ? Items[place] : null;

    /// <summary>The place of an item in the playlist.</summary>
    /// <param name="itemId">Its id; null for none.</param>
    /// <returns>From 0; -1 when there is no such item.</returns>
    internal int PlaceOf(string? itemId) => itemId is null ? -1 : Items.FindIndex(item => item.ItemId == itemId);

    /// <summary>What comes after what plays.</summary>
    /// <returns>The item; null at the end of the playlist.</returns>
    internal MediaItem? NextItem()
    {
        var next = PlaceOf(Current.ItemId) + 1;
        return next < Items.Count ? Items[next] : null;
    }

    /// <summary>An instant without what is less than a millisecond: clients get whole ones.</summary>
    /// <param name="instant">The instant.</param>
    /// <returns>The same, or less than a millisecond earlier.</returns>
    internal static DateTimeOffset WholeMs(DateTimeOffset instant) => instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMillisecond));
}

/// <summary>A barrier: playback stands until everybody it waits for is ready.</summary>
/// <param name="Id">Counts the party's barriers.</param>
/// <param name="WaitsFor">The member ids it still waits for.</param>
/// <param name="EndsAt">When it plays whatever happens.</param>
public sealed record PlaybackBarrier(int Id, ImmutableSortedSet<string> WaitsFor, DateTimeOffset EndsAt);
