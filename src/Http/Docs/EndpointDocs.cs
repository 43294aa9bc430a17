using AkkaParty.Http.Errors;
using AkkaParty.Http.Rest.WatchParties;
using Microsoft.AspNetCore.Builder;

namespace AkkaParty.Http.Docs;

/// <summary>Marks an endpoint that needs a bearer token.</summary>
internal sealed class NeedsToken
{
    /// <summary>The one mark.</summary>
    public static NeedsToken Instance { get; } = new();
}

/// <summary>Marks an endpoint that takes an <c>Idempotency-Key</c>.</summary>
internal sealed class TakesIdempotencyKey
{
    /// <summary>The one mark.</summary>
    public static TakesIdempotencyKey Instance { get; } = new();
}

/// <summary>What the description of an endpoint says beyond its types.</summary>
internal static class EndpointDocs
{
    /// <summary>Names the errors an endpoint may answer.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="statuses">Their statuses.</param>
    /// <returns>The endpoint.</returns>
    public static RouteHandlerBuilder ProducesErrors(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
        {
            endpoint.Produces<Problem>(status, Problem.ContentType);
        }

        return endpoint;
    }

    /// <summary>Marks a command with a token: what it takes, and the errors that all of them may answer.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="summary">What it does.</param>
    /// <returns>The endpoint.</returns>
    public static RouteHandlerBuilder AsCommand(this RouteHandlerBuilder endpoint, string summary) => endpoint
        .WithSummary(summary)
        .WithMetadata(NeedsToken.Instance, TakesIdempotencyKey.Instance)
        .ProducesErrors(400, 401, 403, 404, 409, 422, 429, 503);

    /// <summary>Marks a command on a room: what it takes, and the errors that all of them may answer.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="summary">What it does.</param>
    /// <returns>The endpoint.</returns>
    public static RouteHandlerBuilder AsRoomCommand(this RouteHandlerBuilder endpoint, string summary) => endpoint
        .WithSummary(summary)
        .WithMetadata(NeedsToken.Instance, TakesIdempotencyKey.Instance)
        .ProducesErrors(400, 401, 403, 404, 409, 413, 415, 429, 503)
        .Produces<InputProblem>(StatusCodes.Status422UnprocessableEntity, Problem.ContentType);

    /// <summary>Marks a question to a room that only members may ask.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="summary">What it answers.</param>
    /// <returns>The endpoint.</returns>
    public static RouteHandlerBuilder AsRoomQuery(this RouteHandlerBuilder endpoint, string summary) => endpoint
        .WithSummary(summary)
        .WithMetadata(NeedsToken.Instance)
        .ProducesErrors(400, 401, 403, 404, 429, 503)
        .Produces<InputProblem>(StatusCodes.Status422UnprocessableEntity, Problem.ContentType);

    /// <summary>Marks a call of somebody with an account, and names the errors it may answer.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="summary">What it does.</param>
    /// <param name="statuses">The statuses besides those that all of them may answer.</param>
    /// <returns>The endpoint.</returns>
    public static RouteHandlerBuilder AsAccountCall(
        this RouteHandlerBuilder endpoint, string summary, params ReadOnlySpan<int> statuses) => endpoint
        .WithSummary(summary)
        .WithMetadata(NeedsToken.Instance)
        .ProducesErrors(401, 429, 503)
        .ProducesErrors(statuses);

    /// <summary>Marks a command on a watch party: what it takes, and the errors that all of them may answer.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="summary">What it does.</param>
    /// <returns>The endpoint.</returns>
    public static RouteHandlerBuilder AsWatchCommand(this RouteHandlerBuilder endpoint, string summary) =>
        endpoint.WithMetadata(TakesIdempotencyKey.Instance).AsWatch(summary, 400, 401, 403, 404, 409, 413, 415, 422, 503);

    /// <summary>Marks a question to a watch party.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="summary">What it answers.</param>
    /// <returns>The endpoint.</returns>
    public static RouteHandlerBuilder AsWatchQuery(this RouteHandlerBuilder endpoint, string summary) =>
        endpoint.AsWatch(summary, 400, 401, 403, 404, 503);

    /// <summary>Marks a command on a synchronised room by somebody who is known.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="summary">What it does.</param>
    /// <returns>The endpoint.</returns>
    public static RouteHandlerBuilder AsSyncCommand(this RouteHandlerBuilder endpoint, string summary) =>
        endpoint.WithMetadata(NeedsToken.Instance).AsOpenSyncCommand(summary);

    /// <summary>Marks a question to a synchronised room by somebody who is known.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="summary">What it answers.</param>
    /// <returns>The endpoint.</returns>
    public static RouteHandlerBuilder AsSyncQuery(this RouteHandlerBuilder endpoint, string summary) =>
        endpoint.WithMetadata(NeedsToken.Instance).AsOpenSyncQuery(summary);

    /// <summary>Marks a command on a synchronised room that is open to everybody.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="summary">What it does.</param>
    /// <returns>The endpoint.</returns>
    public static RouteHandlerBuilder AsOpenSyncCommand(this RouteHandlerBuilder endpoint, string summary) => endpoint
        .WithSummary(summary)
        .WithMetadata(TakesIdempotencyKey.Instance)
        .ProducesErrors(400, 401, 403, 404, 409, 413, 415, 422, 429, 503);

    /// <summary>Marks a question to a synchronised room that is open to everybody.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="summary">What it answers.</param>
    /// <returns>The endpoint.</returns>
    public static RouteHandlerBuilder AsOpenSyncQuery(this RouteHandlerBuilder endpoint, string summary) =>
        endpoint.WithSummary(summary).ProducesErrors(400, 401, 403, 404, 429, 503);

    private static RouteHandlerBuilder AsWatch(
        this RouteHandlerBuilder endpoint, string summary, params ReadOnlySpan<int> statuses)
    {
        endpoint.WithSummary(summary).WithMetadata(NeedsToken.Instance);
        foreach (var status in statuses)
        {
            endpoint.Produces<WatchFailure>(status);
        }

        return endpoint.Produces<WatchRateLimited>(StatusCodes.Status429TooManyRequests);
    }
}
