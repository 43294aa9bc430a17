namespace AkkaParty.Protocol.Rooms;

/// <summary>The one table from an error's code to its HTTP status and its text.</summary>
public static class RoomErrors
{
    /// <summary>Every row, in the order of the documentation.</summary>
    public static IReadOnlyList<ErrorRow> All { get; } =
    [
        new(RoomErrorCodes.InvalidRoomId, 400, "Invalid room_id"),
        new(RoomErrorCodes.InvalidItemId, 400, "Invalid item_id"),
        new(RoomErrorCodes.InvalidHistoryId, 400, "Invalid history_id"),
        new(RoomErrorCodes.RoomNameInvalid, 422, "name must be 1 to 200 visible characters"),
        new(RoomErrorCodes.UserIdInvalid, 422, "user_id must be 1 to 50 visible characters"),
        new(RoomErrorCodes.MemberNameInvalid, 422, "name must be 1 to 100 visible characters"),
        new(RoomErrorCodes.AvatarInvalid, 422, "avatar must be 1 to 10 visible characters"),
        new(RoomErrorCodes.RegionInvalid, 422, "region must be two letters"),
        new(RoomErrorCodes.MembersTooMany, 422, "members must be at most 50"),
        new(RoomErrorCodes.VotingDurationInvalid, 422, "voting_duration_seconds must be 10 to 600"),
        new(RoomErrorCodes.SelectionModeInvalid, 422, "selection_mode must be 'weighted_random', 'highest_votes' or 'round_robin'"),
        new(RoomErrorCodes.TitleInvalid, 422, "title must be 1 to 500 visible characters"),
        new(RoomErrorCodes.ItemFieldInvalid, 422, "the item has an invalid field"),
        new(RoomErrorCodes.StatusInvalid, 422, "status must be 'queued', 'watching', 'watched' or 'removed'"),
        new(RoomErrorCodes.VoteInvalid, 422, "vote must be 'up' or 'down'"),
        new(RoomErrorCodes.ItemReactionInvalid, 422, "reaction must be 'fire', 'sleepy', 'laughing', 'scream' or 'hundred'"),
        new(RoomErrorCodes.RatingInvalid, 422, "rating must be 1 to 5 stars, in halves"),
        new(RoomErrorCodes.NotesInvalid, 422, "notes must be at most 1000 visible characters"),
        new(RoomErrorCodes.LimitInvalid, 422, "limit or skip is out of range"),
        new(RoomErrorCodes.RoomNotFound, 404, "Room not found"),
        new(RoomErrorCodes.RoomExists, 409, "Room already exists"),
        new(RoomErrorCodes.CodeTaken, 409, "Room code is taken"),
        new(RoomErrorCodes.RoomFull, 409, "Room is full"),
        new(RoomErrorCodes.NameTaken, 400, "User already exists, choose another name"),
        new(RoomErrorCodes.UserIdTaken, 409, "That seat is taken, choose another user_id"),
        new(RoomErrorCodes.MemberNotFound, 404, "Room or member not found"),
        new(RoomErrorCodes.PathUserMismatch, 400, "User ID in path must match member user_id"),
        new(RoomErrorCodes.TokenRequired, 401, "Authorization token required"),
        new(RoomErrorCodes.InvalidToken, 401, "Invalid or expired token"),
        new(RoomErrorCodes.WrongRoom, 403, "Token not valid for this room"),
        new(RoomErrorCodes.ActingUserMismatch, 403, "The request names another user than the token's"),
        new(RoomErrorCodes.SeatRequired, 403, "Join the room first: this token has no seat"),
        new(RoomErrorCodes.AdminOnly, 403, "Only room admins can do this"),
        new(RoomErrorCodes.SelfOrAdminOnly, 403, "Users can only remove themselves from a room"),
        new(RoomErrorCodes.AdderOrAdminOnly, 403, "Only whoever added the item or an admin can change it"),
        new(RoomErrorCodes.LastAdmin, 400, "Last admin cannot leave without transferring admin privileges"),
        new(RoomErrorCodes.TransferToSelf, 400, "Cannot transfer admin to yourself"),
        new(RoomErrorCodes.NewAdminNotMember, 400, "New admin must be an existing room member"),
        new(RoomErrorCodes.ItemNotFound, 404, "Item not found"),
        new(RoomErrorCodes.VoteItemNotFound, 400, "Item not found"),
        new(RoomErrorCodes.ItemNotQueued, 409, "The item is not in the queue any more"),
        new(RoomErrorCodes.OpeningsTooMany, 409, "Too many watch parties are being opened: try again in a moment"),
        new(RoomErrorCodes.WatchPartyNotOpen, 409, "there is no watch party yet"),
        new(RoomErrorCodes.ItemWatched, 409, "The item was watched: add the film again"),
        new(RoomErrorCodes.ItemExists, 409, "Another item of the queue is that film"),
        new(RoomErrorCodes.QueueFull, 409, "The queue is full"),
        new(RoomErrorCodes.QueueEmpty, 404, "No items in queue or room not found"),
        new(RoomErrorCodes.VoteNotFound, 404, "Vote not found"),
        new(RoomErrorCodes.RevoteNotAllowed, 409, "Votes cannot be changed until the voting round ends"),
        new(RoomErrorCodes.VotersTooMany, 409, "Too many users have voted on or reacted to this"),
        new(RoomErrorCodes.HistoryNotFound, 404, "History entry not found"),
        new(RoomErrorCodes.VotingRoundOpen, 409, "A voting round is already open"),
        new(RoomErrorCodes.NoVotingRound, 409, "No voting round is open"),
        new(RoomErrorCodes.InvalidMessageFormat, 400, "Invalid message format"),
        new(RoomErrorCodes.UnknownMessageType, 400, "Unknown message type"),
    ];

    private static readonly Dictionary<string, ErrorRow> ByCode = All.ToDictionary(error => error.Code, StringComparer.Ordinal);

    /// <summary>Finds a row.</summary>
    /// <param name="code">The code.</param>
    /// <returns>The row, or null when the code is not a room's.</returns>
    public static ErrorRow? Find(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>The text of a code.</summary>
    /// <param name="code">The code; it must be one of <see cref="RoomErrorCodes"/>.</param>
    /// <returns>The text.</returns>
    public static string TextOf(string code) => ByCode[code].Text;
}
