using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime;

namespace AkkaParty.Actors.WatchParties;

/// <summary>What must hold of playback, whatever happens to a party.</summary>
internal static class PlaybackInvariants
{
    /// <summary>
    /// More than effects can be announced: they begin at whole steps of 20 ms, and the last one within a second, or, where an item is over,
    /// a second later.
    /// </summary>
    private const int StretchesMax = 128;

    /// <summary>Checks what an event of playback touched.</summary>
    /// <param name="state">The state after it.</param>
    /// <param name="event">The event.</param>
    /// <exception cref="InvariantViolatedException">Something does not hold.</exception>
    internal static void CheckAfter(WatchState state, PlaybackEvent @event)
    {
        var play = state.Play;
        var stretches = play.Timeline.Stretches;
        Hold(state, stretches.Length <= StretchesMax, "the timeline has an end");
        Hold(
            state,
            stretches.Length == 1 || stretches[^2].Playback.At < play.Current.At,
            "nothing takes effect before what was decided earlier");
        Hold(state, play.Barrier is null || !play.Current.Playing, "playback stands at a barrier");
        Hold(state, play.Barrier is null || play.Barrier.Id == play.LastBarrierId, "the barrier is the last one");
        Hold(state, play.SkipVotes.IsEmpty || play.Current.ItemId is not null, "votes are for something that plays");
        if (@event is PlaybackMoved e)
        {
            Hold(state, e.Playback.At.Ticks % TimeSpan.TicksPerMillisecond == 0, "effects begin at whole milliseconds");
            Hold(state, e.Playback.ItemId is null || play.Item is not null, "what plays is on the playlist");
            Hold(state, e.Playback.PositionMs >= 0 && !(e.Playback.PositionMs > e.Item?.DurationMs), "a position is within its item");
        }
    }

    /// <summary>Checks everything that holds between commands.</summary>
    /// <param name="state">The state.</param>
    /// <exception cref="InvariantViolatedException">Something does not hold.</exception>
    internal static void CheckAll(WatchState state)
    {
        var play = state.Play;
        var before = DateTimeOffset.MinValue;
        foreach (var stretch in play.Timeline.Stretches)
        {
            Hold(state, stretch.Playback.At > before, "the timeline is in order");
            before = stretch.Playback.At;
        }

        Hold(state, play.Timeline.Last.DurationMs == play.Item?.DurationMs, "how long an item is, is known once");
        Hold(state, play.Current.ItemId is null || play.Item is not null, "what plays is on the playlist");
        Hold(state, play.Items.Select(item => item.ItemId).Distinct().Count() == play.Items.Count, "each item is there once");
        Hold(state, play.SkipVotes.IsSubsetOf(state.Connected), "only who is connected votes");
        if (play.Barrier is { } barrier)
        {
            Hold(state, !play.Current.Playing, "playback stands at a barrier");
            Hold(state, !barrier.WaitsFor.IsEmpty, "a barrier waits for somebody");
            Hold(state, barrier.WaitsFor.IsSubsetOf(state.Reporters), "a barrier waits for those who say when they are ready");
        }
    }

    private static void Hold(WatchState state, bool condition, string rule)
    {
        if (!condition)
        {
            throw new InvariantViolatedException($"watch party {state.Id} at {state.Seq}: it does not hold that {rule}");
        }
    }
}
