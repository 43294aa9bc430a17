using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.Rooms;

/// <summary>
/// Something asked of a code: a room's, or a watch party's invite code. It is claimed once and never again, and leads to its owner as long
/// as that lives. In what is stored the owner is called <c>room_id</c>, whatever it is.
/// </summary>
/// <param name="At">The time of the call.</param>
public abstract record RoomCodeCommand(DateTimeOffset At);

/// <summary>
/// Claims the code; refused with <c>code_taken</c>, of watch parties <c>invite_code_taken</c>, when somebody else has it. Twice for one
/// owner is fine.
/// </summary>
/// <param name="At">The time of the call.</param>
/// <param name="OwnerId">The id of the room or watch party that claims it.</param>
public sealed record ClaimRoomCode(DateTimeOffset At, [property: JsonPropertyName("room_id")] string OwnerId) : RoomCodeCommand(At);

/// <summary>
/// Whose the code is; answered with <see cref="RoomCodeOwner"/>, or refused with <c>room_not_found</c>, of watch parties
/// <c>watch_party_not_found</c>.
/// </summary>
public sealed record FindRoomByCode;

/// <summary>The answer to <see cref="ClaimRoomCode"/> and <see cref="FindRoomByCode"/>.</summary>
/// <param name="OwnerId">The id of the room or watch party; it may have been deleted.</param>
public sealed record RoomCodeOwner([property: JsonPropertyName("room_id")] string OwnerId);

/// <summary>Something that happened to a code.</summary>
/// <param name="At">When it happened.</param>
public abstract record RoomCodeEvent(DateTimeOffset At);

/// <summary>The code belongs to a room or a watch party from now on.</summary>
/// <param name="At">When it happened.</param>
/// <param name="OwnerId">The id of the room or watch party.</param>
public sealed record RoomCodeClaimed(DateTimeOffset At, [property: JsonPropertyName("room_id")] string OwnerId) : RoomCodeEvent(At);
