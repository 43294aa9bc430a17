using AkkaParty.Protocol;
using AkkaParty.Runtime.Entities;

namespace AkkaParty.Http.Errors;

/// <summary>An error as every surface shows it: a status for REST, a text, a stable code and whether a retry may help.</summary>
/// <param name="Status">The HTTP status, 400-599.</param>
/// <param name="Code">A stable code in snake_case.</param>
/// <param name="Message">One sentence for people.</param>
/// <param name="Field">The input field at fault, or null.</param>
/// <param name="RetryAfter">When to try again, or null when a retry alone does not help.</param>
/// <param name="Detail">The longer sentence of the problem details; <paramref name="Message"/> when null.</param>
internal sealed record ApiError(
    int Status, string Code, string Message, string? Field = null, TimeSpan? RetryAfter = null, string? Detail = null)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    /// <summary>Everything that is wrong with the request's inputs: the problem's detail is this list.</summary>
    public IReadOnlyList<InputFault>? Inputs { get; init; }

    /// <summary>Whether the same request may succeed later.</summary>
    public bool Retryable => RetryAfter is not null;

    /// <summary>The <c>Retry-After</c> header's value: whole seconds, at least 1.</summary>
    public int RetryAfterSeconds => Math.Max(1, (int)Math.Ceiling((RetryAfter ?? Soon).TotalSeconds));

    /// <summary>The input is wrong (400).</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="field">The field at fault.</param>
    /// <returns>The error.</returns>
    public static ApiError Invalid(string message, string? field = null) => new(400, "invalid_request", message, field);

    /// <summary>A row of a surface's table of errors.</summary>
    /// <param name="code">A code of any surface's table.</param>
    /// <param name="detail">What more there is to say.</param>
    /// <param name="field">The field at fault.</param>
    /// <param name="retryAfter">When to try again, for retryable rows.</param>
    /// <returns>The error.</returns>
    public static ApiError Of(string code, string? detail = null, string? field = null, TimeSpan? retryAfter = null)
    {
        var row = ErrorTable.Find(code) ?? throw new ArgumentOutOfRangeException(nameof(code), code, "This code is not in the table.");
        return new(row.Status, row.Code, row.Text, field, row.Retryable ? retryAfter ?? Soon : null, detail);
    }

    /// <summary>What the rules for inputs say.</summary>
    /// <param name="error">The broken rule.</param>
    /// <returns>The error, or null when no rule is broken.</returns>
    public static ApiError? From(InputError? error) =>
        error is null ? null : new(ErrorTable.StatusOf(error.Code), error.Code, error.Message, error.Field);

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
                new(503, rejection.Code, rejection.Message, rejection.Field, result.RetryAfter ?? Soon),
            _ => new(500, rejection.Code, rejection.Message),
        };
    }
}
