using AkkaParty.EndToEnd.Harness;

namespace AkkaParty.EndToEnd.Sockets;

/// <summary>Which web pages may open sockets, directly and behind a proxy.</summary>
public sealed class OriginTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static readonly string[] Proxied =
    [
        "Origin: https://party.example.org", "X-Forwarded-Host: party.example.org", "X-Forwarded-Proto: https",
        "X-Forwarded-For: 203.0.113.7",
    ];

    private ServerProcess Server => fixture.Server;

    [Fact]
    public async Task A_page_of_another_origin_is_refused()
    {
        (await StatusAsync(Server, "Origin: https://evil.example")).ShouldBe(403);
        (await StatusAsync(Server, "Origin: null")).ShouldBe(403);
        (await StatusAsync(Server, $"Origin: https://127.0.0.1:{Server.Port}")).ShouldBe(403, "another scheme is another origin");
        (await StatusAsync(Server, $"Origin: http://127.0.0.1:{Server.Port + 1}")).ShouldBe(403, "another port is another origin");
        (await StatusAsync(Server, $"Origin: http://127.0.0.1:{Server.Port}.evil.example")).ShouldBe(403);
    }

    [Fact]
    public async Task The_servers_own_pages_and_programs_are_let_in()
    {
        (await StatusAsync(Server)).ShouldBe(101, "no origin: not a browser");
        (await StatusAsync(Server, $"Origin: http://127.0.0.1:{Server.Port}")).ShouldBe(101);
        (await StatusAsync(Server, "Origin: http://friends.local", "Host: friends.local"))
            .ShouldBe(101, "the origin is the host that was asked for");
    }

    [Fact]
    public async Task Behind_a_trusted_proxy_the_origin_is_the_forwarded_host()
    {
        (await StatusAsync(Server, Proxied)).ShouldBe(101);
        (await StatusAsync(Server, ["Origin: https://evil.example", .. Proxied[1..]])).ShouldBe(403);
    }

    [Fact]
    public async Task Forwarded_headers_of_a_proxy_that_is_not_trusted_mean_nothing()
    {
        await using var server = await ServerProcess.StartAsync(("TrustLoopbackProxies", "false"));

        (await StatusAsync(server, Proxied)).ShouldBe(403);
    }

    [Fact]
    public async Task A_configured_origin_is_let_in()
    {
        await using var server = await ServerProcess.StartAsync(("AllowedOrigins", "https://party.example.org,https://other.example"));

        (await StatusAsync(server, "Origin: https://party.example.org")).ShouldBe(101);
        (await StatusAsync(server, "Origin: https://other.example")).ShouldBe(101);
        (await StatusAsync(server, "Origin: https://evil.example")).ShouldBe(403);
    }

    private static async Task<int> StatusAsync(ServerProcess server, params string[] headers)
    {
        await using var table = await PartyTable.SeatAsync(server, 1, connected: false);
        using var raw = await RawSocketClient.UpgradeAsync(server, table.Host.SocketAddress(), headers);
        return raw.Status;
    }
}
