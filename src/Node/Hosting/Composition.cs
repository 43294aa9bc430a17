using AkkaParty.Node.Configuration;
using AkkaParty.Node.Metrics;
using AkkaParty.Node.Pages;

namespace AkkaParty.Node.Hosting;

/// <summary>Puts the parts together: what the server is made of, in the order in which it starts and, reversed, stops.</summary>
internal static class Composition
{
    /// <summary>Builds the server.</summary>
    public static WebApplication Build(NodeSettings settings)
    {
        var options = settings.Options;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "akkaparty", ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(settings.Others);
        builder.Logging.AddConsoleLogs(options.Logging, builder.Configuration);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(options.ShutdownSeconds));
        builder.WebHost.UseKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Configure(builder.Configuration.GetSection("Kestrel"));
        });
        builder.WebHost.UseUrls([.. ListenAddresses.From(options)]);
        builder.Services.AddRouting();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(MetricsCollector.ForAkkaParty());
        builder.Services.AddHostFiltering(filter => filter.AllowedHosts = options.AllowedHosts.Count == 0 ? ["*"] : [.. options.AllowedHosts]);
        AddParty(builder.Services, options);

        var app = builder.Build();
        app.UseHostFiltering();
        app.UseNotFoundPage();
        MapParty(app);
        app.MapSitePages();
        app.MapMetrics(app.Services.GetRequiredService<MetricsCollector>(), options.Metrics.Public);
        return app;
    }

    private static void AddParty(IServiceCollection services, NodeOptions options)
    {
    }

    private static void MapParty(WebApplication app) =>
        app.MapGet("/health", () => Results.Json(new { status = "ok", service = "akkaparty", database = "up" }));
}
