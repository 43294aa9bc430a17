using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;

namespace AkkaParty.Node.Pages;

/// <summary>The few pages of the server itself, kept inside the program. They use nothing from elsewhere.</summary>
internal static class SitePages
{
    /// <summary>What the pages may load: their own style, script and picture, and the server's health.</summary>
    internal const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Paths of programs, not of people: an unknown one gets an error, never a page.</summary>
    private static readonly string[] ProgramPaths = ["/api", "/ws", "/health", "/metrics", "/openapi", "/docs", "/swagger"];

    private static readonly Page Home = Page.Load("index.html", "text/html; charset=utf-8");
    private static readonly Page NotFound = Page.Load("404.html", "text/html; charset=utf-8");

    /// <summary>Adds the pages.</summary>
    public static void MapSitePages(this IEndpointRouteBuilder routes)
    {
        Map(routes, "/", Home);
        Map(routes, "/site.css", Page.Load("site.css", "text/css; charset=utf-8"));
        Map(routes, "/site.js", Page.Load("site.js", "text/javascript; charset=utf-8"));
        Map(routes, "/favicon.svg", Page.Load("favicon.svg", "image/svg+xml"));
    }

    /// <summary>Answers people who came to a path that does not exist with a page, and programs with an error.</summary>
    public static void UseNotFoundPage(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        await next(context);
        var response = context.Response;
        if (response is not { StatusCode: StatusCodes.Status404NotFound, HasStarted: false, ContentLength: null, ContentType: null }
            || context.GetEndpoint() is not null
            || IsProgramPath(context.Request.Path))
        {
            return;
        }

        if (HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        {
            await NotFound.WriteAsync(context, StatusCodes.Status404NotFound);
            return;
        }

        const string Text = "There is nothing at this path.";
        var extensions = new Dictionary<string, object?> { ["error"] = Text, ["code"] = "route_not_found", ["retryable"] = false };
        await Results.Problem(Text, statusCode: StatusCodes.Status404NotFound, title: "Not Found", extensions: extensions)
            .ExecuteAsync(context);
    });

    /// <summary>Whether a path is one of programs.</summary>
    internal static bool IsProgramPath(PathString path) =>
        Array.Exists(ProgramPaths, prefix => path.StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase));

    private static void Map(IEndpointRouteBuilder routes, string path, Page page) =>
        routes.MapMethods(path,
            [HttpMethods.Get, HttpMethods.Head],
            (HttpContext context) => page.WriteAsync(context, StatusCodes.Status200OK))
            .ExcludeFromDescription();

    private sealed record Page(byte[] Content, string ContentType, string ETag)
    {
        public static Page Load(string name, string contentType)
        {
            using var stream = typeof(SitePages).Assembly.GetManifestResourceStream("Pages/" + name)
                ?? throw new InvalidOperationException($"The program was built without its page {name}.");
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            var content = memory.ToArray();
            return new Page(content, contentType, $"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8))}\"");
        }

        public async Task WriteAsync(HttpContext context, int status)
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            headers.CacheControl = "no-cache";
            if (status == StatusCodes.Status200OK)
            {
                headers.ETag = ETag;
                if (IsKnown(context.Request.Headers.IfNoneMatch))
                {
                    context.Response.StatusCode = StatusCodes.Status304NotModified;
                    return;
                }
            }

            context.Response.StatusCode = status;
            context.Response.ContentType = ContentType;
            context.Response.ContentLength = Content.Length;
            if (!HttpMethods.IsHead(context.Request.Method))
            {
                await context.Response.Body.WriteAsync(Content, context.RequestAborted);
            }
        }

        private bool IsKnown(StringValues tags) => tags.Any(tag => tag is not null && tag.Contains(ETag, StringComparison.Ordinal));
    }
}
