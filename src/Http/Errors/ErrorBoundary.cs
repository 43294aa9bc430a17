using AkkaParty.Accounts;
using AkkaParty.Http.Rest;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace AkkaParty.Http.Errors;

/// <summary>
/// Outermost: nothing leaves without problem details. Exceptions become 500 without internals, the server's own
/// refusals (body too large, malformed chunk) keep their status, and empty 4xx answers of routing get a body.
/// </summary>
internal sealed partial class ErrorBoundary(RequestDelegate next, ILogger<ErrorBoundary> logger)
{
    /// <summary>Runs the rest of the pipeline.</summary>
    /// <param name="context">The request.</param>
    /// <returns>Ends with the request.</returns>
    public Task InvokeAsync(HttpContext context)
    {
        // A socket lives for hours: no state machine of this middleware is kept for it.
        return context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
            && context.Request.Path.StartsWithSegments("/ws", StringComparison.OrdinalIgnoreCase)
            ? next(context)
            : GuardAsync(context);
    }

    private async Task GuardAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client is gone: there is nobody to answer.
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return;
        }
        catch (BadHttpRequestException exception)
        {
            if (context.Response.HasStarted)
            {
                throw;
            }

            await Problem.WriteAsync(context.Response, FromServer(exception));
            return;
        }
        catch (AccountsUnavailableException exception)
        {
            // Accounts are tables and no entities: whoever reads them does not ask, and so has no outcome to map.
            AccountsAway(logger, exception, context.Request.Method, context.Request.Path);
            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            HttpMetrics.CountError(AccountError.Unavailable.Code, "rest");
            await Problem.WriteAsync(context.Response, AccountError.Unavailable);
            return;
        }
#pragma warning disable CA1031 // The boundary exists to turn every other exception into an answer.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            UnhandledException(logger, exception, context.Request.Method, context.Request.Path);
            if (context.Response.HasStarted)
            {
                context.Abort();
                return;
            }

            context.Response.Clear();
            HttpMetrics.CountError("internal_error", "rest");
            await Problem.WriteAsync(
                context.Response, new ApiError(500, "internal_error", "The server made a mistake; it has been logged."));
            return;
        }

        await ExplainEmptyAsync(context);
    }

    private static Task ExplainEmptyAsync(HttpContext context)
    {
        var response = context.Response;
        if (response.HasStarted || response.StatusCode < 400 || response.ContentType is not null || response.ContentLength > 0)
        {
            return Task.CompletedTask;
        }

        var error = response.StatusCode switch
        {
            404 => ReservedPaths.NotFound(context.Request.Path),
            405 => new ApiError(405, "method_not_allowed", $"{context.Request.Method} is not allowed here; see the Allow header."),
            415 => new ApiError(415, "unsupported_media_type", "The body must be application/json."),
            413 => new ApiError(413, "body_too_large", "The request body is too large."),
            >= 500 => new ApiError(response.StatusCode, "internal_error", "The server could not answer."),
            _ => new ApiError(response.StatusCode, "invalid_request", "The request is not valid."),
        };
        return Problem.WriteAsync(response, error);
    }

    private static ApiError FromServer(BadHttpRequestException exception) => exception.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => new ApiError(413, "body_too_large", "The request body is too large."),
        StatusCodes.Status415UnsupportedMediaType => new ApiError(415, "unsupported_media_type", "The body must be application/json."),
        StatusCodes.Status408RequestTimeout => new ApiError(408, "request_timeout", "The request body came too slowly."),
        _ => ApiError.Invalid("The request could not be read."),
    };

    [LoggerMessage(EventId = 3001, Level = LogLevel.Error, Message = "Unhandled exception in {Method} {Path}")]
    private static partial void UnhandledException(ILogger logger, Exception exception, string method, string? path);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Warning, Message = "The accounts' store did not serve {Method} {Path}")]
    private static partial void AccountsAway(ILogger logger, Exception exception, string method, string? path);
}
