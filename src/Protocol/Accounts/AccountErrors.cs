namespace AkkaParty.Protocol.Accounts;

/// <summary>The one table from an error's code to its HTTP status and its text.</summary>
public static class AccountErrors
{
    /// <summary>Every row, in the order of the documentation.</summary>
    public static IReadOnlyList<ErrorRow> All { get; } =
    [
        new(AccountErrorCodes.InvalidRequestPayload, 400, "invalid request payload"),
        new(AccountErrorCodes.AuthorizationRequired, 401, "authorization header required"),
        new(AccountErrorCodes.AuthorizationMalformed, 401, "invalid authorization header format"),
        new(AccountErrorCodes.AccessTokenInvalid, 401, "invalid token"),
        new(AccountErrorCodes.TokenExpired, 401, "invalid token"),
        new(AccountErrorCodes.TokenRevoked, 401, "invalid token"),
        new(AccountErrorCodes.InsufficientPermissions, 403, "insufficient permissions"),
        new(AccountErrorCodes.InvalidCredentials, 401, "invalid credentials"),
        new(AccountErrorCodes.TooManyAttempts, 429, "too many failed attempts, try again later", Retryable: true),
        new(AccountErrorCodes.RefreshTokenRequired, 400, "refresh_token is required"),
        new(AccountErrorCodes.RefreshTokenInvalid, 401, "invalid refresh token"),
        new(AccountErrorCodes.UserExists, 409, "user already exists"),
        new(AccountErrorCodes.UserNotFound, 404, "user not found"),
        new(AccountErrorCodes.EmailInvalid, 400, "email must be a valid e-mail address of at most 254 characters"),
        new(AccountErrorCodes.PasswordTooShort, 400, "password must be at least 8 characters"),
        new(AccountErrorCodes.PasswordTooLong, 400, "password must be at most 128 characters"),
        new(AccountErrorCodes.PasswordTooCommon, 400, "password is too common, choose another"),
        new(AccountErrorCodes.PasswordWrong, 403, "the current password is wrong"),
        new(AccountErrorCodes.DisplayNameInvalid, 400, "name must be 1 to 100 visible characters"),
        new(AccountErrorCodes.AvatarUrlInvalid, 400, "avatar_url must be an http or https address of at most 500 characters"),
        new(AccountErrorCodes.SessionNotFound, 404, "session not found"),
        new(AccountErrorCodes.FriendIsSelf, 400, "you cannot be your own friend"),
        new(AccountErrorCodes.FriendsAlready, 409, "you are friends already"),
        new(AccountErrorCodes.FriendRequestExists, 409, "a request is waiting for an answer"),
        new(AccountErrorCodes.FriendRequestNotFound, 404, "friend request not found"),
        new(AccountErrorCodes.FriendNotFound, 404, "friend not found"),
        new(AccountErrorCodes.FriendsFull, 409, "the list of friends is full"),
        new(AccountErrorCodes.PlaylistNotFound, 404, "playlist not found"),
        new(AccountErrorCodes.PlaylistTitleInvalid, 400, "title must be 1 to 200 visible characters"),
        new(AccountErrorCodes.PlaylistDescriptionInvalid, 400, "description must be at most 1000 visible characters"),
        new(AccountErrorCodes.PlaylistItemInvalid, 400, "an item needs a title of 1 to 300 characters, and valid addresses and numbers"),
        new(AccountErrorCodes.PlaylistItemNotFound, 404, "playlist item not found"),
        new(AccountErrorCodes.PlaylistFull, 409, "the playlist is full"),
        new(AccountErrorCodes.PlaylistsFull, 409, "you have too many playlists"),
        new(AccountErrorCodes.PlaylistChanged, 412, "the playlist was changed meanwhile"),
    ];

    private static readonly Dictionary<string, ErrorRow> ByCode = All.ToDictionary(error => error.Code, StringComparer.Ordinal);

    /// <summary>Finds a row.</summary>
    /// <param name="code">The code.</param>
    /// <returns>The row, or null when the code is not one of accounts.</returns>
    public static ErrorRow? Find(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>The text of a code.</summary>
    /// <param name="code">The code; it must be one of <see cref="AccountErrorCodes"/>.</param>
    /// <returns>The text.</returns>
    public static string TextOf(string code) => ByCode[code].Text;
}
