using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>
/// What happens to playback without anybody's command: a barrier opens, an item is over, enough want to skip it. And what others may see
/// of it.
/// </summary>
internal static class PlaybackRules
{
    /// <summary>When something happens by itself next: an item ends, a barrier's time is over.</summary>
    /// <param name="state">The party.</param>
    /// <returns>
    /// The instant, or null for none. It is early by the time a command takes to have an effect, so that the effect comes in time.
    /// </returns>
    internal static DateTimeOffset? Deadline(WatchState state) =>
        (state.Play.Barrier?.EndsAt ?? state.Play.Timeline.Last.EndsAt) - PlaybackScene.LeadOf(state.SlowestRoundTripMs);

    /// <summary>
    /// Carries out whatever is due or certain by an instant: called after every command and at every deadline, so it must be quick when
    /// nothing is.
    /// </summary>
    /// <param name="turn">The turn to add events to.</param>
    /// <param name="at">The instant.</param>
    internal static void Settle(WatchTurn turn, DateTimeOffset at)
    {
        while (Next(new PlaybackScene(turn.State, at)) is { Count: > 0 } events)
        {
            foreach (var @event in events)
            {
                turn.Raise(@event);
            }
        }
    }

    /// <summary>Somebody is not connected any more, or has no seat any more; they are not in the state's connected ones already.</summary>
    /// <param name="turn">The turn to add events to.</param>
    /// <param name="memberId">Who.</param>
    /// <param name="at">When.</param>
    internal static void NoteGone(WatchTurn turn, string memberId, DateTimeOffset at)
    {
        var play = turn.State.Play;
        if (play.SkipVotes.Contains(memberId))
        {
            var scene = new PlaybackScene(turn.State, at);
            var votes = new SkipVotes(play.Current.ItemId!, play.SkipVotes.Count - 1, scene.VotesNeeded);
            turn.Raise(new SkipVoteChanged(at, memberId, Skip: false, votes));
        }

        WaitForNoLonger(turn, memberId, at);
    }

    /// <summary>A connected client reported; what it said is in the state already. Called also when that changed nothing.</summary>
    /// <param name="turn">The turn to add events to.</param>
    /// <param name="memberId">Whose.</param>
    /// <param name="report">What it said of itself. What was on its way when the barrier came up was said of an earlier moment.</param>
    internal static void NoteReport(WatchTurn turn, string memberId, ReportClient report)
    {
        var isMeant = report.Barrier is not { } barrier || barrier == turn.State.Play.Barrier?.Id;
        if ((report.Status == WatchStatus.Ready && isMeant) || !turn.State.Reporters.Contains(memberId))
        {
            WaitForNoLonger(turn, memberId, report.At);
        }
    }

    /// <summary>The votes to skip what plays.</summary>
    /// <param name="state">The party.</param>
    /// <returns>The votes; null when nobody voted.</returns>
    internal static SkipVotes? VotesOf(WatchState state) => state.Play is { SkipVotes.IsEmpty: false, Current.ItemId: { } itemId } play
        ? new SkipVotes(itemId, play.SkipVotes.Count, new PlaybackScene(state, default).VotesNeeded)
        : null;

    /// <summary>The barrier.</summary>
    /// <param name="state">The party.</param>
    /// <returns>The barrier; null for none.</returns>
    internal static BarrierView? BarrierOf(WatchState state) =>
        state.Play.Barrier is { } barrier ? new PlaybackScene(state, default).View(barrier) : null;

    /// <summary>Where the party is.</summary>
    /// <param name="state">The party.</param>
    /// <param name="at">The time.</param>
    /// <returns>What it is, and what it will be.</returns>
    internal static PlaybackChanged Show(WatchState state, DateTimeOffset at)
    {
        var play = state.Play;
        var before = play.Timeline.Before(at);
        return new PlaybackChanged(play.Current, BarrierOf(state), play.Item?.DurationMs, at, state.Seq)
        {
            Before = [.. before.Select(stretch => stretch.Playback)],
            BeforeDurationsMs = [.. before.Select(stretch => stretch.DurationMs)],
            PositionMs = play.PositionAt(at),
            IsPlaying = play.IsPlayingAt(at),
        };
    }

    /// <summary>Shows a party where it is.</summary>
    /// <param name="view">The party without it, but with its time.</param>
    /// <param name="state">The party.</param>
    /// <returns>The party with it.</returns>
    internal static WatchPartyView Show(WatchPartyView view, WatchState state)
    {
        var play = state.Play;
        var before = play.Timeline.Before(view.Now);
        return view with
        {
            Items = play.Items,
            Playback = play.Current,
            Before = [.. before.Select(stretch => stretch.Playback)],
            BeforeDurationsMs = [.. before.Select(stretch => stretch.DurationMs)],
            PositionMs = play.PositionAt(view.Now),
            IsPlaying = play.IsPlayingAt(view.Now),
            SkipVotes = VotesOf(state),
            Barrier = BarrierOf(state),
        };
    }

    private static void WaitForNoLonger(WatchTurn turn, string memberId, DateTimeOffset at)
    {
        if (turn.State.Play.Barrier is { } barrier && barrier.WaitsFor.Contains(memberId))
        {
            var rest = barrier with { WaitsFor = barrier.WaitsFor.Remove(memberId) };
            turn.Raise(new BarrierReached(at, new PlaybackScene(turn.State, at).View(rest), memberId));
        }
    }

    /// <summary>What playback has to do now, one thing at a time: to be asked for again until there is nothing.</summary>
    private static List<PlaybackEvent> Next(PlaybackScene scene)
    {
        var state = scene.State;
        if (!state.SkipVotes.IsEmpty && scene.Party.Settings.SkipPercent > 0 && state.SkipVotes.Count >= scene.VotesNeeded)
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

    private static BarrierEnd? Over(PlaybackScene scene, PlaybackBarrier barrier)
    {
        if (barrier.WaitsFor.IsEmpty)
        {
            return BarrierEnd.Ready;
        }

        if (!scene.Party.Settings.WaitForReady)
        {
            return BarrierEnd.Replaced;
        }

        return barrier.EndsAt - scene.Lead <= scene.At ? BarrierEnd.TimedOut : null;
    }

    private static List<PlaybackEvent> Open(PlaybackScene scene, PlaybackBarrier barrier, BarrierEnd reason)
    {
        // When its time is over it plays at that very instant; only after a timer that was too late it takes the usual time.
        var current = scene.State.Current;
        var isOnTime = reason == BarrierEnd.TimedOut && scene.At <= barrier.EndsAt && current.At <= barrier.EndsAt;
        var at = isOnTime ? barrier.EndsAt : scene.EffectAt;
        var playback = current with
        {
            PositionMs = scene.State.Timeline.Last.PositionAt(at),
            Playing = true,
            At = at,
            ChangedBy = null,
        };
        return
        [
            PlaybackMoves.End(scene, barrier, reason),
            new PlaybackMoved(scene.At, PlaybackAction.Play, playback, scene.State.Item, By: null, Seek: null),
        ];
    }
}
