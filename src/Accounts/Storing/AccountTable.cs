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

    public string? PasswordKey { get; init; }

    public long? PasswordChangedAt { get; init; }

    public long CreatedAt { get; init; }

    /// <summary>The account without what is secret.</summary>
    public Account ToAccount() =>
        new(Guid.ParseExact(Id, "D"), Number, Email, Name, AvatarUrl, (AccountRole)Role, Instants.Of(CreatedAt));
}

/// <summary>The statements on accounts.</summary>
internal static class AccountTable
{
    private const string Columns =
        "number, id, email, email_key, name, avatar_url, role, password_hash, registration_key, password_key, "
        + "password_changed_at, created_at";

    public static Task<AccountRow?> FindAsync(DatabaseCall db, Guid id) =>
        db.FindAsync<AccountRow>($"SELECT {Columns} FROM accounts WHERE id = @Id", new { Id = Ids.Text(id) });

    public static Task<AccountRow?> FindByEmailAsync(DatabaseCall db, string emailKey) =>
        db.FindAsync<AccountRow>($"SELECT {Columns} FROM accounts WHERE email_key = @EmailKey", new { EmailKey = emailKey });

    /// <summary>Reads an account and keeps others from changing it until the transaction ends.</summary>
    public static Task<AccountRow?> LockAsync(DatabaseCall db, Guid id) =>
        db.FindAsync<AccountRow>($"SELECT {Columns} FROM accounts WHERE id = @Id{db.Locking}", new { Id = Ids.Text(id) });

    /// <summary>Locks two accounts, in the order of their ids.</summary>
    public static Task<List<AccountRow>> LockBothAsync(DatabaseCall db, Guid one, Guid other) => db.ListAsync<AccountRow>(
        $"SELECT {Columns} FROM accounts WHERE id IN (@One, @Other) ORDER BY id{db.Locking}",
        new { One = Ids.Text(one), Other = Ids.Text(other) });

    /// <returns>False when the e-mail is taken.</returns>
    public static async Task<bool> InsertAsync(DatabaseCall db, AccountRow row) => await db.ExecuteAsync(
        """
        INSERT INTO accounts (id, email, email_key, name, avatar_url, role, password_hash, registration_key, created_at)
        VALUES (@Id, @Email, @EmailKey, @Name, @AvatarUrl, @Role, @PasswordHash, @RegistrationKey, @CreatedAt)
        ON CONFLICT (email_key) DO NOTHING
        """,
        row) > 0;

    public static Task ChangeProfileAsync(DatabaseCall db, Guid id, string name, string? avatarUrl) => db.ExecuteAsync(
        "UPDATE accounts SET name = @Name, avatar_url = @AvatarUrl WHERE id = @Id",
        new { Id = Ids.Text(id), Name = name, AvatarUrl = avatarUrl });

    public static Task ChangeRoleAsync(DatabaseCall db, Guid id, AccountRole role) =>
        db.ExecuteAsync("UPDATE accounts SET role = @Role WHERE id = @Id", new { Id = Ids.Text(id), Role = (long)role });

    public static Task ChangePasswordAsync(DatabaseCall db, string id, string passwordHash) => db.ExecuteAsync(
        "UPDATE accounts SET password_hash = @PasswordHash WHERE id = @Id", new { Id = id, PasswordHash = passwordHash });

    /// <summary>Notes by what a repetition of a change of the password is known.</summary>
    public static Task NoteChangeAsync(DatabaseCall db, string id, string? changeKey, long at) => db.ExecuteAsync(
        "UPDATE accounts SET password_key = @ChangeKey, password_changed_at = @At WHERE id = @Id",
        new { Id = id, ChangeKey = changeKey, At = at });

    /// <summary>
    /// Deletes an account with everything that is stored about it; its sessions stay for a while, ended and without a trace.
    /// </summary>
    public static Task DeleteAsync(DatabaseCall db, Guid id, long at) => db.ExecuteAsync(
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
