using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace AkkaParty.Http.Docs;

/// <summary>The OpenAPI 3.0 document at <c>/openapi/v1.json</c>, and Swagger UI at <c>/docs</c> and <c>/swagger</c>.</summary>
internal static class OpenApiDocument
{
    private const string Bearer = "bearer";
    private const string Path = "/openapi/v1.json";

    /// <summary>Registers the document.</summary>
    /// <param name="services">Where to.</param>
    public static void Add(IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_0;
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "AkkaParty",
                Version = "v1",
                Description = "Friends decide together what to watch. Live updates come over WebSocket at /ws/party/{partyId}?token=TOKEN.",
            };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
            document.Components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = Bearer,
                Description = "The token that creating or joining a party or a room gave you; for accounts, the access token of a log-in.",
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            Describe(operation, context);
            return Task.CompletedTask;
        });
    });

    /// <summary>Serves the document.</summary>
    /// <param name="app">Where to.</param>
    public static void Map(IEndpointRouteBuilder app) => app.MapOpenApi(Path);

    /// <summary>Serves Swagger UI; its files are part of the program.</summary>
    /// <param name="app">Where to.</param>
    public static void UsePages(IApplicationBuilder app)
    {
        foreach (var prefix in (ReadOnlySpan<string>)["docs", "swagger"])
        {
            var route = prefix;
            app.UseSwaggerUI(options =>
            {
                options.RoutePrefix = route;
                options.DocumentTitle = "AkkaParty API";
                options.SwaggerEndpoint(Path, "AkkaParty v1");
            });
        }
    }

    private static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<NeedsToken>().Any())
        {
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] }];
        }

        if (metadata.OfType<TakesIdempotencyKey>().Any())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = Rest.IdempotencyKey.Header,
                In = ParameterLocation.Header,
                Description = "16 to 255 visible ASCII characters of your choosing; the same key makes a retry safe for 24 hours.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 16, MaxLength = 255 },
            });
        }
    }
}
