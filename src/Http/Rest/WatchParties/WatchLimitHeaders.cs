using System.Globalization;

namespace AkkaParty.Http.Rest.WatchParties;

/// <summary>The headers that say how many calls of a kind may follow.</summary>
internal static class WatchLimitHeaders
{
    /// <summary>Sets them.</summary>
    /// <param name="response">The answer.</param>
    /// <param name="limit">How many are possible within the window.</param>
    /// <param name="remaining">How many may still follow.</param>
    /// <param name="resetAt">When the window is empty at the latest.</param>
    public static void Set(HttpResponse response, int limit, int remaining, DateTimeOffset resetAt)
    {
        response.Headers["X-RateLimit-Limit"] = limit.ToString(CultureInfo.InvariantCulture);
        response.Headers["X-RateLimit-Remaining"] = Math.Max(0, remaining).ToString(CultureInfo.InvariantCulture);
        response.Headers["X-RateLimit-Reset"] = resetAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
    }
}
