namespace AkkaParty.Http.Identity;

/// <summary>Somebody with an account, recognised by an access token whose session goes on.</summary>
/// <param name="UserId">The account's id: a UUID in its 36-character form, lower case.</param>
/// <param name="Number">The account's integer id, which some surfaces use.</param>
/// <param name="Email">The account's e-mail address.</param>
/// <param name="Name">The name shown to others, 1 to 100 characters.</param>
/// <param name="AvatarUrl">Their picture, at most 500 characters; null for none.</param>
/// <param name="IsAdmin">Whether the account is an administrator's.</param>
/// <param name="SessionId">The session the token is bound to: when it is revoked, sockets opened with it close.</param>
/// <param name="ExpiresAt">When the token ends.</param>
internal sealed record AccountCaller(
    string UserId,
    long Number,
    string Email,
    string Name,
    string? AvatarUrl,
    bool IsAdmin,
    string SessionId,
    DateTimeOffset ExpiresAt)
{
    /// <summary><see cref="UserId"/> as accounts know it.</summary>
    public Guid Id => Guid.ParseExact(UserId, "D");

    /// <summary><see cref="SessionId"/> as accounts know it.</summary>
    public Guid Session => Guid.ParseExact(SessionId, "D");
}
