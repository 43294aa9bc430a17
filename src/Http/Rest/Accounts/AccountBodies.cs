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
/// <param name="AvatarUrl">The address of a picture, at most 500 characters; empty for none.</param>
/// <param name="Email">Another e-mail address; needs <paramref name="CurrentPassword"/>.</param>
/// <param name="CurrentPassword">The present password.</param>
internal sealed record ProfileChangeBody(
    string? Name = null, string? AvatarUrl = null, string? Email = null, string? CurrentPassword = null);

/// <summary>Body of <c>POST /api/v1/profile/password</c>.</summary>
/// <param name="CurrentPassword">The present password.</param>
/// <param name="NewPassword">8 to 128 characters, not one of the common ones.</param>
internal sealed record PasswordChangeBody(string? CurrentPassword = null, string? NewPassword = null);

/// <summary>Body of <c>DELETE /api/v1/profile</c>.</summary>
/// <param name="Password">The present password.</param>
internal sealed record AccountDeletionBody(string? Password = null);

/// <summary>Body of <c>POST /api/v1/friends</c>: whom to ask, by one of the two.</summary>
/// <param name="UserId">The account's id.</param>
/// <param name="Email">The account's e-mail address.</param>
internal sealed record FriendAskBody(string? UserId = null, string? Email = null);

/// <summary>An account as its owner sees it.</summary>
/// <param name="Id">A UUID.</param>
/// <param name="Number">The integer id, which some surfaces use.</param>
/// <param name="Email">The e-mail address.</param>
/// <param name="Name">The name shown to others.</param>
/// <param name="AvatarUrl">The picture; null for none.</param>
/// <param name="Role"><c>user</c> or <c>admin</c>.</param>
/// <param name="CreatedAt">When it was registered.</param>
internal sealed record UserBody(
    string Id, long Number, string Email, string Name, string? AvatarUrl, string Role, DateTimeOffset CreatedAt);

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
    string SessionId,
    UserBody User);

/// <summary>What was done, for people.</summary>
/// <param name="Message">A sentence.</param>
internal sealed record MessageBody(string Message);

/// <summary>A session of an account: one log-in, however often it was refreshed.</summary>
/// <param name="Id">A UUID.</param>
/// <param name="CreatedAt">When it began.</param>
/// <param name="LastUsedAt">When it was refreshed last.</param>
/// <param name="ExpiresAt">When it ends unless it is refreshed.</param>
/// <param name="Address">The client address it began from; null when unknown.</param>
/// <param name="Client">What the client called itself, at most 200 characters; null when it did not.</param>
/// <param name="Current">Whether it is the one of this call.</param>
internal sealed record SessionBody(
    string Id,
    DateTimeOffset CreatedAt,
    DateTimeOffset LastUsedAt,
    DateTimeOffset ExpiresAt,
    string? Address,
    string? Client,
    bool Current);

/// <summary>The sessions of an account that go on.</summary>
/// <param name="Sessions">Newest first.</param>
internal sealed record SessionsBody(IReadOnlyList<SessionBody> Sessions);

/// <summary>Somebody else's account.</summary>
/// <param name="Id">A UUID.</param>
/// <param name="Name">The name.</param>
/// <param name="AvatarUrl">The picture; null for none.</param>
/// <param name="Since">Since when they are friends, or when it was asked.</param>
internal sealed record PersonBody(string Id, string Name, string? AvatarUrl, DateTimeOffset Since);

/// <summary>The friends of an account.</summary>
/// <param name="Friends">Friends, by name.</param>
/// <param name="Incoming">Who asked, newest first.</param>
/// <param name="Outgoing">Who was asked, newest first.</param>
internal sealed record FriendsBody(
    IReadOnlyList<PersonBody> Friends, IReadOnlyList<PersonBody> Incoming, IReadOnlyList<PersonBody> Outgoing);

/// <summary>How two accounts stand to each other.</summary>
/// <param name="Status"><c>requested</c>, <c>friends</c>, <c>refused</c> or <c>removed</c>.</param>
/// <param name="User">The other one.</param>
internal sealed record FriendshipBody(string Status, PersonBody User);
