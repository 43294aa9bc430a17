using System.Globalization;
using System.Net;
using AkkaParty.EndToEnd.Harness;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.EndToEnd.Sockets;

/// <summary>Somebody stops reading: nobody else notices, and the server keeps only the newest for them.</summary>
public sealed class SlowReaderTests : IAsyncLifetime
{
    private const int UpdatesCount = 600;
    private const int SlowReadersCount = 4;
    private const long MemoryGrowthMax = 100L * 1024 * 1024;
    private ServerProcess _server = null!;

    public async ValueTask InitializeAsync() =>
        _server = await ServerProcess.StartAsync(("WebSockets__MessagesPerSecond", "10000"), ("WebSockets__MessageBurst", "10000"));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Who_does_not_read_holds_up_nobody_and_ends_with_the_newest_state_or_a_request_to_reconnect()
    {
        await using var table = await BigPartyAsync();
        var slow = new List<RawSocketClient>();
        for (var i = 0; i < SlowReadersCount; i++)
        {
            slow.Add(await RawSocketClient.ConnectAsync(_server, table.People[i + 2], receiveBuffer: 4096));
            await slow[i].NextAsync(ServerFrameTypes.PartyUpdate);
        }

        // The first half warms the server up, so that only what the slow readers cost is measured.
        await ToggleAsync(table, UpdatesCount / 2);
        var before = _server.ResidentBytes;
        var last = await ToggleAsync(table, UpdatesCount / 2);

        await table.People[1].Socket.PartyAsync("the last update", p => p.Seq >= last);
        var update = table.People[1].Socket.Frames.Last(f => f.Is(ServerFrameTypes.PartyUpdate)).Text.Length;
        update.ShouldBeGreaterThan(10_000, "the updates must be big enough to fill the buffers in between");
        (_server.ResidentBytes - before).ShouldBeLessThan(MemoryGrowthMax);
        foreach (var reader in slow)
        {
            await ReadsTheNewestOrIsAskedToReconnectAsync(reader, last);
            reader.Dispose();
        }
    }

    private async Task<PartyTable> BigPartyAsync()
    {
        var table = await PartyTable.SeatAsync(_server, 60, connected: false);
        (await table.Host.CallAsync("POST", "/start-nomination")).Expect(HttpStatusCode.OK);
        await table.Host.ConnectAsync();
        await table.People[1].ConnectAsync();
        (await table.Host.CallAsync("POST", "/nominations", new { tmdb_id = "900000041" })).Expect(HttpStatusCode.OK);
        return table;
    }

    private static async Task<long> ToggleAsync(PartyTable table, int count)
    {
        var seq = 0L;
        for (var i = 0; i < count; i++)
        {
            seq = await table.Host.DoAsync(ClientFrameTypes.VoteNomination, new { vote = i % 2 == 0 ? "yay" : "nay" });
        }

        return seq;
    }

    private static async Task ReadsTheNewestOrIsAskedToReconnectAsync(RawSocketClient reader, long last)
    {
        var updates = 0;
        var end = await reader.UntilAsync("the newest state or a close code", frame =>
        {
            updates += frame.Opcode == RawSocketClient.Text ? 1 : 0;
            return frame.Opcode == RawSocketClient.Close || (frame.Opcode == RawSocketClient.Text && SeqOf(frame) >= last);
        });
        if (end.Opcode == RawSocketClient.Close)
        {
            end.CloseCode.ShouldBeInRange(4000, 4499);
        }

        updates.ShouldBeLessThan(UpdatesCount, "a slow reader is not sent every state there ever was");
    }

    private static long SeqOf(RawFrame frame)
    {
        var update = new Frame(frame.Text);
        return update.Is(ServerFrameTypes.PartyUpdate) ? update.Seq : throw new InvalidOperationException(
            string.Create(CultureInfo.InvariantCulture, $"A slow reader was sent a {update.Type} it did not ask for."));
    }
}
