namespace AkkaParty.Protocol.WatchParties;

/// <summary>One row of the table of errors of watch parties, which two surfaces speak of in their own words.</summary>
/// <param name="Row">Code, status and the text of the watch-parties surface.</param>
/// <param name="EnvelopeCode">The code in the watch-parties surface's envelope, UPPER_CASE.</param>
/// <param name="RoomText">The text of the rooms surface.</param>
public sealed record WatchErrorRow(ErrorRow Row, string EnvelopeCode, string RoomText);

/// <summary>The one table from an error's code to its HTTP status and its texts.</summary>
public static class WatchErrors
{
    // About the party and its people.
    private static readonly WatchErrorRow[] People =
    [
        Of(WatchErrorCodes.WatchPartyNotFound, 404, "NOT_FOUND", "watch party not found or has ended", "Room not found"),
        Of(WatchErrorCodes.WatchPartyExists, 409, "CONFLICT", "the watch party already exists", "Room already exists"),
        Of(WatchErrorCodes.WatchPartyEnded, 409, "PARTY_ENDED", "the watch party has ended", "Room has ended"),
        Of(WatchErrorCodes.WatchPartyNotEnded, 409, "PARTY_NOT_ENDED", "the watch party has not ended", "Room has not ended"),
        Of(WatchErrorCodes.WatchPartyFull, 403, "PARTY_FULL", "party is full", "Room is full"),
        Of(WatchErrorCodes.InviteCodeTaken, 409, "CONFLICT", "the invite code is taken"),
        Of(WatchErrorCodes.WatchPrivate, 403, "FORBIDDEN", "unauthorized: party is private", "Access denied"),
        Of(WatchErrorCodes.NotAParticipant, 403, "FORBIDDEN", "unauthorized: not a participant", "Access denied"),
        Of(
            WatchErrorCodes.AccessNeeded, 403, "FORBIDDEN",
            "unauthorized: you need an invitation",
            "Access denied - you need access to this room"),
        Of(WatchErrorCodes.PasswordRequired, 403, "PASSWORD_REQUIRED", "this watch party asks for a password"),
        Of(WatchErrorCodes.PasswordWrong, 403, "INVALID_PASSWORD", "the password is wrong"),
        Of(WatchErrorCodes.WatchBanned, 403, "BANNED", "you were banned from this watch party", "Access denied"),
        Of(
            WatchErrorCodes.WatchKicked, 403, "KICKED",
            "you were removed from this watch party: ask its host to let you in again",
            "Access denied"),
        Of(WatchErrorCodes.WatchHostOnly, 403, "FORBIDDEN", "unauthorized: only the host can do this", "Host access required"),
        Of(
            WatchErrorCodes.WatchCoHostOnly, 403, "FORBIDDEN",
            "unauthorized: only the host and co-hosts can do this",
            "Host access required"),
        Of(
            WatchErrorCodes.WatchRankTooLow, 403, "FORBIDDEN",
            "unauthorized: nobody can do this to the host, and co-hosts not to each other"),
        Of(WatchErrorCodes.WatchNotOneself, 400, "INVALID_REQUEST", "you cannot do this to yourself"),
        Of(WatchErrorCodes.WatchMemberNotFound, 404, "NOT_FOUND", "participant not found"),
        Of(WatchErrorCodes.ControlNotAllowed, 403, "FORBIDDEN", "unauthorized: the host has not given you control of playback"),
    ];

    // About what is given.
    private static readonly WatchErrorRow[] Inputs =
    [
        Of(
            WatchErrorCodes.WatchTitleInvalid, 400, "INVALID_REQUEST",
            "title must be 1 to 200 visible characters",
            "name must be 1 to 200 visible characters"),
        Of(WatchErrorCodes.WatchDescriptionInvalid, 400, "INVALID_REQUEST", "description must be at most 1000 visible characters"),
        Of(WatchErrorCodes.VisibilityInvalid, 400, "INVALID_REQUEST", "visibility must be 'private', 'public', 'friends' or 'invite'"),
        Of(WatchErrorCodes.ParticipantsMaxInvalid, 400, "INVALID_REQUEST", "max_participants must be 2 to 1000"),
        Of(
            WatchErrorCodes.ControlsInvalid, 400, "INVALID_REQUEST",
            "controls must be 'host_only', 'co_hosts', 'everyone' or 'anyone_pauses'"),
        Of(WatchErrorCodes.ReadySecondsInvalid, 400, "INVALID_REQUEST", "ready_seconds must be 1 to 60"),
        Of(WatchErrorCodes.SlowModeInvalid, 400, "INVALID_REQUEST", "slow_mode_seconds must be 0 to 300"),
        Of(WatchErrorCodes.SkipPercentInvalid, 400, "INVALID_REQUEST", "skip_percent must be 0 to 100"),
        Of(WatchErrorCodes.WatchPasswordInvalid, 400, "INVALID_REQUEST", "password must be 4 to 100 characters"),
        Of(
            WatchErrorCodes.WatchNameInvalid, 400, "INVALID_REQUEST",
            "name must be 1 to 100 visible characters",
            "guest_name must be 1 to 100 visible characters"),
        Of(WatchErrorCodes.GuestNameTaken, 409, "CONFLICT", "somebody here already has that name: choose another one"),
        Of(WatchErrorCodes.WatchTextInvalid, 400, "INVALID_REQUEST", "message must be at most 500 visible characters"),
        Of(WatchErrorCodes.ChatTextInvalid, 400, "INVALID_REQUEST", "message must be 1 to 1000 visible characters"),
        Of(WatchErrorCodes.EmojiInvalid, 400, "INVALID_REQUEST", "emoji must be 1 to 10 visible characters"),
        Of(WatchErrorCodes.MediaItemInvalid, 400, "INVALID_REQUEST", "the media item has an invalid field"),
        Of(WatchErrorCodes.PositionInvalid, 400, "INVALID_REQUEST", "position must be 0 or more, and at most a day"),
        Of(WatchErrorCodes.RateInvalid, 400, "INVALID_REQUEST", "rate must be 0.25 to 4"),
        Of(WatchErrorCodes.DurationInvalid, 400, "INVALID_REQUEST", "duration must be more than 0, and at most a day"),
        Of(WatchErrorCodes.PlaceInvalid, 400, "INVALID_REQUEST", "place must be 0 or more"),
        Of(WatchErrorCodes.PlaylistFull, 409, "PLAYLIST_FULL", "the playlist holds at most 500 items"),
        Of(WatchErrorCodes.MediaItemExists, 409, "CONFLICT", "the playlist already has an item of that id"),
        Of(WatchErrorCodes.MediaItemNotFound, 404, "NOT_FOUND", "the playlist has no such item"),
        Of(WatchErrorCodes.NothingToSkipTo, 409, "CONFLICT", "nothing follows in the playlist"),
        Of(WatchErrorCodes.SkipVoteStale, 409, "CONFLICT", "that item does not play any more"),
        Of(WatchErrorCodes.SkipVoteNotConnected, 409, "CONFLICT", "only who is connected can vote to skip"),
        Of(WatchErrorCodes.SkipVotesOff, 409, "CONFLICT", "voting to skip is turned off"),
        Of(WatchErrorCodes.SeekSuperseded, 409, "CONFLICT", "a later seek, or the host's, came before"),
    ];

    // About what is said, and about who knocks.
    private static readonly WatchErrorRow[] Others =
    [
        Of(WatchErrorCodes.WatchMuted, 403, "MUTED", "you are muted"),
        Of(WatchErrorCodes.ChatTooFast, 429, "RATE_LIMIT_EXCEEDED", "at most 10 messages a minute", retryable: true),
        Of(WatchErrorCodes.ChatSlowMode, 429, "SLOW_MODE", "slow mode: wait before the next message", retryable: true),
        Of(WatchErrorCodes.MessageNotFound, 404, "NOT_FOUND", "message not found"),
        Of(WatchErrorCodes.AccessAlready, 409, "CONFLICT", "you already have access", "User already has access to this room"),
        Of(WatchErrorCodes.AccessRequestNotFound, 404, "NOT_FOUND", "access request not found", "No room access request found"),
        Of(
            WatchErrorCodes.AccessReviewed, 409, "CONFLICT",
            "the request has already been reviewed",
            "Room access request has already been reviewed"),
        Of(WatchErrorCodes.GuestRequestNotFound, 404, "NOT_FOUND", "guest request not found", "Guest request not found"),
        Of(
            WatchErrorCodes.GuestRequestReviewed, 409, "CONFLICT",
            "the guest request has already been reviewed",
            "Guest request has already been reviewed"),
        Of(
            WatchErrorCodes.GuestRequestNotApproved, 403, "FORBIDDEN",
            "the guest request was not approved",
            "Guest request was not approved"),
        Of(WatchErrorCodes.RequestsTooMany, 409, "CONFLICT", "too many requests wait for the host"),
        Of(WatchErrorCodes.InvitationsTooMany, 409, "CONFLICT", "the party has as many invitations as it takes"),
        Of(WatchErrorCodes.BansTooMany, 409, "CONFLICT", "the party has as many bans as it takes: lift one first"),
        Of(WatchErrorCodes.BanNotFound, 404, "NOT_FOUND", "nobody of that id is banned"),
        Of(WatchErrorCodes.GuestTokenInvalid, 401, "UNAUTHORIZED", "Invalid or expired guest token"),
        Of(WatchErrorCodes.AccountRequired, 401, "UNAUTHORIZED", "Missing authentication token", "authorization header required"),
        Of(WatchErrorCodes.WatchTicketInvalid, 401, "UNAUTHORIZED", "Invalid, used or expired ticket"),
        Of(
            WatchErrorCodes.GuestOfOtherParty, 403, "FORBIDDEN",
            "Guest token not valid for this watch party",
            "Guest token not valid for this room"),
        Of(
            WatchErrorCodes.OtherWatchParty, 403, "FORBIDDEN",
            "party_id names another watch party than this connection's",
            "the message names another room than this connection's"),
        Of(WatchErrorCodes.StateNotTaken, 409, "CONFLICT", "the server knows where the party is: nobody provides it"),
        Of(WatchErrorCodes.StatusInvalid, 400, "INVALID_REQUEST", "status must be 'online', 'away', 'buffering' or 'ready'"),
        Of(WatchErrorCodes.ReportInvalid, 400, "INVALID_REQUEST", "rtt_ms must be 0 to 60000, and offset_ms within a day"),
    ];

    /// <summary>Every row, in the order of the documentation.</summary>
    public static IReadOnlyList<WatchErrorRow> All { get; } = [.. People, .. Inputs, .. Others];

    private static readonly Dictionary<string, WatchErrorRow> ByCode = All.ToDictionary(error => error.Row.Code, StringComparer.Ordinal);

    /// <summary>Finds a row.</summary>
    /// <param name="code">The code.</param>
    /// <returns>The row, or null when the code is not a watch party's.</returns>
    public static WatchErrorRow? Find(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>The text of a code on the watch-parties surface.</summary>
    /// <param name="code">The code; it must be one of <see cref="WatchErrorCodes"/>.</param>
    /// <returns>The text.</returns>
    public static string TextOf(string code) => ByCode[code].Row.Text;

    private static WatchErrorRow Of(
        string code, int status, string envelopeCode, string text, string? roomText = null, bool retryable = false) =>
        new(new ErrorRow(code, status, text, retryable), envelopeCode, roomText ?? text);
}
