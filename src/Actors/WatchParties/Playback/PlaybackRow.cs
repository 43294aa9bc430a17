using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>Playback in a snapshot.</summary>
internal sealed record PlaybackRow(
    IReadOnlyList<MediaItem> Items,
    Playback Current,
    Playback? Replaced,
    MediaItem? Item,
    MediaItem? ReplacedItem,
    IReadOnlyList<string> SkipVotes,
    BarrierRow? Barrier,
    int LastBarrierId,
    SeekMark? LastSeek,
    long PlayedMs,
    int ItemsPlayed)
{
    internal static PlaybackRow Of(PlaybackState play) => new(
        play.Items,
        play.Current,
        play.Replaced,
        play.Item,
        play.ReplacedItem,
        play.SkipVotes,
        play.Barrier is { } barrier ? new BarrierRow(barrier.Id, barrier.WaitsFor, barrier.EndsAt) : null,
        play.LastBarrierId,
        play.LastSeek,
        play.PlayedMs,
        play.ItemsPlayed);

    internal PlaybackState ToState() => new()
    {
        Items = [.. Items],
        Current = Current,
        Replaced = Replaced,
        Item = Item,
        ReplacedItem = ReplacedItem,
        SkipVotes = WatchState.Nobody.Union(SkipVotes),
        Barrier = Barrier is { } row ? new PlaybackBarrier(row.Id, WatchState.Nobody.Union(row.WaitsFor), row.EndsAt) : null,
        LastBarrierId = LastBarrierId,
        LastSeek = LastSeek,
        PlayedMs = PlayedMs,
        ItemsPlayed = ItemsPlayed,
    };
}

/// <summary>A barrier in a snapshot.</summary>
internal sealed record BarrierRow(int Id, IReadOnlyList<string> WaitsFor, DateTimeOffset EndsAt);
