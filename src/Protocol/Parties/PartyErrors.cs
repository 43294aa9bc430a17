namespace AkkaParty.Protocol.Parties;

/// <summary>The one table from an error's code to its HTTP status and its text.</summary>
public static class PartyErrors
{
    /// <summary>Every row, in the order of the documentation.</summary>
    public static IReadOnlyList<ErrorRow> All { get; } =
    [
        new(PartyErrorCodes.InvalidRequestBody, 400, "Invalid request body"),
        new(PartyErrorCodes.NameEmpty, 400, "Party name cannot be empty"),
        new(PartyErrorCodes.NameTooLong, 400, "Party name must be at most 100 characters"),
        new(PartyErrorCodes.NameInvalid, 400, "Party name must not contain control, direction or invisible characters"),
        new(PartyErrorCodes.UsernameEmpty, 400, "Username cannot be empty"),
        new(PartyErrorCodes.UsernameTooLong, 400, "Username must be at most 40 characters"),
        new(PartyErrorCodes.UsernameInvalid, 400, "Username must not contain control, direction or invisible characters"),
        new(PartyErrorCodes.UsernameTaken, 409, "Username already taken in this party"),
        new(PartyErrorCodes.PartyNotFound, 404, "Party not found"),
        new(PartyErrorCodes.PartyExists, 409, "Party already exists"),
        new(PartyErrorCodes.PartyFull, 409, "Party is full"),
        new(PartyErrorCodes.ParticipantExists, 409, "Participant is already in this party"),
        new(PartyErrorCodes.ParticipantNotFound, 404, "participant not found"),
        new(PartyErrorCodes.ParticipantAway, 409, "participant is away"),
        new(PartyErrorCodes.CannotRemoveSelf, 409, "the host cannot remove themselves: leave instead"),
        new(PartyErrorCodes.TokenRequired, 401, "Authorization token required"),
        new(PartyErrorCodes.InvalidToken, 401, "Invalid or expired token"),
        new(PartyErrorCodes.WrongParty, 403, "Token not valid for this party"),
        new(PartyErrorCodes.HostOnly, 403, "only the host can do this"),
        new(PartyErrorCodes.NotInLobby, 400, "Party must be in lobby phase to start nominations"),
        new(PartyErrorCodes.NominationsNotOpen, 409, "nominations are not open"),
        new(PartyErrorCodes.NotNominating, 409, "party is not in nominating phase"),
        new(PartyErrorCodes.NominationInProgress, 409, "another nomination is already in progress"),
        new(PartyErrorCodes.AlreadyNominated, 409, "movie is already nominated"),
        new(PartyErrorCodes.PoolFull, 409, "the nomination pool is full"),
        new(PartyErrorCodes.PoolEmpty, 409, "no movies have been nominated"),
        new(PartyErrorCodes.NoNomination, 409, "no nomination in progress"),
        new(PartyErrorCodes.NominationClosed, 409, "that nomination is closed"),
        new(PartyErrorCodes.InvalidVote, 400, "vote must be 'yay' or 'nay'"),
        new(PartyErrorCodes.MovieIdInvalid, 400, "tmdb_id must be 1 to 20 digits"),
        new(PartyErrorCodes.MovieNotFound, 404, "movie not found"),
        new(PartyErrorCodes.MovieLookupFailed, 502, "failed to get movie details", Retryable: true),
        new(PartyErrorCodes.MovieSearchFailed, 500, "Movie search failed", Retryable: true),
        new(PartyErrorCodes.SearchQueryRequired, 400, "Search query is required"),
        new(PartyErrorCodes.MovieNotNominated, 404, "movie is not nominated"),
        new(PartyErrorCodes.NotProposer, 403, "only the proposer or the host can withdraw this nomination"),
        new(PartyErrorCodes.RankingNotOpen, 409, "ranking is not open"),
        new(PartyErrorCodes.RankingEmpty, 400, "ranking must include at least one nominated movie"),
        new(PartyErrorCodes.RankingUnknownMovie, 400, "invalid movie ID in ranking"),
        new(PartyErrorCodes.RankingDuplicateMovie, 400, "movie is ranked twice"),
        new(PartyErrorCodes.NoBallots, 409, "nobody has ranked yet"),
        new(PartyErrorCodes.NotDecided, 409, "the party has not decided yet"),
        new(PartyErrorCodes.WatchPartyNotOpen, 409, "there is no watch party yet"),
        new(PartyErrorCodes.DeadlineNotOpen, 409, "a ranking deadline can be set only while nominating or ranking"),
        new(PartyErrorCodes.DeadlineInvalid, 400, "deadline must be later than now and at most 30 days ahead"),
        new(PartyErrorCodes.ReactionInvalid, 400, "reaction must be 1 to 16 visible characters"),
        new(PartyErrorCodes.InvalidMessageFormat, 400, "Invalid message format"),
        new(PartyErrorCodes.UnknownMessageType, 400, "Unknown message type"),
        new(PartyErrorCodes.InvalidSearchPayload, 400, "Invalid search payload"),
        new(PartyErrorCodes.InvalidSuggestionPayload, 400, "Invalid suggestion payload"),
        new(PartyErrorCodes.InvalidVotePayload, 400, "Invalid vote payload"),
        new(PartyErrorCodes.InvalidRankingPayload, 400, "Invalid ranking payload"),
        new(PartyErrorCodes.InvalidPayload, 400, "Invalid payload"),
    ];

    private static readonly Dictionary<string, ErrorRow> ByCode = All.ToDictionary(error => error.Code, StringComparer.Ordinal);

    /// <summary>Finds a row.</summary>
    /// <param name="code">The code.</param>
    /// <returns>The row, or null when the code is not a party's.</returns>
    public static ErrorRow? Find(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>The text of a code.</summary>
    /// <param name="code">The code; it must be one of <see cref="PartyErrorCodes"/>.</param>
    /// <returns>The text.</returns>
    public static string TextOf(string code) => ByCode[code].Text;
}
