namespace AkkaParty.Accounts.Storing;

/// <summary>A row of refresh tokens.</summary>
internal sealed class RefreshTokenRow
{
    public string Hash { get; init; } = string.Empty;

    public string SessionId { get; init; } = string.Empty;

    public long ExpiresAt { get; init; }

    public long? UsedAt { get; init; }

    public string? UseKey { get; init; }

    public string? Successor { get; init; }
}

/// <summary>The statements on refresh tokens.</summary>
internal static class RefreshTokenTable
{
    private const string Columns = "hash, session_id, expires_at, used_at, use_key, successor";

    public static Task InsertAsync(DatabaseCall db, string hash, string sessionId, long expiresAt) => db.ExecuteAsync(
        "INSERT INTO refresh_tokens (hash, session_id, expires_at) VALUES (@Hash, @SessionId, @ExpiresAt)",
        new { Hash = hash, SessionId = sessionId, ExpiresAt = expiresAt });

    public static Task<RefreshTokenRow?> LockAsync(DatabaseCall db, string hash) => db.FindAsync<RefreshTokenRow>(
        $"SELECT {Columns} FROM refresh_tokens WHERE hash = @Hash{db.Locking}", new { Hash = hash });

    public static Task UseAsync(DatabaseCall db, string hash, long usedAt, string? useKey, string successor) => db.ExecuteAsync(
        "UPDATE refresh_tokens SET used_at = @UsedAt, use_key = @UseKey, successor = @Successor WHERE hash = @Hash",
        new { Hash = hash, UsedAt = usedAt, UseKey = useKey, Successor = successor });

    public static Task DeleteAsync(DatabaseCall db, string hash) =>
        db.ExecuteAsync("DELETE FROM refresh_tokens WHERE hash = @Hash", new { Hash = hash });
}
