namespace AkkaParty.Accounts;

/// <summary>How often something may be done.</summary>
/// <param name="Name">What: 1 to 40 of a-z, 0-9 and -; each name counts by itself.</param>
/// <param name="Max">How often within the window, 1 to 1,000.</param>
/// <param name="Window">The window, which slides; 1 s to 24 h.</param>
public sealed record RateLimit(string Name, int Max, TimeSpan Window);

/// <summary>Whether something may be done now.</summary>
/// <param name="IsAllowed">Whether it may; it was counted then.</param>
/// <param name="Limit">How often it may be done within the window.</param>
/// <param name="Remaining">How often it may still be done now.</param>
/// <param name="ResetAt">When the oldest call that counts leaves the window, and so another is possible.</param>
/// <param name="RetryAfter">How long to wait; zero when it may be done.</param>
public sealed record RateAnswer(bool IsAllowed, int Limit, int Remaining, DateTimeOffset ResetAt, TimeSpan RetryAfter);

/// <summary>Sliding windows that the whole cluster shares.</summary>
public interface IRateWindows
{
    /// <summary>
    /// Asks whether something may be done, and counts it when it may. While the database is away everything is allowed, and the metric
    /// <c>akkaparty.accounts.rate.unchecked</c> counts how often.
    /// </summary>
    /// <param name="limit">How often.</param>
    /// <param name="subject">Who does it, at most 200 characters: an account's id, or a client's address.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Whether it may be done.</returns>
    ValueTask<RateAnswer> TakeAsync(RateLimit limit, string subject, CancellationToken cancellationToken);
}
