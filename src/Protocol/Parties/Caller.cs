namespace AkkaParty.Protocol.Parties;

/// <summary>
/// The person who acts. The party itself checks that the token belongs to the participant and has not expired, so a
/// revocation holds from the next command on, on every open socket of every node.
/// </summary>
/// <param name="UserId">The participant's id.</param>
/// <param name="TokenHash">The hash of the token that was presented; never the token.</param>
public sealed record Caller(string UserId, string TokenHash);
