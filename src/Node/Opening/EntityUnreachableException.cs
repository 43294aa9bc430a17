namespace AkkaParty.Node.Opening;

/// <summary>An entity does not answer at the moment.</summary>
/// <param name="message">Why.</param>
/// <param name="retryAfter">When it may; null when nobody knows.</param>
internal sealed class EntityUnreachableException(string message, TimeSpan? retryAfter) : Exception(message)
{
    /// <summary>When it may answer.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
