namespace AkkaParty.Accounts.Storing;

/// <summary>A row of sessions.</summary>
internal sealed class SessionRow
{
    public string Id { get; init; } = string.Empty;

    public string AccountId { get; init; } = string.Empty;

    public long CreatedAt { get; init; }

    public long LastUsedAt { get; init; }

    public long ExpiresAt { get; init; }

    public long? RevokedAt { get; init; }

    public string? Address { get; init; }

    public string? Client { get; init; }

    /// <summary>The session as its owner sees it.</summary>
    public AccountSession ToSession() => new(
        Ids.Of(Id), Instants.Of(CreatedAt), Instants.Of(LastUsedAt), Instants.Of(ExpiresAt), Address, Client);
}

/// <summary>A session that holds, with its account as it is now.</summary>
internal sealed class GrantRow
{
    public string AccountId { get; init; } = string.Empty;

    public long Number { get; init; }

    public string Name { get; init; } = string.Empty;

    public string Email { get; init; } = string.Empty;

    public string? AvatarUrl { get; init; }

    public long Role { get; init; }
}

/// <summary>The statements on sessions.</summary>
internal static class SessionTable
{
    private const string Columns = "id, account_id, created_at, last_used_at, expires_at, revoked_at, address, client";

    public static Task InsertAsync(DatabaseCall db, SessionRow row) => db.ExecuteAsync(
        $"""
        INSERT INTO account_sessions ({Columns})
        VALUES (@Id, @AccountId, @CreatedAt, @LastUsedAt, @ExpiresAt, @RevokedAt, @Address, @Client)
        """,
        row);

    public static Task<SessionRow?> LockAsync(DatabaseCall db, string id) =>
        db.FindAsync<SessionRow>($"SELECT {Columns} FROM account_sessions WHERE id = @Id{db.Locking}", new { Id = id });

    public static Task<List<SessionRow>> ListAsync(DatabaseCall db, Guid accountId, long now) => db.ListAsync<SessionRow>(
        $"""
        SELECT {Columns} FROM account_sessions WHERE account_id = @AccountId AND revoked_at IS NULL AND expires_at > @Now
        ORDER BY last_used_at DESC, id DESC
        """,
        new { AccountId = Ids.Text(accountId), Now = now });

    /// <summary>What the tokens of a session are good for; null when it has ended or its account is gone.</summary>
    public static Task<GrantRow?> FindGrantAsync(DatabaseCall db, Guid id) => db.FindAsync<GrantRow>(
        """
        SELECT s.account_id, a.number, a.name, a.email, a.avatar_url, a.role
        FROM account_sessions s JOIN accounts a ON a.id = s.account_id WHERE s.id = @Id AND s.revoked_at IS NULL
        """,
        new { Id = Ids.Text(id) });

    public static Task UseAsync(DatabaseCall db, string id, long now, long expiresAt, Origin origin) => db.ExecuteAsync(
        """
        UPDATE account_sessions SET last_used_at = @Now, expires_at = @ExpiresAt, address = @Address, client = @Client WHERE id = @Id
        """,
        new { Id = id, Now = now, ExpiresAt = expiresAt, origin.Address, origin.Client });

    /// <returns>Whether there was one to end.</returns>
    public static async Task<bool> RevokeAsync(DatabaseCall db, string accountId, string id, long now) => await db.ExecuteAsync(
        "UPDATE account_sessions SET revoked_at = @Now WHERE id = @Id AND account_id = @AccountId AND revoked_at IS NULL",
        new { Id = id, AccountId = accountId, Now = now }) > 0;

    /// <summary>Ends all sessions of an account but one.</summary>
    /// <returns>The ids of those that were ended.</returns>
    public static Task<List<string>> RevokeAllAsync(DatabaseCall db, Guid accountId, Guid? except, long now) => db.ListAsync<string>(
        """
        UPDATE account_sessions SET revoked_at = @Now WHERE account_id = @AccountId AND revoked_at IS NULL AND id <> @Except
        RETURNING id
        """,
        new { AccountId = Ids.Text(accountId), Except = except is { } id ? Ids.Text(id) : string.Empty, Now = now });

    /// <summary>Ends the sessions that are too many, those first that were quiet for longest.</summary>
    public static Task<List<string>> RevokeBeyondAsync(DatabaseCall db, string accountId, int max, long now) => db.ListAsync<string>(
        """
        UPDATE account_sessions SET revoked_at = @Now WHERE id IN (
            SELECT id FROM account_sessions WHERE account_id = @AccountId AND revoked_at IS NULL AND expires_at > @Now
            ORDER BY last_used_at DESC, id DESC LIMIT 1000 OFFSET @Max)
        RETURNING id
        """,
        new { AccountId = accountId, Max = max, Now = now });

    /// <summary>The sessions that were ended since an instant.</summary>
    public static Task<List<string>> RevokedSinceAsync(DatabaseCall db, long since) =>
        db.ListAsync<string>("SELECT id FROM account_sessions WHERE revoked_at >= @Since", new { Since = since });
}
