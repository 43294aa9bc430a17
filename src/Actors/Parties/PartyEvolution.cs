using System.Collections.Immutable;
using System.Diagnostics;
using AkkaParty.Protocol.Parties;
using OpeningStatus = AkkaParty.Protocol.WatchParties.OpeningStatus;
using WatchOpening = AkkaParty.Protocol.WatchParties.WatchOpening;

namespace AkkaParty.Actors.Parties;

/// <summary>What each event does to a party.</summary>
internal static class PartyEvolution
{
    /// <summary>Applies one event.</summary>
    /// <param name="state">The state before.</param>
    /// <param name="event">The event.</param>
    /// <returns>The state after.</returns>
    /// <exception cref="UnreachableException">The event is of no known type.</exception>
    internal static PartyState Evolve(PartyState state, PartyEvent @event) => Apply(state, @event) with { Seq = state.Seq + 1 };

    private static PartyState Apply(PartyState state, PartyEvent @event) => @event switch
    {
        PartyCreated e => Created(state, e),
        ParticipantJoined e => Joined(state, e),
        ParticipantLeft e => Without(state, e.UserId, state.HostId == e.UserId ? e.NextHostId : state.HostId),
        ParticipantRemoved e => Without(state, e.UserId, state.HostId),
        HostChanged e => state with { HostId = e.UserId },
        ParticipantConnected e => Change(state, e.UserId, p => Seen(p, e.At) with { Connected = true, HadSocket = true }),
        ParticipantDisconnected e => Change(state, e.UserId, p => Seen(p, e.At) with { Connected = false }),
        ParticipantSeen e => Change(state, e.UserId, p => Seen(p, e.At)),
        ParticipantWentAway e => Change(state, e.UserId, p => p with { Away = true }),
        TokenIssued e => Change(state, e.UserId, p => WithToken(p, e)),
        TokenRevoked e => Change(state, e.UserId, p => p with { Tokens = p.Tokens.RemoveAll(token => token.Hash == e.TokenHash) }),
        NominationsStarted e => Enter(state, PartyPhase.Nominating, e.At),
        MovieNominated e => state with { Nomination = new OpenNomination(e.Movie, e.ProposerId, e.Deadline, []) },
        NominationVoted e => Voted(state, e),
        NominationPassed => state with { Pool = state.Pool.Add(state.Nomination!.Movie), Nomination = null },
        NominationFailed or NominationWithdrawn => state with { Nomination = null },
        PoolMovieWithdrawn e => state with { Pool = state.Pool.RemoveAll(movie => movie.Id == e.FilmId) },
        NominationsFinalized e => Enter(state, PartyPhase.Ranking, e.At) with { Nomination = null, RankingDeadline = e.RankingDeadline },
        RankingDeadlineSet e => state with { RankingDeadline = e.Deadline },
        BallotSubmitted e => Ranked(state, e),
        PartyFinished e => Enter(state, PartyPhase.Finished, e.At) with
        {
            Winner = e.Winner,
            Result = e.Result,
            EndedBy = e.Reason,
            RankingDeadline = null,
        },
        PartyRestarted e => Restarted(state, e),
        WatchPartyRequested e => state with { WatchParty = new WatchOpening(e.WatchPartyId, OpeningStatus.Opening) },
        WatchPartyOpened e => state with { WatchParty = new WatchOpening(e.WatchPartyId, OpeningStatus.Open, e.InviteCode) },
        WatchPartyFailed e => state with { WatchParty = new WatchOpening(e.WatchPartyId, OpeningStatus.Failed, Reason: e.Reason) },
        _ => throw new UnreachableException($"A party does not know the event {@event.GetType().Name}."),
    };

    private static PartyState Created(PartyState state, PartyCreated e) => state with
    {
        Name = e.Name,
        CreatedAt = e.At,
        Options = e.Options,
        Phase = PartyPhase.Lobby,
        PhaseSince = e.At,
        HostId = e.HostId,
        Participants = [Newcomer(e.HostId, e.HostName, e.AccountId, e.At, new PartyToken(e.TokenHash, e.TokenExpiresAt))],
    };

    private static PartyState Joined(PartyState state, ParticipantJoined e) => state with
    {
        HostId = e.IsHost ? e.UserId : state.HostId,
        Participants = state.Participants.Add(
            Newcomer(e.UserId, e.Username, e.AccountId, e.At, new PartyToken(e.TokenHash, e.TokenExpiresAt))),
    };

    private static PartyParticipant Newcomer(string id, string username, string? accountId, DateTimeOffset at, PartyToken token) =>
        new(id, username, at, Connected: false, HadSocket: false, Away: false, at, [token]) { AccountId = accountId };

    private static PartyState Without(PartyState state, string userId, string? hostId) => state with
    {
        HostId = hostId,
        Participants = state.Participants.RemoveAll(p => p.Id == userId),
        Nomination = state.Nomination is { } open ? open with { Votes = open.Votes.RemoveAll(vote => vote.UserId == userId) } : null,
        Ballots = state.Phase == PartyPhase.Finished ? state.Ballots : state.Ballots.RemoveAll(ballot => ballot.UserId == userId),
    };

    private static PartyState Change(PartyState state, string userId, Func<PartyParticipant, PartyParticipant> change)
    {
        var place = IndexOf(state.Participants, p => p.Id == userId);
        return place < 0
            ? throw new UnreachableException($"An event names {userId}, who is not in the party.")
            : state with { Participants = state.Participants.SetItem(place, change(state.Participants[place])) };
    }

    private static PartyParticipant Seen(PartyParticipant participant, DateTimeOffset at) => participant with
    {
        Away = false,
        LastSeen = at > participant.LastSeen ? at : participant.LastSeen,
    };

    private static PartyParticipant WithToken(PartyParticipant participant, TokenIssued e)
    {
        var kept = participant.Tokens.RemoveAll(token => token.Hash == e.ReplacedTokenHash || token.ExpiresAt <= e.At);
        if (kept.Length >= PartyLimits.TokensPerParticipantMax)
        {
            kept = kept.RemoveRange(0, kept.Length - PartyLimits.TokensPerParticipantMax + 1);
        }

        return participant with { Tokens = kept.Add(new PartyToken(e.TokenHash, e.TokenExpiresAt)) };
    }

    private static PartyState Voted(PartyState state, NominationVoted e)
    {
        var open = state.Nomination!;
        var vote = new PartyVote(e.UserId, e.Vote);
        var index = IndexOf(open.Votes, cast => cast.UserId == e.UserId);
        return state with { Nomination = open with { Votes = index < 0 ? open.Votes.Add(vote) : open.Votes.SetItem(index, vote) } };
    }

    private static PartyState Ranked(PartyState state, BallotSubmitted e)
    {
        var ballot = new PartyBallot(e.UserId, [.. e.Ranks]);
        var index = IndexOf(state.Ballots, cast => cast.UserId == e.UserId);
        return state with { Ballots = index < 0 ? state.Ballots.Add(ballot) : state.Ballots.SetItem(index, ballot) };
    }

    private static int IndexOf<T>(ImmutableArray<T> items, Predicate<T> match)
    {
        for (var index = 0; index < items.Length; index++)
        {
            if (match(items[index]))
            {
                return index;
            }
        }

        return -1;
    }

    private static PartyState Enter(PartyState state, PartyPhase phase, DateTimeOffset at) => state with { Phase = phase, PhaseSince = at };

    private static PartyState Restarted(PartyState state, PartyRestarted e) => Enter(state, PartyPhase.Lobby, e.At) with
    {
        Round = e.Round,
        Nomination = null,
        Pool = [],
        Ballots = [],
        RankingDeadline = null,
        Winner = null,
        Result = null,
        EndedBy = null,
        WatchParty = null,
    };
}
