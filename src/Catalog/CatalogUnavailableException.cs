namespace AkkaParty.Catalog;

/// <summary>
/// Films cannot be looked up now: TMDB is away, too slow, limiting us, refusing the key or left alone after repeated failures.
/// The message says which, in words fit for a person, and never contains the key.
/// </summary>
public sealed class CatalogUnavailableException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, for a person to read.</param>
    /// <param name="retryAfter">When to try again, or null when nobody knows.</param>
    /// <param name="innerException">What caused it, if another exception did.</param>
    public CatalogUnavailableException(string message, TimeSpan? retryAfter = null, Exception? innerException = null)
        : base(message, innerException)
        => RetryAfter = retryAfter;

    /// <summary>How long to wait before trying again, or null when nobody knows.</summary>
    public TimeSpan? RetryAfter { get; }
}
