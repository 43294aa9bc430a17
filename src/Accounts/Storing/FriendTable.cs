namespace AkkaParty.Accounts.Storing;

/// <summary>A row of friendships.</summary>
internal sealed class FriendshipRow
{
    public string AskedBy { get; init; } = string.Empty;

    public long IsAccepted { get; init; }

    public long Since { get; init; }
}

/// <summary>A friendship as one side sees it.</summary>
internal sealed class FriendRow
{
    public string Id { get; init; } = string.Empty;

    public string Name { get; init; } = string.Empty;

    public string? AvatarUrl { get; init; }

    public string AskedBy { get; init; } = string.Empty;

    public long IsAccepted { get; init; }

    public long Since { get; init; }

    /// <summary>The friend.</summary>
    public Friend ToFriend() => new(
        new AccountBrief(Ids.Of(Id), Name, AvatarUrl),
        IsAccepted != 0 ? FriendState.Accepted : AskedBy == Id ? FriendState.Incoming : FriendState.Outgoing,
        Instants.Of(Since));
}

/// <summary>The statements on friendships.</summary>
internal static class FriendTable
{
    public static Task<FriendshipRow?> FindAsync(DatabaseCall db, Guid one, Guid other) => db.FindAsync<FriendshipRow>(
        "SELECT asked_by, is_accepted, since FROM friendships WHERE low_id = @Low AND high_id = @High", Key(one, other));

    public static Task InsertAsync(DatabaseCall db, Guid asking, Guid asked, long now)
    {
        var (low, high) = Order(asking, asked);
        return db.ExecuteAsync(
            "INSERT INTO friendships (low_id, high_id, asked_by, is_accepted, since) VALUES (@Low, @High, @AskedBy, 0, @Now)",
            new { Low = low, High = high, AskedBy = Ids.Text(asking), Now = now });
    }

    public static Task AcceptAsync(DatabaseCall db, Guid one, Guid other, long now)
    {
        var (low, high) = Order(one, other);
        return db.ExecuteAsync(
            "UPDATE friendships SET is_accepted = 1, since = @Now WHERE low_id = @Low AND high_id = @High",
            new { Low = low, High = high, Now = now });
    }

    /// <returns>Whether there was anything.</returns>
    public static async Task<bool> DeleteAsync(DatabaseCall db, Guid one, Guid other) =>
        await db.ExecuteAsync("DELETE FROM friendships WHERE low_id = @Low AND high_id = @High", Key(one, other)) > 0;

    public static async Task<long> CountFriendsAsync(DatabaseCall db, Guid id) => await db.NumberAsync(
        "SELECT count(*) FROM friendships WHERE (low_id = @Id OR high_id = @Id) AND is_accepted = 1", new { Id = Ids.Text(id) }) ?? 0;

    /// <summary>How many requests of an account wait for an answer.</summary>
    public static async Task<long> CountAskedAsync(DatabaseCall db, Guid id) => await db.NumberAsync(
        "SELECT count(*) FROM friendships WHERE (low_id = @Id OR high_id = @Id) AND is_accepted = 0 AND asked_by = @Id",
        new { Id = Ids.Text(id) }) ?? 0;

    /// <summary>How many requests to an account wait for an answer.</summary>
    public static async Task<long> CountAskingAsync(DatabaseCall db, Guid id) => await db.NumberAsync(
        "SELECT count(*) FROM friendships WHERE (low_id = @Id OR high_id = @Id) AND is_accepted = 0 AND asked_by <> @Id",
        new { Id = Ids.Text(id) }) ?? 0;

    public static Task<List<FriendRow>> ListAsync(DatabaseCall db, Guid id) => db.ListAsync<FriendRow>(
        """
        SELECT a.id, a.name, a.avatar_url, f.asked_by, f.is_accepted, f.since
        FROM friendships f JOIN accounts a ON a.id = f.high_id WHERE f.low_id = @Id
        UNION ALL
        SELECT a.id, a.name, a.avatar_url, f.asked_by, f.is_accepted, f.since
        FROM friendships f JOIN accounts a ON a.id = f.low_id WHERE f.high_id = @Id
        """,
        new { Id = Ids.Text(id) });

    private static object Key(Guid one, Guid other)
    {
        var (low, high) = Order(one, other);
        return new { Low = low, High = high };
    }

    private static (string Low, string High) Order(Guid one, Guid other)
    {
        var (first, second) = (Ids.Text(one), Ids.Text(other));
        return string.CompareOrdinal(first, second) < 0 ? (first, second) : (second, first);
    }
}
