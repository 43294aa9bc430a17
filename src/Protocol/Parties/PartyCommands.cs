using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.Parties;

/// <summary>Something asked of a party. Everything a decision needs comes with it: time, ids and token hashes.</summary>
/// <param name="At">The time of the call, in cluster time.</param>
public abstract record PartyCommand(DateTimeOffset At)
{
    /// <summary>
    /// What the caller's request asked for, as a hash, when it came with a key of the caller's own choosing; copied into
    /// the reply, so that the same key with another request is noticed. At most 64 characters.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Fingerprint { get; init; }
}

/// <summary>Something a participant asks.</summary>
/// <param name="At">The time of the call, in cluster time.</param>
/// <param name="Caller">Who acts.</param>
public abstract record CallerCommand(DateTimeOffset At, Caller Caller) : PartyCommand(At);

/// <summary>Creates the party; its creator is its first participant and its host.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Name">The party's name, 1 to 100 characters.</param>
/// <param name="HostId">The id the creator gets.</param>
/// <param name="HostName">The creator's username, 1 to 40 characters.</param>
/// <param name="TokenHash">The hash of the creator's first token.</param>
/// <param name="TokenExpiresAt">When that token ends.</param>
/// <param name="Options">The settings the party keeps.</param>
public sealed record CreateParty(
    DateTimeOffset At,
    string Name,
    string HostId,
    string HostName,
    string TokenHash,
    DateTimeOffset TokenExpiresAt,
    PartyOptions Options) : PartyCommand(At)
{
    /// <summary>The creator's username when none is given.</summary>
    public const string DefaultHostName = "Host";

    /// <summary>The creator's account, if they showed that they have one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AccountId { get; init; }
}

/// <summary>Joins the party, in any phase. Whoever joins an empty party becomes its host.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="UserId">The id the new participant gets.</param>
/// <param name="Username">The username, 1 to 40 characters, not taken by another participant whatever the case.</param>
/// <param name="TokenHash">The hash of the first token.</param>
/// <param name="TokenExpiresAt">When that token ends.</param>
public sealed record JoinParty(DateTimeOffset At, string UserId, string Username, string TokenHash, DateTimeOffset TokenExpiresAt)
    : PartyCommand(At)
{
    /// <summary>The new participant's account, if they showed that they have one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AccountId { get; init; }
}

/// <summary>Leaves the party: the caller's tokens, vote and uncounted ballot go too.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Caller">Who leaves.</param>
public sealed record LeaveParty(DateTimeOffset At, Caller Caller) : CallerCommand(At, Caller);

/// <summary>The host sends somebody out, who may join again: it is no ban.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Caller">The host.</param>
/// <param name="UserId">Who goes.</param>
public sealed record RemoveParticipant(DateTimeOffset At, Caller Caller, string UserId) : CallerCommand(At, Caller);

/// <summary>The host passes the role on.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Caller">The host.</param>
/// <param name="UserId">The next host.</param>
public sealed record TransferHost(DateTimeOffset At, Caller Caller, string UserId) : CallerCommand(At, Caller);

/// <summary>The host opens the nominations: lobby to nominating.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Caller">The host.</param>
public sealed record StartNomination(DateTimeOffset At, Caller Caller) : CallerCommand(At, Caller);

/// <summary>Nominates a film; one nomination is open at a time.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Caller">The proposer.</param>
/// <param name="Movie">The film as the catalogue knows it.</param>
public sealed record SuggestMovie(DateTimeOffset At, Caller Caller, Movie Movie) : CallerCommand(At, Caller);

/// <summary>Votes on the open nomination; a vote may be changed until it is decided.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Caller">The voter.</param>
/// <param name="Vote"><c>yay</c> or <c>nay</c>.</param>
/// <param name="FilmId">The film meant, so that a late vote never counts for the next one; null for whichever is open.</param>
public sealed record VoteNomination(DateTimeOffset At, Caller Caller, string Vote, string? FilmId = null) : CallerCommand(At, Caller);

/// <summary>The host closes the open nomination: it passes with more yays than nays among the votes cast.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Caller">The host.</param>
public sealed record CloseNomination(DateTimeOffset At, Caller Caller) : CallerCommand(At, Caller);

/// <summary>
/// Takes a film back while nominating: the open nomination by its proposer or the host, a film of the pool by the host.
/// </summary>
/// <param name="At">The time of the call.</param>
/// <param name="Caller">The host or the proposer.</param>
/// <param name="FilmId">The film.</param>
public sealed record WithdrawNomination(DateTimeOffset At, Caller Caller, string FilmId) : CallerCommand(At, Caller);

/// <summary>The host ends the nominations, dropping an open one: nominating to ranking.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Caller">The host.</param>
public sealed record FinalizeNominations(DateTimeOffset At, Caller Caller) : CallerCommand(At, Caller);

/// <summary>Hands in a ballot; it replaces the caller's earlier one until the ballots are counted.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Caller">The voter.</param>
/// <param name="Ranks">Film ids of the pool, best first, each at most once; at least one, not necessarily all.</param>
public sealed record SubmitRanking(DateTimeOffset At, Caller Caller, IReadOnlyList<string> Ranks) : CallerCommand(At, Caller);

/// <summary>The host has the ballots counted now; at least one must have been handed in.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Caller">The host.</param>
public sealed record CloseRanking(DateTimeOffset At, Caller Caller) : CallerCommand(At, Caller);

/// <summary>The host sets, moves or lifts the deadline of the ranking, while nominating or ranking.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Caller">The host.</param>
/// <param name="Deadline">When the ballots are counted at the latest: later than now, at most 30 days ahead; null for no deadline.</param>
public sealed record SetRankingDeadline(DateTimeOffset At, Caller Caller, DateTimeOffset? Deadline) : CallerCommand(At, Caller);

/// <summary>The host starts again with the same people, from any phase: back to the lobby, with the next round's number.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Caller">The host.</param>
public sealed record RestartParty(DateTimeOffset At, Caller Caller) : CallerCommand(At, Caller);

/// <summary>The host has the watch party opened in which the chosen film is watched; everybody who is in the party gets a seat.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Caller">The host.</param>
public sealed record OpenWatchParty(DateTimeOffset At, Caller Caller) : CallerCommand(At, Caller);

/// <summary>The watch party is there, or cannot be made; sent by the node that has tried.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="WatchPartyId">Which.</param>
/// <param name="InviteCode">Its invite code; null when it cannot be made.</param>
/// <param name="Failure">Why it cannot be made, for people; null when it is there.</param>
public sealed record FinishOpening(DateTimeOffset At, string WatchPartyId, string? InviteCode, string? Failure = null) : PartyCommand(At);

/// <summary>
/// Gives a participant another token. Only the server itself asks this, for somebody it has already recognised: a repeated
/// creation or join whose first answer was lost.
/// </summary>
/// <param name="At">The time of the call.</param>
/// <param name="UserId">The participant.</param>
/// <param name="OldTokenHash">The hash of the token that the new one replaces; null when none is replaced.</param>
/// <param name="TokenHash">The hash of the new token.</param>
/// <param name="ExpiresAt">When the new token ends.</param>
public sealed record IssueToken(DateTimeOffset At, string UserId, string? OldTokenHash, string TokenHash, DateTimeOffset ExpiresAt)
    : PartyCommand(At);

/// <summary>Ends the token the caller presents.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Caller">Whose token ends.</param>
public sealed record RevokeToken(DateTimeOffset At, Caller Caller) : CallerCommand(At, Caller);

/// <summary>A participant's first socket opened, or the last one is gone; sent by the runtime.</summary>
/// <param name="At">The time it happened.</param>
/// <param name="UserId">The participant.</param>
/// <param name="Connected">True for the first socket, false when none is left.</param>
public sealed record SetPresence(DateTimeOffset At, string UserId, bool Connected) : PartyCommand(At);

/// <summary>A participant without a socket made a call: they are there. The edge sends it for calls that are no other command.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Caller">Who called.</param>
public sealed record SeenParticipant(DateTimeOffset At, Caller Caller) : CallerCommand(At, Caller);

/// <summary>A deadline of the party has passed; sent by the runtime.</summary>
/// <param name="At">The time now.</param>
/// <param name="Due">The deadline.</param>
public sealed record PassDeadline(DateTimeOffset At, DateTimeOffset Due) : PartyCommand(At);
