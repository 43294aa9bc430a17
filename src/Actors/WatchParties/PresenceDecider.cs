using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.WatchParties;

/// <summary>Who is connected, and what their clients say of themselves.</summary>
internal static class PresenceDecider
{
    internal static WatchOutcome SetPresence(WatchTurn turn, SetWatchPresence c)
    {
        var state = turn.State;
        if (!state.IsOn || state.FindSeated(c.MemberId) is not { } member || member.Connected == c.Connected)
        {
            return WatchOutcome.Done;
        }

        if (c.Connected)
        {
            turn.Raise(new ParticipantConnected(c.At, member.Face));
        }
        else
        {
            turn.Raise(new ParticipantDisconnected(c.At, member.Face, WatchViews.WatchedMs(state, member, c.At)));
            PlaybackRules.NoteGone(turn, member.Id, c.At);
        }

        return WatchOutcome.Done;
    }

    internal static WatchOutcome Report(WatchTurn turn, ReportClient c, WatchCaller caller)
    {
        if (!caller.IsSeated)
        {
            return WatchOutcome.Refuse(WatchErrorCodes.NotAParticipant);
        }

        var member = caller.Member!;
        var status = c.Status is { } said && Enum.IsDefined(said) ? said : member.Status;
        var reportsReady = c.ReportsReady ?? member.ReportsReady;
        var roundTripMs = c.RoundTripMs is { } roundTrip ? Stepped(roundTrip) : member.RoundTripMs;
        if (c.SyncOffsetMs is not null
            || status != member.Status
            || reportsReady != member.ReportsReady
            || roundTripMs != member.RoundTripMs)
        {
            turn.Raise(new ClientReported(
                c.At, member.Face, status, reportsReady, roundTripMs, c.SyncOffsetMs ?? member.SyncOffsetMs)
            {
                Quiet = status == member.Status && reportsReady == member.ReportsReady,
            });
        }

        if (member.Connected)
        {
            PlaybackRules.NoteReport(turn, member.Id, c);
        }

        return WatchOutcome.Done;
    }

    /// <summary>A round trip in the steps in which it is kept.</summary>
    private static int Stepped(int roundTripMs)
    {
        const int StepMs = WatchMember.RoundTripStepMs;
        var steps = (Math.Clamp(roundTripMs, StepMs, StepMs * WatchState.NoRoundTrips.Length) + StepMs - 1) / StepMs;
        return steps * StepMs;
    }
}
