using AkkaParty.Http.Errors;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaParty.Http.Rest;

/// <summary>Paths that belong to the programming interfaces: a web page's fall-back route never answers under them.</summary>
public static class ReservedPaths
{
    private static readonly string[] Prefixes = ["/api", "/ws", "/health", "/metrics", "/openapi"];

    /// <summary>Whether a path is, or lies under, a reserved one.</summary>
    /// <param name="path">The request's path.</param>
    /// <returns>True when only a programming interface may answer.</returns>
    public static bool Contains(PathString path)
    {
        foreach (var prefix in Prefixes)
        {
            if (path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Answers a reserved path that no endpoint claims; everything else goes on.</summary>
    /// <param name="context">The request, after routing.</param>
    /// <param name="next">The rest of the pipeline.</param>
    /// <returns>Ends with the request.</returns>
    internal static Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        // MapFallback marks its endpoints with the last possible order.
        var endpoint = context.GetEndpoint();
        if (endpoint is not null and not RouteEndpoint { Order: int.MaxValue } || !Contains(context.Request.Path))
        {
            return next(context);
        }

        var methods = MethodsAt(context);
        if (methods.Count == 0)
        {
            return Problem.WriteAsync(context.Response, NotFound(context.Request.Path));
        }

        context.Response.Headers.Allow = string.Join(", ", methods);
        return Problem.WriteAsync(
            context.Response,
            new ApiError(405, "method_not_allowed", $"{context.Request.Method} is not allowed here; see the Allow header."));
    }

    /// <summary>The error of a path that nothing answers.</summary>
    /// <param name="path">The path.</param>
    /// <returns>A 404.</returns>
    internal static ApiError NotFound(PathString path) => new(404, "route_not_found", $"There is nothing at {path}.");

    private static SortedSet<string> MethodsAt(HttpContext context)
    {
        var methods = new SortedSet<string>(StringComparer.Ordinal);
        var source = (EndpointDataSource?)context.RequestServices.GetService(typeof(EndpointDataSource));
        foreach (var endpoint in source?.Endpoints ?? [])
        {
            if (endpoint is RouteEndpoint { Order: < int.MaxValue } route
                && route.Metadata.GetMetadata<HttpMethodMetadata>() is { } metadata
                && IsAt(context, route))
            {
                methods.UnionWith(metadata.HttpMethods);
            }
        }

        return methods;
    }

    private static bool IsAt(HttpContext context, RouteEndpoint route)
    {
        var values = new RouteValueDictionary();
        if (!new TemplateMatcher(new RouteTemplate(route.RoutePattern), []).TryMatch(context.Request.Path, values))
        {
            return false;
        }

        var policies = context.RequestServices.GetRequiredService<ParameterPolicyFactory>();
        return route.RoutePattern.ParameterPolicies.All(parameter => parameter.Value
            .Select(policy => policies.Create(route.RoutePattern.GetParameter(parameter.Key), policy))
            .OfType<IRouteConstraint>()
            .All(constraint => constraint.Match(context, null, parameter.Key, values, RouteDirection.IncomingRequest)));
    }
}
