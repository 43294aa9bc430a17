using AkkaParty.Http.Errors;

namespace AkkaParty.Http.WebSockets;

/// <summary>Why a frame was not carried out, before it takes the form of its dialect.</summary>
/// <param name="Error">One sentence for people.</param>
/// <param name="Code">A stable code.</param>
/// <param name="Retryable">Whether the same frame may succeed later without any change.</param>
/// <param name="Field">The field at fault.</param>
/// <param name="Id">The number of the frame at fault.</param>
/// <param name="RetryAfterMs">When it makes sense to try again, in milliseconds.</param>
/// <param name="Detail">What more there is to say.</param>
internal sealed record FrameError(
    string Error, string Code, bool Retryable, string? Field = null, long? Id = null, int? RetryAfterMs = null, string? Detail = null)
{
    /// <summary>An error as every surface shows it.</summary>
    /// <param name="error">The error.</param>
    /// <param name="id">The number of the frame at fault.</param>
    /// <returns>The same for a frame.</returns>
    public static FrameError Of(ApiError error, long? id) => new(
        error.Message,
        error.Code,
        error.Retryable,
        error.Field,
        id,
        error.RetryAfter is { } after ? (int)after.TotalMilliseconds : null,
        error.Detail);
}
