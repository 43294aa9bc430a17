using System.Net;
using System.Net.Sockets;
using AkkaParty.EndToEnd.Harness;

namespace AkkaParty.EndToEnd.Rooms;

/// <summary>
/// Somebody follows a room and does not read: nobody else notices, the server keeps little for them and lets them go, and when they
/// come back they are told what they missed.
/// </summary>
public sealed class SlowFollowerTests : IAsyncLifetime
{
    private const int ChangesCount = 800;
    private const int SmallBuffer = 4096;
    private const long MemoryGrowthMax = 100L * 1024 * 1024;
    private ServerProcess _server = null!;
    private RoomSite _site = null!;
    private RoomTable _table = null!;

    private RoomClient Alice => _table.Admin;

    private RoomClient Bob => _table.People[1];

    public async ValueTask InitializeAsync()
    {
        _server = await ServerProcess.StartAsync(("WebSockets__MessagesPerSecond", "10000"), ("WebSockets__MessageBurst", "10000"));
        _site = new RoomSite(_server);
        _table = await RoomTable.SeatAsync(_site, "alice", "bob", "cleo");
    }

    public async ValueTask DisposeAsync()
    {
        await _table.DisposeAsync();
        _site.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Who_does_not_read_a_socket_is_let_go_and_misses_nothing_by_coming_back()
    {
        var itemId = await AddBigItemAsync();
        using var slow = await RawSocketClient.UpgradeAsync(_server, Bob.SocketAddress(), null, SmallBuffer);
        slow.Status.ShouldBe(101, slow.Head);
        await slow.UntilAsync("the presence", f => f.Text.Contains("presence", StringComparison.Ordinal));
        var (first, last) = await ChangeAsync(itemId);

        // A connection that takes nothing at all is cut in the end, and then the close frame does not arrive either.
        var told = new List<long>();
        while (await slow.ReadAsync() is { } frame)
        {
            Note(told, frame);
            if (frame.Opcode == RawSocketClient.Close)
            {
                frame.CloseCode.ShouldBeInRange(4000, 4499, "a slow reader may come back");
            }
        }

        told.Count.ShouldBeLessThan(ChangesCount, "the changes were more than the server keeps for one reader");
        var back = await Bob.ConnectAsync(since: told.Count > 0 ? told[^1] : first - 1);
        (await back.NextAsync("presence")).Json.GetProperty("resumed").GetBoolean().ShouldBeTrue();
        await back.NextAsync("the last change", f => f.Seq == last && f.Is("queue_update"));
        told.AddRange(back.Frames.Where(f => f.Is("queue_update")).Select(f => f.Seq!.Value));
        ShouldBeAll(told, first, last);
    }

    [Fact]
    public async Task Who_does_not_read_a_stream_is_let_go_and_misses_nothing_by_coming_back()
    {
        var itemId = await AddBigItemAsync();
        using var http = SlowHttp();
        using var request = new HttpRequestMessage(HttpMethod.Get, _site.Url(0, $"/api/events/queue/{_table.Id}"));
        request.Headers.Authorization = new("Bearer", Bob.Token);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var (first, last) = await ChangeAsync(itemId);

        await using var slow = SseStream.Read(response, "slow bob");
        await slow.EndAsync();
        var told = slow.Events.Where(e => e.Data.Is("queue_change")).Select(e => e.Data.Seq!.Value).ToList();
        told.Count.ShouldBeLessThan(ChangesCount, "the changes were more than the server keeps for one reader");
        var lastId = slow.Events.Last(e => e.Id is not null).Id;
        await using var back = await Bob.StreamAsync("queue", lastId);
        await back.NextAsync("the last change", e => e.Data.Seq == last && e.Data.Is("queue_change"));
        told.AddRange(back.Events.Where(e => e.Data.Is("queue_change")).Select(e => e.Data.Seq!.Value));
        ShouldBeAll(told, first, last);
    }

    // Every change of it is a frame of more than ten kilobytes.
    private async Task<string> AddBigItemAsync()
    {
        var itemId = await Alice.AddAsync("Metropolis");
        await Eventually.Async("it looked up", () => Alice.GetAsync($"/api/queue/{itemId}"), i => i.Text("enrichment") != "pending");
        var services = Enumerable.Range(0, 50).Select(i => $"{new string('s', 97)} {i:00}");
        var genres = Enumerable.Range(0, 50).Select(i => $"{new string('g', 97)} {i:00}");
        (await Alice.CallAsync("PATCH", $"/api/queue/{itemId}", new { streaming_on = services, genres })).Expect(HttpStatusCode.OK)
            .Body.Length.ShouldBeGreaterThan(10_000);
        return itemId;
    }

    // Somebody else follows all the while and is told at once; the first half warms the server up.
    private async Task<(long First, long Last)> ChangeAsync(string itemId)
    {
        var cleo = await _table.People[2].ConnectAsync();
        await cleo.NextAsync("presence");
        var before = 0L;
        for (var i = 0; i < ChangesCount; i++)
        {
            before = i == ChangesCount / 2 ? _server.ResidentBytes : before;
            (await Alice.CallAsync("PATCH", $"/api/queue/{itemId}", new { year = 1900 + (i % 100) })).Expect(HttpStatusCode.OK);
            await cleo.NextAsync("queue_update");
        }

        (_server.ResidentBytes - before).ShouldBeLessThan(MemoryGrowthMax);
        var seqs = cleo.Frames.Where(f => f.Is("queue_update")).Select(f => f.Seq!.Value).ToList();
        seqs.Count.ShouldBe(ChangesCount);
        return (seqs[0], seqs[^1]);
    }

    private static void ShouldBeAll(List<long> told, long first, long last)
    {
        told.ShouldBe([.. told.Distinct().Order()], "each change once, in order");
        told.Count(seq => seq >= first && seq <= last).ShouldBe(ChangesCount);
    }

    private static void Note(List<long> told, RawFrame frame)
    {
        if (frame.Opcode == RawSocketClient.Text && new RoomFrame(frame.Text) is var update && update.Is("queue_update"))
        {
            told.Add(update.Seq!.Value);
        }
    }

    private static HttpClient SlowHttp() => new(new SocketsHttpHandler
    {
        UseProxy = false,
        ConnectCallback = async (context, cancellation) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = SmallBuffer };
            await socket.ConnectAsync(context.DnsEndPoint, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });
}
