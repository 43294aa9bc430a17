using System.Text.Json.Serialization;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Protocol.Parties;

/// <summary>Something that happened in a party. Stored for ever: a member may be added with a default, never renamed or removed.</summary>
/// <param name="At">When it happened, in cluster time.</param>
public abstract record PartyEvent(DateTimeOffset At);

/// <summary>The party was created, with its host as the first participant.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Name">The party's name.</param>
/// <param name="HostId">The host's id.</param>
/// <param name="HostName">The host's username.</param>
/// <param name="TokenHash">The hash of the host's token.</param>
/// <param name="TokenExpiresAt">When that token ends.</param>
/// <param name="Options">The settings the party keeps.</param>
public sealed record PartyCreated(
    DateTimeOffset At,
    string Name,
    string HostId,
    string HostName,
    string TokenHash,
    DateTimeOffset TokenExpiresAt,
    PartyOptions Options) : PartyEvent(At)
{
    /// <summary>The host's account; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AccountId { get; init; }
}

/// <summary>Somebody joined.</summary>
/// <param name="At">When it happened.</param>
/// <param name="UserId">The participant's id.</param>
/// <param name="Username">The participant's name.</param>
/// <param name="IsHost">Whether the party was empty, so that they became its host.</param>
/// <param name="TokenHash">The hash of their token.</param>
/// <param name="TokenExpiresAt">When that token ends.</param>
public sealed record ParticipantJoined(
    DateTimeOffset At,
    string UserId,
    string Username,
    bool IsHost,
    string TokenHash,
    DateTimeOffset TokenExpiresAt) : PartyEvent(At)
{
    /// <summary>The participant's account; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AccountId { get; init; }
}

/// <summary>Somebody left by their own wish. A party with people in it is never without a host, so the next one is named here.</summary>
/// <param name="At">When it happened.</param>
/// <param name="UserId">The participant.</param>
/// <param name="NextHostId">Who became host because the host left; null when nobody did.</param>
public sealed record ParticipantLeft(DateTimeOffset At, string UserId, string? NextHostId) : PartyEvent(At);

/// <summary>The host removed somebody.</summary>
/// <param name="At">When it happened.</param>
/// <param name="UserId">Who was removed.</param>
/// <param name="By">The host.</param>
public sealed record ParticipantRemoved(DateTimeOffset At, string UserId, string By) : PartyEvent(At);

/// <summary>The host's role passed on.</summary>
/// <param name="At">When it happened.</param>
/// <param name="UserId">The new host.</param>
public sealed record HostChanged(DateTimeOffset At, string UserId) : PartyEvent(At);

/// <summary>Somebody's first socket opened; whoever was away is back.</summary>
/// <param name="At">When it happened.</param>
/// <param name="UserId">The participant.</param>
public sealed record ParticipantConnected(DateTimeOffset At, string UserId) : PartyEvent(At);

/// <summary>Somebody's last socket closed.</summary>
/// <param name="At">When it happened.</param>
/// <param name="UserId">The participant.</param>
public sealed record ParticipantDisconnected(DateTimeOffset At, string UserId) : PartyEvent(At);

/// <summary>Somebody without a socket made a call; whoever was away is back.</summary>
/// <param name="At">When it happened.</param>
/// <param name="UserId">The participant.</param>
public sealed record ParticipantSeen(DateTimeOffset At, string UserId) : PartyEvent(At);

/// <summary>Somebody has been gone for so long that they do not count until they are back.</summary>
/// <param name="At">When it happened.</param>
/// <param name="UserId">The participant.</param>
public sealed record ParticipantWentAway(DateTimeOffset At, string UserId) : PartyEvent(At);

/// <summary>A participant got another token.</summary>
/// <param name="At">When it happened.</param>
/// <param name="UserId">The participant.</param>
/// <param name="ReplacedTokenHash">The hash of the token that ended with it; null when none did.</param>
/// <param name="TokenHash">The hash of the new token.</param>
/// <param name="TokenExpiresAt">When the new token ends.</param>
public sealed record TokenIssued(
    DateTimeOffset At,
    string UserId,
    string? ReplacedTokenHash,
    string TokenHash,
    DateTimeOffset TokenExpiresAt) : PartyEvent(At);

/// <summary>A participant ended one of their tokens.</summary>
/// <param name="At">When it happened.</param>
/// <param name="UserId">The participant.</param>
/// <param name="TokenHash">The hash of the token that ended.</param>
/// <param name="WasLast">Whether they have no other token, so that nothing of theirs may stay open.</param>
public sealed record TokenRevoked(DateTimeOffset At, string UserId, string TokenHash, bool WasLast) : PartyEvent(At);

/// <summary>The nominations were opened.</summary>
/// <param name="At">When it happened.</param>
public sealed record NominationsStarted(DateTimeOffset At) : PartyEvent(At);

/// <summary>A film was nominated and can be voted on.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Movie">The film.</param>
/// <param name="ProposerId">Who nominated it.</param>
/// <param name="Deadline">When it is decided at the latest.</param>
public sealed record MovieNominated(DateTimeOffset At, Movie Movie, string ProposerId, DateTimeOffset Deadline) : PartyEvent(At);

/// <summary>Somebody voted on the open nomination, for the first time or anew.</summary>
/// <param name="At">When it happened.</param>
/// <param name="UserId">The voter.</param>
/// <param name="FilmId">The film voted on.</param>
/// <param name="Vote">The vote.</param>
public sealed record NominationVoted(DateTimeOffset At, string UserId, string FilmId, NominationVote Vote) : PartyEvent(At);

/// <summary>The open nomination passed: the film is in the pool.</summary>
/// <param name="At">When it happened.</param>
/// <param name="FilmId">The film.</param>
/// <param name="Reason">Why it was decided now.</param>
public sealed record NominationPassed(DateTimeOffset At, string FilmId, NominationEnd Reason) : PartyEvent(At);

/// <summary>The open nomination failed; the film may be nominated again.</summary>
/// <param name="At">When it happened.</param>
/// <param name="FilmId">The film.</param>
/// <param name="Reason">Why it was decided now.</param>
public sealed record NominationFailed(DateTimeOffset At, string FilmId, NominationEnd Reason) : PartyEvent(At);

/// <summary>The open nomination was taken back undecided.</summary>
/// <param name="At">When it happened.</param>
/// <param name="FilmId">The film.</param>
/// <param name="By">The proposer or the host.</param>
public sealed record NominationWithdrawn(DateTimeOffset At, string FilmId, string By) : PartyEvent(At);

/// <summary>The host took a film out of the pool.</summary>
/// <param name="At">When it happened.</param>
/// <param name="FilmId">The film.</param>
/// <param name="By">The host.</param>
public sealed record PoolMovieWithdrawn(DateTimeOffset At, string FilmId, string By) : PartyEvent(At);

/// <summary>The nominations ended and the ranking began; a nomination that was still open was dropped.</summary>
/// <param name="At">When it happened.</param>
/// <param name="RankingDeadline">The deadline in force; null when none is, or when the one set had already passed.</param>
public sealed record NominationsFinalized(DateTimeOffset At, DateTimeOffset? RankingDeadline) : PartyEvent(At);

/// <summary>The host set, moved or lifted the deadline of the ranking.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Deadline">The deadline; null when it was lifted.</param>
public sealed record RankingDeadlineSet(DateTimeOffset At, DateTimeOffset? Deadline) : PartyEvent(At);

/// <summary>Somebody handed in a ballot, for the first time or anew.</summary>
/// <param name="At">When it happened.</param>
/// <param name="UserId">The voter.</param>
/// <param name="Ranks">The film ids, best first.</param>
public sealed record BallotSubmitted(DateTimeOffset At, string UserId, IReadOnlyList<string> Ranks) : PartyEvent(At);

/// <summary>The ballots were counted. The count is stored, so that no later version of the rules changes an old result.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Winner">The film that won.</param>
/// <param name="Result">Every round of the count.</param>
/// <param name="Reason">Why they were counted now.</param>
public sealed record PartyFinished(DateTimeOffset At, Movie Winner, RunoffResult Result, RankingEnd Reason) : PartyEvent(At);

/// <summary>The host started again with the same people.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Round">The number of the round that begins.</param>
public sealed record PartyRestarted(DateTimeOffset At, int Round) : PartyEvent(At);

/// <summary>The watch party of the chosen film is wanted. Everything it takes to make it is in here.</summary>
/// <param name="At">When it happened.</param>
/// <param name="WatchPartyId">The id it will have.</param>
/// <param name="PartyName">The party's name.</param>
/// <param name="HostId">The host, who hosts there too.</param>
/// <param name="Film">The chosen film.</param>
/// <param name="Seats">Everybody who is in the party, in the order in which they joined.</param>
public sealed record WatchPartyRequested(
    DateTimeOffset At, string WatchPartyId, string PartyName, string HostId, Movie Film, IReadOnlyList<OpeningSeat> Seats) : PartyEvent(At);

/// <summary>The watch party is there.</summary>
/// <param name="At">When it happened.</param>
/// <param name="WatchPartyId">Which.</param>
/// <param name="InviteCode">Its invite code.</param>
public sealed record WatchPartyOpened(DateTimeOffset At, string WatchPartyId, string InviteCode) : PartyEvent(At);

/// <summary>The watch party cannot be made; the host may try again.</summary>
/// <param name="At">When it happened.</param>
/// <param name="WatchPartyId">Which.</param>
/// <param name="Reason">Why, for people.</param>
public sealed record WatchPartyFailed(DateTimeOffset At, string WatchPartyId, string Reason) : PartyEvent(At);
