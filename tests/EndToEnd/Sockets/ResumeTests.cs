using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using AkkaParty.EndToEnd.Harness;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.EndToEnd.Sockets;

/// <summary>Connecting again with <c>?since=</c>: what was missed, and nothing twice.</summary>
public sealed class ResumeTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private ServerProcess Server => fixture.Server;

    [Fact]
    public async Task Who_has_the_newest_state_is_sent_none()
    {
        await using var table = await PartyTable.SeatAsync(Server, 2);
        var ben = table.People[1];
        await ben.Socket.CloseAsync();

        await ben.ReconnectAsync();
        await ben.Socket.SendAsync(ClientFrameTypes.Ping);
        await ben.Socket.NextAsync(ServerFrameTypes.Pong);

        ben.Socket.Frames.ShouldHaveSingleItem();
        await table.Host.DoAsync(ClientFrameTypes.StartNomination);
        (await ben.Socket.NextAsync(ServerFrameTypes.PartyUpdate)).Party.Phase.ShouldBe(PartyPhase.Nominating);
    }

    [Fact]
    public async Task Who_missed_something_is_sent_the_newest_state_once()
    {
        await using var table = await PartyTable.SeatAsync(Server, 2);
        var ben = table.People[1];
        await ben.Socket.CloseAsync();
        await table.Host.DoAsync(ClientFrameTypes.StartNomination);
        await table.Host.DoAsync(ClientFrameTypes.SuggestMovie, new { tmdb_id = "900000003" });
        var head = await table.Host.DoAsync(ClientFrameTypes.VoteNomination, new { vote = "yay" });

        await ben.ReconnectAsync();
        await ben.Socket.PartyAsync("the newest state", party => party.Seq >= head);
        await ben.Socket.SendAsync(ClientFrameTypes.Ping);
        await ben.Socket.NextAsync(ServerFrameTypes.Pong);

        ben.Socket.Frames.Count(f => f.Is(ServerFrameTypes.PartyUpdate)).ShouldBe(1);
        ben.Socket.Seq.ShouldBe(head);
        ben.Socket.Party.CurrentNomination!.Voters[table.Host.UserId].ShouldBe(NominationVote.Yay);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999")]
    public async Task Since_must_be_a_sequence_number(string since)
    {
        await using var table = await PartyTable.SeatAsync(Server, 1, connected: false);

        using var raw = await RawSocketClient.UpgradeAsync(Server, table.Host.SocketAddress(since));

        raw.Status.ShouldBe(400, raw.Head);
        var answer = await table.Host.CallAsync(HttpMethod.Get, table.Host.SocketAddress(since).PathAndQuery);
        answer.Refuses(HttpStatusCode.BadRequest, "invalid_request", "since");
    }

    [Fact]
    public async Task A_number_the_party_has_not_reached_gives_the_state()
    {
        await using var table = await PartyTable.SeatAsync(Server, 1);
        var ahead = (table.Host.Seq + 1000).ToString(CultureInfo.InvariantCulture);

        var socket = await table.Host.ConnectAsync(ahead);

        (await socket.NextAsync(ServerFrameTypes.PartyUpdate)).Party.Id.ShouldBe(table.Id);
    }

    [Fact]
    public async Task A_socket_that_the_server_refuses_says_so_in_its_status()
    {
        await using var table = await PartyTable.SeatAsync(Server, 1, connected: false);

        var refused = await Should.ThrowAsync<WebSocketException>(() => table.Host.ConnectAsync("not-a-number"));

        refused.Message.ShouldContain("400");
    }
}
