namespace AkkaParty.Protocol.Rooms;

/// <summary>
/// Who acts in a room. The room itself checks that the token belongs to the member, so a revocation holds from the next command on. On
/// a server whose rooms are open to everybody there is no token, and the acting user is whoever the request names.
/// </summary>
/// <param name="UserId">
/// The member; null for the holder of an admin token without a seat, or where an open room's request names nobody.
/// </param>
/// <param name="TokenHash">The hash of the token that was presented; null only on a server whose rooms are open.</param>
public sealed record RoomActor(string? UserId, string? TokenHash);
