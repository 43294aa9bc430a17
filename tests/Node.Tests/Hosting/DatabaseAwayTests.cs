using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using AkkaParty.Node.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaParty.Node.Tests.Hosting;

/// <summary>A server whose database is not there when it starts: it listens, says so, and stops when it is told to.</summary>
public sealed class DatabaseAwayTests : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SettingsFixture _given = new();

    // A port that is bound and not listened on: nobody else can open a database there.
    private readonly Socket _nobody = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private WebApplication _app = null!;
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _nobody.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)_nobody.LocalEndPoint!).Port;
        var settings = _given.Env("AkkaParty__DataDirectory", Path.Combine(_given.Working, "data"))
            .Env("PORT", "0")
            .Env("LOG_LEVEL", "none")
            .Env("AkkaParty__Admin__Listen", "0")
            .Env("DATABASE_URL", $"postgres://ann@127.0.0.1:{port}/party")
            .Load();
        settings.Problems.ShouldBeEmpty();
        _app = Composition.Build(settings);
        await _app.StartAsync().WaitAsync(Patience);
        var address = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        _client = new HttpClient { BaseAddress = new Uri(address), Timeout = Patience };
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync().WaitAsync(Patience);
        await _app.DisposeAsync();
    }

    public void Dispose()
    {
        _client.Dispose();
        _nobody.Dispose();
        _given.Dispose();
    }

    [Theory]
    [InlineData("/health/live", HttpStatusCode.OK)]
    [InlineData("/health", HttpStatusCode.OK)]
    [InlineData("/health/ready", HttpStatusCode.ServiceUnavailable)]
    [InlineData("/api/movies/chosen", HttpStatusCode.ServiceUnavailable)]
    [InlineData("/api/party/00000000-0000-0000-0000-000000000000", HttpStatusCode.ServiceUnavailable)]
    public async Task It_lives_and_is_not_ready(string path, HttpStatusCode status)
    {
        using var answer = await _client.GetAsync(path);
        answer.StatusCode.ShouldBe(status, path);
    }

    [Fact]
    public async Task What_would_be_stored_is_refused_and_may_be_tried_again()
    {
        using var answer = await _client.PostAsJsonAsync("/api/party", new { name = "Friday" });
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.ShouldNotBeNull();
    }
}
