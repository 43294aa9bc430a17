using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Actors.Rooms;

/// <summary>Voting rounds.</summary>
internal static class RoundDecider
{
    private const int StandingsMax = 10;

    internal static RoomOutcome Start(RoomTurn turn, StartVotingRound c, RoomCaller caller)
    {
        var seconds = c.DurationSeconds ?? turn.State.Settings.VotingDurationSeconds;
        if (RoomInput.ValidateDuration(seconds) is { } error)
        {
            return RoomOutcome.Refuse(error)!;
        }

        if (turn.State.Round is { } open)
        {
            // Who has started it and says so again is told what they know.
            return open.StartedBy == caller.UserId && open.DurationSeconds == seconds
                ? Changed
                : RoomOutcome.Refuse(RoomErrorCodes.VotingRoundOpen);
        }

        turn.Raise(new VotingRoundStarted(c.At, turn.NextId, seconds, c.At.AddSeconds(seconds), caller.UserId));
        return Changed;
    }

    internal static RoomOutcome Close(RoomTurn turn, CloseVotingRound c, RoomCaller caller)
    {
        if (RoomAccess.AsAdmin(caller, "close a voting round") is { } refusal)
        {
            return refusal;
        }

        if (turn.State.Round is null)
        {
            return RoomOutcome.Refuse(RoomErrorCodes.NoVotingRound);
        }

        End(turn, c.At, VotingRoundEnd.Closed);
        return Changed;
    }

    internal static RoomOutcome Finish(RoomTurn turn, FinishVoting c, RoomCaller caller)
    {
        if (RoomAccess.ActAs(caller, c.UserId, "user_id") is { } refusal)
        {
            return refusal;
        }

        if (turn.State.Round is not { } round)
        {
            return RoomOutcome.Refuse(RoomErrorCodes.NoVotingRound);
        }

        if (round.Done.Contains(c.UserId))
        {
            return Changed;
        }

        if (round.Done.Count >= RoomLimits.VotersMax)
        {
            return RoomOutcome.Refuse(RoomErrorCodes.VotersTooMany);
        }

        turn.Raise(new VotingDone(c.At, round.Id, c.UserId));
        return Changed;
    }

    /// <summary>Ends the open round if its time was over by an instant.</summary>
    /// <param name="turn">The turn to add events to.</param>
    /// <param name="until">The instant.</param>
    internal static void PassUntil(RoomTurn turn, DateTimeOffset until)
    {
        if (turn.State.Round is { } round && round.EndsAt <= until)
        {
            End(turn, round.EndsAt, VotingRoundEnd.Deadline);
        }
    }

    /// <summary>Ends the open round if everybody who is connected is done.</summary>
    /// <param name="turn">The turn to add events to.</param>
    /// <param name="at">The time now.</param>
    internal static void SettleIfAllDone(RoomTurn turn, DateTimeOffset at)
    {
        var present = turn.State.Present;
        if (turn.State.Round is { } round && !present.IsEmpty && round.Done.Count >= present.Count && present.All(round.Done.Contains))
        {
            End(turn, at, VotingRoundEnd.AllDone);
        }
    }

    private static RoomOutcome Changed { get; } = RoomOutcome.Say(state => new VotingChanged(RoomViews.Rounds(state)));

    private static void End(RoomTurn turn, DateTimeOffset at, VotingRoundEnd reason)
    {
        var round = turn.State.Round!;
        List<StandingView> standings =
        [
            .. RoomSelection.ByScore(turn.State).Take(StandingsMax).Select(item => item.Facts).Select(
                facts => new StandingView(facts.Id, facts.Title, facts.Upvotes, facts.Downvotes, facts.Score)),
        ];
        var winner = standings.Count == 0 ? null : standings[0].ItemId;
        turn.Raise(new VotingRoundEnded(at, new RoundResultView(round.Id, round.StartedAt, at, reason, winner, standings)));
    }
}
