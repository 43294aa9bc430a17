using AkkaParty.Protocol.Parties;
using AkkaParty.Runtime;

namespace AkkaParty.Actors.Parties;

/// <summary>What must hold of every party after every event.</summary>
internal static class PartyInvariants
{
    /// <summary>Checks a state.</summary>
    /// <param name="state">The state.</param>
    /// <exception cref="InvariantViolatedException">Something does not hold.</exception>
    internal static void Check(PartyState state)
    {
        if (!state.Exists)
        {
            return;
        }

        CheckPeople(state);
        CheckFilms(state);
        CheckPhase(state);
        CheckBallots(state);
    }

    private static void CheckPeople(PartyState state)
    {
        Hold(state, (state.HostId is null) == state.Participants.IsEmpty, "has exactly one host unless it is empty");
        Hold(state, state.HostId is null || state.Find(state.HostId) is not null, "its host is a participant");
        Hold(state, AllDistinct(state.Participants, p => p.Id), "participants have different ids");
        Hold(state, state.Participants.Length <= state.Options.ParticipantsMax, "holds at most as many people as it may");
        foreach (var participant in state.Participants)
        {
            Hold(state, participant.Tokens.Length <= PartyLimits.TokensPerParticipantMax, "nobody has too many tokens");
            Hold(state, !(participant.Connected && participant.Away), "nobody with a socket is away");
            Hold(state, !participant.Connected || participant.HadSocket, "who has a socket had one");
        }
    }

    private static void CheckFilms(PartyState state)
    {
        Hold(state, AllDistinct(state.Pool, movie => movie.Id), "the pool holds each film once");
        Hold(state, state.Pool.Length <= PartyLimits.PoolFilmsMax, "the pool holds at most as many films as it may");
        if (state.Nomination is { } open)
        {
            Hold(state, state.Phase == PartyPhase.Nominating, "a nomination is open only while nominating");
            Hold(state, state.FindInPool(open.Movie.Id) is null, "the open film is not in the pool");
            Hold(state, AllDistinct(open.Votes, vote => vote.UserId), "everybody votes once");
            foreach (var vote in open.Votes)
            {
                Hold(state, state.Find(vote.UserId) is not null, "only participants vote");
            }
        }
    }

    private static void CheckPhase(PartyState state)
    {
        var ranking = state.Phase is PartyPhase.Ranking or PartyPhase.Finished;
        var finished = state.Phase == PartyPhase.Finished;
        Hold(state, state.Phase != PartyPhase.Lobby || state.Pool.IsEmpty, "the lobby has no pool");
        Hold(state, !ranking || !state.Pool.IsEmpty, "there is something to rank");
        Hold(state, ranking || state.Ballots.IsEmpty, "there are no ballots before the ranking");
        Hold(state, finished == (state.Winner is not null), "there is a winner exactly when it is finished");
        Hold(state, finished == (state.Result is not null), "there is a result exactly when it is finished");
        Hold(state, finished == (state.EndedBy is not null), "there is a reason for the end exactly when it is finished");
        Hold(state, !finished || state.Winner!.Id == state.Result!.Winner, "the winner is the result's");
        Hold(state, !finished || state.FindInPool(state.Winner!.Id) is not null, "the winner is from the pool");
        Hold(
            state,
            state.RankingDeadline is null || state.Phase is PartyPhase.Nominating or PartyPhase.Ranking,
            "has a ranking deadline only while nominating or ranking");
        Hold(state, state.WatchParty is null || finished, "there is a watch party only of a decision");
        Hold(state, state.Round >= 1, "rounds count from 1");
    }

    private static void CheckBallots(PartyState state)
    {
        Hold(state, AllDistinct(state.Ballots, ballot => ballot.UserId), "everybody ranks once");
        foreach (var ballot in state.Ballots)
        {
            Hold(state, state.Phase == PartyPhase.Finished || state.Find(ballot.UserId) is not null, "only participants rank");
            Hold(state, !ballot.Ranks.IsEmpty, "a ballot ranks something");
            Hold(state, AllDistinct(ballot.Ranks, filmId => filmId), "a ballot ranks each film once");
            foreach (var filmId in ballot.Ranks)
            {
                Hold(state, state.FindInPool(filmId) is not null, "a ballot ranks films of the pool");
            }
        }
    }

    private static bool AllDistinct<T>(IReadOnlyList<T> items, Func<T, string> key)
    {
        if (items.Count < 2)
        {
            return true;
        }

        var seen = new HashSet<string>(items.Count, StringComparer.Ordinal);
        foreach (var item in items)
        {
            if (!seen.Add(key(item)))
            {
                return false;
            }
        }

        return true;
    }

    private static void Hold(PartyState state, bool condition, string rule)
    {
        if (!condition)
        {
            throw new InvariantViolatedException($"party {state.Id} at {state.Seq}: it does not hold that {rule}");
        }
    }
}
