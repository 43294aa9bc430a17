using System.Text.Json;
using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.Parties;

/// <summary>The types of the frames a client may send over the party's WebSocket.</summary>
public static class ClientFrameTypes
{
    /// <summary>Asks for <see cref="PongFrame"/>; no payload.</summary>
    public const string Ping = "ping";

    /// <summary>Searches films; payload <see cref="SearchMoviesPayload"/>.</summary>
    public const string SearchMovies = "search_movies";

    /// <summary>Nominates a film; payload <see cref="SuggestMoviePayload"/>.</summary>
    public const string SuggestMovie = "suggest_movie";

    /// <summary>Votes on the open nomination; payload <see cref="VoteNominationPayload"/>.</summary>
    public const string VoteNomination = "vote_nomination";

    /// <summary>Host: closes the open nomination; no payload.</summary>
    public const string CloseNomination = "close_nomination";

    /// <summary>Host or proposer: takes a film back; payload <see cref="WithdrawNominationPayload"/>.</summary>
    public const string WithdrawNomination = "withdraw_nomination";

    /// <summary>Host: ends the nominations; no payload.</summary>
    public const string FinalizeNominations = "finalize_nominations";

    /// <summary>Hands in a ballot; payload <see cref="SubmitRankingPayload"/>.</summary>
    public const string SubmitRanking = "submit_ranking";

    /// <summary>Host: has the ballots counted now; no payload.</summary>
    public const string CloseRanking = "close_ranking";

    /// <summary>Host: sets or lifts the ranking's deadline; payload <see cref="SetRankingDeadlinePayload"/>.</summary>
    public const string SetRankingDeadline = "set_ranking_deadline";

    /// <summary>Host: opens the nominations; no payload.</summary>
    public const string StartNomination = "start_nomination";

    /// <summary>Host: starts again with the same people; no payload.</summary>
    public const string RestartParty = "restart_party";

    /// <summary>Host: opens the watch party of the chosen film; no payload.</summary>
    public const string OpenWatchParty = "open_watch_party";

    /// <summary>Asks for another <see cref="WatchTicketFrame"/>; no payload.</summary>
    public const string WatchTicket = "watch_ticket";

    /// <summary>Leaves the party; no payload.</summary>
    public const string LeaveParty = "leave_party";

    /// <summary>Host: removes a participant; payload <see cref="ParticipantPayload"/>.</summary>
    public const string RemoveParticipant = "remove_participant";

    /// <summary>Host: passes the role on; payload <see cref="ParticipantPayload"/>.</summary>
    public const string TransferHost = "transfer_host";

    /// <summary>Reacts, for everybody to see at once; payload <see cref="ReactionPayload"/>.</summary>
    public const string Reaction = "reaction";
}

/// <summary>The envelope of every frame from a client.</summary>
/// <param name="Type">One of <see cref="ClientFrameTypes"/>.</param>
/// <param name="Payload">What the type asks for; may be left out where the type needs none.</param>
/// <param name="Id">
/// The client's own number for this frame, from 1: a frame with a number is answered with <see cref="AckFrame"/> or an error
/// naming it, and sending it again does nothing twice.
/// </param>
public sealed record ClientFrame(string? Type, JsonElement? Payload = null, long? Id = null) : IClientFrame;

/// <summary>Payload of <c>search_movies</c>.</summary>
/// <param name="Query">What to look for, at least one character.</param>
public sealed record SearchMoviesPayload(string? Query);

/// <summary>Payload of <c>suggest_movie</c>.</summary>
/// <param name="TmdbId">The film's id, 1 to 20 digits.</param>
public sealed record SuggestMoviePayload(string? TmdbId);

/// <summary>Payload of <c>vote_nomination</c>.</summary>
/// <param name="Vote"><c>yay</c> or <c>nay</c>.</param>
/// <param name="TmdbId">The film meant; a vote for a film that is not open is refused. Left out: whichever is open.</param>
public sealed record VoteNominationPayload(string? Vote, string? TmdbId = null);

/// <summary>Payload of <c>withdraw_nomination</c>.</summary>
/// <param name="TmdbId">The film's id.</param>
public sealed record WithdrawNominationPayload(string? TmdbId);

/// <summary>Payload of <c>submit_ranking</c>.</summary>
/// <param name="Ranks">Film ids of the pool, best first, each at most once.</param>
public sealed record SubmitRankingPayload(IReadOnlyList<string>? Ranks);

/// <summary>Payload of <c>set_ranking_deadline</c>.</summary>
/// <param name="Deadline">RFC 3339 time, later than now; null for no deadline. Required, so that a slip never lifts a deadline.</param>
public sealed record SetRankingDeadlinePayload([property: JsonRequired] DateTimeOffset? Deadline);

/// <summary>Payload of <c>remove_participant</c> and <c>transfer_host</c>.</summary>
/// <param name="UserId">The participant meant.</param>
public sealed record ParticipantPayload(string? UserId);

/// <summary>Payload of <c>reaction</c> from a client.</summary>
/// <param name="Reaction">An emoji or a text of 1 to 16 characters.</param>
public sealed record ReactionPayload(string? Reaction);
