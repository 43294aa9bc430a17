namespace AkkaParty.Node.Enrichment;

/// <summary>A room could not take the result of a look-up now; it may later.</summary>
/// <param name="message">Why.</param>
/// <param name="retryAfter">When to try again, or null.</param>
internal sealed class RoomUnreachableException(string message, TimeSpan? retryAfter) : Exception(message)
{
    /// <summary>When to try again, or null.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
