using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.Rooms;

/// <summary>Something asked of a room. Everything a decision needs comes with it: time, ids, random numbers and token hashes.</summary>
/// <param name="At">The time of the call, in cluster time.</param>
public abstract record RoomCommand(DateTimeOffset At)
{
    /// <summary>
    /// What the caller's request asked for, as a hash, when it came with a key of the caller's own choosing; copied into the reply, so
    /// that the same key with another request is noticed. At most 64 characters.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Fingerprint { get; init; }
}

/// <summary>Something that somebody with a token (or, in an open room, anybody) asks.</summary>
/// <param name="At">The time of the call, in cluster time.</param>
/// <param name="Actor">Who acts.</param>
public abstract record RoomCallerCommand(DateTimeOffset At, RoomActor Actor) : RoomCommand(At);

/// <summary>What somebody says about themselves, or another about them, when they get a seat.</summary>
/// <param name="UserId">The id, 1 to 50 characters, chosen by the client.</param>
/// <param name="Name">The name, 1 to 100 characters, not taken in the room whatever the case.</param>
/// <param name="Avatar">An emoji or a short text, 1 to 10 characters.</param>
/// <param name="Region">Two letters: whose streaming services count for them.</param>
public sealed record RoomSeat(string UserId, string Name, string Avatar = RoomSeat.DefaultAvatar, string Region = RoomSeat.DefaultRegion)
{
    /// <summary>The avatar when none is given.</summary>
    public const string DefaultAvatar = "\U0001F464";

    /// <summary>The region when none is given.</summary>
    public const string DefaultRegion = "US";
}

/// <summary>A token that is given out with a command.</summary>
/// <param name="Hash">Its hash; the token itself is nowhere.</param>
/// <param name="ExpiresAt">When it ends.</param>
/// <param name="Person">
/// Links the seats of one person in several rooms: the same in every token that was given to somebody who showed an earlier one. Random,
/// 32 hex characters, never shown.
/// </param>
public sealed record RoomTokenGrant(string Hash, DateTimeOffset ExpiresAt, string Person)
{
    /// <summary>The account of whoever gets it, if they showed that they have one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AccountId { get; init; }
}

/// <summary>Creates the room. The first listed member takes their seat with the token and is the admin; the others claim theirs by joining.
/// Without members the token is an admin's without a seat.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Code">The room's code, already claimed for it.</param>
/// <param name="Name">The name, 1 to 200 characters.</param>
/// <param name="Members">The listed members, at most 50.</param>
/// <param name="Settings">The settings.</param>
/// <param name="Token">The creator's token.</param>
public sealed record CreateRoom(
    DateTimeOffset At, string Code, string Name, IReadOnlyList<RoomSeat> Members, RoomSettings Settings, RoomTokenGrant Token)
    : RoomCommand(At);

/// <summary>
/// Takes a seat: a new one, or a listed one that nobody has claimed. The holder of an admin token without a seat stays admin. A
/// seat that is taken is refused, unless the caller shows a token of it, or the room is open: then nothing changes.
/// </summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">
/// A token of this room that the caller showed; with neither user nor token when none was shown; null where rooms are open.
/// </param>
/// <param name="Seat">The seat; a claimed seat keeps the name it was listed with.</param>
/// <param name="Token">The token for the seat.</param>
public sealed record JoinRoom(DateTimeOffset At, RoomActor? Actor, RoomSeat Seat, RoomTokenGrant Token) : RoomCommand(At);

/// <summary>A member lists somebody, who claims the seat by joining. Somebody who is listed already stays as they are.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="Seat">The seat.</param>
public sealed record AddMember(DateTimeOffset At, RoomActor Actor, RoomSeat Seat) : RoomCallerCommand(At, Actor);

/// <summary>Changes a member's name, avatar and region: oneself, or an admin.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="Seat">The seat as it shall be.</param>
public sealed record UpdateMember(DateTimeOffset At, RoomActor Actor, RoomSeat Seat) : RoomCallerCommand(At, Actor);

/// <summary>Removes a member: oneself, or an admin. Their tokens end; their items, votes and ratings stay.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="UserId">Who goes.</param>
public sealed record RemoveMember(DateTimeOffset At, RoomActor Actor, string UserId) : RoomCallerCommand(At, Actor);

/// <summary>Leaves; the last admin names a successor. Leaving twice is fine.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who leaves.</param>
/// <param name="UserId">Who leaves; must be the acting user.</param>
/// <param name="NewAdminUserId">The next admin.</param>
public sealed record LeaveRoom(DateTimeOffset At, RoomActor Actor, string UserId, string? NewAdminUserId) : RoomCallerCommand(At, Actor);

/// <summary>An admin makes a member an admin.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="UserId">The next admin.</param>
public sealed record GrantAdmin(DateTimeOffset At, RoomActor Actor, string UserId) : RoomCallerCommand(At, Actor);

/// <summary>An admin frees a seat whose holder lost their token: their tokens end, and the next to join with that id claims it.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="UserId">Whose seat.</param>
public sealed record FreeSeat(DateTimeOffset At, RoomActor Actor, string UserId) : RoomCallerCommand(At, Actor);

/// <summary>An admin changes name or settings; settings are replaced as a whole.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="Name">The new name; null leaves it.</param>
/// <param name="Settings">The new settings; null leaves them.</param>
public sealed record UpdateRoom(DateTimeOffset At, RoomActor Actor, string? Name, RoomSettings? Settings) : RoomCallerCommand(At, Actor);

/// <summary>An admin deletes the room with everything in it, for good.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Who acts.</param>
public sealed record DeleteRoom(DateTimeOffset At, RoomActor Actor) : RoomCallerCommand(At, Actor);

/// <summary>Gives the acting member another token: for another device, or because the answer to their first call was lost.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="UserId">The member; null for the admin without a seat.</param>
/// <param name="Actor">The member's own token; null when the server itself has recognised them by a repeated call.</param>
/// <param name="Token">The new token.</param>
public sealed record IssueRoomToken(DateTimeOffset At, string? UserId, RoomActor? Actor, RoomTokenGrant Token) : RoomCommand(At);

/// <summary>Ends the token the caller presents.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="Actor">Whose token ends.</param>
public sealed record RevokeRoomToken(DateTimeOffset At, RoomActor Actor) : RoomCallerCommand(At, Actor);

/// <summary>Somebody's first connection opened, or the last one is gone; sent by the runtime.</summary>
/// <param name="At">The time it happened.</param>
/// <param name="UserId">Who.</param>
/// <param name="Connected">True for the first connection, false when none is left.</param>
public sealed record SetRoomPresence(DateTimeOffset At, string UserId, bool Connected) : RoomCommand(At);

/// <summary>A deadline of the room has passed; sent by the runtime.</summary>
/// <param name="At">The time now.</param>
/// <param name="Due">The deadline.</param>
public sealed record PassRoomDeadline(DateTimeOffset At, DateTimeOffset Due) : RoomCommand(At);
