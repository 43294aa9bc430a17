using System.Collections.Immutable;
using System.Text.Json.Serialization;
using AkkaParty.Protocol.Parties;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.Parties;

/// <summary>A party. Everything with an order is an array, so that two nodes never enumerate it differently.</summary>
public sealed record PartyState
{
    /// <summary>The party's id.</summary>
    public required string Id { get; init; }

    /// <summary>How many events made this state; 0 when the party does not exist.</summary>
    public long Seq { get; init; }

    /// <summary>The party's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>When it was created.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The settings it was created with.</summary>
    public PartyOptions Options { get; init; } = new();

    /// <summary>Where it stands.</summary>
    public PartyPhase Phase { get; init; }

    /// <summary>When the phase began.</summary>
    public DateTimeOffset PhaseSince { get; init; }

    /// <summary>How often it has started, from 1.</summary>
    public int Round { get; init; } = 1;

    /// <summary>The host's id; null only when nobody is in the party.</summary>
    public string? HostId { get; init; }

    /// <summary>The participants in the order in which they joined.</summary>
    public ImmutableArray<PartyParticipant> Participants { get; init; } = [];

    /// <summary>The open nomination; null when none is.</summary>
    public OpenNomination? Nomination { get; init; }

    /// <summary>The films that passed, in that order.</summary>
    public ImmutableArray<Movie> Pool { get; init; } = [];

    /// <summary>The ballots in the order in which their voters first handed one in.</summary>
    public ImmutableArray<PartyBallot> Ballots { get; init; } = [];

    /// <summary>When the ballots are counted at the latest; null for no deadline.</summary>
    public DateTimeOffset? RankingDeadline { get; init; }

    /// <summary>The film that won; null until the party is finished.</summary>
    public Movie? Winner { get; init; }

    /// <summary>The count; null until the party is finished.</summary>
    public RunoffResult? Result { get; init; }

    /// <summary>Why the ballots were counted; null until the party is finished.</summary>
    public RankingEnd? EndedBy { get; init; }

    /// <summary>The watch party of the chosen film; null until it is wanted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WatchOpening? WatchParty { get; init; }

    /// <summary>Whether the party was created.</summary>
    internal bool Exists => Seq > 0;

    /// <summary>Finds a participant.</summary>
    /// <param name="userId">The participant's id.</param>
    /// <returns>The participant, or null when nobody has that id.</returns>
    internal PartyParticipant? Find(string userId)
    {
        foreach (var participant in Participants)
        {
            if (participant.Id == userId)
            {
                return participant;
            }
        }

        return null;
    }

    /// <summary>Finds a film of the pool.</summary>
    /// <param name="filmId">The film's id.</param>
    /// <returns>The film, or null when the pool does not hold it.</returns>
    internal Movie? FindInPool(string filmId)
    {
        foreach (var movie in Pool)
        {
            if (movie.Id == filmId)
            {
                return movie;
            }
        }

        return null;
    }

    /// <summary>Finds a ballot.</summary>
    /// <param name="userId">The voter's id.</param>
    /// <returns>The ballot, or null when that participant has handed in none.</returns>
    internal PartyBallot? BallotOf(string userId)
    {
        foreach (var ballot in Ballots)
        {
            if (ballot.UserId == userId)
            {
                return ballot;
            }
        }

        return null;
    }
}

/// <summary>Somebody in the party.</summary>
/// <param name="Id">The participant's id.</param>
/// <param name="Username">The name.</param>
/// <param name="JoinedAt">When they joined.</param>
/// <param name="Connected">Whether they have a socket open.</param>
/// <param name="HadSocket">Whether they ever had one: who speaks REST only is not away for want of a socket.</param>
/// <param name="Away">Whether they do not count until they are back.</param>
/// <param name="LastSeen">When they last came, called or lost their last socket.</param>
/// <param name="Tokens">The hashes of their tokens, the oldest first.</param>
public sealed record PartyParticipant(
    string Id,
    string Username,
    DateTimeOffset JoinedAt,
    bool Connected,
    bool HadSocket,
    bool Away,
    DateTimeOffset LastSeen,
    ImmutableArray<PartyToken> Tokens)
{
    /// <summary>Their account; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AccountId { get; init; }
}

/// <summary>A token that a participant may present.</summary>
/// <param name="Hash">Its hash; the token itself is nowhere.</param>
/// <param name="ExpiresAt">When it ends.</param>
public sealed record PartyToken(string Hash, DateTimeOffset ExpiresAt);

/// <summary>The nomination that can be voted on.</summary>
/// <param name="Movie">The film.</param>
/// <param name="ProposerId">Who nominated it; perhaps no longer in the party.</param>
/// <param name="Deadline">When it is decided at the latest.</param>
/// <param name="Votes">The votes in the order in which their voters first cast one.</param>
public sealed record OpenNomination(Movie Movie, string ProposerId, DateTimeOffset Deadline, ImmutableArray<PartyVote> Votes)
{
    /// <summary>Finds a vote.</summary>
    /// <param name="userId">The voter's id.</param>
    /// <returns>The vote, or null when that participant has not voted.</returns>
    internal NominationVote? VoteOf(string userId)
    {
        foreach (var vote in Votes)
        {
            if (vote.UserId == userId)
            {
                return vote.Vote;
            }
        }

        return null;
    }
}

/// <summary>A vote on the open nomination.</summary>
/// <param name="UserId">The voter.</param>
/// <param name="Vote">The vote.</param>
public sealed record PartyVote(string UserId, NominationVote Vote);

/// <summary>A ballot.</summary>
/// <param name="UserId">The voter.</param>
/// <param name="Ranks">Film ids of the pool, best first, each at most once.</param>
public sealed record PartyBallot(string UserId, ImmutableArray<string> Ranks);
