using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using AkkaParty.Http.Rest.SyncRooms;
using AkkaParty.Http.Rest.WatchParties;
using Microsoft.AspNetCore.WebUtilities;

namespace AkkaParty.Http.Errors;

/// <summary>Problem details (RFC 9457) with the members every surface adds, so that clients of <c>error</c> and of <c>detail</c>
/// both work.</summary>
/// <param name="Type">A reference to the kind of problem; <c>about:blank</c> when the status says it all.</param>
/// <param name="Title">The status in words.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What went wrong, for people.</param>
/// <param name="Error">The same, or the short form of it.</param>
/// <param name="Code">A stable code in snake_case.</param>
/// <param name="Field">The input field at fault.</param>
/// <param name="Retryable">Whether the same request may succeed later.</param>
public sealed record Problem(
    string Type,
    string Title,
    int Status,
    string Detail,
    string Error,
    string Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Field,
    bool Retryable)
{
    /// <summary>The media type of problem details.</summary>
    public const string ContentType = "application/problem+json";

    /// <summary>Answers a request with an error.</summary>
    /// <param name="response">The response; nothing may have been sent yet.</param>
    /// <param name="error">The error.</param>
    /// <returns>Ends when the body was handed to the server.</returns>
    internal static Task WriteAsync(HttpResponse response, ApiError error)
    {
        var path = response.HttpContext.Request.Path;
        error = SyncRoomDialect.Speaks(path) ? SyncRoomDialect.Translate(error) : error;
        response.StatusCode = error.Status;
        response.Headers.CacheControl = "no-store";
        if (error.Retryable)
        {
            response.Headers.RetryAfter = error.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        }
        else if (error.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        var speaksEnvelope = WatchEnvelope.Speaks(path);
        if (speaksEnvelope && error.Status == StatusCodes.Status429TooManyRequests)
        {
            WatchEnvelope.NoteLimit(response.HttpContext, error);
        }

        response.ContentType = speaksEnvelope ? "application/json; charset=utf-8" : ContentType;
        var body = speaksEnvelope ? WatchEnvelope.BodyOf(error) : BodyOf(error);
        response.ContentLength = body.Length;
        return HttpMethods.IsHead(response.HttpContext.Request.Method) ? Task.CompletedTask : response.Body.WriteAsync(body).AsTask();
    }

    private static byte[] BodyOf(ApiError error)
    {
        var title = ReasonPhrases.GetReasonPhrase(error.Status);
        var detail = error.Detail ?? error.Message;
        return error.Inputs is { } inputs
            ? JsonSerializer.SerializeToUtf8Bytes(
                new InputProblem("about:blank", title, error.Status, inputs, error.Message, error.Code, error.Field, error.Retryable),
                ProblemJson.Default.InputProblem)
            : JsonSerializer.SerializeToUtf8Bytes(
                new Problem("about:blank", title, error.Status, detail, error.Message, error.Code, error.Field, error.Retryable),
                ProblemJson.Default.Problem);
    }
}

/// <summary>The wire form of <see cref="Problem"/> and <see cref="InputProblem"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(InputProblem))]
internal sealed partial class ProblemJson : JsonSerializerContext;

/// <summary>An endpoint's answer that is an error.</summary>
/// <param name="error">The error.</param>
internal sealed class ProblemResult(ApiError error) : IResult
{
    /// <summary>The error.</summary>
    public ApiError Error => error;

    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        HttpMetrics.CountError(error.Code, "rest");
        return Problem.WriteAsync(httpContext.Response, error);
    }
}
