namespace AkkaParty.Accounts;

/// <summary>How much of everything there may be.</summary>
public static class AccountLimits
{
    /// <summary>Characters of an e-mail.</summary>
    public const int EmailLengthMax = 254;

    /// <summary>Characters of a name.</summary>
    public const int NameLengthMax = 100;

    /// <summary>Characters of an address.</summary>
    public const int UrlLengthMax = 2_000;

    /// <summary>The fewest characters of a password.</summary>
    public const int PasswordLengthMin = 8;

    /// <summary>The most characters of a password.</summary>
    public const int PasswordLengthMax = 128;

    /// <summary>Characters of an access token; longer ones are not looked at.</summary>
    public const int TokenLengthMax = 4_096;

    /// <summary>Sessions of one account; beyond it the one that was quiet for longest ends.</summary>
    public const int SessionsMax = 50;

    /// <summary>Characters that are kept of what a client calls itself.</summary>
    public const int ClientLengthMax = 200;

    /// <summary>Friends of one account.</summary>
    public const int FriendsMax = 1_000;

    /// <summary>Requests for friendship of one account that nobody has answered, in each direction.</summary>
    public const int FriendRequestsMax = 200;

    /// <summary>Playlists of one account.</summary>
    public const int PlaylistsMax = 100;

    /// <summary>Characters of a playlist's name.</summary>
    public const int PlaylistNameLengthMax = 200;

    /// <summary>Items of a playlist.</summary>
    public const int PlaylistItemsMax = 500;

    /// <summary>Characters of an item's title.</summary>
    public const int TitleLengthMax = 300;

    /// <summary>Milliseconds of an item: one day.</summary>
    public const long DurationMsMax = 86_400_000;
}
