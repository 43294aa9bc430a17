using AkkaParty.Actors.Parties;
using AkkaParty.Catalog;
using AkkaParty.Http;
using AkkaParty.Http.Health;
using AkkaParty.Node.Configuration;
using AkkaParty.Node.Metrics;
using AkkaParty.Node.Pages;
using AkkaParty.Runtime;
using AkkaParty.Runtime.Remoting;
using AkkaParty.Runtime.Sharding;
using AkkaParty.Runtime.Sqlite;

namespace AkkaParty.Node.Hosting;

/// <summary>Puts the parts together: what the server is made of, in the order in which it starts and, reversed, stops.</summary>
internal static class Composition
{
    /// <summary>Builds the server.</summary>
    public static WebApplication Build(NodeSettings settings)
    {
        var options = settings.Options;
        var builder = WebApplication.CreateEmptyBuilder(
            new WebApplicationOptions { ApplicationName = "akkaparty", ContentRootPath = AppContext.BaseDirectory });
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
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(MetricsCollector.ForAkkaParty());
        builder.Services.AddHostFiltering(
            filter => filter.AllowedHosts = options.AllowedHosts.Count == 0 ? ["*"] : [.. options.AllowedHosts]);
        AddRuntime(builder.Services, options);
        builder.Services.AddFilmCatalog(options.ToTmdb());
        builder.Services.AddAkkaPartyHttp(options.ToHttp());

        var app = builder.Build();
        app.UseAkkaPartyHttp();
        app.UseHostFiltering();
        app.UseNotFoundPage();
        app.MapAkkaPartyHttp();
        app.MapSitePages();
        app.MapMetrics(app.Services.GetRequiredService<MetricsCollector>(), options.Metrics.Public);
        return app;
    }

    /// <summary>The store, the runtime on it, and every kind of entity.</summary>
    private static void AddRuntime(IServiceCollection services, NodeOptions options)
    {
        var store = SqliteStore.Open(options.ToStore());
        services.AddSingleton(provider =>
        {
            var surroundings = new RuntimeSurroundings(
                store.Journal,
                store.Snapshots,
                store.Leases,
                new NoPeersTransport(),
                provider.GetRequiredService<TimeProvider>(),
                ThreadPoolDispatcher.Instance);
            var runtime = new NodeRuntime(options.ToRuntime(), surroundings, provider.GetRequiredService<ILoggerFactory>());
            runtime.Register(new PartyEntity());
            return runtime;
        });
        services.AddSingleton<IEntityRegions, RuntimeRegions>();
        services.AddSingleton<IHostedService>(provider => new RuntimeHost(
            provider.GetRequiredService<NodeRuntime>(), store, TimeSpan.FromSeconds(Math.Max(1, options.ShutdownSeconds / 2))));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<NodeWatch>(
            provider, store.Journal, options.ToTmdb().HasKey ? "tmdb" : "built_in"));
        services.AddSingleton<INodeHealth>(provider => provider.GetRequiredService<NodeWatch>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<NodeWatch>());
    }
}
