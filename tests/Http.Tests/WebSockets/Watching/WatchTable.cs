using System.Text.Json;
using AkkaParty.Http.Tests.Support;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Http.Tests.WebSockets.Watching;

/// <summary>A host with one watch party in which Ada has a seat.</summary>
internal sealed class WatchTable : IAsyncDisposable
{
    private WatchTable(TestHost host, FakeWatch party)
    {
        (Host, Party) = (host, party);
        var (id, token) = host.Accounts.Seed("Ada");
        (Ada, AdaToken) = (id.ToString("D"), token);
        party.Seat(Ada, "Ada", WatchRole.Host);
    }

    public TestHost Host { get; }

    public FakeWatch Party { get; }

    public string Ada { get; }

    public string AdaToken { get; }

    public static async Task<WatchTable> OpenAsync(HttpOptions? options = null)
    {
        var party = new FakeWatch();
        return new WatchTable(await TestHost.StartAsync(options, null, _ => party), party);
    }

    public Uri Flat(string query, string id = FakeWatch.PartyId) =>
        new($"ws://{Host.Address.Authority}/api/v1/watch-parties/{id}/ws{query}");

    public Uri Room(string query, string id = FakeWatch.PartyId) => new($"ws://{Host.Address.Authority}/ws/room/{id}{query}");

    /// <summary>Connects Ada, and waits until she follows.</summary>
    public async Task<RawSocket> ConnectAsync(bool room = false, string? query = null)
    {
        var before = Party.SubscribedCount;
        query ??= $"?token={AdaToken}";
        var socket = await RawSocket.OpenAsync(room ? Room(query) : Flat(query));
        socket.Status.ShouldBe(101, socket.Head);
        Type(await socket.ReadJsonAsync()).ShouldBe(room ? "state" : "sync");
        if (room)
        {
            Type(await socket.ReadJsonAsync()).ShouldBe("participants");
        }

        await Party.UntilAsync(() => Party.SubscribedCount > before, "the connection follows");
        return socket;
    }

    public static async Task ExpectAsync(Uri address, int status, string? code, params string[] headers)
    {
        using var socket = await RawSocket.OpenAsync(address, 0, headers);
        socket.Status.ShouldBe(status, $"{address}: {socket.Head}");
        if (code is not null)
        {
            var body = JsonDocument.Parse(await socket.ReadBodyAsync()).RootElement;
            Code(body).ShouldBe(code, body.ToString());
        }
    }

    public static string? Type(JsonElement frame) => frame.GetProperty("type").GetString();

    public static JsonElement Payload(JsonElement frame) => frame.GetProperty("payload");

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    // One surface has an envelope, the other problem details, and limits stand alone.
    private static string? Code(JsonElement body) => body.TryGetProperty("success", out _)
        ? body.GetProperty("error").GetProperty("reason").GetString()
        : body.GetProperty("code").GetString();
}
