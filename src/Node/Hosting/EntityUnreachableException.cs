namespace AkkaParty.Node.Hosting;

/// <summary>An entity cannot be reached now; it may later.</summary>
/// <param name="message">Why.</param>
/// <param name="retryAfter">When it may; null when nobody knows.</param>
internal sealed class EntityUnreachableException(string message, TimeSpan? retryAfter) : Exception(message)
{
    /// <summary>When it may answer.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
