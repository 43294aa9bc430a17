using System.Net;

namespace AkkaParty.Catalog.Tmdb;

/// <summary>What TMDB answered to one try.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The whole body, bounded by the client.</param>
/// <param name="RetryAfter">How long TMDB asks to wait, or null when it does not say.</param>
internal sealed record TmdbAnswer(HttpStatusCode Status, byte[] Body, TimeSpan? RetryAfter)
{
    /// <summary>Whether the same request may succeed later without anybody changing anything.</summary>
    public bool IsPassing => Status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)Status >= 500;
}
