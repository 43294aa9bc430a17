using AkkaParty.Http.Connections;
using AkkaParty.Http.Docs;
using AkkaParty.Http.Errors;
using AkkaParty.Http.Identity;
using AkkaParty.Http.Limits;
using AkkaParty.Http.Rest;
using AkkaParty.Http.Rest.Accounts;
using AkkaParty.Http.Rest.Rooms;
using AkkaParty.Http.Rest.SyncRooms;
using AkkaParty.Http.Rest.WatchParties;
using AkkaParty.Http.Sse;
using AkkaParty.Http.WebSockets;
using AkkaParty.Http.WebSockets.Watching;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace AkkaParty.Http;

/// <summary>
/// Puts everything that speaks HTTP and WebSocket into a web application. The application registers
/// <see cref="Runtime.Sharding.IEntityRegions"/>, <see cref="Health.INodeHealth"/>, the film catalogue,
/// <see cref="Protocol.Parties.IChosenFilms"/>, <see cref="Protocol.Rooms.IRoomsOfMembers"/> and the accounts
/// (<see cref="Accounts.AccountServices.AddAccounts"/>).
/// </summary>
public static class AkkaPartyHttp
{
    /// <summary>Registers the services.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="options">The options; not changed afterwards.</param>
    /// <returns>The same collection.</returns>
    /// <exception cref="ArgumentException">A trusted proxy is neither an address nor a network.</exception>
    public static IServiceCollection AddAkkaPartyHttp(this IServiceCollection services, HttpOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _ = TrustedProxies.ToForwardedHeaders(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddRouting();
        services.AddSingleton(options);
        services.AddSingleton<OriginPolicy>();
        services.AddSingleton<CallRate>();
        services.AddSingleton<RateWindows>();
        services.AddSingleton<AccountDoor>();
        services.AddSingleton<AccountCalls>();
        services.AddSingleton<PartyDoor>();
        services.AddSingleton<RoomDoor>();
        services.AddSingleton<RoomCalls>();
        services.AddSingleton<RoomAdmission>();
        services.AddSingleton<RoomTokens>();
        services.AddSingleton<RoomLists>();
        services.AddSingleton<RoomsOfMember>();
        services.AddSingleton<TitleSearch>();
        services.AddSingleton<PartyCalls>();
        services.AddSingleton<PartyAdmission>();
        services.AddSingleton<FilmLookup>();
        services.AddSingleton<OpenedSeats>();
        services.AddSingleton<SessionRegistry>();
        services.AddSingleton<PartySocketEndpoint>();
        services.AddSingleton<RoomEntrance>();
        services.AddSingleton<RoomSocketEndpoint>();
        services.AddSingleton<RoomStreamEndpoints>();
        AddWatchParties(services);
        services.AddSingleton(provider => new ConnectionServices(
            provider.GetRequiredService<SessionRegistry>(),
            options.Sockets,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<ClientSession>>()));
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = System.Text.Json.JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, HttpJson.Wire);
            json.SerializerOptions.TypeInfoResolverChain.Insert(1, RoomHttpJson.Wire);
            json.SerializerOptions.TypeInfoResolverChain.Insert(2, AccountHttpJson.Wire);
            json.SerializerOptions.TypeInfoResolverChain.Insert(3, WatchHttpJson.Wire);
        });
        services.AddCors(cors => cors.AddDefaultPolicy(policy => Cors.Apply(policy, options)));
        OpenApiDocument.Add(services);
        return services;
    }

    /// <summary>Adds the middleware: call it first, before anything that routes.</summary>
    /// <param name="app">Where to.</param>
    /// <returns>The same application.</returns>
    public static IApplicationBuilder UseAkkaPartyHttp(this IApplicationBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var options = app.ApplicationServices.GetRequiredService<HttpOptions>();
        app.UseForwardedHeaders(TrustedProxies.ToForwardedHeaders(options));
        app.UseMiddleware<ErrorBoundary>();
        OpenApiDocument.UsePages(app);
        app.UseRouting();
        app.UseCors();
        app.Use(next => context => ReservedPaths.GuardAsync(context, next));
        return app;
    }

    /// <summary>Maps every route.</summary>
    /// <param name="app">Where to.</param>
    /// <returns>The same application.</returns>
    public static IEndpointRouteBuilder MapAkkaPartyHttp(this IEndpointRouteBuilder app)
    {
        ArgumentNullException.ThrowIfNull(app);
        HealthEndpoints.Map(app);
        PartyEndpoints.Map(app);
        MovieEndpoints.Map(app);
        RoomEndpoints.Map(app);
        QueueEndpoints.Map(app);
        VoteEndpoints.Map(app);
        HistoryEndpoints.Map(app);
        SignInEndpoints.Map(app);
        ProfileEndpoints.Map(app);
        FriendEndpoints.Map(app);
        PlaylistEndpoints.Map(app);
        WatchPartyEndpoints.Map(app);
        SyncRoomEndpoints.Map(app);
        PartySocketEndpoint.Map(app, app.ServiceProvider.GetRequiredService<PartySocketEndpoint>());
        RoomSocketEndpoint.Map(app, app.ServiceProvider.GetRequiredService<RoomSocketEndpoint>());
        WatchPartySocketEndpoint.Map(app, app.ServiceProvider.GetRequiredService<WatchPartySocketEndpoint>());
        SyncRoomSocketEndpoint.Map(app, app.ServiceProvider.GetRequiredService<SyncRoomSocketEndpoint>());
        RoomStreamEndpoints.Map(app, app.ServiceProvider.GetRequiredService<RoomStreamEndpoints>());
        OpenApiDocument.Map(app);
        return app;
    }

    private static void AddWatchParties(IServiceCollection services)
    {
        services.AddSingleton<WatchDoor>();
        services.AddSingleton<WatchCalls>();
        services.AddSingleton<WatchShown>();
        services.AddSingleton<MediaInputs>();
        services.AddSingleton<WatchCreation>();
        services.AddSingleton<WatchEntrance>();
        services.AddSingleton<WatchAdmission>();
        services.AddSingleton<WatchChanges>();
        services.AddSingleton<WatchMoments>();
        services.AddSingleton<WatchPlayback>();
        services.AddSingleton<WatchLists>();
        services.AddSingleton<SyncRoomShown>();
        services.AddSingleton<SyncRoomAdmission>();
        services.AddSingleton<RoomAccessCalls>();
        services.AddSingleton<GuestCalls>();
        services.AddSingleton<TicketCheck>();
        services.AddSingleton<SocketEntrance>();
        services.AddSingleton(provider => new WatchFloor(
            new Rosters(provider.GetRequiredService<TimeProvider>()), new ReactionRate(provider.GetRequiredService<TimeProvider>())));
        services.AddSingleton<WatchPartySocketEndpoint>();
        services.AddSingleton<SyncRoomSocketEndpoint>();
    }
}
