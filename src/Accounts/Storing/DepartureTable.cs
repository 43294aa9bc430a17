namespace AkkaParty.Accounts.Storing;

/// <summary>A row of departures.</summary>
internal sealed class DepartureRow
{
    public string AccountId { get; init; } = string.Empty;

    public long DeletedAt { get; init; }
}

/// <summary>The statements on deleted accounts that others have yet to forget.</summary>
internal static class DepartureTable
{
    public static Task InsertAsync(DatabaseCall db, Guid accountId, long deletedAt) => db.ExecuteAsync(
        "INSERT INTO departures (account_id, deleted_at) VALUES (@AccountId, @DeletedAt) ON CONFLICT (account_id) DO NOTHING",
        new { AccountId = Ids.Text(accountId), DeletedAt = deletedAt });

    public static Task<List<DepartureRow>> ListAsync(DatabaseCall db, int count) => db.ListAsync<DepartureRow>(
        "SELECT account_id, deleted_at FROM departures ORDER BY deleted_at, account_id LIMIT @Count", new { Count = count });

    public static Task<int> DeleteAsync(DatabaseCall db, Guid accountId) =>
        db.ExecuteAsync("DELETE FROM departures WHERE account_id = @AccountId", new { AccountId = Ids.Text(accountId) });
}
