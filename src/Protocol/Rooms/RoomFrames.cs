using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.Rooms;

/// <summary>A flat frame that the server sends over a room's WebSocket.</summary>
/// <param name="Type">Which one: one of <see cref="RoomFrameTypes"/>.</param>
public abstract record RoomFrame([property: JsonPropertyOrder(-1)] string Type);

/// <summary>Who is connected: to one client, on connect and on <c>get_presence</c>.</summary>
/// <param name="Users">Their ids.</param>
/// <param name="Timestamp">When that was so.</param>
/// <param name="Seq">The number of the room's last event: what to resume from with <c>?since=</c>.</param>
/// <param name="Resumed">
/// On connecting with <c>since</c>: whether everything that was missed follows. False when that is too much, or the room has not got that
/// far: then the client reads the room anew. Left out otherwise.
/// </param>
public sealed record PresenceFrame(
    IReadOnlyList<string> Users,
    DateTimeOffset Timestamp,
    long Seq,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Resumed = null) : RoomFrame(RoomFrameTypes.Presence);

/// <summary>Somebody's first connection opened.</summary>
/// <param name="UserId">Who.</param>
/// <param name="UserName">Their name; null for somebody in an open room who is not its member.</param>
/// <param name="Timestamp">When.</param>
/// <param name="Seq">The event's number.</param>
public sealed record UserJoinedFrame(string UserId, string? UserName, DateTimeOffset Timestamp, long Seq)
    : RoomFrame(RoomFrameTypes.UserJoined);

/// <summary>Somebody's last connection is gone.</summary>
/// <param name="UserId">Who.</param>
/// <param name="UserName">Their name; null for somebody in an open room who is not its member.</param>
/// <param name="Timestamp">When.</param>
/// <param name="Seq">The event's number.</param>
public sealed record UserLeftFrame(string UserId, string? UserName, DateTimeOffset Timestamp, long Seq)
    : RoomFrame(RoomFrameTypes.UserLeft);

/// <summary>Somebody voted, changed their vote, or took it back.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="UserId">The voter.</param>
/// <param name="UserName">The voter's name; null for somebody in an open room who is not its member.</param>
/// <param name="Vote"><c>up</c> or <c>down</c>; null when it was taken back.</param>
/// <param name="Upvotes">The item's up votes.</param>
/// <param name="Downvotes">The item's down votes.</param>
/// <param name="VoteScore">The difference.</param>
/// <param name="Timestamp">When.</param>
/// <param name="Seq">The event's number.</param>
public sealed record VoteUpdateFrame(
    string ItemId,
    string UserId,
    string? UserName,
    string? Vote,
    int Upvotes,
    int Downvotes,
    int VoteScore,
    DateTimeOffset Timestamp,
    long Seq) : RoomFrame(RoomFrameTypes.VoteUpdate);

/// <summary>The queue changed.</summary>
/// <param name="Action"><c>add</c>, <c>update</c>, <c>remove</c>, <c>watching</c>, <c>watched</c> or <c>enriched</c>.</param>
/// <param name="ItemId">The item.</param>
/// <param name="Title">Its title.</param>
/// <param name="AddedBy">Who added it.</param>
/// <param name="Item">The item from now on.</param>
/// <param name="Timestamp">When.</param>
/// <param name="Seq">The event's number.</param>
public sealed record QueueUpdateFrame(
    string Action, string ItemId, string Title, string AddedBy, ItemView Item, DateTimeOffset Timestamp, long Seq)
    : RoomFrame(RoomFrameTypes.QueueUpdate);

/// <summary>An item was picked.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="Title">Its title.</param>
/// <param name="SelectedBy">Who had the room pick.</param>
/// <param name="PosterUrl">The address of its poster.</param>
/// <param name="SelectionId">The selection.</param>
/// <param name="Mode">How; null when an admin picked by hand.</param>
/// <param name="Explanation">One sentence for people.</param>
/// <param name="Timestamp">When.</param>
/// <param name="Seq">The event's number.</param>
public sealed record SelectionFrame(
    string ItemId,
    string Title,
    string? SelectedBy,
    string? PosterUrl,
    string SelectionId,
    SelectionMode? Mode,
    string Explanation,
    DateTimeOffset Timestamp,
    long Seq) : RoomFrame(RoomFrameTypes.Selection);

/// <summary>A voting round began.</summary>
/// <param name="RoundId">The round.</param>
/// <param name="DurationSeconds">How long it takes at most.</param>
/// <param name="StartedBy">Who started it.</param>
/// <param name="EndsAt">When it ends at the latest.</param>
/// <param name="Timestamp">When.</param>
/// <param name="Seq">The event's number.</param>
public sealed record VotingRoundStartFrame(
    string RoundId, int DurationSeconds, string? StartedBy, DateTimeOffset EndsAt, DateTimeOffset Timestamp, long Seq)
    : RoomFrame(RoomFrameTypes.VotingRoundStart);

/// <summary>Somebody has voted as they want.</summary>
/// <param name="RoundId">The round.</param>
/// <param name="UserId">Who.</param>
/// <param name="Timestamp">When.</param>
/// <param name="Seq">The event's number.</param>
public sealed record VotingRoundDoneFrame(string RoundId, string UserId, DateTimeOffset Timestamp, long Seq)
    : RoomFrame(RoomFrameTypes.VotingRoundDone);

/// <summary>The voting round ended.</summary>
/// <param name="RoundId">The round.</param>
/// <param name="Reason">Why.</param>
/// <param name="WinnerItemId">The item with the highest score, of equal ones the oldest; null when the queue was empty.</param>
/// <param name="Standings">The ten best items.</param>
/// <param name="Timestamp">When.</param>
/// <param name="Seq">The event's number.</param>
public sealed record VotingRoundEndFrame(
    string RoundId,
    VotingRoundEnd Reason,
    string? WinnerItemId,
    IReadOnlyList<StandingView> Standings,
    DateTimeOffset Timestamp,
    long Seq) : RoomFrame(RoomFrameTypes.VotingRoundEnd);

/// <summary>Somebody reacted to an item, or took a reaction back.</summary>
/// <param name="ItemId">The item.</param>
/// <param name="UserId">Who.</param>
/// <param name="Reaction">One of <see cref="ItemReactions"/>.</param>
/// <param name="Active">Whether it is there now.</param>
/// <param name="Timestamp">When.</param>
/// <param name="Seq">The event's number.</param>
public sealed record ReactionUpdateFrame(
    string ItemId, string UserId, string Reaction, bool Active, DateTimeOffset Timestamp, long Seq)
    : RoomFrame(RoomFrameTypes.ReactionUpdate);

/// <summary>A member became an admin.</summary>
/// <param name="TargetUserId">The new admin.</param>
/// <param name="TargetName">Their name.</param>
/// <param name="SharedBy">Who made them one.</param>
/// <param name="SharedByName">That one's name.</param>
/// <param name="Timestamp">When.</param>
/// <param name="Seq">The event's number.</param>
public sealed record RoomAdminUpdateFrame(
    string TargetUserId, string TargetName, string? SharedBy, string? SharedByName, DateTimeOffset Timestamp, long Seq)
    : RoomFrame(RoomFrameTypes.RoomAdminUpdate);

/// <summary>The room's name or settings changed.</summary>
/// <param name="Room">Both.</param>
/// <param name="Timestamp">When.</param>
/// <param name="Seq">The event's number.</param>
public sealed record RoomUpdateFrame(RoomShown Room, DateTimeOffset Timestamp, long Seq) : RoomFrame(RoomFrameTypes.RoomUpdate);

/// <summary>What of a room can be changed.</summary>
/// <param name="Name">The name.</param>
/// <param name="Settings">The settings.</param>
public sealed record RoomShown(string Name, RoomSettings Settings);

/// <summary>There is a new member.</summary>
/// <param name="Member">The member.</param>
/// <param name="Timestamp">When.</param>
/// <param name="Seq">The event's number.</param>
public sealed record MemberAddedFrame(MemberShown Member, DateTimeOffset Timestamp, long Seq) : RoomFrame(RoomFrameTypes.MemberAdded);

/// <summary>A member changed, or their seat was taken or freed.</summary>
/// <param name="Member">The member.</param>
/// <param name="Timestamp">When.</param>
/// <param name="Seq">The event's number.</param>
public sealed record MemberUpdatedFrame(MemberShown Member, DateTimeOffset Timestamp, long Seq)
    : RoomFrame(RoomFrameTypes.MemberUpdated);

/// <summary>A member in a frame.</summary>
/// <param name="UserId">The id.</param>
/// <param name="Name">The name.</param>
/// <param name="Avatar">The avatar.</param>
/// <param name="Region">The region.</param>
/// <param name="Claimed">Whether somebody has taken the seat.</param>
public sealed record MemberShown(string UserId, string Name, string Avatar, string Region, bool Claimed);

/// <summary>Somebody left or was removed.</summary>
/// <param name="UserId">Who.</param>
/// <param name="RemovedBy">Who removed them, themselves included.</param>
/// <param name="Timestamp">When.</param>
/// <param name="Seq">The event's number.</param>
public sealed record MemberRemovedFrame(string UserId, string? RemovedBy, DateTimeOffset Timestamp, long Seq)
    : RoomFrame(RoomFrameTypes.MemberRemoved);

/// <summary>The history changed.</summary>
/// <param name="Action"><c>watched</c> or <c>rated</c>.</param>
/// <param name="Entry">The entry from now on.</param>
/// <param name="Timestamp">When.</param>
/// <param name="Seq">The event's number.</param>
public sealed record HistoryUpdateFrame(string Action, HistoryShown Entry, DateTimeOffset Timestamp, long Seq)
    : RoomFrame(RoomFrameTypes.HistoryUpdate);

/// <summary>The watch party of an item is there, with a seat for every member.</summary>
/// <param name="WatchPartyId">Its id.</param>
/// <param name="InviteCode">Its invite code.</param>
/// <param name="ItemId">The item.</param>
/// <param name="Title">Its title.</param>
/// <param name="Timestamp">When.</param>
/// <param name="Seq">The event's number.</param>
public sealed record WatchPartyOpenedFrame(
    string WatchPartyId, string InviteCode, string ItemId, string Title, DateTimeOffset Timestamp, long Seq)
    : RoomFrame(RoomFrameTypes.WatchPartyOpened);

/// <summary>The watch party of an item cannot be made; an admin may try again.</summary>
/// <param name="WatchPartyId">The id it would have had.</param>
/// <param name="ItemId">The item.</param>
/// <param name="Title">Its title.</param>
/// <param name="Reason">Why.</param>
/// <param name="Timestamp">When.</param>
/// <param name="Seq">The event's number.</param>
public sealed record WatchPartyFailedFrame(
    string WatchPartyId, string ItemId, string Title, string Reason, DateTimeOffset Timestamp, long Seq)
    : RoomFrame(RoomFrameTypes.WatchPartyFailed);

/// <summary>A ticket to one's own seat in a watch party; to its owner only, good for one connection.</summary>
/// <param name="WatchPartyId">The watch party.</param>
/// <param name="InviteCode">Its invite code, for friends who were not there.</param>
/// <param name="Ticket">The ticket.</param>
/// <param name="ExpiresIn">For how many seconds it holds.</param>
/// <param name="Url">Where it opens a connection, from the server's address on; the ticket is in it.</param>
public sealed record RoomWatchTicketFrame(string WatchPartyId, string InviteCode, string Ticket, int ExpiresIn, string Url)
    : RoomFrame(RoomFrameTypes.WatchTicket);

/// <summary>The room is gone; the connection is closed behind it.</summary>
/// <param name="DeletedBy">Who deleted it.</param>
/// <param name="Timestamp">When.</param>
/// <param name="Seq">The event's number.</param>
public sealed record RoomDeletedFrame(string? DeletedBy, DateTimeOffset Timestamp, long Seq) : RoomFrame(RoomFrameTypes.RoomDeleted);

/// <summary>The connection lives.</summary>
/// <param name="Timestamp">The time now.</param>
public sealed record RoomHeartbeatFrame(DateTimeOffset Timestamp) : RoomFrame(RoomFrameTypes.Heartbeat);

/// <summary>The client has been silent; it shall say something.</summary>
public sealed record RoomPingFrame() : RoomFrame(RoomFrameTypes.Ping);

/// <summary>A message was not carried out; to its sender only.</summary>
/// <param name="Error">One sentence for people.</param>
/// <param name="Detail">The same sentence.</param>
/// <param name="Code">A stable code, one of <see cref="RoomErrorCodes"/> or of the server's own.</param>
/// <param name="Retryable">Whether the same message may succeed later without any change.</param>
/// <param name="Field">The field at fault; left out when no single one is.</param>
/// <param name="Id">The number of the message at fault; left out when it had none.</param>
/// <param name="RetryAfterMs">When it makes sense to try again, in milliseconds; left out when it does not.</param>
public sealed record RoomErrorFrame(
    string Error,
    string Detail,
    string Code,
    bool Retryable,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Field = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? Id = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? RetryAfterMs = null) : RoomFrame(RoomFrameTypes.Error);

/// <summary>A message with a number was carried out, and what it changed is stored; to its sender only.</summary>
/// <param name="Id">The number of the message.</param>
/// <param name="Seq">The room's sequence number at which it was carried out.</param>
public sealed record RoomAckFrame(long Id, long Seq) : RoomFrame(RoomFrameTypes.Ack);
