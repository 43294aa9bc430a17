using AkkaParty.Runtime.Entities;

namespace AkkaParty.Http.Errors;

/// <summary>An error as every surface shows it: a status for REST, a text, a stable code and whether a retry may help.</summary>
/// <param name="Status">The HTTP status, 400-599.</param>
/// <param name="Code">A stable code in snake_case.</param>
/// <param name="Message">One sentence for people.</param>
/// <param name="Field">The input field at fault, or null.</param>
/// <param name="RetryAfter">When to try again, or null when a retry alone does not help.</param>
internal sealed record ApiError(int Status, string Code, string Message, string? Field = null, TimeSpan? RetryAfter = null)
{
    /// <summary>Whether the same request may succeed later.</summary>
    public bool Retryable => Status is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests;

    /// <summary>The <c>Retry-After</c> header's value: whole seconds, at least 1.</summary>
    public int RetryAfterSeconds => Math.Max(1, (int)Math.Ceiling((RetryAfter ?? TimeSpan.FromSeconds(1)).TotalSeconds));

    /// <summary>The input is wrong (400).</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="field">The field at fault.</param>
    /// <returns>The error.</returns>
    public static ApiError Invalid(string message, string? field = null) => new(400, "invalid_request", message, field);

    /// <summary>The error an ask ended with.</summary>
    /// <param name="result">An outcome other than <see cref="AskOutcome.Replied"/>.</param>
    /// <returns>The error.</returns>
    public static ApiError From(AskResult result)
    {
        var rejection = result.Rejection ?? new Rejection("internal_error", "The server made a mistake.");
        return result.Outcome switch
        {
            AskOutcome.Rejected => new(ErrorTable.StatusOf(rejection.Code), rejection.Code, rejection.Message, rejection.Field),
            AskOutcome.Unavailable or AskOutcome.Unknown =>
                new(503, rejection.Code, rejection.Message, rejection.Field, result.RetryAfter ?? TimeSpan.FromSeconds(1)),
            _ => new(500, rejection.Code, rejection.Message),
        };
    }
}
