namespace AkkaParty.Protocol.Rooms;

/// <summary>The types of the frames the server sends over a room's WebSocket.</summary>
public static class RoomFrameTypes
{
    /// <summary>Who is connected.</summary>
    public const string Presence = "presence";

    /// <summary>Somebody's first connection opened.</summary>
    public const string UserJoined = "user_joined";

    /// <summary>Somebody's last connection is gone.</summary>
    public const string UserLeft = "user_left";

    /// <summary>Somebody voted.</summary>
    public const string VoteUpdate = "vote_update";

    /// <summary>The queue changed.</summary>
    public const string QueueUpdate = "queue_update";

    /// <summary>An item was picked.</summary>
    public const string Selection = "selection";

    /// <summary>A voting round began.</summary>
    public const string VotingRoundStart = "voting_round_start";

    /// <summary>Somebody has voted as they want.</summary>
    public const string VotingRoundDone = "voting_round_done";

    /// <summary>The voting round ended.</summary>
    public const string VotingRoundEnd = "voting_round_end";

    /// <summary>Somebody reacted.</summary>
    public const string ReactionUpdate = "reaction_update";

    /// <summary>A member became an admin.</summary>
    public const string RoomAdminUpdate = "room_admin_update";

    /// <summary>The room's name or settings changed.</summary>
    public const string RoomUpdate = "room_update";

    /// <summary>There is a new member.</summary>
    public const string MemberAdded = "member_added";

    /// <summary>A member changed.</summary>
    public const string MemberUpdated = "member_updated";

    /// <summary>A member is gone.</summary>
    public const string MemberRemoved = "member_removed";

    /// <summary>The history changed.</summary>
    public const string HistoryUpdate = "history_update";

    /// <summary>The watch party of an item is there.</summary>
    public const string WatchPartyOpened = "watch_party_opened";

    /// <summary>The watch party of a film cannot be made.</summary>
    public const string WatchPartyFailed = "watch_party_failed";

    /// <summary>A ticket to one's own seat in it.</summary>
    public const string WatchTicket = "watch_ticket";

    /// <summary>The room is gone.</summary>
    public const string RoomDeleted = "room_deleted";

    /// <summary>The connection lives.</summary>
    public const string Heartbeat = "heartbeat";

    /// <summary>The client shall say something.</summary>
    public const string Ping = "ping";

    /// <summary>A message was not carried out.</summary>
    public const string Error = "error";

    /// <summary>A message with an <c>id</c> was carried out and is stored.</summary>
    public const string Ack = "ack";
}
