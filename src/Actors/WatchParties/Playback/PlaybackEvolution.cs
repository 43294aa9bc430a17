using System.Collections.Immutable;
using System.Diagnostics;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>What events do to what a party watches.</summary>
internal static class PlaybackEvolution
{
    /// <summary>Applies an event about playback.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="event">The event.</param>
    /// <param name="reporters">The member ids of those connected whose clients say when they are ready.</param>
    /// <returns>The state after.</returns>
    /// <exception cref="UnreachableException">The event is of no known type.</exception>
    internal static PlaybackState Evolve(PlaybackState state, PlaybackEvent @event, ImmutableSortedSet<string> reporters) => @event switch
    {
        PlaybackMoved e => Moved(state, e),
        BarrierRaised e => state with
        {
            Barrier = new PlaybackBarrier(e.Barrier.BarrierId, reporters, e.Barrier.EndsAt),
            LastBarrierId = e.Barrier.BarrierId,
        },
        BarrierReached e => state with { Barrier = state.Barrier! with { WaitsFor = state.Barrier.WaitsFor.Remove(e.MemberId) } },
        BarrierEnded => state with { Barrier = null },
        SkipVoteChanged e => state with
        {
            SkipVotes = e.Skip ? state.SkipVotes.Add(e.MemberId) : state.SkipVotes.Remove(e.MemberId),
        },
        DurationNoted e => Learnt(state, e),
        MediaItemAdded e => state with { Items = state.Items.Insert(e.Place, e.Item) },
        MediaItemRemoved e => state with { Items = state.Items.RemoveAt(state.PlaceOf(e.ItemId)) },
        MediaItemMoved e => Rearranged(state, e),
        _ => throw new UnreachableException($"Playback does not know the event {@event.GetType().Name}."),
    };

    /// <summary>Playback at the beginning of a playlist.</summary>
    /// <param name="items">The playlist.</param>
    /// <param name="at">When.</param>
    /// <param name="before">What is counted on; null for a new party.</param>
    /// <returns>The playback: paused at the beginning of the first item.</returns>
    internal static PlaybackState Begun(IEnumerable<MediaItem> items, DateTimeOffset at, PlaybackState? before = null)
    {
        ImmutableList<MediaItem> list = [.. items];
        var first = list.IsEmpty ? null : list[0];
        var playback = new Playback(first?.ItemId, 0, Playing: false, 1, PlaybackState.WholeMs(at), null);
        return new PlaybackState
        {
            Items = list,
            Timeline = PlaybackTimeline.Of(playback, first?.DurationMs, before?.PlayedAt(at) ?? 0),
            LastBarrierId = before?.LastBarrierId ?? 0,
            ItemsPlayed = before?.ItemsPlayed ?? 0,
        };
    }

    /// <summary>Playback that stands still, because the party is over.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="at">When.</param>
    /// <returns>
    /// The state after: paused where it was; what was announced and had not begun never does, unless it comes in the place of an item that
    /// is not on the playlist any more.
    /// </returns>
    internal static PlaybackState Stopped(PlaybackState state, DateTimeOffset at)
    {
        var now = state.Timeline.At(at);
        var stretch = now.Playback.ItemId is null || state.FindItem(now.Playback.ItemId) is not null ? now : state.Timeline.Last;
        var standing = stretch.Playback with
        {
            PositionMs = stretch.Playback.At > at ? stretch.Playback.PositionMs : stretch.PositionAt(at),
            Playing = false,
            At = PlaybackState.WholeMs(at),
            ChangedBy = null,
        };
        return state with
        {
            Timeline = state.Timeline.Then(at, standing, stretch.DurationMs),
            Barrier = null,
            SkipVotes = WatchState.Nobody,
            Seeks = default,
        };
    }

    private static PlaybackState Moved(PlaybackState state, PlaybackMoved e)
    {
        var isOtherItem = e.Action is PlaybackAction.Skip or PlaybackAction.Ended || e.Playback.ItemId != state.Current.ItemId;
        var begins = e.Playback is { Playing: true, ItemId: not null } && e.Playback.ItemId != state.BegunItemId;
        var seeks = isOtherItem
            ? state.Seeks.AfterItem(PlaybackState.WholeMs(e.Action == PlaybackAction.Ended ? e.Playback.At : e.At))
            : state.Seeks;
        return state with
        {
            Timeline = state.Timeline.Then(e.At, e.Playback, e.Item?.DurationMs),
            ItemsPlayed = state.ItemsPlayed + (begins ? 1 : 0),
            BegunItemId = begins ? e.Playback.ItemId : state.BegunItemId,
            Seeks = e.Seek is { } mark ? seeks.After(mark.MeantAt, mark.ByHost) : seeks,
            SkipVotes = isOtherItem ? WatchState.Nobody : state.SkipVotes,
        };
    }

    private static PlaybackState Learnt(PlaybackState state, DurationNoted e)
    {
        var place = state.PlaceOf(e.ItemId);
        return state with
        {
            Items = state.Items.SetItem(place, state.Items[place] with { DurationMs = e.DurationMs }),
            Timeline = state.Timeline.WithDuration(e.ItemId, e.DurationMs),
        };
    }

    private static PlaybackState Rearranged(PlaybackState state, MediaItemMoved e)
    {
        var place = state.PlaceOf(e.ItemId);
        return state with { Items = state.Items.RemoveAt(place).Insert(e.Place, state.Items[place]) };
    }
}
