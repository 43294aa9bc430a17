namespace AkkaParty.Accounts;

/// <summary>Where a call comes from.</summary>
/// <param name="Address">The client's network address, as limits know it.</param>
/// <param name="Client">What the client calls itself (<c>User-Agent</c>); null for nothing.</param>
public sealed record Origin(string Address, string? Client = null);

/// <summary>A wish to have an account.</summary>
/// <param name="Email">The e-mail.</param>
/// <param name="Password">The password.</param>
/// <param name="Name">The name others see; null for the part of the e-mail before the @.</param>
/// <param name="IdempotencyKey">Makes a repetition within 24 hours answer the same; null for none.</param>
public sealed record Registration(string Email, string Password, string? Name = null, string? IdempotencyKey = null);

/// <summary>Tokens for a session.</summary>
/// <param name="Account">Whose.</param>
/// <param name="SessionId">The session that both tokens belong to.</param>
/// <param name="AccessToken">Signed; shown with each call.</param>
/// <param name="AccessExpiresAt">When the access token ends.</param>
/// <param name="RefreshToken">Random; buys new tokens once.</param>
/// <param name="RefreshExpiresAt">When the refresh token ends.</param>
public sealed record SignIn(
    Account Account,
    Guid SessionId,
    string AccessToken,
    DateTimeOffset AccessExpiresAt,
    string RefreshToken,
    DateTimeOffset RefreshExpiresAt);

/// <summary>What to change of an account; null leaves a member as it is.</summary>
/// <param name="Name">The name.</param>
/// <param name="AvatarUrl">The picture; empty for none.</param>
public sealed record ProfileChange(string? Name = null, string? AvatarUrl = null);

/// <summary>Everything that is stored about an account and that is not a secret.</summary>
/// <param name="Account">The account.</param>
/// <param name="Sessions">Its sessions.</param>
/// <param name="Friends">Its friends and requests.</param>
/// <param name="Playlists">Its playlists with their items.</param>
/// <param name="ExportedAt">When this was put together.</param>
public sealed record AccountExport(
    Account Account,
    IReadOnlyList<AccountSession> Sessions,
    IReadOnlyList<Friend> Friends,
    IReadOnlyList<Playlist> Playlists,
    DateTimeOffset ExportedAt);

/// <summary>
/// Accounts: registering, proving who one is, and everything about oneself. Every method throws
/// <see cref="AccountsUnavailableException"/> when the database is away.
/// </summary>
public interface IAccounts
{
    /// <summary>Makes an account.</summary>
    /// <param name="registration">Whose.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>
    /// The account, or <c>invalid_email</c>, <c>invalid_name</c>, <c>invalid_password</c>, <c>common_password</c>, <c>email_taken</c>.
    /// </returns>
    Task<AccountAnswer<Account>> RegisterAsync(Registration registration, CancellationToken cancellationToken);

    /// <summary>Begins a session. Takes as long, and says the same, for an e-mail that nobody has.</summary>
    /// <param name="email">The e-mail.</param>
    /// <param name="password">The password.</param>
    /// <param name="origin">Where the call comes from; failures count for its address as well.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Tokens, or <c>invalid_credentials</c>, or <c>too_many_attempts</c> with a time to wait.</returns>
    Task<AccountAnswer<SignIn>> LogInAsync(string email, string password, Origin origin, CancellationToken cancellationToken);

    /// <summary>
    /// Exchanges a refresh token for new tokens of the same session. One that was used before ends the session, unless the call repeats the
    /// one that used it (the same key).
    /// </summary>
    /// <param name="refreshToken">The token.</param>
    /// <param name="idempotencyKey">The key of this call; null for none.</param>
    /// <param name="origin">Where the call comes from.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Tokens, or <c>invalid_refresh_token</c>.</returns>
    Task<AccountAnswer<SignIn>> RefreshAsync(
        string refreshToken, string? idempotencyKey, Origin origin, CancellationToken cancellationToken);

    /// <summary>Ends the session of a refresh token, and with it all of its tokens. An unknown token is no error.</summary>
    /// <param name="refreshToken">The token.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A task that completes when the session has ended.</returns>
    Task LogOutAsync(string refreshToken, CancellationToken cancellationToken);

    /// <summary>An account by its id.</summary>
    /// <param name="id">The id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The account, or null.</returns>
    Task<Account?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>An account by its e-mail, without regard to case.</summary>
    /// <param name="email">The e-mail.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The account, or null.</returns>
    Task<Account?> FindByEmailAsync(string email, CancellationToken cancellationToken);

    /// <summary>Changes what others see.</summary>
    /// <param name="id">Whose.</param>
    /// <param name="change">What.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The account, or <c>invalid_name</c>, <c>invalid_avatar_url</c>, <c>account_not_found</c>.</returns>
    Task<AccountAnswer<Account>> ChangeProfileAsync(Guid id, ProfileChange change, CancellationToken cancellationToken);

    /// <summary>Changes the password and ends every other session. A repetition with its key within 24 hours is no other change.</summary>
    /// <param name="id">Whose.</param>
    /// <param name="sessionId">The session that goes on.</param>
    /// <param name="current">The password until now; wrong ones count like failed log-ins.</param>
    /// <param name="next">The password from now on.</param>
    /// <param name="idempotencyKey">The key of this call; null for none.</param>
    /// <param name="origin">Where the call comes from.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>
    /// Done, or <c>invalid_credentials</c>, <c>too_many_attempts</c>, <c>invalid_password</c>, <c>common_password</c>,
    /// <c>idempotency_key_reused</c>, <c>account_not_found</c>.
    /// </returns>
    Task<AccountAnswer<Done>> ChangePasswordAsync(
        Guid id,
        Guid sessionId,
        string current,
        string next,
        string? idempotencyKey,
        Origin origin,
        CancellationToken cancellationToken);

    /// <summary>
    /// Deletes an account with its sessions, friendships and playlists. All of its tokens end at once, and it is on the list of
    /// <see cref="IDepartures"/>.
    /// </summary>
    /// <param name="id">Whose.</param>
    /// <param name="password">The password; wrong ones count like failed log-ins.</param>
    /// <param name="origin">Where the call comes from.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Done, or <c>invalid_credentials</c>, <c>too_many_attempts</c>, <c>account_not_found</c>.</returns>
    Task<AccountAnswer<Done>> DeleteAsync(Guid id, string password, Origin origin, CancellationToken cancellationToken);

    /// <summary>Puts together everything that is stored about an account.</summary>
    /// <param name="id">Whose.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Everything, or <c>account_not_found</c>.</returns>
    Task<AccountAnswer<AccountExport>> ExportAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Changes what an account may do. Holds for open sessions within a second.</summary>
    /// <param name="id">Whose.</param>
    /// <param name="role">What it may do from now on.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The account, or <c>account_not_found</c>.</returns>
    Task<AccountAnswer<Account>> ChangeRoleAsync(Guid id, AccountRole role, CancellationToken cancellationToken);
}
