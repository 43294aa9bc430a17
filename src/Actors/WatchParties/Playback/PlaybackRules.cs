using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>What playback does by itself: when a barrier opens, when an item is over, when enough want to skip it.</summary>
internal static class PlaybackRules
{
    /// <summary>The next instant at which playback has something to do.</summary>
    /// <param name="state">What the party watches.</param>
    /// <param name="slowestRoundTripMs">The round trip of the slowest of those connected, in milliseconds.</param>
    /// <returns>
    /// The instant; null for none. It is early by the time a command takes to have an effect: so the effect is when the item is over, or
    /// the barrier's time.
    /// </returns>
    internal static DateTimeOffset? Deadline(PlaybackState state, int slowestRoundTripMs) =>
        (state.Barrier?.EndsAt ?? state.Timeline.Last.EndsAt) - PlaybackScene.LeadOf(slowestRoundTripMs);

    /// <summary>
    /// What playback has to do now, one thing at a time: to be raised, and asked for again, until there is nothing.
    /// </summary>
    /// <param name="scene">What it rests on.</param>
    /// <returns>The events, in order; empty for nothing.</returns>
    internal static IReadOnlyList<PlaybackEvent> Next(PlaybackScene scene)
    {
        var state = scene.State;
        if (!state.GoneVotes.IsEmpty)
        {
            return [TakeBack(scene, state.GoneVotes[0])];
        }

        if (!state.SkipVotes.IsEmpty && scene.Settings.SkipPercent > 0 && state.SkipVotes.Count >= scene.VotesNeeded)
        {
            return [.. PlaybackMoves.GoOn(scene, PlaybackAction.Skip, scene.EffectAt)];
        }

        if (state.Barrier is { } barrier)
        {
            return Over(scene, barrier) is { } reason ? Open(scene, barrier, reason) : [];
        }

        return state.Timeline.Last.EndsAt is { } endsAt && endsAt - scene.Lead <= scene.At
            ? [.. PlaybackMoves.GoOn(scene, PlaybackAction.Ended, PlaybackScene.Later(PlaybackScene.Step(endsAt), scene.EffectAt))]
            : [];
    }

    /// <summary>A client is ready.</summary>
    /// <param name="scene">What it rests on.</param>
    /// <param name="memberId">Whose.</param>
    /// <returns>The event; null when nobody waits for it.</returns>
    internal static BarrierReached? Ready(PlaybackScene scene, string memberId)
    {
        if (scene.State.Barrier is not { } barrier || !barrier.WaitsFor.Contains(memberId))
        {
            return null;
        }

        return new BarrierReached(scene.At, scene.View(barrier with { WaitsFor = barrier.WaitsFor.Remove(memberId) }), memberId);
    }

    /// <summary>The votes to skip what plays.</summary>
    /// <param name="scene">What it rests on.</param>
    /// <returns>The votes; null when nothing plays that can be skipped, or nobody wants to.</returns>
    internal static SkipVotes? Votes(PlaybackScene scene) => scene.State is { Current.ItemId: { } itemId, SkipVotes.IsEmpty: false } state
        ? new SkipVotes(itemId, state.SkipVotes.Count, scene.VotesNeeded)
        : null;

    private static SkipVoteChanged TakeBack(PlaybackScene scene, string memberId) => new(
        scene.At,
        memberId,
        Skip: false,
        new SkipVotes(scene.State.Current.ItemId!, scene.State.SkipVotes.Count - 1, scene.VotesNeeded));

    private static BarrierEnd? Over(PlaybackScene scene, PlaybackBarrier barrier)
    {
        if (barrier.WaitsFor.IsEmpty)
        {
            return BarrierEnd.Ready;
        }

        if (!scene.Settings.WaitForReady)
        {
            return BarrierEnd.Replaced;
        }

        return barrier.EndsAt - scene.Lead <= scene.At ? BarrierEnd.TimedOut : null;
    }

    private static List<PlaybackEvent> Open(PlaybackScene scene, PlaybackBarrier barrier, BarrierEnd reason)
    {
        // When its time is over it plays at that very instant; only after a timer that was too late it takes the usual time.
        var isOnTime = reason == BarrierEnd.TimedOut && scene.At <= barrier.EndsAt && scene.State.Current.At <= barrier.EndsAt;
        var playback = scene.State.Current with
        {
            Playing = true, At = isOnTime ? barrier.EndsAt : scene.EffectAt, ChangedBy = null,
        };
        var item = scene.State.Item;
        return
        [
            PlaybackMoves.End(scene, barrier, reason),
            new PlaybackMoved(scene.At, PlaybackAction.Play, playback, item, By: null, Seek: null),
        ];
    }
}
