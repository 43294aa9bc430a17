using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using AkkaParty.EndToEnd.Harness;
using AkkaParty.Protocol.Parties;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.EndToEnd.WatchParties;

/// <summary>Those who have decided land in the same watch party, over the sockets they have.</summary>
public sealed class DecisionOpensTheRoomTests
{
    private const string Film = "900000011";

    [Fact]
    public async Task Everybody_who_decided_lands_in_the_same_watch_party()
    {
        await using var server = await ServerProcess.StartAsync();
        await using var table = await DecidedAsync(server);

        await table.Host.DoAsync(ClientFrameTypes.OpenWatchParty);

        await LandAsync(server, table);
    }

    [Fact]
    public async Task A_server_that_is_killed_between_the_decision_and_the_room_opens_it_when_it_is_back()
    {
        await using var server = await ServerProcess.StartAsync();
        await using var table = await DecidedAsync(server);

        await table.Host.DoAsync(ClientFrameTypes.OpenWatchParty);
        await server.Kill9Async();
        await Task.WhenAll(table.People.Select(person => person.Socket.EndAsync()));
        await server.RestartAsync();
        await table.ReconnectAllAsync();

        await LandAsync(server, table);
    }

    private static async Task<PartyTable> DecidedAsync(ServerProcess server)
    {
        var table = await PartyTable.SeatAsync(server, 3);
        await table.FillPoolAsync(Film);
        await table.Host.DoAsync(ClientFrameTypes.FinalizeNominations);
        foreach (var person in table.People)
        {
            await person.DoAsync(ClientFrameTypes.SubmitRanking, new { ranks = new[] { Film } });
        }

        return table;
    }

    private static async Task LandAsync(ServerProcess server, PartyTable table)
    {
        var tickets = await Task.WhenAll(table.People.Select(person => person.Socket.NextAsync(ServerFrameTypes.WatchTicket)));
        var parties = new List<string>();
        foreach (var (person, ticket) in table.People.Zip(tickets))
        {
            var url = ticket.Payload.GetProperty("url").GetString()!;
            using var socket = await OpenAsync(server, url);
            var sync = await ReadAsync(socket);
            sync.GetProperty("type").GetString().ShouldBe("sync");
            sync.GetProperty("you").GetProperty("name").GetString().ShouldBe(person.Name);
            parties.Add(sync.GetProperty("party_id").GetString()!);
            await Should.ThrowAsync<WebSocketException>(() => OpenAsync(server, url), "a ticket opens one connection");
        }

        parties.Distinct().ShouldHaveSingleItem().ShouldBe(tickets[0].Payload.GetProperty("watch_party_id").GetString());
        await table.EverybodyAsync("an open watch party", party => party.WatchParty?.Status == OpeningStatus.Open);
    }

    private static async Task<ClientWebSocket> OpenAsync(ServerProcess server, string url)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{server.Port}{url}"), CancellationToken.None).WaitAsync(Patience.Answer);
        return socket;
    }

    private static async Task<JsonElement> ReadAsync(ClientWebSocket socket)
    {
        var text = new StringBuilder();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None).AsTask().WaitAsync(Patience.Answer);
            text.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
            if (part.EndOfMessage)
            {
                return JsonDocument.Parse(text.ToString()).RootElement;
            }
        }
    }
}
