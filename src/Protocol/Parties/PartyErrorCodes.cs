namespace AkkaParty.Protocol.Parties;

/// <summary>Every code with which a party, or the edge that speaks for it, says no. Clients may rely on them: they never change.</summary>
public static class PartyErrorCodes
{
    /// <summary>The request's body is not the JSON the route asks for.</summary>
    public const string InvalidRequestBody = "invalid_request_body";

    /// <summary>The party's name is empty.</summary>
    public const string NameEmpty = "name_empty";

    /// <summary>The party's name is too long.</summary>
    public const string NameTooLong = "name_too_long";

    /// <summary>The party's name contains a character that cannot be shown.</summary>
    public const string NameInvalid = "name_invalid";

    /// <summary>The username is empty.</summary>
    public const string UsernameEmpty = "username_empty";

    /// <summary>The username is too long.</summary>
    public const string UsernameTooLong = "username_too_long";

    /// <summary>The username contains a character that cannot be shown.</summary>
    public const string UsernameInvalid = "username_invalid";

    /// <summary>Another participant has that name, whatever the case.</summary>
    public const string UsernameTaken = "username_taken";

    /// <summary>There is no such party.</summary>
    public const string PartyNotFound = "party_not_found";

    /// <summary>The party was created before.</summary>
    public const string PartyExists = "party_exists";

    /// <summary>As many people are in the party as it takes.</summary>
    public const string PartyFull = "party_full";

    /// <summary>Somebody with that id is in the party already.</summary>
    public const string ParticipantExists = "participant_exists";

    /// <summary>Nobody with that id is in the party.</summary>
    public const string ParticipantNotFound = "participant_not_found";

    /// <summary>Somebody who is away cannot become host.</summary>
    public const string ParticipantAway = "participant_away";

    /// <summary>The host named themselves.</summary>
    public const string CannotRemoveSelf = "cannot_remove_self";

    /// <summary>The call needs a token.</summary>
    public const string TokenRequired = "token_required";

    /// <summary>The token is unknown, expired or revoked.</summary>
    public const string InvalidToken = "invalid_token";

    /// <summary>The token belongs to another party.</summary>
    public const string WrongParty = "wrong_party";

    /// <summary>Only the host may do that.</summary>
    public const string HostOnly = "host_only";

    /// <summary>The nominations were started before.</summary>
    public const string NotInLobby = "not_in_lobby";

    /// <summary>The party is not nominating.</summary>
    public const string NominationsNotOpen = "nominations_not_open";

    /// <summary>The nominations can be ended only while nominating.</summary>
    public const string NotNominating = "not_nominating";

    /// <summary>One nomination is open at a time.</summary>
    public const string NominationInProgress = "nomination_in_progress";

    /// <summary>The film is in the pool already.</summary>
    public const string AlreadyNominated = "already_nominated";

    /// <summary>The pool holds as many films as it takes.</summary>
    public const string PoolFull = "pool_full";

    /// <summary>There is nothing to rank.</summary>
    public const string PoolEmpty = "pool_empty";

    /// <summary>No nomination is open.</summary>
    public const string NoNomination = "no_nomination";

    /// <summary>The vote names a film that is not the open one.</summary>
    public const string NominationClosed = "nomination_closed";

    /// <summary>The vote is neither.</summary>
    public const string InvalidVote = "invalid_vote";

    /// <summary>The film's id is not a number.</summary>
    public const string MovieIdInvalid = "movie_id_invalid";

    /// <summary>The catalogue knows no such film.</summary>
    public const string MovieNotFound = "movie_not_found";

    /// <summary>The catalogue did not answer.</summary>
    public const string MovieLookupFailed = "movie_lookup_failed";

    /// <summary>The search did not answer.</summary>
    public const string MovieSearchFailed = "movie_search_failed";

    /// <summary>The search has no text.</summary>
    public const string SearchQueryRequired = "search_query_required";

    /// <summary>The film is neither open nor in the pool.</summary>
    public const string MovieNotNominated = "movie_not_nominated";

    /// <summary>Somebody else nominated the film.</summary>
    public const string NotProposer = "not_proposer";

    /// <summary>The party is not ranking.</summary>
    public const string RankingNotOpen = "ranking_not_open";

    /// <summary>The ballot is empty.</summary>
    public const string RankingEmpty = "ranking_empty";

    /// <summary>The ballot names a film that is not in the pool.</summary>
    public const string RankingUnknownMovie = "ranking_unknown_movie";

    /// <summary>The ballot names a film twice.</summary>
    public const string RankingDuplicateMovie = "ranking_duplicate_movie";

    /// <summary>There is no ballot to count.</summary>
    public const string NoBallots = "no_ballots";

    /// <summary>There is no film to watch yet.</summary>
    public const string NotDecided = "not_decided";

    /// <summary>There is no watch party yet.</summary>
    public const string WatchPartyNotOpen = "watch_party_not_open";

    /// <summary>The party is in another phase.</summary>
    public const string DeadlineNotOpen = "deadline_not_open";

    /// <summary>The deadline is past or too far.</summary>
    public const string DeadlineInvalid = "deadline_invalid";

    /// <summary>The reaction is empty, too long or cannot be shown.</summary>
    public const string ReactionInvalid = "reaction_invalid";

    /// <summary>The frame is not a JSON object with a type.</summary>
    public const string InvalidMessageFormat = "invalid_message_format";

    /// <summary>The server knows no such frame.</summary>
    public const string UnknownMessageType = "unknown_message_type";

    /// <summary>The payload of search_movies is not as asked.</summary>
    public const string InvalidSearchPayload = "invalid_search_payload";

    /// <summary>The payload of suggest_movie is not as asked.</summary>
    public const string InvalidSuggestionPayload = "invalid_suggestion_payload";

    /// <summary>The payload of vote_nomination is not as asked.</summary>
    public const string InvalidVotePayload = "invalid_vote_payload";

    /// <summary>The payload of submit_ranking is not as asked.</summary>
    public const string InvalidRankingPayload = "invalid_ranking_payload";

    /// <summary>The payload of another frame is not as asked.</summary>
    public const string InvalidPayload = "invalid_payload";
}
