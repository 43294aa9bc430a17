using System.Security.Cryptography;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Http.Identity;

/// <summary>
/// What a browser is known by where people need no account: a random cookie, or the guest token it had. Only its hash is ever kept, and
/// only so that a ban holds under another name.
/// </summary>
internal static class BrowserMark
{
    /// <summary>The cookie.</summary>
    public const string Cookie = "ap_session";

    private const int CookieLength = 64;

    /// <summary>The mark of a request's browser; one without gets a cookie with the answer.</summary>
    /// <param name="context">The request.</param>
    /// <param name="partyId">The watch party it is shown to.</param>
    /// <returns>A hash of 64 hex characters.</returns>
    public static string Of(HttpContext context, string partyId)
    {
        if (WatchDoor.GuestTokenOf(context.Request) is { } token && WatchTokens.TryFindParty(token, out var party) && party == partyId)
        {
            return TokenHash.Of(token);
        }

        if (context.Request.Cookies[Cookie] is { Length: CookieLength } known)
        {
            return TokenHash.Of(known);
        }

        var fresh = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(CookieLength / 2));
        context.Response.Cookies.Append(Cookie, fresh, new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            MaxAge = TimeSpan.FromDays(365),
            Path = "/",
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
        });
        return TokenHash.Of(fresh);
    }
}
