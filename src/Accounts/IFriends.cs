namespace AkkaParty.Accounts;

/// <summary>How two accounts stand, as one of them sees it.</summary>
public enum FriendState
{
    /// <summary>Friends.</summary>
    Accepted,

    /// <summary>The other one has asked.</summary>
    Incoming,

    /// <summary>One has asked and waits for an answer.</summary>
    Outgoing,
}

/// <summary>A friend, or somebody who was asked or has asked.</summary>
/// <param name="Account">Who.</param>
/// <param name="State">How they stand.</param>
/// <param name="Since">When they became friends, or when it was asked.</param>
public sealed record Friend(AccountBrief Account, FriendState State, DateTimeOffset Since);

/// <summary>Friendships. Every method throws <see cref="AccountsUnavailableException"/> when the database is away.</summary>
public interface IFriends
{
    /// <summary>Asks for friendship; asking somebody who has asked oneself accepts. Asking twice changes nothing.</summary>
    /// <param name="accountId">Who asks.</param>
    /// <param name="friendId">Who is asked.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>
    /// How they stand now, or <c>invalid_friend</c>, <c>account_not_found</c>, <c>already_friends</c>, <c>too_many_friends</c>.
    /// </returns>
    Task<AccountAnswer<Friend>> AskAsync(Guid accountId, Guid friendId, CancellationToken cancellationToken);

    /// <summary>Accepts what somebody has asked. Accepting twice changes nothing.</summary>
    /// <param name="accountId">Who accepts.</param>
    /// <param name="friendId">Who has asked.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The friend, or <c>friend_not_found</c>, <c>too_many_friends</c>.</returns>
    Task<AccountAnswer<Friend>> AcceptAsync(Guid accountId, Guid friendId, CancellationToken cancellationToken);

    /// <summary>Ends a friendship, refuses a request, or takes one's own request back.</summary>
    /// <param name="accountId">Who.</param>
    /// <param name="friendId">With whom.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Done, or <c>friend_not_found</c>.</returns>
    Task<AccountAnswer<Done>> RemoveAsync(Guid accountId, Guid friendId, CancellationToken cancellationToken);

    /// <summary>Friends and requests.</summary>
    /// <param name="accountId">Whose.</param>
    /// <param name="state">Only these; null for all.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Them, in the order of their names.</returns>
    Task<IReadOnlyList<Friend>> ListAsync(Guid accountId, FriendState? state, CancellationToken cancellationToken);

    /// <summary>Whether two accounts are friends.</summary>
    /// <param name="accountId">The one.</param>
    /// <param name="otherId">The other.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>True when one of them asked and the other accepted.</returns>
    ValueTask<bool> AreFriendsAsync(Guid accountId, Guid otherId, CancellationToken cancellationToken);
}
