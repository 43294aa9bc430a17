using AkkaParty.Http.Errors;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Http.Rest.WatchParties;

/// <summary>Why a watch party did not do what was asked.</summary>
internal static class WatchRefusal
{
    /// <summary>The error of a result.</summary>
    /// <param name="result">How the ask ended.</param>
    /// <param name="fingerprint">The call's fingerprint; null for a call without a key.</param>
    /// <returns>The error, or null when it was carried out.</returns>
    public static ApiError? Of(AskResult result, string? fingerprint) =>
        IdempotencyKey.Failure(result, fingerprint)
        ?? (result.Reply is MessageTooSoon wait
            ? ApiError.Of(wait.Code, retryAfter: TimeSpan.FromMilliseconds(wait.RetryAfterMs))
            : null);
}
