using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using AkkaParty.Http.Errors;
using AkkaParty.Protocol.Accounts;
using AkkaParty.Protocol.WatchParties;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaParty.Http.Rest.WatchParties;

/// <summary>A success on the surface of watch parties.</summary>
/// <typeparam name="T">What it answers.</typeparam>
/// <param name="Success">Always true.</param>
/// <param name="Data">What it answers.</param>
internal sealed record WatchSuccess<T>(bool Success, T Data);

/// <summary>A failure on the surface of watch parties.</summary>
/// <param name="Success">Always false.</param>
/// <param name="Error">What went wrong.</param>
internal sealed record WatchFailure(bool Success, WatchFault Error);

/// <summary>What went wrong.</summary>
/// <param name="Code">The surface's code, in upper case.</param>
/// <param name="Message">One sentence for people.</param>
/// <param name="Reason">The stable code in snake_case that every surface has.</param>
/// <param name="Field">The input field at fault.</param>
/// <param name="Retryable">Whether the same call may succeed later.</param>
internal sealed record WatchFault(
    string Code,
    string Message,
    string Reason,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Field,
    bool Retryable);

/// <summary>Too many calls: the one answer of the surface without an envelope.</summary>
/// <param name="Error">One sentence for people.</param>
/// <param name="RetryAfter">In how many seconds to try again.</param>
/// <param name="Code">The stable code in snake_case.</param>
internal sealed record WatchRateLimited(string Error, int RetryAfter, string Code);

/// <summary>The dialect of the watch-parties surface: which paths speak it, and how errors look there.</summary>
internal static class WatchEnvelope
{
    private static readonly string[] Prefixes = ["/api/v1/watch-parties", "/api/watch-parties"];

    /// <summary>Whether a path speaks it.</summary>
    /// <param name="path">The request's path.</param>
    /// <returns>True when errors have the envelope there.</returns>
    public static bool Speaks(PathString path)
    {
        foreach (var prefix in Prefixes)
        {
            if (path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return path.StartsWithSegments("/api/v1/users", StringComparison.OrdinalIgnoreCase)
            && path.Value!.EndsWith("/watch-party-stats", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>An error as the body of an answer.</summary>
    /// <param name="error">The error.</param>
    /// <returns>UTF-8 JSON.</returns>
    public static byte[] BodyOf(ApiError error) => error.Status == StatusCodes.Status429TooManyRequests
        ? JsonSerializer.SerializeToUtf8Bytes(
            new WatchRateLimited("Rate limit exceeded. Please try again later.", error.RetryAfterSeconds, error.Code),
            WatchHttpJson.Wire.WatchRateLimited)
        : JsonSerializer.SerializeToUtf8Bytes(
            new WatchFailure(
                false, new WatchFault(CodeOf(error), MessageOf(error), error.Code, error.Field, error.Retryable)),
            WatchHttpJson.Wire.WatchFailure);

    /// <summary>Says, where a limit was hit and nothing said so yet, which one.</summary>
    /// <param name="context">The request.</param>
    /// <param name="error">A 429.</param>
    public static void NoteLimit(HttpContext context, ApiError error)
    {
        var headers = context.Response.Headers;
        if (headers.ContainsKey("X-RateLimit-Limit"))
        {
            return;
        }

        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var limit = error.Code is WatchErrorCodes.ChatTooFast or WatchErrorCodes.ChatSlowMode
            ? WatchLimits.MessagesPerMinute.ToString(CultureInfo.InvariantCulture)
            : headers["RateLimit-Limit"].ToString();
        headers["X-RateLimit-Limit"] = limit;
        headers["X-RateLimit-Remaining"] = "0";
        headers["X-RateLimit-Reset"] = (now.ToUnixTimeSeconds() + error.RetryAfterSeconds).ToString(CultureInfo.InvariantCulture);
    }

    private static string CodeOf(ApiError error) => WatchErrors.Find(error.Code)?.EnvelopeCode ?? error.Status switch
    {
        StatusCodes.Status401Unauthorized => "UNAUTHORIZED",
        StatusCodes.Status403Forbidden => "FORBIDDEN",
        StatusCodes.Status404NotFound => "NOT_FOUND",
        StatusCodes.Status405MethodNotAllowed => "METHOD_NOT_ALLOWED",
        StatusCodes.Status409Conflict => "CONFLICT",
        StatusCodes.Status413PayloadTooLarge => "PAYLOAD_TOO_LARGE",
        StatusCodes.Status415UnsupportedMediaType => "UNSUPPORTED_MEDIA_TYPE",
        StatusCodes.Status426UpgradeRequired => "UPGRADE_REQUIRED",
        StatusCodes.Status502BadGateway or StatusCodes.Status503ServiceUnavailable => "SERVICE_UNAVAILABLE",
        >= 500 => "INTERNAL_ERROR",
        _ => "INVALID_REQUEST",
    };

    // Accounts speak in the words of the other surface.
    private static string MessageOf(ApiError error) => error.Code switch
    {
        AccountErrorCodes.TokenRequired => "Missing authentication token",
        AccountErrorCodes.AuthorizationMalformed or AccountErrorCodes.InvalidToken or AccountErrorCodes.TokenExpired
            or AccountErrorCodes.TokenRevoked => "Invalid or expired token",
        _ => error.Detail ?? error.Message,
    };
}
