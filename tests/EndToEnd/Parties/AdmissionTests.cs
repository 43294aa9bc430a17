using System.Net;
using System.Net.WebSockets;
using AkkaParty.EndToEnd.Harness;
using AkkaParty.Protocol;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.EndToEnd.Parties;

/// <summary>Who gets in, and who does not: tokens, other parties, people who were removed.</summary>
public sealed class AdmissionTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private ServerProcess Server => fixture.Server;

    [Fact]
    public async Task A_forged_token_opens_nothing()
    {
        await using var table = await PartyTable.SeatAsync(Server, 1, connected: false);
        var forged = Forge(table.Host.Token);
        await using var thief = new PartyClient(Server, "Thief");

        foreach (var token in (string[])[forged, "0123", new string('z', 80), table.Host.Token.ToUpperInvariant(), table.Host.Token + "0"])
        {
            thief.Use(table.Id, table.Host.UserId, token);
            (await thief.CallAsync("POST", "/start-nomination")).Refuses(HttpStatusCode.Unauthorized, PartyErrorCodes.InvalidToken);
            await RefusesSocketAsync(table.Host.SocketAddress(token: token), 401);
        }
    }

    [Fact]
    public async Task A_call_without_a_token_is_told_that_it_needs_one()
    {
        await using var table = await PartyTable.SeatAsync(Server, 1, connected: false);
        await using var nobody = new PartyClient(Server, "Nobody");
        nobody.Use(table.Id, string.Empty, string.Empty);

        (await nobody.CallAsync("POST", "/start-nomination")).Refuses(HttpStatusCode.Unauthorized, PartyErrorCodes.TokenRequired);
        await RefusesSocketAsync(new Uri($"ws://127.0.0.1:{Server.Port}/ws/party/{table.Id}"), 401);
    }

    [Fact]
    public async Task A_token_of_another_party_opens_nothing()
    {
        await using var one = await PartyTable.SeatAsync(Server, 1, connected: false);
        await using var other = await PartyTable.SeatAsync(Server, 1, connected: false);
        await using var stranger = new PartyClient(Server, "Stranger");
        stranger.Use(one.Id, other.Host.UserId, other.Host.Token);

        (await stranger.CallAsync("POST", "/start-nomination")).Refuses(HttpStatusCode.Forbidden, PartyErrorCodes.WrongParty);
        (await stranger.CallAsync("GET", "/ballots/me")).Refuses(HttpStatusCode.Forbidden, PartyErrorCodes.WrongParty);
        await RefusesSocketAsync(one.Host.SocketAddress(token: other.Host.Token), 403);
    }

    [Fact]
    public async Task A_party_that_does_not_exist_is_not_found()
    {
        await using var nobody = new PartyClient(Server, "Nobody");

        foreach (var id in (string[])[Guid.NewGuid().ToString(), "no-such-party", "..%2F..%2Fetc"])
        {
            (await nobody.CallAsync(HttpMethod.Get, $"/api/party/{id}")).Refuses(HttpStatusCode.NotFound, PartyErrorCodes.PartyNotFound);
            (await nobody.JoinAsync(id)).Refuses(HttpStatusCode.NotFound, PartyErrorCodes.PartyNotFound);
        }
    }

    [Fact]
    public async Task Who_is_removed_loses_socket_and_token_at_once()
    {
        await using var table = await PartyTable.SeatAsync(Server, 3);
        var removed = table.People[1];
        await table.People[2].RefusedAsync(ClientFrameTypes.RemoveParticipant, new { user_id = removed.UserId }, PartyErrorCodes.HostOnly);

        await table.Host.DoAsync(ClientFrameTypes.RemoveParticipant, new { user_id = removed.UserId });

        (await removed.CallAsync("POST", "/leave")).Refuses(HttpStatusCode.Unauthorized, PartyErrorCodes.InvalidToken);
        (await removed.Socket.EndAsync()).Code.ShouldBe(CloseCodes.Removed.Code);
        await RefusesSocketAsync(removed.SocketAddress(), 401);
        await table.People[2].Socket.PartyAsync("two people", p => p.Participants.Count == 2);
        (await removed.JoinAsync(table.Id)).Expect(HttpStatusCode.Created);
    }

    [Fact]
    public async Task Who_leaves_over_the_socket_is_told_so_before_it_closes()
    {
        await using var table = await PartyTable.SeatAsync(Server, 2);
        var ben = table.People[1];

        await ben.DoAsync(ClientFrameTypes.LeaveParty);

        (await ben.Socket.EndAsync()).Code.ShouldBe(CloseCodes.Removed.Code);
        (await ben.CallAsync("GET", "/ballots/me")).Refuses(HttpStatusCode.Unauthorized, PartyErrorCodes.InvalidToken);
    }

    [Fact]
    public async Task Logging_out_ends_the_token_and_its_socket_but_not_the_participant()
    {
        await using var table = await PartyTable.SeatAsync(Server, 2);
        var ben = table.People[1];

        (await ben.CallAsync("DELETE", "/token")).Expect(HttpStatusCode.NoContent);

        (await ben.CallAsync("GET", "/ballots/me")).Refuses(HttpStatusCode.Unauthorized, PartyErrorCodes.InvalidToken);
        (await ben.Socket.EndAsync()).Code.ShouldNotBeNull().ShouldBeInRange(4500, 4999);
        (await table.Host.PartyAsync()).Participants.Keys.ShouldContain(ben.UserId);
    }

    private static string Forge(string token) => (token[0] == '0' ? '1' : '0') + token[1..];

    private async Task RefusesSocketAsync(Uri address, int status)
    {
        using var raw = await RawSocketClient.UpgradeAsync(Server, address);
        raw.Status.ShouldBe(status, raw.Head);
        using var socket = new ClientWebSocket();
        await Should.ThrowAsync<WebSocketException>(() => socket.ConnectAsync(address, CancellationToken.None));
    }
}
