namespace AkkaParty.Protocol.Accounts;

/// <summary>Every code with which accounts, friends and playlists say no. Clients may rely on them: they never change.</summary>
public static class AccountErrorCodes
{
    /// <summary>The body is no JSON object, or a member has the wrong type.</summary>
    public const string InvalidRequestBody = "invalid_request_body";

    /// <summary>No access token was shown.</summary>
    public const string TokenRequired = "token_required";

    /// <summary>The Authorization header is not 'Bearer TOKEN'.</summary>
    public const string AuthorizationMalformed = "authorization_malformed";

    /// <summary>The access token is none of this server's, or damaged.</summary>
    public const string InvalidToken = "invalid_token";

    /// <summary>The access token's time is over: refresh it.</summary>
    public const string TokenExpired = "token_expired";

    /// <summary>The session of the access token was ended: log in again.</summary>
    public const string TokenRevoked = "token_revoked";

    /// <summary>The e-mail is none.</summary>
    public const string InvalidEmail = "invalid_email";

    /// <summary>The name breaks its rule.</summary>
    public const string InvalidName = "invalid_name";

    /// <summary>The picture's address breaks its rule.</summary>
    public const string InvalidAvatarUrl = "invalid_avatar_url";

    /// <summary>The password is too short, or too long.</summary>
    public const string InvalidPassword = "invalid_password";

    /// <summary>The password is one of those that are tried first.</summary>
    public const string CommonPassword = "common_password";

    /// <summary>Somebody has registered with this e-mail.</summary>
    public const string EmailTaken = "email_taken";

    /// <summary>E-mail and password do not belong together.</summary>
    public const string InvalidCredentials = "invalid_credentials";

    /// <summary>Too many passwords were wrong: wait.</summary>
    public const string TooManyAttempts = "too_many_attempts";

    /// <summary>The present password is another.</summary>
    public const string PasswordWrong = "password_wrong";

    /// <summary>No refresh token was sent.</summary>
    public const string RefreshTokenRequired = "refresh_token_required";

    /// <summary>The refresh token is unknown, was used, has ended or was revoked.</summary>
    public const string InvalidRefreshToken = "invalid_refresh_token";

    /// <summary>There is no such account.</summary>
    public const string AccountNotFound = "account_not_found";

    /// <summary>The account has no such session.</summary>
    public const string SessionNotFound = "session_not_found";

    /// <summary>Nobody is one's own friend.</summary>
    public const string InvalidFriend = "invalid_friend";

    /// <summary>There is no such friend, and no such request.</summary>
    public const string FriendNotFound = "friend_not_found";

    /// <summary>They are friends already.</summary>
    public const string AlreadyFriends = "already_friends";

    /// <summary>Too many friends, or too many requests that nobody has answered.</summary>
    public const string TooManyFriends = "too_many_friends";

    /// <summary>The account has no such playlist.</summary>
    public const string PlaylistNotFound = "playlist_not_found";

    /// <summary>A playlist's name, or one of its items, breaks a rule.</summary>
    public const string InvalidPlaylist = "invalid_playlist";

    /// <summary>The account has as many playlists as it may.</summary>
    public const string TooManyPlaylists = "too_many_playlists";

    /// <summary>The playlist is not the one that If-Match names.</summary>
    public const string PlaylistChanged = "playlist_changed";
}
