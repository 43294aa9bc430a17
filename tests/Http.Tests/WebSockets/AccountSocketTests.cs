using System.Text;
using AkkaParty.Http.Tests.Support;

namespace AkkaParty.Http.Tests.WebSockets;

/// <summary>Sockets that are opened with an account.</summary>
public sealed class AccountSocketTests
{
    [Fact]
    public async Task A_token_is_taken_from_header_subprotocol_and_address_in_this_order()
    {
        await using var host = await StartAsync();
        var ((_, ada), (_, bob), (_, eve)) = (host.Accounts.Seed("ada"), host.Accounts.Seed("bob"), host.Accounts.Seed("eve"));
        var (header, subprotocol, address) =
            ($"Authorization: Bearer {ada}", $"Sec-WebSocket-Protocol: chat, auth.bearer.{bob}", $"?token={eve}");

        (await NameAsync(host, address, header, subprotocol)).ShouldBe("ada");
        (await NameAsync(host, address, subprotocol)).ShouldBe("bob");
        (await NameAsync(host, address)).ShouldBe("eve");
        (await NameAsync(host, "", header)).ShouldBe("ada");
        var base64 = Convert.ToBase64String(Encoding.ASCII.GetBytes(bob)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        (await NameAsync(host, "", $"Sec-WebSocket-Protocol: auth.bearer.{base64}")).ShouldBe("bob");
    }

    [Theory]
    [InlineData("", 401)]
    [InlineData("?token=a.b.c", 401)]
    [InlineData("?token=x", 401)]
    public async Task Nobody_gets_in_without_a_token_that_holds(string query, int status)
    {
        await using var host = await StartAsync();
        using var socket = await RawSocket.OpenAsync(Address(host, query));
        socket.Status.ShouldBe(status);
        using var guessed = await RawSocket.OpenAsync(Address(host, query), 0, "Sec-WebSocket-Protocol: auth.bearer.AAAA");
        guessed.Status.ShouldBe(status);
    }

    [Fact]
    public async Task A_socket_closes_when_its_session_ends_and_the_others_stay()
    {
        await using var host = await StartAsync();
        var (id, first) = host.Accounts.Seed("ada");
        var second = host.Accounts.LogIn(id);
        using var ending = await OpenAsync(host, first);
        using var also = await OpenAsync(host, first);
        using var staying = await OpenAsync(host, second);

        host.Accounts.Revoke(first);

        (await ending.ReadCloseAsync()).ShouldBe(4503);
        (await also.ReadCloseAsync()).ShouldBe(4503);
        await ConnectionLimitTests.Until(() => host.Accounts.WatchCount == 1, "the closed ones are watched no longer");
        await staying.SendAsync(RawSocket.Ping, []);
        (await staying.ReadFrameAsync()).Opcode.ShouldBe(RawSocket.Pong);
        using var again = await RawSocket.OpenAsync(Address(host, $"?token={first}"));
        again.Status.ShouldBe(401);
    }

    [Fact]
    public async Task A_socket_closes_when_its_token_ends_and_is_watched_no_longer_once_it_is_gone()
    {
        await using var host = await StartAsync();
        var (id, _) = host.Accounts.Seed("ada");
        using var socket = await OpenAsync(host, host.Accounts.LogIn(id, TimeSpan.FromSeconds(30)));
        host.Accounts.WatchCount.ShouldBe(1);

        host.Time.Advance(TimeSpan.FromSeconds(32));

        (await socket.ReadCloseAsync()).ShouldBe(4502);
        await socket.SendAsync(RawSocket.CloseOpcode, [0x11, 0x96]);
        (await socket.EndsAsync()).ShouldBeTrue();
        await ConnectionLimitTests.Until(() => host.Accounts.WatchCount == 0, "it is watched no longer");
    }

    [Fact]
    public async Task A_socket_of_real_accounts_closes_when_its_owner_logs_out()
    {
        await using var host = await TestHost.StartWithAccountsAsync(more: AccountSocketEndpoint.Map);
        var ada = await host.EnterAsync("ada");
        using var socket = await OpenAsync(host, ada.Access);

        (await host.PostAsync("/api/v1/auth/logout", new { refresh_token = ada.Refresh })).Status.ShouldBe(200);

        (await socket.ReadCloseAsync()).ShouldBe(4503);
    }

    [Fact]
    public async Task While_the_accounts_are_away_a_socket_is_refused_with_503_and_open_ones_stay()
    {
        await using var host = await StartAsync();
        var (_, token) = host.Accounts.Seed("ada");
        using var open = await OpenAsync(host, token);
        host.Accounts.Failure = new Accounts.AccountsUnavailableException("away");
        using var refused = await RawSocket.OpenAsync(Address(host, $"?token={token}"));
        refused.Status.ShouldBe(503);
        await open.SendAsync(RawSocket.Ping, []);
        (await open.ReadFrameAsync()).Opcode.ShouldBe(RawSocket.Pong);
    }

    private static Task<TestHost> StartAsync() => TestHost.StartAsync(null, AccountSocketEndpoint.Map);

    private static Uri Address(TestHost host, string query) => new($"ws://{host.Address.Authority}{AccountSocketEndpoint.Path}{query}");

    private static async Task<RawSocket> OpenAsync(TestHost host, string token)
    {
        var socket = await RawSocket.OpenAsync(Address(host, $"?token={token}"));
        socket.Status.ShouldBe(101, socket.Head);
        (await socket.ReadJsonAsync()).GetProperty("name").GetString().ShouldBe("ada");
        return socket;
    }

    private static async Task<string?> NameAsync(TestHost host, string query, params string[] headers)
    {
        using var socket = await RawSocket.OpenAsync(Address(host, query), 0, headers);
        socket.Status.ShouldBe(101, socket.Head);
        return (await socket.ReadJsonAsync()).GetProperty("name").GetString();
    }
}
