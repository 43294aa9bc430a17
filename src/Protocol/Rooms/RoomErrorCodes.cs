namespace AkkaParty.Protocol.Rooms;

/// <summary>Every code with which a room, or the edge that speaks for it, says no. Clients may rely on them: they never change.</summary>
public static class RoomErrorCodes
{
    /// <summary>The id of a room is not 24 hex characters.</summary>
    public const string InvalidRoomId = "invalid_room_id";

    /// <summary>The id of an item is not 24 hex characters.</summary>
    public const string InvalidItemId = "invalid_item_id";

    /// <summary>The id of a history entry is not 24 hex characters.</summary>
    public const string InvalidHistoryId = "invalid_history_id";

    /// <summary>The room's name breaks its rule.</summary>
    public const string RoomNameInvalid = "room_name_invalid";

    /// <summary>A user id breaks its rule.</summary>
    public const string UserIdInvalid = "user_id_invalid";

    /// <summary>A member's name breaks its rule.</summary>
    public const string MemberNameInvalid = "member_name_invalid";

    /// <summary>An avatar breaks its rule.</summary>
    public const string AvatarInvalid = "avatar_invalid";

    /// <summary>A region breaks its rule.</summary>
    public const string RegionInvalid = "region_invalid";

    /// <summary>More members are listed than a new room takes.</summary>
    public const string MembersTooMany = "members_too_many";

    /// <summary>The time of a voting round breaks its rule.</summary>
    public const string VotingDurationInvalid = "voting_duration_invalid";

    /// <summary>There is no such way to pick.</summary>
    public const string SelectionModeInvalid = "selection_mode_invalid";

    /// <summary>A title breaks its rule.</summary>
    public const string TitleInvalid = "title_invalid";

    /// <summary>What is said about an item breaks its rule.</summary>
    public const string ItemFieldInvalid = "item_field_invalid";

    /// <summary>There is no such status.</summary>
    public const string StatusInvalid = "status_invalid";

    /// <summary>A vote is neither up nor down.</summary>
    public const string VoteInvalid = "vote_invalid";

    /// <summary>There is no such reaction to an item.</summary>
    public const string ItemReactionInvalid = "item_reaction_invalid";

    /// <summary>A rating breaks its rule.</summary>
    public const string RatingInvalid = "rating_invalid";

    /// <summary>Notes break their rule.</summary>
    public const string NotesInvalid = "notes_invalid";

    /// <summary>A list is asked for with a size or a start that it does not have.</summary>
    public const string LimitInvalid = "limit_invalid";

    /// <summary>There is no such room.</summary>
    public const string RoomNotFound = "room_not_found";

    /// <summary>The room was created before.</summary>
    public const string RoomExists = "room_exists";

    /// <summary>Another room has the code.</summary>
    public const string CodeTaken = "code_taken";

    /// <summary>The room has as many members as it takes.</summary>
    public const string RoomFull = "room_full";

    /// <summary>Another member has that name, whatever the case.</summary>
    public const string NameTaken = "name_taken";

    /// <summary>The seat of that user id is taken.</summary>
    public const string UserIdTaken = "user_id_taken";

    /// <summary>The room has no such member.</summary>
    public const string MemberNotFound = "member_not_found";

    /// <summary>The path and the body name different users.</summary>
    public const string PathUserMismatch = "path_user_mismatch";

    /// <summary>The call needs a token.</summary>
    public const string TokenRequired = "token_required";

    /// <summary>The token is unknown, expired or revoked.</summary>
    public const string InvalidToken = "invalid_token";

    /// <summary>The token belongs to another room.</summary>
    public const string WrongRoom = "wrong_room";

    /// <summary>The request names somebody else than the holder of the token.</summary>
    public const string ActingUserMismatch = "acting_user_mismatch";

    /// <summary>Only somebody with a seat can do that.</summary>
    public const string SeatRequired = "seat_required";

    /// <summary>Only an admin can do that.</summary>
    public const string AdminOnly = "admin_only";

    /// <summary>Only the member or an admin can do that.</summary>
    public const string SelfOrAdminOnly = "self_or_admin_only";

    /// <summary>Only the one who added the item or an admin can do that.</summary>
    public const string AdderOrAdminOnly = "adder_or_admin_only";

    /// <summary>The last admin names no successor.</summary>
    public const string LastAdmin = "last_admin";

    /// <summary>The last admin names themselves.</summary>
    public const string TransferToSelf = "transfer_to_self";

    /// <summary>The named successor is not in the room.</summary>
    public const string NewAdminNotMember = "new_admin_not_member";

    /// <summary>The room has no such item.</summary>
    public const string ItemNotFound = "item_not_found";

    /// <summary>The item to vote on is not in the room.</summary>
    public const string VoteItemNotFound = "vote_item_not_found";

    /// <summary>That can be done only with an item that is queued.</summary>
    public const string ItemNotQueued = "item_not_queued";

    /// <summary>Too many watch parties are in the making.</summary>
    public const string OpeningsTooMany = "openings_too_many";

    /// <summary>There is no watch party yet.</summary>
    public const string WatchPartyNotOpen = "watch_party_not_open";

    /// <summary>A watched item does not go back to the queue.</summary>
    public const string ItemWatched = "item_watched";

    /// <summary>Another item of the queue has that TMDB id.</summary>
    public const string ItemExists = "item_exists";

    /// <summary>The queue has as many items as it takes.</summary>
    public const string QueueFull = "queue_full";

    /// <summary>Nothing can be picked.</summary>
    public const string QueueEmpty = "queue_empty";

    /// <summary>There is no such vote.</summary>
    public const string VoteNotFound = "vote_not_found";

    /// <summary>The room allows no second vote in a round.</summary>
    public const string RevoteNotAllowed = "revote_not_allowed";

    /// <summary>As many people have voted, reacted or rated as the room counts.</summary>
    public const string VotersTooMany = "voters_too_many";

    /// <summary>There is no such history entry.</summary>
    public const string HistoryNotFound = "history_not_found";

    /// <summary>One round is open at a time.</summary>
    public const string VotingRoundOpen = "voting_round_open";

    /// <summary>There is no open round.</summary>
    public const string NoVotingRound = "no_voting_round";

    /// <summary>What came over a socket is no frame.</summary>
    public const string InvalidMessageFormat = "invalid_message_format";

    /// <summary>There is no such frame.</summary>
    public const string UnknownMessageType = "unknown_message_type";
}
