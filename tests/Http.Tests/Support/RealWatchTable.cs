using System.Text.Json;

namespace AkkaParty.Http.Tests.Support;

/// <summary>A host over the real entities with one watch party, whose people have accounts.</summary>
internal sealed class RealWatchTable : IAsyncDisposable
{
    private readonly Dictionary<string, (string Id, string Token)> _people = new(StringComparer.Ordinal);

    private RealWatchTable(TestHost host) => Host = host;

    public TestHost Host { get; }

    public string PartyId { get; private set; } = string.Empty;

    public long NowMs => Host.Time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Creates a party of Ada's, in which the others take seats.</summary>
    public static async Task<RealWatchTable> OpenAsync(string controls, params string[] others)
    {
        var table = new RealWatchTable(await TestHost.StartRealAsync());
        table.Seed("Ada");
        var created = await table.Host.SendAsync(
            HttpMethod.Post,
            "/api/v1/watch-parties",
            $$"""
            {"title":"Friday","controls":"{{controls}}",
             "items":[{"title":"Metropolis","url":"https://example.org/m.mp4","duration_ms":9000000}]}
            """,
            table._people["Ada"].Token);
        created.Status.ShouldBe(201, created.Text);
        var data = created.Json.GetProperty("data");
        table.PartyId = data.GetProperty("id").GetString()!;
        foreach (var name in others)
        {
            table.Seed(name);
            var joined = await table.Host.SendAsync(
                HttpMethod.Post,
                $"/api/v1/watch-parties/{data.GetProperty("invite_code").GetString()}/join",
                null,
                table._people[name].Token);
            joined.Status.ShouldBe(200, joined.Text);
        }

        return table;
    }

    public string Id(string name) => _people[name].Id;

    public string Token(string name) => _people[name].Token;

    public Uri Address(string pathAndQuery) => new($"ws://{Host.Address.Authority}{pathAndQuery}");

    public Uri FlatAddress(string name, string more = "") =>
        Address($"/api/v1/watch-parties/{PartyId}/ws?token={_people[name].Token}{more}");

    public Uri RoomAddress(string name, string more = "") => Address($"/ws/room/{PartyId}?token={_people[name].Token}{more}");

    /// <summary>Connects, and reads until the party has seen it.</summary>
    public async Task<RawSocket> FlatAsync(string name)
    {
        var socket = await RawSocket.OpenAsync(FlatAddress(name));
        socket.Status.ShouldBe(101, socket.Head);
        (await socket.ReadJsonAsync()).GetProperty("type").GetString().ShouldBe("sync");
        await ConnectedAsync(name);
        return socket;
    }

    /// <summary>Connects in the other dialect, and reads until the party has seen it.</summary>
    public async Task<RawSocket> RoomAsync(string name)
    {
        var socket = await RawSocket.OpenAsync(RoomAddress(name));
        socket.Status.ShouldBe(101, socket.Head);
        (await socket.ReadJsonAsync()).GetProperty("type").GetString().ShouldBe("state");
        (await socket.ReadJsonAsync()).GetProperty("type").GetString().ShouldBe("participants");
        await ConnectedAsync(name);
        return socket;
    }

    public Task<Answer> SendAsync(string name, string method, string path, string? json = null) =>
        Host.SendAsync(new HttpMethod(method), $"/api/v1/watch-parties/{PartyId}{path}", json, _people[name].Token);

    public void Pass(TimeSpan time) => Host.Time.Advance(time);

    /// <summary>Asks again and again until something holds.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 500; i++)
        {
            if (await holds())
            {
                return;
            }
        }

        throw new TimeoutException("It did not become so in 500 tries.");
    }

    /// <summary>Reads on until a frame of a type, and if given with a member of a value, in the frame or its payload.</summary>
    public static async Task<JsonElement> UntilAsync(RawSocket socket, string type, string? member = null, string? value = null)
    {
        while (true)
        {
            var frame = await socket.ReadJsonAsync();
            var found = frame.GetProperty("type").GetString();
            if (type != "error")
            {
                found.ShouldNotBe("error", frame.ToString());
            }

            var holder = frame.TryGetProperty("payload", out var payload) && payload.ValueKind == JsonValueKind.Object ? payload : frame;
            if (found == type && (member is null || (holder.TryGetProperty(member, out var text) && text.ToString() == value)))
            {
                return frame;
            }
        }
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private void Seed(string name)
    {
        var (id, token) = Host.Accounts.Seed(name);
        _people[name] = (id.ToString("D"), token);
    }

    private Task ConnectedAsync(string name) => UntilAsync(async () =>
    {
        var people = (await SendAsync("Ada", "GET", "/participants")).Json.GetProperty("data").GetProperty("participants");
        return people.EnumerateArray().Any(one =>
            one.GetProperty("user_id").GetString() == Id(name) && one.GetProperty("connected").GetBoolean());
    });
}
