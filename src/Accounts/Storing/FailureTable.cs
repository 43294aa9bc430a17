namespace AkkaParty.Accounts.Storing;

/// <summary>The statements on failed log-ins.</summary>
internal static class FailureTable
{
    /// <summary>Until when the later of two subjects must wait; null when neither has failed.</summary>
    public static Task<long?> LockedUntilAsync(DatabaseCall db, string account, string address) => db.NumberAsync(
        "SELECT max(locked_until) FROM login_failures WHERE subject IN (@Account, @Address)", new { Account = account, Address = address });

    /// <summary>Counts a failure; those from before an instant are forgotten.</summary>
    /// <returns>How many there are.</returns>
    public static async Task<long> CountAsync(DatabaseCall db, string subject, long now, long forgetBefore) => (await db.NumberAsync(
        """
        INSERT INTO login_failures (subject, failures, last_at, locked_until) VALUES (@Subject, 1, @Now, 0)
        ON CONFLICT (subject) DO UPDATE SET last_at = @Now,
            failures = CASE WHEN login_failures.last_at < @ForgetBefore THEN 1 ELSE login_failures.failures + 1 END
        RETURNING failures
        """,
        new { Subject = subject, Now = now, ForgetBefore = forgetBefore }))!.Value;

    public static Task LockAsync(DatabaseCall db, string subject, long until) => db.ExecuteAsync(
        "UPDATE login_failures SET locked_until = @Until WHERE subject = @Subject", new { Subject = subject, Until = until });

    public static Task ForgetAsync(DatabaseCall db, string subject) =>
        db.ExecuteAsync("DELETE FROM login_failures WHERE subject = @Subject", new { Subject = subject });
}
