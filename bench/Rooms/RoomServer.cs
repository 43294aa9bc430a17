using System.Globalization;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using AkkaParty.Bench.Cluster;
using AkkaParty.Bench.Sockets;

namespace AkkaParty.Bench.Rooms;

/// <summary>The server itself, started as <c>./run</c> starts it, with rooms in which everybody has a seat.</summary>
internal sealed class RoomServer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly string _program;
    private readonly Dictionary<string, string> _settings;
    private readonly int? _databaseId;
    private readonly List<Room> _rooms = [];

    /// <param name="program">The server's executable.</param>
    /// <param name="dataDirectory">Where its files go.</param>
    /// <param name="database">The connection string of a database, and the first process of its server; null for SQLite.</param>
    public RoomServer(string program, string dataDirectory, (string ConnectionString, int ProcessId)? database)
    {
        _program = program;
        _databaseId = database?.ProcessId;
        _settings = new Dictionary<string, string>(Settings) { ["AkkaParty__DataDirectory"] = dataDirectory };
        if (database is { } given)
        {
            _settings["AkkaParty__Store__ConnectionString"] = given.ConnectionString;
        }
    }

    /// <summary>The settings that differ from the defaults: one address plays a thousand people.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["AkkaParty__RateLimits__CreatePerMinute"] = "0",
        ["AkkaParty__RateLimits__JoinPerMinute"] = "0",
        ["AkkaParty__RateLimits__ConnectPerMinute"] = "0",
        ["AkkaParty__WebSockets__MessagesPerSecond"] = "200",
        ["AkkaParty__WebSockets__MessageBurst"] = "200",
    };

    /// <summary>Starts it for the first time and makes rooms.</summary>
    public async Task<VotingServer> StartAsync(int rooms, int members, int items)
    {
        var server = await StartProcessAsync();
        try
        {
            using var client = new HttpClient { BaseAddress = new Uri($"http://{server.Address}") };
            for (var room = 0; room < rooms; room++)
            {
                _rooms.Add(await FillAsync(client, room, members, items));
            }
        }
        catch
        {
            server.Dispose();
            throw;
        }

        return new VotingServer(
            server, _databaseId, [.. _rooms.Select(room => room.Targets)], [.. _rooms.Select(room => room.Items)]);
    }

    /// <summary>Starts it again after it was killed, and compares every count with what the members have been acknowledged.</summary>
    /// <param name="fleet">The members, all of whose votes have been acknowledged.</param>
    /// <returns>How many items have other counts.</returns>
    public async Task<int> CountWrongAsync(Fleet<VotingRoom> fleet)
    {
        using var server = await StartProcessAsync();
        using var client = new HttpClient { BaseAddress = new Uri($"http://{server.Address}") };
        var wrong = 0;
        for (var room = 0; room < _rooms.Count; room++)
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _rooms[room].Token);
            for (var item = 0; item < _rooms[room].Items.Count; item++)
            {
                var counts = await client.GetFromJsonAsync<JsonElement>(
                    new Uri($"/api/votes/item/{_rooms[room].Items[item]}/counts", UriKind.Relative));
                var (up, down) = fleet.Rooms[room].Tally(item);
                var same = counts.GetProperty("upvotes").GetInt32() == up && counts.GetProperty("downvotes").GetInt32() == down;
                wrong += same ? 0 : 1;
            }
        }

        return wrong;
    }

    private async Task<ServerProcess> StartProcessAsync()
    {
        if (!File.Exists(_program))
        {
            throw new InvalidOperationException(
                $"There is no server at {_program}: build it with 'dotnet build src/Node -c Release', or name it with --server.");
        }

        var port = ServerProcess.FreePort();
        _settings["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}";
        var server = await ServerProcess.StartAsync(_program, [], port, _settings);
        using var client = new HttpClient { BaseAddress = new Uri($"http://{server.Address}") };
        await Patiently.UntilAsync("the server to be ready", Patience, async () =>
        {
            using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        });
        return server;
    }

    private static async Task<Room> FillAsync(HttpClient client, int number, int members, int items)
    {
        var made = await PostAsync(client, "/api/rooms", new { name = $"Room {number}", members = new[] { Seat(0) } }, token: null);
        var (id, code) = (made.GetProperty("_id").GetString()!, made.GetProperty("code").GetString()!);
        var token = made.GetProperty("token").GetString()!;
        List<string> targets = [Target(id, 0, token)];
        for (var member = 1; member < members; member++)
        {
            var joined = await PostAsync(client, $"/api/rooms/{code}/join", Seat(member), token: null);
            targets.Add(Target(id, member, joined.GetProperty("token").GetString()!));
        }

        List<string> ids = [];
        for (var item = 0; item < items; item++)
        {
            // With what there is to know, so that nothing is looked up.
            var film = new
            {
                room_id = id,
                title = $"Film {item}",
                added_by = "m0",
                tmdb_id = item + 1,
                poster_url = $"https://image.tmdb.org/t/p/w500/{item}.jpg",
                year = 1950,
                runtime_minutes = 90,
                genres = new[] { "Drama" },
                overview = "A film.",
                vote_average = 7.5,
            };
            ids.Add((await PostAsync(client, "/api/queue", film, token)).GetProperty("_id").GetString()!);
        }

        return new Room(token, targets, ids);
    }

    private static object Seat(int member) => new { user_id = $"m{member}", name = $"Member {member}" };

    private static string Target(string room, int member, string token) => $"/ws/{room}/m{member}?token={token}";

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.SendAsync(request);
        return answer.IsSuccessStatusCode
            ? await answer.Content.ReadFromJsonAsync<JsonElement>()
            : throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    private sealed record Room(string Token, IReadOnlyList<string> Targets, IReadOnlyList<string> Items);
}
