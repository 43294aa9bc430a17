using AkkaParty.Http.Tests.Support;

namespace AkkaParty.Http.Tests.Identity;

public sealed class OriginTests
{
    [Theory]
    [InlineData(null, 101)]
    [InlineData("{self}", 101)]
    [InlineData("http://127.0.0.1", 403)]
    [InlineData("https://{authority}", 403)]
    [InlineData("http://evil.example", 403)]
    [InlineData("null", 403)]
    [InlineData("not an origin", 403)]
    [InlineData("https://friends.example", 101)]
    [InlineData("https://friends.example:443", 101)]
    [InlineData("https://FRIENDS.example", 101)]
    [InlineData("http://friends.example", 403)]
    [InlineData("https://friends.example:8443", 403)]
    [InlineData("https://x.friends.example", 403)]
    public async Task Opens_sockets_only_for_no_own_and_configured_origins(string? origin, int status)
    {
        await using var host = await TestHost.StartAsync(new HttpOptions { AllowedOrigins = { "https://friends.example" } });
        var sent = origin?.Replace("{self}", $"http://{host.Address.Authority}").Replace("{authority}", host.Address.Authority);
        (await ConnectAsync(host, sent is null ? [] : [$"Origin: {sent}"])).ShouldBe(status);
    }

    [Fact]
    public async Task Refuses_two_origins_and_takes_any_when_configured()
    {
        await using var strict = await TestHost.StartAsync();
        (await ConnectAsync(strict, ["Origin: http://a.example", "Origin: http://b.example"])).ShouldBe(403);
        await using var open = await TestHost.StartAsync(new HttpOptions { AllowedOrigins = { "*" } });
        (await ConnectAsync(open, ["Origin: http://a.example"])).ShouldBe(101);
    }

    [Theory]
    [InlineData("https://movie.trycloudflare.com", "X-Forwarded-Proto: https|X-Forwarded-Host: movie.trycloudflare.com", 101)]
    [InlineData("http://movie.trycloudflare.com", "X-Forwarded-Proto: https|X-Forwarded-Host: movie.trycloudflare.com", 403)]
    [InlineData("https://movie.trycloudflare.com", "X-Forwarded-Host: movie.trycloudflare.com", 403)]
    public async Task Same_origin_is_what_a_tunnel_on_this_machine_says(string origin, string headers, int status)
    {
        await using var host = await TestHost.StartAsync();
        (await ConnectAsync(host, [$"Origin: {origin}", .. headers.Split('|')])).ShouldBe(status);
    }

    [Fact]
    public async Task Forwarded_headers_of_a_stranger_are_not_believed()
    {
        await using var host = await TestHost.StartAsync(new HttpOptions { TrustLoopbackProxies = false });
        string[] forwarded = ["Origin: https://party.example", "X-Forwarded-Proto: https", "X-Forwarded-Host: party.example"];
        (await ConnectAsync(host, forwarded)).ShouldBe(403);
        await using var trusting = await TestHost.StartAsync(
            new HttpOptions { TrustLoopbackProxies = false, TrustedProxies = { "127.0.0.0/8" } });
        (await ConnectAsync(trusting, forwarded)).ShouldBe(101);
    }

    [Fact]
    public void A_malformed_proxy_stops_the_start()
    {
        var error = Should.Throw<ArgumentException>(() =>
            new Microsoft.Extensions.DependencyInjection.ServiceCollection()
                .AddAkkaPartyHttp(new HttpOptions { TrustedProxies = { "my-proxy" } }));
        error.Message.ShouldContain("TrustedProxies: 'my-proxy'");
    }

    [Fact]
    public async Task Web_pages_of_other_origins_may_call_only_when_configured()
    {
        await using var host = await TestHost.StartAsync(new HttpOptions { AllowedOrigins = { "https://friends.example" } });
        var friend = await host.SendAsync(HttpMethod.Get, "/api/health", headers: ("Origin", "https://friends.example"));
        friend.Headers["Access-Control-Allow-Origin"].ShouldBe("https://friends.example");
        var stranger = await host.SendAsync(HttpMethod.Get, "/api/health", headers: ("Origin", "https://evil.example"));
        stranger.Headers.ContainsKey("Access-Control-Allow-Origin").ShouldBeFalse();
        var preflight = await host.SendAsync(
            HttpMethod.Options, "/api/party", null, null, ("Origin", "https://friends.example"), ("Access-Control-Request-Method", "POST"));
        preflight.Status.ShouldBe(204);
        preflight.Headers["Access-Control-Allow-Methods"].ShouldContain("POST");
        var failed = await host.SendAsync(HttpMethod.Get, "/api/party/x", headers: ("Origin", "https://friends.example"));
        failed.ShouldBeProblem(404, "party_not_found");
        failed.Headers["Access-Control-Allow-Origin"].ShouldBe("https://friends.example");
    }

    private static async Task<int> ConnectAsync(TestHost host, string[] headers)
    {
        var (partyId, _, token) = host.Party.Seed(host.Time);
        using var socket = await RawSocket.OpenAsync(host.SocketAddress(partyId, $"?token={token}"), 0, headers);
        return socket.Status;
    }
}
