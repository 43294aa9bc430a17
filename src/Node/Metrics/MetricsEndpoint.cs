using System.Net;

namespace AkkaParty.Node.Metrics;

/// <summary><c>GET /metrics</c>.</summary>
internal static class MetricsEndpoint
{
    private static readonly string[] ForwardingHeaders =
        ["X-Forwarded-For", "X-Forwarded-Host", "X-Original-For", "X-Original-Host", "Forwarded", "X-Real-IP", "CF-Connecting-IP", "Via"];

    /// <summary>Adds the route.</summary>
    /// <param name="routes">Where to add it.</param>
    /// <param name="collector">The values.</param>
    /// <param name="isPublic">Whether every caller may read them, or only those on this machine.</param>
    public static void MapMetrics(this IEndpointRouteBuilder routes, MetricsCollector collector, bool isPublic) =>
        routes.MapGet("/metrics", (HttpContext context) =>
            {
                context.Response.Headers.CacheControl = "no-store";
                return isPublic || IsFromThisMachine(context)
                    ? Results.Text(collector.Scrape(), PrometheusText.ContentType)
                    : Results.Problem(
                        "Metrics are shown to callers on this machine only; the setting AkkaParty__Metrics__Public=true shows them to all.",
                        statusCode: StatusCodes.Status403Forbidden,
                        title: "Forbidden",
                        extensions: new Dictionary<string, object?>
                        {
                            ["error"] = "Metrics are shown on this machine only.",
                            ["code"] = "metrics_local_only",
                            ["retryable"] = false,
                        });
            })
            .ExcludeFromDescription();

    /// <summary>
    /// Whether a call was made on this machine to this machine. A proxy or tunnel that runs here connects from loopback too, which
    /// its headers give away; a web page that points its own name at 127.0.0.1 is given away by the host it asks for.
    /// </summary>
    internal static bool IsFromThisMachine(HttpContext context)
    {
        var host = context.Request.Host.Host;
        return context.Connection.RemoteIpAddress is { } address
            && IPAddress.IsLoopback(address)
            && !Array.Exists(ForwardingHeaders, context.Request.Headers.ContainsKey)
            && (host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
                || (IPAddress.TryParse(host.Trim('[', ']'), out var named) && IPAddress.IsLoopback(named)));
    }
}
