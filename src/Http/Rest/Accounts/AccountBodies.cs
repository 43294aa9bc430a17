using AkkaParty.Accounts;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Http.Rest.Accounts;

/// <summary>Body of <c>POST /api/v1/users/register</c>.</summary>
/// <param name="Email">The e-mail address, at most 254 characters; one account each, whatever the case.</param>
/// <param name="Password">8 to 128 characters, not one of the common ones.</param>
/// <param name="Name">The name shown to others, 1 to 100 characters; the part of the address before the <c>@</c> when left out.</param>
internal sealed record RegisterBody(string? Email = null, string? Password = null, string? Name = null);

/// <summary>Body of <c>POST /api/v1/auth/login</c>.</summary>
/// <param name="Email">The e-mail address.</param>
/// <param name="Password">The password.</param>
internal sealed record LogInBody(string? Email = null, string? Password = null);

/// <summary>Body of <c>POST /api/v1/auth/refresh</c> and <c>POST /api/v1/auth/logout</c>.</summary>
/// <param name="RefreshToken">The refresh token.</param>
internal sealed record RefreshBody(string? RefreshToken = null);

/// <summary>Body of <c>PATCH /api/v1/profile</c>; what is left out stays.</summary>
/// <param name="Name">The name shown to others, 1 to 100 characters.</param>
/// <param name="AvatarUrl">The address of a picture, at most 2,000 characters; empty for none.</param>
internal sealed record ProfileChangeBody(string? Name = null, string? AvatarUrl = null);

/// <summary>Body of <c>POST /api/v1/profile/password</c>.</summary>
/// <param name="CurrentPassword">The present password.</param>
/// <param name="NewPassword">8 to 128 characters, not one of the common ones.</param>
internal sealed record PasswordChangeBody(string? CurrentPassword = null, string? NewPassword = null);

/// <summary>Body of <c>DELETE /api/v1/profile</c>.</summary>
/// <param name="Password">The present password.</param>
internal sealed record AccountDeletionBody(string? Password = null);

/// <summary>An account as its owner sees it.</summary>
/// <param name="Id">A UUID.</param>
/// <param name="Number">The same as a whole number, for routes that know people by numbers.</param>
/// <param name="Email">The e-mail address.</param>
/// <param name="Name">The name shown to others.</param>
/// <param name="AvatarUrl">The picture; null for none.</param>
/// <param name="Role"><c>user</c> or <c>admin</c>.</param>
/// <param name="CreatedAt">When it was registered.</param>
internal sealed record UserBody(
    Guid Id, long Number, string Email, string Name, string? AvatarUrl, string Role, DateTimeOffset CreatedAt)
{
    /// <summary>Shows an account.</summary>
    /// <param name="account">The account.</param>
    /// <returns>The same for its owner.</returns>
    public static UserBody Of(Account account) => new(
        account.Id,
        account.Number,
        account.Email,
        account.Name,
        account.AvatarUrl,
        account.Role == AccountRole.Admin ? "admin" : "user",
        account.CreatedAt);
}

/// <summary>The answer to a registration.</summary>
/// <param name="Message">What was done, for people.</param>
/// <param name="User">The account.</param>
internal sealed record RegisteredBody(string Message, UserBody User);

/// <summary>The answer to a log-in or a refresh.</summary>
/// <param name="AccessToken">The access token.</param>
/// <param name="RefreshToken">The refresh token; it can be used once.</param>
/// <param name="TokenType">Always <c>Bearer</c>.</param>
/// <param name="ExpiresIn">For how long the access token holds, in seconds.</param>
/// <param name="ExpiresAt">When the access token ends.</param>
/// <param name="RefreshExpiresAt">When the refresh token ends.</param>
/// <param name="SessionId">The session both belong to.</param>
/// <param name="User">The account.</param>
internal sealed record LoggedInBody(
    string AccessToken,
    string RefreshToken,
    string TokenType,
    int ExpiresIn,
    DateTimeOffset ExpiresAt,
    DateTimeOffset RefreshExpiresAt,
    Guid SessionId,
    UserBody User);

/// <summary>What was done, for people.</summary>
/// <param name="Message">A sentence.</param>
internal sealed record MessageBody(string Message);

/// <summary>A session of an account: one log-in, however often it was refreshed.</summary>
/// <param name="Id">A UUID.</param>
/// <param name="CreatedAt">When it began.</param>
/// <param name="LastUsedAt">When it was refreshed last.</param>
/// <param name="ExpiresAt">When it ends unless it is refreshed.</param>
/// <param name="Address">The client address it was last refreshed from; null when unknown.</param>
/// <param name="Client">What the client calls itself; null for nothing.</param>
/// <param name="Current">Whether it is the one of this call.</param>
internal sealed record SessionBody(
    Guid Id,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastUsedAt,
    DateTimeOffset ExpiresAt,
    string? Address,
    string? Client,
    bool Current)
{
    /// <summary>Shows a session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="current">The session of this call.</param>
    /// <returns>The same for its owner.</returns>
    public static SessionBody Of(AccountSession session, Guid current) => new(
        session.Id,
        session.CreatedAt,
        session.LastUsedAt,
        session.ExpiresAt,
        session.Address,
        session.Client,
        session.Id == current);
}

/// <summary>The sessions of an account that go on.</summary>
/// <param name="Sessions">The latest used first.</param>
internal sealed record SessionsBody(IReadOnlyList<SessionBody> Sessions);

/// <summary>Everything that is stored about an account and is no secret.</summary>
/// <param name="User">The account.</param>
/// <param name="Sessions">Its sessions.</param>
/// <param name="Friends">Its friends and requests.</param>
/// <param name="Playlists">Its playlists with their items.</param>
/// <param name="WatchParties">The watch parties it has or had a seat in, or was invited to; newest first, at most 1,000.</param>
/// <param name="ExportedAt">When this was put together.</param>
internal sealed record AccountExportBody(
    UserBody User,
    IReadOnlyList<SessionBody> Sessions,
    FriendsBody Friends,
    IReadOnlyList<PlaylistBody> Playlists,
    IReadOnlyList<WatchedPartyBody> WatchParties,
    DateTimeOffset ExportedAt);

/// <summary>A watch party of an account.</summary>
/// <param name="Id">A UUID.</param>
/// <param name="Title">Its title.</param>
/// <param name="Role"><c>host</c>, <c>co-host</c> or <c>viewer</c>.</param>
/// <param name="JoinedAt">When the account came first; null when it was only invited.</param>
/// <param name="LeftAt">When it left; null while it has a seat.</param>
/// <param name="WatchedMs">For how long it watched in sessions that have ended, in milliseconds.</param>
internal sealed record WatchedPartyBody(
    string Id, string Title, string Role, DateTimeOffset? JoinedAt, DateTimeOffset? LeftAt, long WatchedMs)
{
    /// <summary>Shows a watch party.</summary>
    /// <param name="party">The watch party.</param>
    /// <returns>The same for its member.</returns>
    public static WatchedPartyBody Of(WatchPartyOfMember party) => new(
        party.Party.Id,
        party.Party.Title,
        party.Role switch
        {
            WatchRole.Host => "host",
            WatchRole.CoHost => "co-host",
            _ => "viewer",
        },
        party.JoinedAt,
        party.LeftAt,
        party.WatchedMs);
}

/// <summary>The public keys of access tokens (RFC 7517).</summary>
/// <param name="Keys">The keys, the newest first.</param>
internal sealed record KeySetBody(IReadOnlyList<KeyBody> Keys);

/// <summary>One public key (RFC 7517, RFC 7518, 6.3.1).</summary>
/// <param name="Kty">Always <c>RSA</c>.</param>
/// <param name="Use">Always <c>sig</c>.</param>
/// <param name="Alg">Always <c>RS256</c>.</param>
/// <param name="Kid">The key's id, as tokens name it.</param>
/// <param name="N">The modulus, base64url.</param>
/// <param name="E">The exponent, base64url.</param>
internal sealed record KeyBody(string Kty, string Use, string Alg, string Kid, string N, string E);
