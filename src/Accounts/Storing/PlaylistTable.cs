namespace AkkaParty.Accounts.Storing;

/// <summary>A row of playlists.</summary>
internal sealed class PlaylistRow
{
    public string Id { get; init; } = string.Empty;

    public string AccountId { get; init; } = string.Empty;

    public string Name { get; init; } = string.Empty;

    public string? Description { get; init; }

    public string Items { get; init; } = string.Empty;

    public long ItemCount { get; init; }

    public long Version { get; init; }

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }

    /// <summary>The playlist.</summary>
    public Playlist ToPlaylist() => new(
        Ids.Of(Id), Name, Description, PlaylistJson.Read(Items), Version, Instants.Of(CreatedAt), Instants.Of(UpdatedAt));

    /// <summary>The playlist without its items.</summary>
    public PlaylistSummary ToSummary() => new(
        Ids.Of(Id), Name, Description, (int)ItemCount, Version, Instants.Of(CreatedAt), Instants.Of(UpdatedAt));
}

/// <summary>The statements on playlists.</summary>
internal static class PlaylistTable
{
    private const string WithoutItems = "id, account_id, name, description, item_count, version, created_at, updated_at";

    public static Task<List<PlaylistRow>> ListAsync(DatabaseCall db, Guid accountId) => db.ListAsync<PlaylistRow>(
        $"SELECT {WithoutItems} FROM playlists WHERE account_id = @AccountId ORDER BY updated_at DESC, id DESC",
        new { AccountId = Ids.Text(accountId) });

    public static Task<List<PlaylistRow>> ListWholeAsync(DatabaseCall db, Guid accountId) => db.ListAsync<PlaylistRow>(
        $"SELECT {WithoutItems}, items FROM playlists WHERE account_id = @AccountId ORDER BY updated_at DESC, id DESC",
        new { AccountId = Ids.Text(accountId) });

    public static Task<PlaylistRow?> FindAsync(DatabaseCall db, Guid accountId, Guid id) => db.FindAsync<PlaylistRow>(
        $"SELECT {WithoutItems}, items FROM playlists WHERE id = @Id AND account_id = @AccountId",
        new { Id = Ids.Text(id), AccountId = Ids.Text(accountId) });

    public static Task<PlaylistRow?> LockAsync(DatabaseCall db, Guid accountId, Guid id) => db.FindAsync<PlaylistRow>(
        $"SELECT {WithoutItems}, items FROM playlists WHERE id = @Id AND account_id = @AccountId{db.Locking}",
        new { Id = Ids.Text(id), AccountId = Ids.Text(accountId) });

    public static async Task<long> CountAsync(DatabaseCall db, Guid accountId) => await db.NumberAsync(
        "SELECT count(*) FROM playlists WHERE account_id = @AccountId", new { AccountId = Ids.Text(accountId) }) ?? 0;

    /// <returns>False when the id is taken.</returns>
    public static async Task<bool> InsertAsync(DatabaseCall db, PlaylistRow row) => await db.ExecuteAsync(
        $"""
        INSERT INTO playlists ({WithoutItems}, items)
        VALUES (@Id, @AccountId, @Name, @Description, @ItemCount, @Version, @CreatedAt, @UpdatedAt, @Items)
        ON CONFLICT (id) DO NOTHING
        """,
        row) > 0;

    public static Task UpdateAsync(DatabaseCall db, PlaylistRow row) => db.ExecuteAsync(
        """
        UPDATE playlists SET name = @Name, description = @Description, items = @Items, item_count = @ItemCount, version = @Version,
            updated_at = @UpdatedAt WHERE id = @Id
        """,
        row);

    /// <returns>Whether there was one.</returns>
    public static async Task<bool> DeleteAsync(DatabaseCall db, Guid accountId, Guid id) => await db.ExecuteAsync(
        "DELETE FROM playlists WHERE id = @Id AND account_id = @AccountId",
        new { Id = Ids.Text(id), AccountId = Ids.Text(accountId) }) > 0;
}
