using AkkaParty.Protocol.Parties;

namespace AkkaParty.Actors.Parties;

/// <summary>The ballots, their count, and the way back to the lobby.</summary>
internal static class RankingDecider
{
    internal static PartyRefusal? Submit(PartyTurn turn, SubmitRanking c)
    {
        var state = turn.State;
        if (state.Phase != PartyPhase.Ranking)
        {
            return PartyRefusal.Of(PartyErrorCodes.RankingNotOpen);
        }

        if (c.Ranks.Count == 0)
        {
            return PartyRefusal.Of(PartyErrorCodes.RankingEmpty, "ranks");
        }

        var ranked = new HashSet<string>(StringComparer.Ordinal);
        foreach (var filmId in c.Ranks)
        {
            if (state.FindInPool(filmId) is null)
            {
                return new(PartyErrorCodes.RankingUnknownMovie, $"invalid movie ID in ranking: {Shown(filmId)}", "ranks");
            }

            if (!ranked.Add(filmId))
            {
                return new(PartyErrorCodes.RankingDuplicateMovie, $"movie is ranked twice: {Shown(filmId)}", "ranks");
            }
        }

        if (state.BallotOf(c.Caller.UserId) is not { } earlier || !earlier.Ranks.SequenceEqual(c.Ranks))
        {
            turn.Raise(new BallotSubmitted(c.At, c.Caller.UserId, [.. c.Ranks]));
        }

        return null;
    }

    internal static PartyRefusal? Close(PartyTurn turn, CloseRanking c)
    {
        if (!PeopleDecider.IsHost(turn, c))
        {
            return PeopleDecider.HostOnly("only the host can close the ranking");
        }

        if (turn.State.Phase != PartyPhase.Ranking)
        {
            return PartyRefusal.Of(PartyErrorCodes.RankingNotOpen);
        }

        if (turn.State.Ballots.IsEmpty)
        {
            return PartyRefusal.Of(PartyErrorCodes.NoBallots);
        }

        Finish(turn, c.At, RankingEnd.Host);
        return null;
    }

    internal static PartyRefusal? SetDeadline(PartyTurn turn, SetRankingDeadline c)
    {
        if (!PeopleDecider.IsHost(turn, c))
        {
            return PeopleDecider.HostOnly("only the host can set the ranking deadline");
        }

        if (turn.State.Phase is not (PartyPhase.Nominating or PartyPhase.Ranking))
        {
            return PartyRefusal.Of(PartyErrorCodes.DeadlineNotOpen);
        }

        if (c.Deadline <= c.At || c.Deadline - c.At > PartyLimits.RankingDeadlineMax)
        {
            return PartyRefusal.Of(PartyErrorCodes.DeadlineInvalid, "deadline");
        }

        if (turn.State.RankingDeadline != c.Deadline)
        {
            turn.Raise(new RankingDeadlineSet(c.At, c.Deadline?.ToUniversalTime()));
        }

        return null;
    }

    internal static PartyRefusal? Restart(PartyTurn turn, RestartParty c)
    {
        if (!PeopleDecider.IsHost(turn, c))
        {
            return PeopleDecider.HostOnly("only the host can restart the party");
        }

        if (turn.State.Phase != PartyPhase.Lobby)
        {
            turn.Raise(new PartyRestarted(c.At, turn.State.Round + 1));
        }

        return null;
    }

    /// <summary>
    /// Counts once everybody who is not away has ranked. With nobody present nothing is counted: who comes back may still
    /// rank, until the host or the deadline ends it.
    /// </summary>
    internal static void SettleIfComplete(PartyTurn turn, DateTimeOffset at)
    {
        var state = turn.State;
        if (state.Phase != PartyPhase.Ranking)
        {
            return;
        }

        var present = 0;
        foreach (var participant in state.Participants)
        {
            if (participant.Away)
            {
                continue;
            }

            if (state.BallotOf(participant.Id) is null)
            {
                return;
            }

            present++;
        }

        if (present > 0)
        {
            Finish(turn, at, RankingEnd.AllRanked);
        }
    }

    /// <summary>Counts at the host's deadline, with whatever ballots there are; without any, the order of nomination decides.</summary>
    internal static void FinishAtDeadline(PartyTurn turn, DateTimeOffset at) =>
        Finish(turn, at, turn.State.Ballots.IsEmpty ? RankingEnd.DeadlineWithoutBallots : RankingEnd.Deadline);

    private static void Finish(PartyTurn turn, DateTimeOffset at, RankingEnd reason)
    {
        var state = turn.State;
        var films = state.Pool.Select(movie => movie.Id).ToArray();
        var ballots = state.Ballots.Select(ballot => new RunoffBallot(ballot.Ranks)).ToArray();
        var result = InstantRunoff.Count(films, ballots);
        turn.Raise(new PartyFinished(at, state.FindInPool(result.Winner)!, result, reason));
        OpeningDecider.FollowDecision(turn, at);
    }

    /// <summary>An id from outside, short enough for a message.</summary>
    private static string Shown(string? filmId) => filmId switch
    {
        null => "null",
        { Length: <= PartyLimits.FilmIdMax } => filmId,
        _ => string.Concat(filmId.AsSpan(0, PartyLimits.FilmIdMax), "…"),
    };
}
