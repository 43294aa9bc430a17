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
    /// <param name="reporters">The member ids of those connected whose clients say when they are ready: a new barrier waits for them.</param>
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
            GoneVotes = state.GoneVotes.Remove(e.MemberId),
        },
        DurationNoted e => Learnt(state, e),
        MediaItemAdded e => state with { Items = state.Items.Insert(e.Place, e.Item) },
        MediaItemRemoved e => state with { Items = state.Items.RemoveAt(state.PlaceOf(e.ItemId)) },
        MediaItemMoved e => Rearranged(state, e),
        _ => throw new UnreachableException($"Playback does not know the event {@event.GetType().Name}."),
    };

    /// <summary>Somebody is connected no longer, or their client does not say any more when it is ready.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="memberId">Who.</param>
    /// <param name="isConnected">Whether they are connected.</param>
    /// <returns>The state after: a barrier does not wait for them, and if they are gone their vote is about to be taken back.</returns>
    internal static PlaybackState Without(PlaybackState state, string memberId, bool isConnected)
    {
        var waits = state.Barrier is { } barrier && barrier.WaitsFor.Contains(memberId);
        var isGoneVoter = !isConnected && state.SkipVotes.Contains(memberId);
        return waits || isGoneVoter
            ? state with
            {
                Barrier = waits ? state.Barrier! with { WaitsFor = state.Barrier.WaitsFor.Remove(memberId) } : state.Barrier,
                GoneVotes = isGoneVoter ? state.GoneVotes.Add(memberId) : state.GoneVotes,
            }
            : state;
    }

    /// <summary>The party ended: it stands where it is.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="at">When it ended.</param>
    /// <returns>The state after.</returns>
    internal static PlaybackState Stopped(PlaybackState state, DateTimeOffset at)
    {
        var stretch = state.Timeline.At(at);
        var standing = stretch.Playback with
        {
            PositionMs = stretch.PositionAt(at), Playing = false, At = PlaybackState.WholeMs(at), ChangedBy = null,
        };
        return state with
        {
            Timeline = state.Timeline.Then(at, standing, stretch.DurationMs),
            Barrier = null,
            SkipVotes = WatchState.Nobody,
            GoneVotes = WatchState.Nobody,
        };
    }

    /// <summary>The party begins again: at the beginning of its first item.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="at">When it began again.</param>
    /// <returns>The state after.</returns>
    internal static PlaybackState Restarted(PlaybackState state, DateTimeOffset at) =>
        PlaybackState.Begin(state.Items, at) with { LastBarrierId = state.LastBarrierId };

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
            GoneVotes = isOtherItem ? WatchState.Nobody : state.GoneVotes,
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
