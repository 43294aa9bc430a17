namespace AkkaParty.Accounts;

/// <summary>The codes of <see cref="AccountFault"/>.</summary>
public static class AccountFaultCodes
{
    /// <summary>The e-mail is not one.</summary>
    public const string InvalidEmail = "invalid_email";

    /// <summary>The name is empty, too long or has control characters.</summary>
    public const string InvalidName = "invalid_name";

    /// <summary>The picture is not an http or https address.</summary>
    public const string InvalidAvatar = "invalid_avatar_url";

    /// <summary>The password is too short, too long, or not fit for one.</summary>
    public const string InvalidPassword = "invalid_password";

    /// <summary>The password is one of those that are tried first.</summary>
    public const string CommonPassword = "common_password";

    /// <summary>Somebody has registered with this e-mail.</summary>
    public const string EmailTaken = "email_taken";

    /// <summary>E-mail and password do not belong together; the same for an e-mail that nobody has.</summary>
    public const string InvalidCredentials = "invalid_credentials";

    /// <summary>Too many failures; see <see cref="AccountFault.RetryAfter"/>.</summary>
    public const string TooManyAttempts = "too_many_attempts";

    /// <summary>The refresh token is unknown, expired, revoked or was used before.</summary>
    public const string InvalidRefreshToken = "invalid_refresh_token";

    /// <summary>The access token is not one of ours, is damaged, or is signed in another way than ours are.</summary>
    public const string InvalidToken = "invalid_token";

    /// <summary>The access token was good and is too old.</summary>
    public const string TokenExpired = "token_expired";

    /// <summary>The access token's session was ended, by its owner or with the account.</summary>
    public const string TokenRevoked = "token_revoked";

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

    /// <summary>A playlist's name or one of its items breaks a rule.</summary>
    public const string InvalidPlaylist = "invalid_playlist";

    /// <summary>The account has as many playlists as it may.</summary>
    public const string TooManyPlaylists = "too_many_playlists";

    /// <summary>The playlist was changed in the meantime.</summary>
    public const string PlaylistChanged = "playlist_changed";
}
