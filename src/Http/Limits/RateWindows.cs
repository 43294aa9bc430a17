using System.Globalization;
using AkkaParty.Accounts;
using AkkaParty.Http.Errors;

namespace AkkaParty.Http.Limits;

/// <summary>
/// Limits per hour that hold on all nodes together, kept where the accounts are. When that store is away calls go on: being limited is no
/// reason to be down.
/// </summary>
internal sealed class RateWindows(IRateWindows store, HttpOptions options, TimeProvider time)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Counts a call and says whether it may go on; sets the <c>X-RateLimit-*</c> and <c>RateLimit-*</c> headers.</summary>
    /// <param name="context">The request.</param>
    /// <param name="window">Which limit.</param>
    /// <param name="who">Whom it counts for: an account, or a guest's seat; the client's address when null.</param>
    /// <returns>Null to go on, or the 429 with the time to wait.</returns>
    public async ValueTask<ApiError?> CheckAsync(HttpContext context, RateWindow window, string? who = null)
    {
        var (name, limit, deed) = LimitOf(window);
        if (limit <= 0)
        {
            return null;
        }

        var answer = await store.TakeAsync(
            new RateLimit(name, limit, Hour), who ?? ClientAddress.Of(context), context.RequestAborted);
        SetHeaders(context.Response.Headers, answer);
        return answer.IsAllowed
            ? null
            : new ApiError(429, "rate_limited", "Rate limit exceeded. Please try again later.", null, answer.RetryAfter)
            {
                Detail = string.Create(CultureInfo.InvariantCulture, $"{deed} is limited to {limit} an hour."),
            };
    }

    private void SetHeaders(IHeaderDictionary headers, RateAnswer answer)
    {
        var limit = answer.Limit.ToString(CultureInfo.InvariantCulture);
        var remaining = answer.Remaining.ToString(CultureInfo.InvariantCulture);
        var seconds = Math.Max(0, (long)Math.Ceiling((answer.ResetAt - time.GetUtcNow()).TotalSeconds));
        headers["X-RateLimit-Limit"] = headers["RateLimit-Limit"] = limit;
        headers["X-RateLimit-Remaining"] = headers["RateLimit-Remaining"] = remaining;
        headers["X-RateLimit-Reset"] = answer.ResetAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-Reset"] = seconds.ToString(CultureInfo.InvariantCulture);
    }

    private (string Name, int Limit, string Deed) LimitOf(RateWindow window) => window switch
    {
        RateWindow.CreateWatchParty => ("watch-create", options.Windows.CreateWatchPartyPerHour, "Creating watch parties"),
        RateWindow.JoinWatchParty => ("watch-join", options.Windows.JoinWatchPartyPerHour, "Joining watch parties"),
        RateWindow.KickFromWatchParty => ("watch-kick", options.Windows.KickPerHour, "Removing people"),
        RateWindow.AskForAccess => ("watch-access", options.Windows.AskForAccessPerHour, "Asking for access"),
        RateWindow.Register => ("register", options.Windows.RegisterPerHour, "Registering"),
        _ => ("friends", options.Windows.AskForFriendshipPerHour, "Asking for friendship"),
    };
}
