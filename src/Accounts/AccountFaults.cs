namespace AkkaParty.Accounts;

/// <summary>The sentences of faults, each in one place.</summary>
internal static class AccountFaults
{
    public static AccountFault InvalidEmail { get; } = new(
        AccountFaultCodes.InvalidEmail, "email must be an e-mail address of at most 254 characters, such as ada@example.org.", "email");

    public static AccountFault InvalidName { get; } = new(
        AccountFaultCodes.InvalidName, "name must have 1 to 100 characters and no control characters.", "name");

    public static AccountFault InvalidAvatar { get; } = new(
        AccountFaultCodes.InvalidAvatar, "avatar_url must be an http or https address of at most 2,000 characters.", "avatar_url");

    public static AccountFault EmailTaken { get; } = new(
        AccountFaultCodes.EmailTaken, "Somebody has registered with this email already.", "email");

    public static AccountFault InvalidCredentials { get; } = new(
        AccountFaultCodes.InvalidCredentials, "Email or password is wrong.");

    public static AccountFault WrongPassword { get; } = new(
        AccountFaultCodes.InvalidCredentials, "The password is wrong.", "password");

    public static AccountFault InvalidRefreshToken { get; } = new(
        AccountFaultCodes.InvalidRefreshToken,
        "The refresh token is unknown, has ended or was used before; log in again.",
        "refresh_token");

    public static AccountFault InvalidToken { get; } = new(
        AccountFaultCodes.InvalidToken, "The access token is not a valid one of this server.");

    public static AccountFault TokenExpired { get; } = new(
        AccountFaultCodes.TokenExpired, "The access token has ended; refresh it or log in again.");

    public static AccountFault TokenRevoked { get; } = new(
        AccountFaultCodes.TokenRevoked, "The session of this access token has ended; log in again.");

    public static AccountFault AccountNotFound { get; } = new(
        AccountFaultCodes.AccountNotFound, "There is no such account.");

    public static AccountFault SessionNotFound { get; } = new(
        AccountFaultCodes.SessionNotFound, "You have no such session.");

    public static AccountFault InvalidFriend { get; } = new(
        AccountFaultCodes.InvalidFriend, "You cannot be your own friend.");

    public static AccountFault FriendNotFound { get; } = new(
        AccountFaultCodes.FriendNotFound, "There is no such friend, and no such request.");

    public static AccountFault AlreadyFriends { get; } = new(
        AccountFaultCodes.AlreadyFriends, "You are friends already.");

    public static AccountFault PlaylistNotFound { get; } = new(
        AccountFaultCodes.PlaylistNotFound, "You have no such playlist.");

    public static AccountFault TooManyPlaylists { get; } = new(
        AccountFaultCodes.TooManyPlaylists, "You have 100 playlists; delete one first.");

    public static AccountFault PlaylistChanged { get; } = new(
        AccountFaultCodes.PlaylistChanged, "The playlist was changed in the meantime; read it again.");

    public static AccountFault KeyReused { get; } = new(AccountFault.KeyReused, "This key was used for another call.");

    public static AccountFault TooManyAttempts(TimeSpan wait)
    {
        var seconds = (long)Math.Ceiling(wait.TotalSeconds);
        return new AccountFault(
            AccountFaultCodes.TooManyAttempts,
            FormattableString.Invariant($"Too many failed attempts; try again in {seconds} s."),
            RetryAfter: TimeSpan.FromSeconds(Math.Max(1, seconds)));
    }

    public static AccountFault TooManyFriends(string message) => new(AccountFaultCodes.TooManyFriends, message);

    public static AccountFault InvalidPassword(string message) => new(AccountFaultCodes.InvalidPassword, message, "password");

    public static AccountFault InvalidPlaylist(string field, string message) => new(AccountFaultCodes.InvalidPlaylist, message, field);
}
