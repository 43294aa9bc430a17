using System.Globalization;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace AkkaParty.Bench.Sockets;

/// <summary>The server itself, started as <c>./run</c> starts it, and filled with parties.</summary>
internal static class PartyServer
{
    /// <summary>The settings that differ from the defaults: one address plays thousands of people.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["AkkaParty__RateLimits__CreatePerMinute"] = "0",
        ["AkkaParty__RateLimits__JoinPerMinute"] = "0",
        ["AkkaParty__RateLimits__ConnectPerMinute"] = "0",
        ["AkkaParty__WebSockets__MessagesPerSecond"] = "10000",
        ["AkkaParty__WebSockets__MessageBurst"] = "10000",
        ["AkkaParty__Parties__NominationSeconds"] = "3600",
    };

    public static Task<ServerProcess> StartAsync(string program, string dataDirectory)
    {
        if (!File.Exists(program))
        {
            throw new InvalidOperationException(
                $"There is no server at {program}: build it with 'dotnet build src/Node -c Release', or name it with --server.");
        }

        var port = ServerProcess.FreePort();
        var environment = new Dictionary<string, string>(Settings)
        {
            ["AkkaParty__DataDirectory"] = dataDirectory,
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}",
        };
        return ServerProcess.StartAsync(program, [], port, environment);
    }

    /// <summary>Makes parties and lets people join.</summary>
    /// <returns>Each party's members' request targets, the host's first.</returns>
    public static async Task<IReadOnlyList<IReadOnlyList<string>>> FillAsync(ServerProcess server, int rooms, int members)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://{server.Address}") };
        var targets = new List<IReadOnlyList<string>>();
        for (var room = 0; room < rooms; room++)
        {
            var party = await PostAsync(client, "/api/party", new { name = $"Room {room}" });
            var id = party.GetProperty("party_id").GetString()!;
            List<string> seats = [Target(id, party)];
            for (var member = 1; member < members; member++)
            {
                seats.Add(Target(id, await PostAsync(client, $"/api/party/{id}/join", new { username = $"Member {member}" })));
            }

            targets.Add(seats);
        }

        return targets;
    }

    /// <summary>Opens a nomination in every party, so that votes can change.</summary>
    public static async Task NominateAsync(ServerProcess server, Fleet<PartyRoom> fleet, IReadOnlyList<IReadOnlyList<string>> targets)
    {
        using var client = new HttpClient { BaseAddress = new Uri($"http://{server.Address}") };
        var found = await client.GetFromJsonAsync<JsonElement>(new Uri("/api/movies/search?q=n", UriKind.Relative));
        var film = found.GetProperty("movies")[0].GetProperty("id").GetString()!;
        for (var room = 0; room < targets.Count; room++)
        {
            var host = targets[room][0];
            var id = host["/ws/party/".Length..host.IndexOf('?', StringComparison.Ordinal)];
            var token = host[(host.IndexOf('=', StringComparison.Ordinal) + 1)..];
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var started = await client.PostAsync(new Uri($"/api/party/{id}/start-nomination", UriKind.Relative), content: null);
            started.EnsureSuccessStatusCode();
            fleet.Rooms[room].Members[0].Enqueue(ClientFrames.Suggest(film));
            fleet.Rooms[room].Members[0].Flush();
        }
    }

    private static string Target(string id, JsonElement answer) => $"/ws/party/{id}?token={answer.GetProperty("auth_token").GetString()}";

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, object body)
    {
        using var answer = await client.PostAsJsonAsync(new Uri(path, UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }
}
