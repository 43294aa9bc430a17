namespace AkkaParty.Protocol.Accounts;

/// <summary>Every code with which accounts, friends and playlists say no. Clients may rely on them: they never change.</summary>
public static class AccountErrorCodes
{
    /// <summary>The body is no JSON object, or a member has the wrong type.</summary>
    public const string InvalidRequestPayload = "invalid_request_payload";

    /// <summary>No access token was shown.</summary>
    public const string AuthorizationRequired = "authorization_required";

    /// <summary>The Authorization header is not 'Bearer TOKEN'.</summary>
    public const string AuthorizationMalformed = "authorization_malformed";

    /// <summary>The access token is none of this server's.</summary>
    public const string AccessTokenInvalid = "access_token_invalid";

    /// <summary>The access token's time is over: refresh it.</summary>
    public const string TokenExpired = "token_expired";

    /// <summary>The session of the token was ended: log in again.</summary>
    public const string TokenRevoked = "token_revoked";

    /// <summary>Only administrators may do this.</summary>
    public const string InsufficientPermissions = "insufficient_permissions";

    /// <summary>The e-mail address and the password do not belong together.</summary>
    public const string InvalidCredentials = "invalid_credentials";

    /// <summary>Too many log-ins failed: wait.</summary>
    public const string TooManyAttempts = "too_many_attempts";

    /// <summary>No refresh token was sent.</summary>
    public const string RefreshTokenRequired = "refresh_token_required";

    /// <summary>The refresh token is unknown, used, ended or revoked.</summary>
    public const string RefreshTokenInvalid = "refresh_token_invalid";

    /// <summary>An account has this e-mail address.</summary>
    public const string UserExists = "user_exists";

    /// <summary>No account has this id or address.</summary>
    public const string UserNotFound = "user_not_found";

    /// <summary>The e-mail address is none.</summary>
    public const string EmailInvalid = "email_invalid";

    /// <summary>The password is too short.</summary>
    public const string PasswordTooShort = "password_too_short";

    /// <summary>The password is too long.</summary>
    public const string PasswordTooLong = "password_too_long";

    /// <summary>The password is one of those that are tried first.</summary>
    public const string PasswordTooCommon = "password_too_common";

    /// <summary>The present password is another.</summary>
    public const string PasswordWrong = "password_wrong";

    /// <summary>The name shown to others breaks its rule.</summary>
    public const string DisplayNameInvalid = "display_name_invalid";

    /// <summary>The picture's address breaks its rule.</summary>
    public const string AvatarUrlInvalid = "avatar_url_invalid";

    /// <summary>The account has no such session.</summary>
    public const string SessionNotFound = "session_not_found";

    /// <summary>Nobody asks themselves.</summary>
    public const string FriendIsSelf = "friend_is_self";

    /// <summary>They are friends.</summary>
    public const string FriendsAlready = "friends_already";

    /// <summary>They have been asked.</summary>
    public const string FriendRequestExists = "friend_request_exists";

    /// <summary>There is no such request.</summary>
    public const string FriendRequestNotFound = "friend_request_not_found";

    /// <summary>They are no friends.</summary>
    public const string FriendNotFound = "friend_not_found";

    /// <summary>One of the two has as many friends and requests as may be.</summary>
    public const string FriendsFull = "friends_full";

    /// <summary>There is no such playlist of this account.</summary>
    public const string PlaylistNotFound = "playlist_not_found";

    /// <summary>The title breaks its rule.</summary>
    public const string PlaylistTitleInvalid = "playlist_title_invalid";

    /// <summary>The description breaks its rule.</summary>
    public const string PlaylistDescriptionInvalid = "playlist_description_invalid";

    /// <summary>An item breaks a rule.</summary>
    public const string PlaylistItemInvalid = "playlist_item_invalid";

    /// <summary>The playlist has no such item.</summary>
    public const string PlaylistItemNotFound = "playlist_item_not_found";

    /// <summary>The playlist has as many items as may be.</summary>
    public const string PlaylistFull = "playlist_full";

    /// <summary>The account has as many playlists as may be.</summary>
    public const string PlaylistsFull = "playlists_full";

    /// <summary>The playlist is not the one that If-Match names.</summary>
    public const string PlaylistChanged = "playlist_changed";
}
