using System.Net.Http.Headers;
using System.Text.Json;
using AkkaParty.Accounts;
using AkkaParty.Accounts.Tests.Support;
using AkkaParty.Catalog;
using AkkaParty.Http.Connections;
using AkkaParty.Http.Health;
using AkkaParty.Protocol.Parties;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Sharding;
using AkkaParty.Runtime.TestKit.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace AkkaParty.Http.Tests.Support;

/// <summary>The real server on a free port, with a party, a catalogue and a clock that the test holds.</summary>
internal sealed class TestHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private RealParty? _real;
    private DirectoryInfo? _directory;

    // Before the deadlines that tests name.
    private static readonly DateTimeOffset Evening = new(2026, 5, 1, 20, 0, 0, TimeSpan.Zero);

    private TestHost(WebApplication app, ManualTime time, FakeParty party, FakeCatalog catalog, FakeHealth health)
    {
        _app = app;
        Time = time;
        Party = party;
        Catalog = catalog;
        Health = health;
        Address = new Uri(app.Urls.First());
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
    }

    public ManualTime Time { get; }

    public FakeParty Party { get; }

    public FakeCatalog Catalog { get; }

    public FakeHealth Health { get; }

    public required FakeChosenFilms Chosen { get; init; }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public SessionRegistry Sessions => _app.Services.GetRequiredService<SessionRegistry>();

    public required FakeRoomsOfMembers RoomsOfMembers { get; init; }

    /// <summary>The people with accounts; not used by a host with real accounts.</summary>
    public required FakeAccounts Accounts { get; init; }

    /// <summary>The lists of watch parties.</summary>
    public required FakeWatchParties WatchParties { get; init; }

    /// <summary>What the application registered.</summary>
    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>The same server over real accounts in a file of their own, with passwords that are quick to check.</summary>
    public static async Task<TestHost> StartWithAccountsAsync(
        HttpOptions? options = null,
        AccountOptions? accounts = null,
        Action<WebApplication>? more = null,
        Action<IServiceCollection>? services = null)
    {
        var directory = Directory.CreateTempSubdirectory("akkaparty-accounts-");
        accounts ??= new AccountOptions { Storage = new AccountStorage.Sqlite(directory.FullName), PasswordIterations = 10_000 };
        var host = await StartAsync(options, more, services: all =>
        {
            all.AddAccounts(accounts with { MakeSigningKey = new SharedKeys().Next });
            services?.Invoke(all);
        });
        host._directory = directory;
        return host;
    }

    /// <summary>The same server over the real entities and runtime; <see cref="Party"/> is not used then.</summary>
    public static async Task<TestHost> StartRealAsync(HttpOptions? options = null)
    {
        RealParty? real = null;
        var host = await StartAsync(options, null, time => real = new RealParty(time));
        host._real = real;
        await real!.StartAsync();
        return host;
    }

    public static async Task<TestHost> StartAsync(
        HttpOptions? options = null,
        Action<WebApplication>? more = null,
        Func<ManualTime, IEntityRegions>? regions = null,
        Action<IServiceCollection>? services = null)
    {
        var (time, party, catalog, health) = (new ManualTime(Evening), new FakeParty(), new FakeCatalog(), new FakeHealth());
        var (chosen, roomsOfMembers) = (new FakeChosenFilms(), new FakeRoomsOfMembers());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");

        // Small buffers in the kernel: a client that does not read is felt at once.
        builder.WebHost.UseSockets(sockets => sockets.CreateBoundListenSocket = endPoint =>
        {
            var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint);
            socket.SendBufferSize = 16 * 1024;
            return socket;
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton(regions?.Invoke(time) ?? party);
        builder.Services.AddSingleton<IFilmCatalog>(catalog);
        builder.Services.AddSingleton<ITitleCatalog>(catalog);
        builder.Services.AddSingleton<IRoomsOfMembers>(roomsOfMembers);
        builder.Services.AddSingleton<INodeHealth>(health);
        builder.Services.AddSingleton<IChosenFilms>(chosen);
        var accounts = new FakeAccounts(time);
        builder.Services.AddSingleton<IAccounts>(accounts);
        builder.Services.AddSingleton<ISessions>(accounts);
        builder.Services.AddSingleton<IFriends>(accounts);
        builder.Services.AddSingleton<IPlaylists>(accounts);
        builder.Services.AddSingleton<IRateWindows>(accounts);
        var watchParties = new FakeWatchParties();
        builder.Services.AddSingleton<IWatchParties>(watchParties);
        services?.Invoke(builder.Services);
        builder.Services.AddAkkaPartyHttp(options ?? new HttpOptions());
        var app = builder.Build();
        app.UseAkkaPartyHttp();
        app.MapAkkaPartyHttp();
        more?.Invoke(app);
        await app.StartAsync();
        return new TestHost(app, time, party, catalog, health)
        {
            Chosen = chosen,
            RoomsOfMembers = roomsOfMembers,
            Accounts = accounts,
            WatchParties = watchParties,
        };
    }

    public Uri SocketAddress(string partyId, string query = "") =>
        new($"ws://{Address.Authority}/ws/party/{partyId}{query}");

    public async Task<Answer> SendAsync(
        HttpMethod method, string path, string? json = null, string? token = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
        {
            request.Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        }

        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        }

        using var response = await Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.MediaType,
            text,
            response.Headers.Concat(response.Content.Headers).ToDictionary(h => h.Key, h =>
                string.Join(",", h.Value), StringComparer.OrdinalIgnoreCase));
    }

    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        if (_real is not null)
        {
            await _real.DisposeAsync();
        }

        _directory?.Delete(recursive: true);
    }
}

/// <summary>A whole HTTP answer.</summary>
internal sealed record Answer(int Status, string? ContentType, string Text, Dictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public string? this[string member] => Json.TryGetProperty(member, out var value) ? value.ToString() : null;

    public void ShouldBeProblem(int status, string code, string? field = null)
    {
        Status.ShouldBe(status, Text);
        ContentType.ShouldBe("application/problem+json");
        this["code"].ShouldBe(code);
        this["status"].ShouldBe(status.ToString(System.Globalization.CultureInfo.InvariantCulture));
        this["field"].ShouldBe(field);
        this["error"].ShouldNotBeNullOrEmpty();
        this["detail"].ShouldNotBeNullOrEmpty();
        this["title"].ShouldNotBeNullOrEmpty();
    }

    /// <summary>That the answer lists what is wrong with the inputs, and where the first of it is.</summary>
    public void ShouldBeInputProblem(string code, string place)
    {
        Status.ShouldBe(422, Text);
        ContentType.ShouldBe("application/problem+json");
        this["code"].ShouldBe(code, Text);
        this["error"].ShouldNotBeNullOrEmpty();
        var first = Json.GetProperty("detail")[0];
        string.Join('.', first.GetProperty("loc").EnumerateArray().Select(step => step.ToString())).ShouldBe(place, Text);
        first.GetProperty("msg").GetString().ShouldNotBeNullOrEmpty();
    }
}

/// <summary>A node's condition that the test sets.</summary>
internal sealed class FakeHealth : INodeHealth
{
    public NodeHealth Current { get; set; } = new(true, true);
}
