namespace AkkaParty.Accounts.Storing;

/// <summary>Deletes what no longer means anything.</summary>
internal static class Cleaning
{
    private static readonly TimeSpan EndedSessions = TimeSpan.FromDays(1);
    private static readonly TimeSpan Failures = TimeSpan.FromDays(1);

    public static Task<int> RunAsync(DatabaseCall db, long now) => db.ExecuteAsync(
        """
        DELETE FROM refresh_tokens WHERE expires_at <= @Now;
        DELETE FROM account_sessions WHERE expires_at <= @SessionsBefore OR revoked_at <= @SessionsBefore;
        DELETE FROM login_failures WHERE last_at <= @FailuresBefore;
        DELETE FROM rate_windows WHERE expires_at <= @Now;
        DELETE FROM signing_keys WHERE published_until <= @Now;
        """,
        new { Now = now, SessionsBefore = now - Instants.Span(EndedSessions), FailuresBefore = now - Instants.Span(Failures) });
}
