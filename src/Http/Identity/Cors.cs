using Microsoft.AspNetCore.Cors.Infrastructure;

namespace AkkaParty.Http.Identity;

/// <summary>Which web pages of other origins may call, and what they may see.</summary>
internal static class Cors
{
    /// <summary>Builds the policy: no other origin unless configured.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="options">The options.</param>
    public static void Apply(CorsPolicyBuilder policy, HttpOptions options)
    {
        if (options.AllowedOrigins.Contains("*"))
        {
            policy.AllowAnyOrigin();
        }
        else
        {
            policy.WithOrigins([.. options.AllowedOrigins]);
        }

        policy
            .WithMethods("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
            .WithHeaders(
                "Accept",
                "Authorization",
                "Content-Type",
                "If-Match",
                "If-None-Match",
                "Last-Event-ID",
                "X-CSRF-Token",
                "X-Guest-Token",
                Rest.IdempotencyKey.Header)
            .WithExposedHeaders(
                "ETag",
                "Location",
                "Retry-After",
                "RateLimit-Limit",
                "RateLimit-Remaining",
                "RateLimit-Reset",
                "X-RateLimit-Limit",
                "X-RateLimit-Remaining",
                "X-RateLimit-Reset")
            .SetPreflightMaxAge(TimeSpan.FromHours(1));
    }
}
