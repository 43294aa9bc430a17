namespace AkkaParty.Accounts;

/// <summary>A session: one sign-in, until it is ended or not refreshed in time.</summary>
/// <param name="Id">The session's UUID, claim <c>sid</c> of its tokens.</param>
/// <param name="CreatedAt">When it began.</param>
/// <param name="LastUsedAt">When it was last refreshed.</param>
/// <param name="ExpiresAt">When its last token ends.</param>
/// <param name="Address">The network address it was last refreshed from; null when nobody knows.</param>
/// <param name="Client">What its client calls itself; null for nothing.</param>
public sealed record AccountSession(
    Guid Id, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt, DateTimeOffset ExpiresAt, string? Address, string? Client);

/// <summary>What an access token proves.</summary>
/// <param name="AccountId">Who it is.</param>
/// <param name="Number">The same as a number.</param>
/// <param name="Name">The name, as it is now.</param>
/// <param name="Email">The e-mail.</param>
/// <param name="AvatarUrl">The picture; null for none.</param>
/// <param name="Role">What they may do, as it is now and not as it was when the token was signed.</param>
/// <param name="SessionId">The session.</param>
/// <param name="ExpiresAt">When the token ends.</param>
public sealed record AccessGrant(
    Guid AccountId,
    long Number,
    string Name,
    string Email,
    string? AvatarUrl,
    AccountRole Role,
    Guid SessionId,
    DateTimeOffset ExpiresAt);

/// <summary>A public key that access tokens are checked with (RSA, RS256).</summary>
/// <param name="KeyId">The key's id, header <c>kid</c> of tokens.</param>
/// <param name="Modulus">The modulus, base64url.</param>
/// <param name="Exponent">The exponent, base64url.</param>
public sealed record PublishedKey(string KeyId, string Modulus, string Exponent);

/// <summary>
/// Sessions and the access tokens that belong to them. Every method that returns a task throws <see cref="AccountsUnavailableException"/>
/// when the database is away.
/// </summary>
public interface ISessions
{
    /// <summary>Checks an access token: its signature and times, and that its session holds (as of at most a second ago).</summary>
    /// <param name="accessToken">The token.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>What it proves, or <c>invalid_token</c>, <c>token_expired</c>, <c>token_revoked</c>.</returns>
    ValueTask<AccountAnswer<AccessGrant>> VerifyAsync(string accessToken, CancellationToken cancellationToken);

    /// <summary>The sessions of an account that hold, the latest used first.</summary>
    /// <param name="accountId">Whose.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The sessions.</returns>
    Task<IReadOnlyList<AccountSession>> ListAsync(Guid accountId, CancellationToken cancellationToken);

    /// <summary>Ends a session: its tokens hold no longer, and open connections hear of it.</summary>
    /// <param name="accountId">Whose.</param>
    /// <param name="sessionId">Which.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Done, or <c>session_not_found</c>.</returns>
    Task<AccountAnswer<Done>> RevokeAsync(Guid accountId, Guid sessionId, CancellationToken cancellationToken);

    /// <summary>Ends all sessions of an account.</summary>
    /// <param name="accountId">Whose.</param>
    /// <param name="exceptSessionId">The one that goes on; null for none.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>How many were ended.</returns>
    Task<int> RevokeAllAsync(Guid accountId, Guid? exceptSessionId, CancellationToken cancellationToken);

    /// <summary>
    /// Says when a session is ended, wherever in the cluster that happened, within a second. One that was ended in the last seconds before
    /// is told of as well. Needs no database to be called: while that is away, it is told of when it is back.
    /// </summary>
    /// <param name="sessionId">The session of an open connection.</param>
    /// <param name="revoked">Called once, on a thread of the pool; must not block.</param>
    /// <returns>Stops watching when it is disposed of.</returns>
    IDisposable Watch(Guid sessionId, Action revoked);

    /// <summary>The public keys of all tokens that may still hold.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The keys, the newest first.</returns>
    Task<IReadOnlyList<PublishedKey>> PublishedKeysAsync(CancellationToken cancellationToken);
}
