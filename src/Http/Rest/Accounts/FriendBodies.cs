using AkkaParty.Accounts;

namespace AkkaParty.Http.Rest.Accounts;

/// <summary>Body of <c>POST /api/v1/friends</c>: whom to ask, by one of the two.</summary>
/// <param name="UserId">The account's id.</param>
/// <param name="Email">The account's e-mail address.</param>
internal sealed record FriendAskBody(string? UserId = null, string? Email = null);

/// <summary>A friend, or somebody who was asked or has asked.</summary>
/// <param name="UserId">Their account's UUID.</param>
/// <param name="Name">Their name.</param>
/// <param name="AvatarUrl">Their picture; null for none.</param>
/// <param name="Status"><c>accepted</c>, <c>incoming</c> (they asked) or <c>outgoing</c> (they were asked).</param>
/// <param name="Since">Since when they are friends, or when it was asked.</param>
internal sealed record FriendBody(Guid UserId, string Name, string? AvatarUrl, string Status, DateTimeOffset Since)
{
    /// <summary>Shows a friend.</summary>
    /// <param name="friend">The friend.</param>
    /// <returns>The same for clients.</returns>
    public static FriendBody Of(Friend friend) => new(
        friend.Account.Id,
        friend.Account.Name,
        friend.Account.AvatarUrl,
        friend.State switch
        {
            FriendState.Accepted => "accepted",
            FriendState.Incoming => "incoming",
            _ => "outgoing",
        },
        friend.Since);
}

/// <summary>The friends of an account, and the requests that nobody has answered; each in the order of the names.</summary>
/// <param name="Friends">Friends.</param>
/// <param name="Incoming">Who has asked.</param>
/// <param name="Outgoing">Who was asked.</param>
internal sealed record FriendsBody(
    IReadOnlyList<FriendBody> Friends, IReadOnlyList<FriendBody> Incoming, IReadOnlyList<FriendBody> Outgoing)
{
    /// <summary>Sorts friends and requests.</summary>
    /// <param name="all">All of them.</param>
    /// <returns>The same in three lists.</returns>
    public static FriendsBody Of(IReadOnlyList<Friend> all) => new(
        [.. all.Where(friend => friend.State == FriendState.Accepted).Select(FriendBody.Of)],
        [.. all.Where(friend => friend.State == FriendState.Incoming).Select(FriendBody.Of)],
        [.. all.Where(friend => friend.State == FriendState.Outgoing).Select(FriendBody.Of)]);
}

/// <summary>The answer to a request for friendship or to an acceptance.</summary>
/// <param name="Message">What was done, for people.</param>
/// <param name="Friend">How they stand now.</param>
internal sealed record FriendshipBody(string Message, FriendBody Friend);
