using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>What a party watches as a snapshot holds it: plain lists.</summary>
internal sealed record PlaybackSnapshot(
    IReadOnlyList<Stretch> Stretches,
    long PlayedMs,
    IReadOnlyList<MediaItem> Items,
    int ItemsPlayed,
    string? BegunItemId,
    BarrierRow? Barrier,
    int LastBarrierId,
    IReadOnlyList<string> SkipVotes,
    SeekOrder Seeks)
{
    internal static PlaybackSnapshot Of(PlaybackState state) => new(
        state.Timeline.Stretches,
        state.Timeline.PlayedMs,
        state.Items,
        state.ItemsPlayed,
        state.BegunItemId,
        state.Barrier is { } barrier ? new BarrierRow(barrier.Id, [.. barrier.WaitsFor], barrier.EndsAt) : null,
        state.LastBarrierId,
        [.. state.SkipVotes],
        state.Seeks);

    internal PlaybackState ToState() => new()
    {
        Timeline = new PlaybackTimeline([.. Stretches], PlayedMs),
        Items = [.. Items],
        ItemsPlayed = ItemsPlayed,
        BegunItemId = BegunItemId,
        Barrier = Barrier is { } barrier
            ? new PlaybackBarrier(barrier.Id, WatchState.Nobody.Union(barrier.WaitsFor), barrier.EndsAt)
            : null,
        LastBarrierId = LastBarrierId,
        SkipVotes = WatchState.Nobody.Union(SkipVotes),
        Seeks = Seeks,
    };
}

/// <summary>A barrier in a snapshot.</summary>
internal sealed record BarrierRow(int Id, IReadOnlyList<string> WaitsFor, DateTimeOffset EndsAt);
