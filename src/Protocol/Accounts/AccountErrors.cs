namespace AkkaParty.Protocol.Accounts;

/// <summary>The one table from an error's code to its HTTP status and its text.</summary>
public static class AccountErrors
{
    /// <summary>Every row, in the order of the documentation.</summary>
    public static IReadOnlyList<ErrorRow> All { get; } =
    [
        new(AccountErrorCodes.InvalidRequestBody, 400, "invalid request payload"),
        new(AccountErrorCodes.TokenRequired, 401, "authorization header required"),
        new(AccountErrorCodes.AuthorizationMalformed, 401, "invalid authorization header format"),
        new(AccountErrorCodes.InvalidToken, 401, "invalid token"),
        new(AccountErrorCodes.TokenExpired, 401, "invalid token"),
        new(AccountErrorCodes.TokenRevoked, 401, "invalid token"),
        new(AccountErrorCodes.InvalidEmail, 400, "invalid email"),
        new(AccountErrorCodes.InvalidName, 400, "invalid name"),
        new(AccountErrorCodes.InvalidAvatarUrl, 400, "invalid avatar_url"),
        new(AccountErrorCodes.InvalidPassword, 400, "invalid password"),
        new(AccountErrorCodes.CommonPassword, 400, "password is too common"),
        new(AccountErrorCodes.EmailTaken, 409, "user already exists"),
        new(AccountErrorCodes.InvalidCredentials, 401, "invalid credentials"),
        new(AccountErrorCodes.TooManyAttempts, 429, "too many failed attempts, try again later", Retryable: true),
        new(AccountErrorCodes.PasswordWrong, 403, "current password is wrong"),
        new(AccountErrorCodes.RefreshTokenRequired, 400, "refresh_token is required"),
        new(AccountErrorCodes.InvalidRefreshToken, 401, "invalid refresh token"),
        new(AccountErrorCodes.AccountNotFound, 404, "user not found"),
        new(AccountErrorCodes.SessionNotFound, 404, "session not found"),
        new(AccountErrorCodes.InvalidFriend, 400, "invalid friend"),
        new(AccountErrorCodes.FriendNotFound, 404, "friend not found"),
        new(AccountErrorCodes.AlreadyFriends, 409, "you are friends already"),
        new(AccountErrorCodes.TooManyFriends, 409, "too many friends or requests"),
        new(AccountErrorCodes.PlaylistNotFound, 404, "playlist not found"),
        new(AccountErrorCodes.InvalidPlaylist, 400, "invalid playlist"),
        new(AccountErrorCodes.TooManyPlaylists, 409, "too many playlists"),
        new(AccountErrorCodes.PlaylistChanged, 412, "the playlist was changed in the meantime"),
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
