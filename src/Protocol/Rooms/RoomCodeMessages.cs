namespace AkkaParty.Protocol.Rooms;

/// <summary>
/// Something asked of a code. A code is claimed once and never again: it leads to its room as long as that lives. Invite codes of watch
/// parties are claimed and found with the same messages; there the room is the watch party.
/// </summary>
/// <param name="At">The time of the call.</param>
public abstract record RoomCodeCommand(DateTimeOffset At);

/// <summary>Claims the code for a room; refused with <c>code_taken</c> when another room has it. Twice for one room is fine.</summary>
/// <param name="At">The time of the call.</param>
/// <param name="RoomId">The room.</param>
public sealed record ClaimRoomCode(DateTimeOffset At, string RoomId) : RoomCodeCommand(At);

/// <summary>Which room has the code; answered with <see cref="RoomCodeOwner"/>, or refused with <c>room_not_found</c>.</summary>
public sealed record FindRoomByCode;

/// <summary>The answer to <see cref="ClaimRoomCode"/> and <see cref="FindRoomByCode"/>.</summary>
/// <param name="RoomId">The room; it may have been deleted.</param>
public sealed record RoomCodeOwner(string RoomId);

/// <summary>Something that happened to a room's code.</summary>
/// <param name="At">When it happened.</param>
public abstract record RoomCodeEvent(DateTimeOffset At);

/// <summary>The code belongs to a room from now on.</summary>
/// <param name="At">When it happened.</param>
/// <param name="RoomId">The room.</param>
public sealed record RoomCodeClaimed(DateTimeOffset At, string RoomId) : RoomCodeEvent(At);
