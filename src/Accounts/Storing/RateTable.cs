using System.Globalization;

namespace AkkaParty.Accounts.Storing;

/// <summary>The row of a window.</summary>
internal sealed class RateRow
{
    public string Calls { get; init; } = string.Empty;

    /// <summary>The instants of the calls that count, the oldest first.</summary>
    public List<long> Instants() =>
        [.. Calls.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(text => long.Parse(text, CultureInfo.InvariantCulture))];
}

/// <summary>The statements on rate windows.</summary>
internal static class RateTable
{
    /// <summary>Reads a window and keeps others from it until the transaction ends; makes it when there is none.</summary>
    public static async Task<RateRow> LockAsync(DatabaseCall db, string name, string subject)
    {
        await db.ExecuteAsync(
            "INSERT INTO rate_windows (name, subject, calls, expires_at) VALUES (@Name, @Subject, '', 0) ON CONFLICT DO NOTHING",
            new { Name = name, Subject = subject });
        return await db.FindAsync<RateRow>(
            $"SELECT calls FROM rate_windows WHERE name = @Name AND subject = @Subject{db.Locking}",
            new { Name = name, Subject = subject }) ?? new RateRow();
    }

    public static Task SaveAsync(DatabaseCall db, string name, string subject, IEnumerable<long> calls, long expiresAt) =>
        db.ExecuteAsync(
            "UPDATE rate_windows SET calls = @Calls, expires_at = @ExpiresAt WHERE name = @Name AND subject = @Subject",
            new
            {
                Name = name,
                Subject = subject,
                Calls = string.Join(',', calls.Select(call => call.ToString(CultureInfo.InvariantCulture))),
                ExpiresAt = expiresAt,
            });
}
