using System.Diagnostics;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>What the commands about playback do; who may give them was asked before.</summary>
internal static class PlaybackChoices
{
    /// <summary>Decides a command about playback or the playlist.</summary>
    /// <param name="scene">What it rests on, with nothing left that playback has to do by itself.</param>
    /// <param name="command">The command.</param>
    /// <param name="by">Whose it is; null for an administrator without a seat.</param>
    /// <returns>What becomes of it.</returns>
    internal static PlaybackVerdict Decide(PlaybackScene scene, PlaybackCommand command, WatchFace? by) => command switch
    {
        Play c => Play(scene, c, by),
        Pause c => Pause(scene, c, by),
        Seek c => Seek(scene, c, by),
        SetRate c => SetRate(scene, c, by),
        SkipItem c => Skip(scene, c, by),
        NoteDuration c => PlaylistChoices.NoteDuration(scene, c, by),
        AddMediaItem c => PlaylistChoices.Add(scene, c, by),
        RemoveMediaItem c => PlaylistChoices.Remove(scene, c, by),
        MoveMediaItem c => PlaylistChoices.Move(scene, c, by),
        _ => throw new UnreachableException($"Playback does not decide {command.GetType().Name}."),
    };

    /// <summary>Decides a vote to skip what plays.</summary>
    /// <param name="scene">What it rests on.</param>
    /// <param name="vote">The vote.</param>
    /// <param name="memberId">Whose. Those who are not connected have no vote: the share it takes is one of those who are.</param>
    /// <returns>What becomes of it.</returns>
    internal static PlaybackVerdict Vote(PlaybackScene scene, VoteToSkip vote, string memberId)
    {
        var state = scene.State;
        if (scene.Party.Settings.SkipPercent == 0)
        {
            return PlaybackVerdict.Refuse(WatchErrorCodes.SkipVotesOff);
        }

        if (state.Current.ItemId != vote.ItemId)
        {
            return PlaybackVerdict.Refuse(
                state.FindItem(vote.ItemId) is null ? WatchErrorCodes.MediaItemNotFound : WatchErrorCodes.SkipVoteStale);
        }

        if (state.SkipVotes.Contains(memberId) == vote.Skip)
        {
            return PlaybackVerdict.Nothing;
        }

        if (!scene.Party.Connected.Contains(memberId))
        {
            return PlaybackVerdict.Refuse(WatchErrorCodes.SkipVoteNotConnected);
        }

        var votes = new SkipVotes(vote.ItemId, state.SkipVotes.Count + (vote.Skip ? 1 : -1), scene.VotesNeeded);
        return PlaybackVerdict.Do([new SkipVoteChanged(scene.At, memberId, vote.Skip, votes)]);
    }

    private static PlaybackVerdict Play(PlaybackScene scene, Play c, WatchFace? by)
    {
        var state = scene.State;
        if (c.PositionMs is { } wanted)
        {
            return Moved(scene, PlaybackAction.Play, wanted, plays: true, by);
        }

        if (scene.State.WantsToPlay)
        {
            return PlaybackVerdict.Nothing;
        }

        var last = state.Timeline.Last;
        var isOver = last.DurationMs is { } duration && state.Current.PositionMs >= duration;
        if (isOver && state.NextItem() is { } next)
        {
            return PlaybackVerdict.Do(PlaybackMoves.GoToItem(scene, PlaybackAction.Skip, next, plays: true, scene.EffectAt, by));
        }

        return Moved(scene, PlaybackAction.Play, isOver ? 0 : state.Current.PositionMs, plays: true, by);
    }

    private static PlaybackVerdict Pause(PlaybackScene scene, Pause c, WatchFace? by)
    {
        if (c.PositionMs is null && !scene.State.WantsToPlay)
        {
            return PlaybackVerdict.Nothing;
        }

        return Moved(scene, PlaybackAction.Pause, c.PositionMs ?? scene.State.Timeline.Last.PositionAt(scene.EffectAt), plays: false, by);
    }

    private static PlaybackVerdict Seek(PlaybackScene scene, Seek c, WatchFace? by)
    {
        var meant = SeekOrder.Meant(c.MeantAt, c.At);
        var isHost = by is { Role: WatchRole.Host };
        return scene.State.Seeks.Takes(meant, isHost)
            ? Moved(scene, PlaybackAction.Seek, c.PositionMs, scene.State.WantsToPlay, by, new SeekMark(meant, by?.MemberId, isHost))
            : PlaybackVerdict.Refuse(WatchErrorCodes.SeekSuperseded);
    }

    private static PlaybackVerdict SetRate(PlaybackScene scene, SetRate c, WatchFace? by)
    {
        if (WatchInput.ValidateRate(c.Rate) is { } error)
        {
            return PlaybackVerdict.Refuse(error);
        }

        var last = scene.State.Timeline.Last;
        if (last.Playback.Rate.Equals(c.Rate))
        {
            return PlaybackVerdict.Nothing;
        }

        var effectAt = scene.EffectAt;
        var playback = last.Playback with
        {
            PositionMs = last.PositionAt(effectAt),
            Rate = c.Rate,
            At = effectAt,
            ChangedBy = by?.MemberId,
        };
        return PlaybackVerdict.Do([new PlaybackMoved(scene.At, PlaybackAction.Rate, playback, scene.State.Item, by, Seek: null)]);
    }

    private static PlaybackVerdict Skip(PlaybackScene scene, SkipItem c, WatchFace? by)
    {
        var item = c.ItemId is null ? scene.State.NextItem() : scene.State.FindItem(c.ItemId);
        if (item is null)
        {
            return PlaybackVerdict.Refuse(c.ItemId is null ? WatchErrorCodes.NothingToSkipTo : WatchErrorCodes.MediaItemNotFound);
        }

        return PlaybackVerdict.Do(
            PlaybackMoves.GoToItem(scene, PlaybackAction.Skip, item, scene.State.WantsToPlay, scene.EffectAt, by));
    }

    private static PlaybackVerdict Moved(
        PlaybackScene scene, PlaybackAction action, long positionMs, bool plays, WatchFace? by, SeekMark? mark = null)
    {
        if (WatchInput.ValidatePosition(positionMs) is { } error)
        {
            return PlaybackVerdict.Refuse(error);
        }

        var last = scene.State.Timeline.Last;
        var within = last.DurationMs is { } duration ? Math.Min(positionMs, duration) : positionMs;
        var to = new Playback(last.Playback.ItemId, within, plays, last.Playback.Rate, scene.EffectAt, null);
        return PlaybackVerdict.Do(PlaybackMoves.Go(scene, action, to, by, mark));
    }
}
