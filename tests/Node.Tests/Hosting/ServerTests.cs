using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json;
using AkkaParty.Node.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace AkkaParty.Node.Tests.Hosting;

/// <summary>The whole server as it is composed, on a free port.</summary>
public sealed class ServerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SettingsFixture _given = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public ServerTests() =>
        _given.Env("AkkaParty__DataDirectory", Path.Combine(_given.Working, "data"))
        .Env("PORT", "0").Env("LOG_LEVEL", "none").Env("AkkaParty__Admin__Listen", "0");

    public void Dispose()
    {
        _given.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task The_start_page_and_its_parts_are_served_with_a_strict_policy()
    {
        await using var app = await StartAsync();
        using var client = Client(app);
        (string Path, string Type)[] parts =
            [("/", "text/html"), ("/site.css", "text/css"), ("/site.js", "text/javascript"), ("/favicon.svg", "image/svg+xml")];
        foreach (var (path, type) in parts)
        {
            using var answer = await client.GetAsync(path);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe(type);
            answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().ShouldStartWith("default-src 'none'");
            answer.Headers.Contains("Server").ShouldBeFalse();

            using var again = new HttpRequestMessage(HttpMethod.Get, path);
            again.Headers.IfNoneMatch.Add(answer.Headers.ETag.ShouldNotBeNull());
            using var unchanged = await client.SendAsync(again);
            unchanged.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        }
    }

    [Theory]
    [InlineData("GET", "/nowhere", "text/html")]
    [InlineData("POST", "/nowhere", "application/problem+json")]
    [InlineData("GET", "/api/nowhere", "application/problem+json")]
    [InlineData("GET", "/ws/nowhere", "application/problem+json")]
    [InlineData("GET", "/metrics/nowhere", "application/problem+json")]
    public async Task People_get_a_page_and_programs_an_error(string method, string path, string type)
    {
        await using var app = await StartAsync();
        using var client = Client(app);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(type);
    }

    [Fact]
    public async Task Health_tells_state_version_and_film_source()
    {
        await using var app = await StartAsync();
        using var client = Client(app);
        var health = await client.GetFromJsonAsync<JsonElement>("/health");
        health.GetProperty("status").GetString().ShouldBe("healthy");
        health.GetProperty("database").GetString().ShouldBe("connected");
        health.GetProperty("films").GetString().ShouldBe("built_in");
        health.GetProperty("version").GetString().ShouldBe(NodeWatch.Version);
    }

    [Fact]
    public async Task Metrics_show_the_runtime_and_not_to_a_proxy()
    {
        await using var app = await StartAsync();
        using var client = Client(app);
        (await client.GetStringAsync("/metrics")).ShouldContain("\nakkaparty_entity_active ");
        using var proxied = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        proxied.Headers.Add("X-Forwarded-For", "127.0.0.1");
        using var answer = await client.SendAsync(proxied);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_host_that_is_not_allowed_is_refused()
    {
        _given.Env("AkkaParty__AllowedHosts", "127.0.0.1,*.example.org");
        await using var app = await StartAsync();
        using var client = Client(app);
        (await StatusAsync("party.example.org")).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync("evil.example.com")).ShouldBe(HttpStatusCode.BadRequest);

        async Task<HttpStatusCode> StatusAsync(string host)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/health");
            request.Headers.Host = host;
            using var answer = await client.SendAsync(request);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task A_stop_closes_sockets_with_4001_and_keeps_what_was_acknowledged()
    {
        string partyId;
        string token;
        await using (var app = await StartAsync())
        {
            using var client = Client(app);
            using var created = await client.PostAsJsonAsync("/api/party", new { name = "Friday" });
            created.StatusCode.ShouldBe(HttpStatusCode.Created);
            var body = await created.Content.ReadFromJsonAsync<JsonElement>();
            partyId = body.GetProperty("party_id").GetString()!;
            token = body.GetProperty("auth_token").GetString()!;
            using var socket = new ClientWebSocket();
            using var patience = new CancellationTokenSource(Patience);
            var address = new UriBuilder(client.BaseAddress!) { Scheme = "ws", Path = $"/ws/party/{partyId}", Query = "token=" + token };
            await socket.ConnectAsync(address.Uri, patience.Token);
            var stopped = app.StopAsync();
            var buffer = new byte[64 * 1024];
            while (socket.State == WebSocketState.Open)
            {
                await socket.ReceiveAsync(buffer.AsMemory(), patience.Token);
            }

            ((int?)socket.CloseStatus).ShouldBe(4001);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
            await stopped.WaitAsync(Patience);
        }

        await using var restarted = await StartAsync();
        using var again = Client(restarted);
        again.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var party = await again.GetFromJsonAsync<JsonElement>($"/api/party/{partyId}");
        party.GetProperty("name").GetString().ShouldBe("Friday");
    }

    [Fact]
    public async Task A_port_in_use_is_one_line_and_exit_code_1()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        (await RunAsync($"http://127.0.0.1:{port}")).ShouldBe(1);
        var error = _error.ToString();
        error.ShouldContain($"http://127.0.0.1:{port}");
        error.ShouldContain("in use");
        error.TrimEnd().ShouldNotContain("\n");
        _output.ToString().ShouldBeEmpty();
    }

    [Fact]
    public async Task A_data_directory_in_use_is_one_line_and_exit_code_1()
    {
        await using var app = await StartAsync();
        (await RunAsync("http://127.0.0.1:0")).ShouldBe(1);
        _error.ToString().ShouldContain(Path.Combine(_given.Working, "data"));
        _error.ToString().TrimEnd().ShouldNotContain("\n");
    }

    [Fact]
    public async Task A_damaged_database_is_one_line_and_is_not_overwritten()
    {
        var path = Path.Combine(_given.Working, "data", "akkaparty.db");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var content = new string('x', 10_000);
        await File.WriteAllTextAsync(path, content);
        (await RunAsync("http://127.0.0.1:0")).ShouldBe(1);
        _error.ToString().TrimEnd().ShouldNotContain("\n");
        (await File.ReadAllTextAsync(path)).ShouldBe(content);
    }

    private async Task<WebApplication> StartAsync()
    {
        var settings = _given.Load();
        settings.Problems.ShouldBeEmpty();
        var app = Composition.Build(settings);
        await app.StartAsync();
        return app;
    }

    private Task<int> RunAsync(string url)
    {
        var settings = _given.Load(("AkkaParty:Urls", url, "test"));
        settings.Problems.ShouldBeEmpty();
        return Server.RunAsync(settings, _output, _error).WaitAsync(Patience);
    }

    private static HttpClient Client(WebApplication app)
    {
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return new HttpClient { BaseAddress = new Uri(address), Timeout = Patience };
    }
}
