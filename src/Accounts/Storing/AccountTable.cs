namespace AkkaParty.Accounts.Storing;

/// <summary>A row of accounts.</summary>
internal sealed class AccountRow
{
    public long Number { get; init; }

    public string Id { get; init; } = string.Empty;

    public string Email { get; init; } = string.Empty;

    public string EmailKey { get; init; } = string.Empty;

    public string Name { get; init; } = string.Empty;

    public string? AvatarUrl { get; init; }

    public long Role { get; init; }

    public string PasswordHash { get; init; } = string.Empty;

    public string? RegistrationKey { get; init; }

    public long CreatedAt { get; init; }

    /// <summary>The account without what is secret.</summary>
    public Account ToAccount() =>
        new(Guid.ParseExact(Id, "D"), Number, Email, Name, AvatarUrl, (AccountRole)Role, Instants.Of(CreatedAt));
}

/// <summary>The statements on accounts.</summary>
internal static class AccountTable
{
    private const string Columns =
        "number, id, email, email_key, name, avatar_url, role, password_hash, registration_key, created_at";

    public static Task<AccountRow?> FindAsync(DatabaseTurn turn, Guid id) =>
        turn.FindAsync<AccountRow>($"SELECT {Columns} FROM accounts WHERE id = @Id", new { Id = Ids.Text(id) });

    public static Task<AccountRow?> FindByEmailAsync(DatabaseTurn turn, string emailKey) =>
        turn.FindAsync<AccountRow>($"SELECT {Columns} FROM accounts WHERE email_key = @EmailKey", new { EmailKey = emailKey });

    /// <summary>Reads an account and keeps others from changing it until the transaction ends.</summary>
    public static Task<AccountRow?> LockAsync(DatabaseTurn turn, Guid id) =>
        turn.FindAsync<AccountRow>($"SELECT {Columns} FROM accounts WHERE id = @Id{turn.Locking}", new { Id = Ids.Text(id) });

    /// <summary>Locks two accounts, in the order of their ids.</summary>
    public static Task<List<AccountRow>> LockBothAsync(DatabaseTurn turn, Guid one, Guid other) => turn.ListAsync<AccountRow>(
        $"SELECT {Columns} FROM accounts WHERE id IN (@One, @Other) ORDER BY id{turn.Locking}",
        new { One = Ids.Text(one), Other = Ids.Text(other) });

    /// <returns>False when the e-mail is taken.</returns>
    public static async Task<bool> InsertAsync(DatabaseTurn turn, AccountRow row) => await turn.ExecuteAsync(
        """
        INSERT INTO accounts (id, email, email_key, name, avatar_url, role, password_hash, registration_key, created_at)
        VALUES (@Id, @Email, @EmailKey, @Name, @AvatarUrl, @Role, @PasswordHash, @RegistrationKey, @CreatedAt)
        ON CONFLICT (email_key) DO NOTHING
        """,
        row) > 0;

    public static Task ChangeProfileAsync(DatabaseTurn turn, Guid id, string name, string? avatarUrl) => turn.ExecuteAsync(
        "UPDATE accounts SET name = @Name, avatar_url = @AvatarUrl WHERE id = @Id",
        new { Id = Ids.Text(id), Name = name, AvatarUrl = avatarUrl });

    public static Task ChangeRoleAsync(DatabaseTurn turn, Guid id, AccountRole role) =>
        turn.ExecuteAsync("UPDATE accounts SET role = @Role WHERE id = @Id", new { Id = Ids.Text(id), Role = (long)role });

    public static Task ChangePasswordAsync(DatabaseTurn turn, string id, string passwordHash) => turn.ExecuteAsync(
        "UPDATE accounts SET password_hash = @PasswordHash WHERE id = @Id", new { Id = id, PasswordHash = passwordHash });

    /// <summary>
    /// Deletes an account with everything that is stored about it; its sessions stay for a while, ended and without a trace.
    /// </summary>
    public static Task DeleteAsync(DatabaseTurn turn, Guid id, long at) => turn.ExecuteAsync(
        """
        DELETE FROM refresh_tokens WHERE session_id IN (SELECT id FROM account_sessions WHERE account_id = @Id);
        UPDATE account_sessions SET revoked_at = coalesce(revoked_at, @At), address = NULL, client = NULL WHERE account_id = @Id;
        DELETE FROM friendships WHERE low_id = @Id OR high_id = @Id;
        DELETE FROM playlists WHERE account_id = @Id;
        DELETE FROM rate_windows WHERE subject = @Id;
        DELETE FROM accounts WHERE id = @Id;
        """,
        new { Id = Ids.Text(id), At = at });
}
