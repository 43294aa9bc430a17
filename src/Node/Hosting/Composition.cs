using AkkaParty.Accounts;
using AkkaParty.Catalog;
using AkkaParty.Http;
using AkkaParty.Http.Health;
using AkkaParty.Node.Admin;
using AkkaParty.Node.Configuration;
using AkkaParty.Node.Metrics;
using AkkaParty.Node.Operations;
using AkkaParty.Node.Pages;
using AkkaParty.Protocol.Parties;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Sharding;

namespace AkkaParty.Node.Hosting;

/// <summary>Puts the parts together: what the server is made of, in the order in which it starts and, reversed, stops.</summary>
internal static class Composition
{
    /// <summary>Builds the server.</summary>
    /// <param name="settings">A configuration without problems.</param>
    /// <param name="moreLogs">Adds readers of the log besides the console.</param>
    public static WebApplication Build(NodeSettings settings, Action<ILoggingBuilder>? moreLogs = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(
            new WebApplicationOptions { ApplicationName = "akkaparty", ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(settings.Others);

        // Before the container, which it outlives: the store opens first and has something to say as well.
        var logs = LoggerFactory.Create(logging =>
        {
            logging.AddConsoleLogs(settings.Options.Logging, builder.Configuration);
            moreLogs?.Invoke(logging);
        });
        try
        {
            return Build(builder, settings.Options, logs);
        }
        catch
        {
            // What was written goes out before the start's failure is told.
            logs.Dispose();
            throw;
        }
    }

    private static WebApplication Build(WebApplicationBuilder builder, NodeOptions options, ILoggerFactory logs)
    {
        // From a factory method, so that the container disposes it, last of all, and no line is lost.
        builder.Services.AddSingleton(_ => logs);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(options.ShutdownSeconds));
        builder.WebHost.UseKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1024 * 1024;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.LimitConnections(options.Connections);
            kestrel.Configure(builder.Configuration.GetSection("Kestrel"));
        });
        builder.WebHost.UseUrls([.. ListenAddresses.From(options)]);
        builder.Services.AddSingleton<NodeTime>();
        builder.Services.AddSingleton<TimeProvider>(provider => provider.GetRequiredService<NodeTime>());
        builder.Services.AddSingleton<StopSignals>();
        builder.Services.AddSingleton<IHostLifetime, NoSignalsLifetime>();
        builder.Services.AddSingleton(MetricsCollector.ForAkkaParty());
        builder.Services.AddHostFiltering(
            filter => filter.AllowedHosts = options.AllowedHosts.Count == 0 ? ["*"] : [.. options.AllowedHosts]);
        AddRuntime(builder.Services, options, logs);
        builder.Services.AddAccounts(options.ToAccounts());
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

    /// <summary>The store, the runtime on it, and what watches both.</summary>
    private static void AddRuntime(IServiceCollection services, NodeOptions options, ILoggerFactory logs)
    {
        var times = options.ToHostTimes();
        services.AddSingleton(provider => new RuntimeHost(
            Stores.Opener(options, logs).WithAccounts(provider.GetRequiredService<AccountBook>()),
            stores =>
            {
                var titles = provider.GetRequiredService<ITitleCatalog>();
                var departures = provider.GetRequiredService<AccountBook>().Departures;
                var node = RunningNode.Build(stores, Transports.Create(options, logs), titles, departures, options, logs);
                provider.GetRequiredService<NodeTime>().Follow(node.Runtime.Time);
                provider.GetRequiredService<ClusterHistory>().Follow(node.Runtime.Events);
                provider.GetRequiredService<Peers>().Serve(node.Runtime);
                return node;
            },
            times,
            provider.GetRequiredService<NodeTime>(),
            provider.GetRequiredService<IHostApplicationLifetime>(),
            logs.CreateLogger<RuntimeHost>()));
        services.AddSingleton<IEntityRegions, RuntimeRegions>();
        services.AddSingleton<IChosenFilms, RuntimeChosenFilms>();
        services.AddSingleton<IRoomsOfMembers, RuntimeRoomsOfMembers>();
        services.AddSingleton<IWatchParties, RuntimeWatchParties>();
        services.AddSingleton(options);
        services.AddSingleton<ClusterHistory>();
        services.AddSingleton<Peers>();
        services.AddSingleton<OperatorDesk>();
        services.AddSingleton<AdminServer>();
        services.AddSingleton(provider =>
            ActivatorUtilities.CreateInstance<NodeWatch>(provider, options.ToTmdb().HasKey ? "tmdb" : "built_in"));
        services.AddSingleton<INodeHealth>(provider => provider.GetRequiredService<NodeWatch>());

        // Started in this order before the web server, and stopped in the opposite one after it.
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<RuntimeHost>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<AdminServer>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<NodeWatch>());
    }
}
