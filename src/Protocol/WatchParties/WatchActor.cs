using System.Text.Json.Serialization;

namespace AkkaParty.Protocol.WatchParties;

/// <summary>
/// Who acts. Somebody with an account was recognised by the node that took their call, which vouches for them; a guest is recognised by
/// the watch party itself, by the hash of the token.
/// </summary>
/// <param name="MemberId">
/// A UUID in its 36-character form: the account's, or the one a guest's seat was given. Null for nobody (a reader of a public party).
/// </param>
/// <param name="GuestTokenHash">The hash of the guest token that was presented; null for somebody with an account.</param>
/// <param name="IsAdmin">Whether the account is an administrator's: may do what the host may.</param>
public sealed record WatchActor(string? MemberId, string? GuestTokenHash = null, bool IsAdmin = false)
{
    /// <summary>Somebody who showed nothing.</summary>
    public static WatchActor Nobody { get; } = new((string?)null);

    /// <summary>Whether it is somebody with an account.</summary>
    [JsonIgnore]
    public bool HasAccount => MemberId is not null && GuestTokenHash is null;
}

/// <summary>A person who gets a seat.</summary>
/// <param name="MemberId">The account's UUID, or a new one for a guest.</param>
/// <param name="Name">The name shown, 1 to 100 characters.</param>
/// <param name="IsGuest">Whether they have no account.</param>
/// <param name="AvatarUrl">Their picture, at most 500 characters; null for none.</param>
/// <param name="Email">The account's address; the party does not keep it. Null for guests.</param>
public sealed record WatchPerson(string MemberId, string Name, bool IsGuest = false, string? AvatarUrl = null, string? Email = null)
{
    /// <summary>The name under which others see somebody whose account was deleted.</summary>
    public const string DeletedName = "Deleted user";
}

/// <summary>A token for a guest's seat that is given out with a command.</summary>
/// <param name="Hash">Its hash; the token itself is nowhere.</param>
/// <param name="ExpiresAt">When it ends.</param>
public sealed record WatchTokenGrant(string Hash, DateTimeOffset ExpiresAt);
