using System.Text.Json.Serialization;
using AkkaParty.Http.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AkkaParty.Http.Rest;

/// <summary>Whether the server is well: for people, for load balancers, and in the shapes that existing clients expect.</summary>
internal static class HealthEndpoints
{
    /// <summary>Maps them.</summary>
    /// <param name="app">Where to.</param>
    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup(string.Empty).WithTags("Health");
        group.MapGet("/health", Health).WithSummary("The server's condition; always 200").Produces<HealthBody>();
        group.MapGet("/api/v1/health", Health).WithSummary("The server's condition; always 200").Produces<HealthBody>();
        group.MapGet("/api/health", Simple).WithSummary("Says that the server runs").Produces<SimpleHealthBody>();
        group.MapGet("/health/live", Live).WithSummary("200 as long as the process answers").Produces<StatusBody>();
        group.MapGet("/health/ready", Ready)
            .WithSummary("200 when the server may be sent work, otherwise 503")
            .Produces<StatusBody>()
            .Produces<StatusBody>(StatusCodes.Status503ServiceUnavailable);
    }

    private static JsonHttpResult<HealthBody> Health(INodeHealth health)
    {
        var now = health.Current;
        var database = now.DatabaseUp ? "connected" : "disconnected";
        var body = new HealthBody(now.Ready ? "healthy" : "unhealthy", "akkaparty", database, now.Version, now.Films);
        return TypedResults.Json(body, HttpJson.Wire.HealthBody);
    }

    private static JsonHttpResult<SimpleHealthBody> Simple(TimeProvider time) => TypedResults.Json(
        new SimpleHealthBody("ok", "AkkaParty is running", time.GetUtcNow().ToUnixTimeSeconds()), HttpJson.Wire.SimpleHealthBody);

    private static JsonHttpResult<StatusBody> Live() => TypedResults.Json(new StatusBody("live"), HttpJson.Wire.StatusBody);

    private static JsonHttpResult<StatusBody> Ready(INodeHealth health, HttpResponse response)
    {
        var now = health.Current;
        if (now.Ready)
        {
            return TypedResults.Json(new StatusBody("ready"), HttpJson.Wire.StatusBody);
        }

        response.Headers.RetryAfter = "1";
        return TypedResults.Json(
            new StatusBody("not_ready", now.Reason ?? "not ready"),
            HttpJson.Wire.StatusBody,
            statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}

/// <summary>Body of <c>/health</c>.</summary>
/// <param name="Status"><c>healthy</c> or <c>unhealthy</c>.</param>
/// <param name="Service">Which program this is.</param>
/// <param name="Database"><c>connected</c> or <c>disconnected</c>.</param>
/// <param name="Version">The program's version.</param>
/// <param name="Films">Where films come from: <c>tmdb</c> or <c>built_in</c>.</param>
internal sealed record HealthBody(
    string Status,
    string Service,
    string Database,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Version,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Films);

/// <summary>Body of <c>/api/health</c>.</summary>
/// <param name="Status">Always <c>ok</c>.</param>
/// <param name="Message">The same in words.</param>
/// <param name="Timestamp">The time in Unix seconds.</param>
internal sealed record SimpleHealthBody(string Status, string Message, long Timestamp);

/// <summary>Body of the probes.</summary>
/// <param name="Status"><c>live</c>, <c>ready</c> or <c>not_ready</c>.</param>
/// <param name="Reason">Why not ready.</param>
internal sealed record StatusBody(
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null);
