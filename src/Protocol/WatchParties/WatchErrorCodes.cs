namespace AkkaParty.Protocol.WatchParties;

/// <summary>Every code with which a watch party, or the edge that speaks for it, says no: they never change.</summary>
public static class WatchErrorCodes
{
    /// <summary>There is no such watch party, or what was asked needs one that goes on.</summary>
    public const string WatchPartyNotFound = "watch_party_not_found";

    /// <summary>The watch party was created before, by another call.</summary>
    public const string WatchPartyExists = "watch_party_exists";

    /// <summary>The party has ended; it can be started again.</summary>
    public const string WatchPartyEnded = "watch_party_ended";

    /// <summary>Only an ended party can be started again.</summary>
    public const string WatchPartyNotEnded = "watch_party_not_ended";

    /// <summary>As many participants have a seat as the party takes.</summary>
    public const string WatchPartyFull = "watch_party_full";

    /// <summary>Another party has the code: draw another one.</summary>
    public const string InviteCodeTaken = "invite_code_taken";

    /// <summary>Only participants may see it, and the caller showed nothing.</summary>
    public const string WatchPrivate = "watch_private";

    /// <summary>The caller has no seat and may not see the party.</summary>
    public const string NotAParticipant = "not_a_participant";

    /// <summary>Joining takes an invitation, a granted request, or the invite code where it does.</summary>
    public const string AccessNeeded = "access_needed";

    /// <summary>Joining takes the password.</summary>
    public const string PasswordRequired = "password_required";

    /// <summary>The password is not the party's, or not any more.</summary>
    public const string PasswordWrong = "password_wrong";

    /// <summary>The caller was banned.</summary>
    public const string WatchBanned = "watch_banned";

    /// <summary>The caller was put out and has not been let in again.</summary>
    public const string WatchKicked = "watch_kicked";

    /// <summary>Only the host may do that.</summary>
    public const string WatchHostOnly = "watch_host_only";

    /// <summary>Only the host and co-hosts may do that.</summary>
    public const string WatchCoHostOnly = "watch_co_host_only";

    /// <summary>The other one is the host, or a co-host like the caller.</summary>
    public const string WatchRankTooLow = "watch_rank_too_low";

    /// <summary>It can be done to others only.</summary>
    public const string WatchNotOneself = "watch_not_oneself";

    /// <summary>Nobody of that id has a seat.</summary>
    public const string WatchMemberNotFound = "watch_member_not_found";

    /// <summary>The party's settings do not let the caller control playback.</summary>
    public const string ControlNotAllowed = "control_not_allowed";

    /// <summary>The party's title breaks its rule.</summary>
    public const string WatchTitleInvalid = "watch_title_invalid";

    /// <summary>The party's description breaks its rule.</summary>
    public const string WatchDescriptionInvalid = "watch_description_invalid";

    /// <summary>There is no such visibility.</summary>
    public const string VisibilityInvalid = "visibility_invalid";

    /// <summary>The number of seats breaks its rule.</summary>
    public const string ParticipantsMaxInvalid = "participants_max_invalid";

    /// <summary>There is no such way to share control.</summary>
    public const string ControlsInvalid = "controls_invalid";

    /// <summary>The time that playing waits for everybody breaks its rule.</summary>
    public const string ReadySecondsInvalid = "ready_seconds_invalid";

    /// <summary>The time between two messages breaks its rule.</summary>
    public const string SlowModeInvalid = "slow_mode_invalid";

    /// <summary>The share of votes that skips an item breaks its rule.</summary>
    public const string SkipPercentInvalid = "skip_percent_invalid";

    /// <summary>The party's password breaks its rule.</summary>
    public const string WatchPasswordInvalid = "watch_password_invalid";

    /// <summary>A participant's name breaks its rule.</summary>
    public const string WatchNameInvalid = "watch_name_invalid";

    /// <summary>Somebody in the party, or somebody who asked before, has the name.</summary>
    public const string GuestNameTaken = "guest_name_taken";

    /// <summary>What is said with a request or its answer breaks its rule.</summary>
    public const string WatchTextInvalid = "watch_text_invalid";

    /// <summary>A chat message breaks its rule.</summary>
    public const string ChatTextInvalid = "chat_text_invalid";

    /// <summary>A reaction breaks its rule.</summary>
    public const string EmojiInvalid = "emoji_invalid";

    /// <summary>What is said about a media item breaks its rule.</summary>
    public const string MediaItemInvalid = "media_item_invalid";

    /// <summary>A position breaks its rule.</summary>
    public const string PositionInvalid = "position_invalid";

    /// <summary>A speed breaks its rule.</summary>
    public const string RateInvalid = "rate_invalid";

    /// <summary>A duration breaks its rule.</summary>
    public const string DurationInvalid = "duration_invalid";

    /// <summary>A place in the playlist breaks its rule.</summary>
    public const string PlaceInvalid = "place_invalid";

    /// <summary>The playlist is full.</summary>
    public const string PlaylistFull = "playlist_full";

    /// <summary>The id of an item is used twice.</summary>
    public const string MediaItemExists = "media_item_exists";

    /// <summary>The playlist has no such item.</summary>
    public const string MediaItemNotFound = "media_item_not_found";

    /// <summary>The last item has no next one.</summary>
    public const string NothingToSkipTo = "nothing_to_skip_to";

    /// <summary>The vote is for something else than what plays.</summary>
    public const string SkipVoteStale = "skip_vote_stale";

    /// <summary>Only those who are connected vote.</summary>
    public const string SkipVoteNotConnected = "skip_vote_not_connected";

    /// <summary>The party's settings allow no votes to skip.</summary>
    public const string SkipVotesOff = "skip_votes_off";

    /// <summary>The seek was meant before the last one, or at the same time as the host's.</summary>
    public const string SeekSuperseded = "seek_superseded";

    /// <summary>The caller is muted.</summary>
    public const string WatchMuted = "watch_muted";

    /// <summary>The caller has said as much as they may within a minute.</summary>
    public const string ChatTooFast = "chat_too_fast";

    /// <summary>The host lets viewers speak only now and then.</summary>
    public const string ChatSlowMode = "chat_slow_mode";

    /// <summary>The message is not among those that are kept.</summary>
    public const string MessageNotFound = "message_not_found";

    /// <summary>The account may come in already.</summary>
    public const string AccessAlready = "access_already";

    /// <summary>There is no such request.</summary>
    public const string AccessRequestNotFound = "access_request_not_found";

    /// <summary>The request was answered before.</summary>
    public const string AccessReviewed = "access_reviewed";

    /// <summary>There is no such request of a guest.</summary>
    public const string GuestRequestNotFound = "guest_request_not_found";

    /// <summary>The guest's request was answered before.</summary>
    public const string GuestRequestReviewed = "guest_request_reviewed";

    /// <summary>The guest's request is not granted.</summary>
    public const string GuestRequestNotApproved = "guest_request_not_approved";

    /// <summary>As many requests wait as the party takes.</summary>
    public const string RequestsTooMany = "requests_too_many";

    /// <summary>As many accounts are let in as the party takes.</summary>
    public const string InvitationsTooMany = "invitations_too_many";

    /// <summary>As many are banned as the party takes.</summary>
    public const string BansTooMany = "bans_too_many";

    /// <summary>Nobody of that id is banned.</summary>
    public const string BanNotFound = "ban_not_found";

    /// <summary>The guest token is not one of this party's, or its time is over.</summary>
    public const string GuestTokenInvalid = "guest_token_invalid";

    /// <summary>That takes an account.</summary>
    public const string AccountRequired = "account_required";

    /// <summary>The ticket is not one of this party's, was used, or its time is over.</summary>
    public const string WatchTicketInvalid = "watch_ticket_invalid";

    /// <summary>The guest token is another party's.</summary>
    public const string GuestOfOtherParty = "guest_of_other_party";

    /// <summary>The frame names another watch party than the one its connection follows.</summary>
    public const string OtherWatchParty = "other_watch_party";

    /// <summary>The client tells where the party is, but the server knows.</summary>
    public const string StateNotTaken = "state_not_taken";

    /// <summary>The status is none.</summary>
    public const string StatusInvalid = "watch_status_invalid";

    /// <summary>What the client measured cannot be.</summary>
    public const string ReportInvalid = "report_invalid";
}
