using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>Decides what becomes of playback and the playlist. The caller is recognised, and the party goes on.</summary>
internal static class PlaybackDecider
{
    /// <summary>Decides one command.</summary>
    /// <param name="turn">The turn to add events to.</param>
    /// <param name="command">The command.</param>
    /// <param name="caller">Who acts; not necessarily somebody with a seat.</param>
    /// <returns>What becomes of it.</returns>
    internal static WatchOutcome Decide(WatchTurn turn, PlaybackCommand command, WatchCaller caller)
    {
        if (!caller.IsSeated && !caller.IsAdmin)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.NotAParticipant);
        }

        if (!MayControl(turn.State.Settings.Controls, command, caller))
        {
            return WatchOutcome.Refuse(WatchErrorCodes.ControlNotAllowed);
        }

        // Who may only pause does not go somewhere by pausing there.
        var allowed = command is Pause pause && !MayControl(turn.State.Settings.Controls, null, caller)
            ? pause with { PositionMs = null }
            : command;
        var scene = new PlaybackScene(turn.State, command.At)
        {
            MeantAt = command.MeantAt is null ? null : SeekOrder.Meant(command.MeantAt, command.At),
        };
        var verdict = PlaybackChoices.Decide(scene, allowed, caller.Face);
        return Raise(turn, verdict)
            ?? (command is AddMediaItem or RemoveMediaItem or MoveMediaItem
                ? WatchOutcome.Say(state => new PlaylistChanged(state.Play.Items, state.Play.Current))
                : Moved(command.At));
    }

    /// <summary>Decides a vote to skip.</summary>
    /// <param name="turn">The turn to add events to.</param>
    /// <param name="command">The vote.</param>
    /// <param name="caller">Who votes; not necessarily somebody with a seat.</param>
    /// <returns>What becomes of it.</returns>
    internal static WatchOutcome Vote(WatchTurn turn, VoteToSkip command, WatchCaller caller)
    {
        if (!caller.IsSeated)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.NotAParticipant);
        }

        return Raise(turn, PlaybackChoices.Vote(new PlaybackScene(turn.State, command.At), command, caller.MemberId!)) ?? Moved(command.At);
    }

    private static bool MayControl(WatchControls controls, PlaybackCommand? command, WatchCaller caller) => controls switch
    {
        WatchControls.HostOnly => caller.IsHost,
        WatchControls.Everyone => true,
        WatchControls.AnyonePauses => caller.IsCoHost || command is Pause,
        _ => caller.IsCoHost,
    };

    private static WatchOutcome? Raise(WatchTurn turn, PlaybackVerdict verdict)
    {
        if (verdict.Code is { } code)
        {
            return WatchOutcome.Refuse(verdict.Error) ?? WatchOutcome.Refuse(code);
        }

        foreach (var @event in verdict.Events)
        {
            turn.Raise(@event);
        }

        return null;
    }

    private static WatchOutcome Moved(DateTimeOffset at) => WatchOutcome.Say(state => PlaybackRules.Show(state, at));
}
