using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>
/// The events that move playback. Whatever begins to play waits behind a barrier when the party's settings say so and somebody is there to
/// wait for; whatever is moved takes the place of the barrier that was there.
/// </summary>
internal static class PlaybackMoves
{
    /// <summary>Goes to a position of an item, and plays or stands there.</summary>
    /// <param name="scene">What it rests on.</param>
    /// <param name="action">What moves it.</param>
    /// <param name="to">What holds then; whether it plays is a matter of the barrier if it is to.</param>
    /// <param name="by">Whose command it is; null for the party's own.</param>
    /// <param name="mark">For a seek, what later ones are compared with.</param>
    /// <returns>The events, in order.</returns>
    internal static IEnumerable<PlaybackEvent> Go(
        PlaybackScene scene, PlaybackAction action, Playback to, WatchFace? by, SeekMark? mark = null)
    {
        if (scene.State.Barrier is { } former)
        {
            yield return End(scene, former, to.Playing ? BarrierEnd.Replaced : BarrierEnd.Paused);
        }

        var waits = to.Playing && scene.MustWait;
        if (!waits || !StandsAt(scene.State.Current, to))
        {
            yield return new PlaybackMoved(
                scene.At,
                waits && action == PlaybackAction.Play ? PlaybackAction.Seek : action,
                to with { Playing = to.Playing && !waits, ChangedBy = by?.MemberId },
                scene.State.FindItem(to.ItemId),
                by,
                mark);
        }

        if (waits)
        {
            yield return Raise(scene, by);
        }
    }

    /// <summary>Waits for everybody at the position where it stands.</summary>
    internal static BarrierRaised Raise(PlaybackScene scene, WatchFace? by)
    {
        var endsAt = PlaybackScene.Step(scene.At.AddSeconds(scene.Party.Settings.ReadySeconds));
        var barrier = new PlaybackBarrier(scene.State.LastBarrierId + 1, scene.Party.Reporters, endsAt);
        return new BarrierRaised(scene.At, scene.View(barrier), by);
    }

    /// <summary>Ends a barrier.</summary>
    internal static BarrierEnded End(PlaybackScene scene, PlaybackBarrier barrier, BarrierEnd reason) =>
        new(scene.At, barrier.Id, reason, [.. barrier.WaitsFor.Take(WatchLimits.BarrierNamesMax)]);

    /// <summary>Goes to the beginning of an item; plays on if it plays.</summary>
    internal static IEnumerable<PlaybackEvent> GoToItem(
        PlaybackScene scene, PlaybackAction action, MediaItem? item, bool plays, DateTimeOffset effectAt, WatchFace? by) =>
        Go(scene, action, new Playback(item?.ItemId, 0, plays && item is not null, scene.State.Current.Rate, effectAt, null), by);

    /// <summary>What plays is over: the next item follows, or it stands at the end, or where it is when nobody knows the end.</summary>
    internal static IEnumerable<PlaybackEvent> GoOn(PlaybackScene scene, PlaybackAction action, DateTimeOffset effectAt)
    {
        if (scene.State.NextItem() is { } next)
        {
            return GoToItem(scene, action, next, scene.State.WantsToPlay, effectAt, null);
        }

        var last = scene.State.Timeline.Last;
        return Go(
            scene,
            PlaybackAction.Ended,
            last.Playback with { PositionMs = last.DurationMs ?? last.PositionAt(effectAt), Playing = false, At = effectAt },
            null);
    }

    private static bool StandsAt(Playback current, Playback to) => !current.Playing
        && current.ItemId == to.ItemId && current.PositionMs == to.PositionMs && current.Rate.Equals(to.Rate);
}
