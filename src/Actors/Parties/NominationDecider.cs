using AkkaParty.Protocol.Parties;

namespace AkkaParty.Actors.Parties;

/// <summary>The nominations: one film at a time, a strict majority of those who count, and nobody can hold it up.</summary>
internal static class NominationDecider
{
    internal static PartyRefusal? Start(PartyTurn turn, StartNomination c)
    {
        if (!PeopleDecider.IsHost(turn, c))
        {
            return PeopleDecider.HostOnly("Only the host can start nomination phase");
        }

        if (turn.State.Phase != PartyPhase.Lobby)
        {
            return PartyRefusal.Of(PartyErrorCodes.NotInLobby);
        }

        turn.Raise(new NominationsStarted(c.At));
        return null;
    }

    internal static PartyRefusal? Suggest(PartyTurn turn, SuggestMovie c)
    {
        var state = turn.State;
        if (PartyRefusal.Of(PartyInput.ValidateFilmId(c.Movie.Id)) is { } refusal)
        {
            return refusal;
        }

        if (state.Phase != PartyPhase.Nominating)
        {
            return PartyRefusal.Of(PartyErrorCodes.NominationsNotOpen);
        }

        if (state.Nomination is not null)
        {
            return PartyRefusal.Of(PartyErrorCodes.NominationInProgress);
        }

        if (state.FindInPool(c.Movie.Id) is not null)
        {
            return PartyRefusal.Of(PartyErrorCodes.AlreadyNominated, "tmdb_id");
        }

        if (state.Pool.Length >= PartyLimits.PoolFilmsMax)
        {
            return PartyRefusal.Of(PartyErrorCodes.PoolFull);
        }

        turn.Raise(new MovieNominated(c.At, c.Movie, c.Caller.UserId, c.At.AddSeconds(state.Options.NominationSeconds)));
        return null;
    }

    internal static PartyRefusal? Vote(PartyTurn turn, VoteNomination c)
    {
        if (PartyRefusal.Of(PartyInput.ValidateVote(c.Vote)) is { } refusal)
        {
            return refusal;
        }

        if (c.FilmId is not null && c.FilmId != turn.State.Nomination?.Movie.Id)
        {
            return PartyRefusal.Of(PartyErrorCodes.NominationClosed, "tmdb_id");
        }

        if (turn.State.Nomination is not { } open)
        {
            return PartyRefusal.Of(PartyErrorCodes.NoNomination);
        }

        var vote = c.Vote == "yay" ? NominationVote.Yay : NominationVote.Nay;
        if (open.VoteOf(c.Caller.UserId) != vote)
        {
            turn.Raise(new NominationVoted(c.At, c.Caller.UserId, open.Movie.Id, vote));
        }

        return null;
    }

    internal static PartyRefusal? Close(PartyTurn turn, CloseNomination c)
    {
        if (!PeopleDecider.IsHost(turn, c))
        {
            return PeopleDecider.HostOnly("only the host can close a nomination");
        }

        if (turn.State.Nomination is not { } open)
        {
            return PartyRefusal.Of(PartyErrorCodes.NoNomination);
        }

        turn.Raise(ByVotesCast(open, c.At, NominationEnd.Host));
        return null;
    }

    internal static PartyRefusal? Withdraw(PartyTurn turn, WithdrawNomination c)
    {
        var state = turn.State;
        if (state.Phase != PartyPhase.Nominating)
        {
            return PartyRefusal.Of(PartyErrorCodes.NominationsNotOpen);
        }

        var isHost = PeopleDecider.IsHost(turn, c);
        if (state.Nomination is { } open && open.Movie.Id == c.FilmId)
        {
            if (!isHost && open.ProposerId != c.Caller.UserId)
            {
                return PartyRefusal.Of(PartyErrorCodes.NotProposer);
            }

            turn.Raise(new NominationWithdrawn(c.At, c.FilmId, c.Caller.UserId));
            return null;
        }

        if (state.FindInPool(c.FilmId) is null)
        {
            return PartyRefusal.Of(PartyErrorCodes.MovieNotNominated, "tmdb_id");
        }

        if (!isHost)
        {
            return PeopleDecider.HostOnly("only the host can take a movie out of the pool");
        }

        turn.Raise(new PoolMovieWithdrawn(c.At, c.FilmId, c.Caller.UserId));
        return null;
    }

    internal static PartyRefusal? Finish(PartyTurn turn, FinalizeNominations c)
    {
        var state = turn.State;
        if (!PeopleDecider.IsHost(turn, c))
        {
            return PeopleDecider.HostOnly("only the host can finalize nominations");
        }

        if (state.Phase != PartyPhase.Nominating)
        {
            return PartyRefusal.Of(PartyErrorCodes.NotNominating);
        }

        if (state.Pool.IsEmpty)
        {
            return PartyRefusal.Of(PartyErrorCodes.PoolEmpty);
        }

        turn.Raise(new NominationsFinalized(c.At, state.RankingDeadline > c.At ? state.RankingDeadline : null));
        return null;
    }

    /// <summary>
    /// How many people count for the open nomination: everybody who is not away, and whoever is away but has voted, because
    /// the vote stands.
    /// </summary>
    internal static int Eligible(PartyState state, OpenNomination open)
    {
        var eligible = 0;
        foreach (var participant in state.Participants)
        {
            if (!participant.Away || open.VoteOf(participant.Id) is not null)
            {
                eligible++;
            }
        }

        return eligible;
    }

    /// <summary>Decides the open nomination as soon as no outstanding vote can change the result.</summary>
    internal static void SettleIfCertain(PartyTurn turn, DateTimeOffset at)
    {
        if (turn.State.Nomination is not { } open || Eligible(turn.State, open) is not (> 0 and var eligible))
        {
            return;
        }

        var yays = Count(open, NominationVote.Yay);
        var outstanding = eligible - open.Votes.Length;
        if (yays * 2 > eligible)
        {
            turn.Raise(new NominationPassed(at, open.Movie.Id, NominationEnd.Certain));
        }
        else if ((yays + outstanding) * 2 <= eligible)
        {
            turn.Raise(new NominationFailed(at, open.Movie.Id, NominationEnd.Certain));
        }
    }

    /// <summary>Decides by the votes cast so far: more yays than nays pass, so at least one yay is needed.</summary>
    internal static PartyEvent ByVotesCast(OpenNomination open, DateTimeOffset at, NominationEnd reason) =>
        Count(open, NominationVote.Yay) > Count(open, NominationVote.Nay)
            ? new NominationPassed(at, open.Movie.Id, reason)
            : new NominationFailed(at, open.Movie.Id, reason);

    private static int Count(OpenNomination open, NominationVote vote)
    {
        var count = 0;
        foreach (var cast in open.Votes)
        {
            count += cast.Vote == vote ? 1 : 0;
        }

        return count;
    }
}
