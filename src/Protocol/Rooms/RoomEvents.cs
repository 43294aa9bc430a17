namespace AkkaParty.Protocol.Rooms;

/// <summary>Something that happened in a room. Events carry what followers are told, so that a resumed feed is the live one.</summary>
/// <param name="At">When it happened.</param>
public abstract record RoomEvent(DateTimeOffset At);

/// <summary>
/// The room was created. The first listed member holds the token and is the admin; without members an admin without a seat does.
/// </summary>
/// <param name="At">When it happened.</param>
/// <param name="Code">The room's code.</param>
/// <param name="Name">The room's name.</param>
/// <param name="Members">The listed members.</param>
/// <param name="Settings">The settings.</param>
/// <param name="Token">The creator's token.</param>
public sealed record RoomCreated(
    DateTimeOffset At, string Code, string Name, IReadOnlyList<RoomSeat> Members, RoomSettings Settings, RoomTokenGrant Token)
    : RoomEvent(At);

/// <summary>Name or settings changed.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Name">The name from now on.</param>
/// <param name="Settings">The settings from now on.</param>
/// <param name="By">The admin; null for one without a seat, and where an open room's request names nobody.</param>
public sealed record RoomUpdated(DateTimeOffset At, string Name, RoomSettings Settings, string? By) : RoomEvent(At);

/// <summary>The room was deleted with everything in it.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Members">The user ids of those who were in it.</param>
/// <param name="PendingItems">The ids of the items whose data was to be looked up.</param>
/// <param name="By">The admin; null for one without a seat, and where an open room's request names nobody.</param>
public sealed record RoomDeleted(
    DateTimeOffset At, IReadOnlyList<string> Members, IReadOnlyList<string> PendingItems, string? By) : RoomEvent(At);

/// <summary>Somebody joined who was not listed.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Seat">Their seat.</param>
/// <param name="IsAdmin">Whether they are an admin.</param>
/// <param name="Token">Their token.</param>
public sealed record MemberJoined(DateTimeOffset At, RoomSeat Seat, bool IsAdmin, RoomTokenGrant Token) : RoomEvent(At);

/// <summary>Somebody took the seat they were listed with.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Seat">The seat, as it was listed.</param>
/// <param name="IsAdmin">Whether they become an admin by it.</param>
/// <param name="Token">Their token.</param>
public sealed record SeatClaimed(DateTimeOffset At, RoomSeat Seat, bool IsAdmin, RoomTokenGrant Token) : RoomEvent(At);

/// <summary>Somebody was listed.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Seat">Their seat.</param>
/// <param name="By">Who listed them; null for an admin without a seat, and where an open room's request names nobody.</param>
public sealed record MemberListed(DateTimeOffset At, RoomSeat Seat, string? By) : RoomEvent(At);

/// <summary>A member's name, avatar or region changed.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Seat">The seat from now on.</param>
/// <param name="Claimed">Whether somebody has taken it.</param>
/// <param name="By">Who changed it; null for an admin without a seat, and where an open room's request names nobody.</param>
public sealed record MemberUpdated(DateTimeOffset At, RoomSeat Seat, bool Claimed, string? By) : RoomEvent(At);

/// <summary>Somebody left or was removed.</summary>
/// <param name="At">When it happened.</param>
/// <param name="UserId">Who is gone.</param>
/// <param name="By">
/// Who removed them, themselves included; null for an admin without a seat, and where an open room's request names nobody.
/// </param>
public sealed record MemberRemoved(DateTimeOffset At, string UserId, string? By) : RoomEvent(At);

/// <summary>A seat lost its holder, and the next to join with its id takes it.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Seat">The seat.</param>
/// <param name="By">The admin; null for one without a seat, and where an open room's request names nobody.</param>
/// <param name="WasAdmin">Whether its holder was an admin; whoever takes the seat next is none.</param>
public sealed record SeatFreed(DateTimeOffset At, RoomSeat Seat, string? By, bool WasAdmin = false) : RoomEvent(At);

/// <summary>A member became an admin.</summary>
/// <param name="At">When it happened.</param>
/// <param name="UserId">The new admin.</param>
/// <param name="Name">Their name.</param>
/// <param name="By">Who made them one; null for an admin without a seat, and where an open room's request names nobody.</param>
/// <param name="ByName">That one's name.</param>
public sealed record AdminGranted(DateTimeOffset At, string UserId, string Name, string? By, string? ByName) : RoomEvent(At);

/// <summary>A member, or the admin without a seat, got another token.</summary>
/// <param name="At">When it happened.</param>
/// <param name="UserId">The member; null for the admin without a seat.</param>
/// <param name="Token">The token.</param>
/// <param name="DroppedTokenHash">The token that ended because there were too many; null when none did.</param>
public sealed record RoomTokenIssued(DateTimeOffset At, string? UserId, RoomTokenGrant Token, string? DroppedTokenHash) : RoomEvent(At);

/// <summary>A token was ended.</summary>
/// <param name="At">When it happened.</param>
/// <param name="UserId">The member; null for the admin without a seat.</param>
/// <param name="TokenHash">Its hash.</param>
/// <param name="WasLast">Whether they have no other, so that nothing of theirs may stay open.</param>
public sealed record RoomTokenRevoked(DateTimeOffset At, string? UserId, string TokenHash, bool WasLast) : RoomEvent(At);

/// <summary>Somebody's first connection opened.</summary>
/// <param name="At">When it happened.</param>
/// <param name="UserId">Who.</param>
/// <param name="Name">Their name; null for somebody in an open room who is not its member.</param>
public sealed record MemberConnected(DateTimeOffset At, string UserId, string? Name) : RoomEvent(At);

/// <summary>Somebody's last connection is gone.</summary>
/// <param name="At">When it happened.</param>
/// <param name="UserId">Who.</param>
/// <param name="Name">Their name; null for somebody in an open room who is not its member.</param>
public sealed record MemberDisconnected(DateTimeOffset At, string UserId, string? Name) : RoomEvent(At);
