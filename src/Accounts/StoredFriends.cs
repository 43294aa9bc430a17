using AkkaParty.Accounts.Storing;

namespace AkkaParty.Accounts;

/// <summary>
/// Friendships in the database. Both accounts are locked for every change, so that counts hold and nobody befriends the gone.
/// </summary>
internal sealed class StoredFriends(IAccountDatabase database, TimeProvider time) : IFriends
{
    /// <inheritdoc />
    public async Task<AccountAnswer<Friend>> AskAsync(Guid accountId, Guid friendId, CancellationToken cancellationToken) =>
        accountId == friendId
            ? AccountFaults.InvalidFriend
            : await database.WriteAsync("Asking a friend", db => AskAsync(db, accountId, friendId), cancellationToken);

    /// <inheritdoc />
    public Task<AccountAnswer<Friend>> AcceptAsync(Guid accountId, Guid friendId, CancellationToken cancellationToken) =>
        database.WriteAsync<AccountAnswer<Friend>>(
            "Accepting a friend",
            async db =>
            {
                var friend = await LockAsync(db, accountId, friendId);
                var stand = await FriendTable.FindAsync(db, accountId, friendId);
                if (friend is null || stand is null || (stand.IsAccepted == 0 && stand.AskedBy == Ids.Text(accountId)))
                {
                    return AccountFaults.FriendNotFound;
                }

                return stand.IsAccepted != 0
                    ? new Friend(friend, FriendState.Accepted, Instants.Of(stand.Since))
                    : await AcceptAsync(db, accountId, friend);
            },
            cancellationToken);

    /// <inheritdoc />
    public async Task<AccountAnswer<Done>> RemoveAsync(Guid accountId, Guid friendId, CancellationToken cancellationToken)
    {
        var isDone = await database.WriteAsync(
            "Removing a friend", db => FriendTable.DeleteAsync(db, accountId, friendId), cancellationToken);
        return isDone ? Done.Value : AccountFaults.FriendNotFound;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<Friend>> ListAsync(Guid accountId, FriendState? state, CancellationToken cancellationToken)
    {
        var rows = await database.ReadAsync("Listing friends", db => FriendTable.ListAsync(db, accountId), cancellationToken);
        return [.. InOrder(rows).Where(friend => state is null || friend.State == state)];
    }

    /// <inheritdoc />
    public async ValueTask<bool> AreFriendsAsync(Guid accountId, Guid otherId, CancellationToken cancellationToken) =>
        await database.ReadAsync("Reading a friendship", db => FriendTable.FindAsync(db, accountId, otherId), cancellationToken)
            is { IsAccepted: not 0 };

    /// <summary>Friends in the order of their names.</summary>
    public static IReadOnlyList<Friend> InOrder(IEnumerable<FriendRow> rows) =>
    [
        .. rows.Select(row => row.ToFriend())
            .OrderBy(friend => friend.Account.Name, StringComparer.OrdinalIgnoreCase)
            .ThenBy(friend => friend.Account.Id),
    ];

    private static async Task<AccountBrief?> LockAsync(DatabaseCall db, Guid accountId, Guid friendId)
    {
        var both = await AccountTable.LockBothAsync(db, accountId, friendId);
        return both.Count == 2 && both.Single(row => row.Id == Ids.Text(friendId)) is { } friend
            ? new AccountBrief(friendId, friend.Name, friend.AvatarUrl)
            : null;
    }

    private async Task<AccountAnswer<Friend>> AskAsync(DatabaseCall db, Guid accountId, Guid friendId)
    {
        if (await LockAsync(db, accountId, friendId) is not { } friend)
        {
            return AccountFaults.AccountNotFound;
        }

        if (await FriendTable.FindAsync(db, accountId, friendId) is { } stand)
        {
            if (stand.IsAccepted != 0)
            {
                return AccountFaults.AlreadyFriends;
            }

            return stand.AskedBy == Ids.Text(accountId)
                ? new Friend(friend, FriendState.Outgoing, Instants.Of(stand.Since))
                : await AcceptAsync(db, accountId, friend);
        }

        if (await FriendTable.CountAskedAsync(db, accountId) >= AccountLimits.FriendRequestsMax)
        {
            return AccountFaults.TooManyFriends("200 of your requests wait for an answer; take one back first.");
        }

        if (await FriendTable.CountAskingAsync(db, friendId) >= AccountLimits.FriendRequestsMax)
        {
            return AccountFaults.TooManyFriends("Too many have asked this account already; try again another day.");
        }

        var now = Instants.Now(time);
        await FriendTable.InsertAsync(db, accountId, friendId, now);
        return new Friend(friend, FriendState.Outgoing, Instants.Of(now));
    }

    private async Task<AccountAnswer<Friend>> AcceptAsync(DatabaseCall db, Guid accountId, AccountBrief friend)
    {
        if (await FriendTable.CountFriendsAsync(db, accountId) >= AccountLimits.FriendsMax)
        {
            return AccountFaults.TooManyFriends("You have 1,000 friends; no more fit.");
        }

        if (await FriendTable.CountFriendsAsync(db, friend.Id) >= AccountLimits.FriendsMax)
        {
            return AccountFaults.TooManyFriends("They have 1,000 friends; no more fit.");
        }

        var now = Instants.Now(time);
        await FriendTable.AcceptAsync(db, accountId, friend.Id, now);
        return new Friend(friend, FriendState.Accepted, Instants.Of(now));
    }
}
