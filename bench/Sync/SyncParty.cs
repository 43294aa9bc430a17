using System.Globalization;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace AkkaParty.Bench.Sync;

/// <summary>A public watch party in which everyone may command, and guests who have a seat.</summary>
/// <param name="Id">The party.</param>
/// <param name="Host">The host's token.</param>
/// <param name="Guests">Their tokens.</param>
internal sealed record SyncParty(string Id, string Host, IReadOnlyList<string> Guests)
{
    /// <summary>The settings of the server that differ from the defaults: one address plays everybody.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["AkkaParty__RateLimits__WatchRequestsPerHour"] = "0",
        ["AkkaParty__RateLimits__ReadPerMinute"] = "0",
        ["AkkaParty__RateLimits__ProvePerMinute"] = "0",
    };

    /// <summary>Makes it.</summary>
    /// <param name="node">The node to ask.</param>
    /// <param name="guests">How many guests.</param>
    public static async Task<SyncParty> CreateAsync(Uri node, int guests)
    {
        using var client = new HttpClient { BaseAddress = node };
        var login = new { email = "host@example.org", password = "Two-tin-drums-41", name = "Host" };
        await SendAsync(client, HttpMethod.Post, "/api/v1/users/register", login);
        var session = await SendAsync(client, HttpMethod.Post, "/api/v1/auth/login", login);
        var token = session.GetProperty("access_token").GetString()!;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var made = await SendAsync(
            client, HttpMethod.Post, "/api/v1/watch-parties", new { title = "In step", visibility = "public", max_participants = 1_000 });
        var id = made.GetProperty("data").GetProperty("id").GetString()!;
        await SendAsync(client, HttpMethod.Patch, $"/api/v1/watch-parties/{id}/settings", new { controls = "everyone" });
        await SendAsync(
            client,
            HttpMethod.Post,
            $"/api/v1/watch-parties/{id}/items",
            new { title = "A long film", url = "https://media.example.org/film.mp4", duration_ms = 86_400_000 });
        client.DefaultRequestHeaders.Authorization = null;
        List<string> tokens = [];
        for (var guest = 0; guest < guests; guest++)
        {
            tokens.Add(await LetInAsync(client, id, guest));
        }

        return new SyncParty(id, token, tokens);
    }

    private static async Task<string> LetInAsync(HttpClient client, string id, int guest)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"Guest {guest}");
        var request = await SendAsync(client, HttpMethod.Post, $"/api/v1/rooms/{id}/request-access", new { guest_name = name });
        var requestId = request.GetProperty("request_id").GetString()!;
        var status = await SendAsync(client, HttpMethod.Get, $"/api/v1/guest-requests/{requestId}/status", body: null);
        return status.GetProperty("session_token").GetString()!;
    }

    private static async Task<JsonElement> SendAsync(HttpClient client, HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Content = body is null ? null : JsonContent.Create(body);
        using var answer = await client.SendAsync(request);
        return answer.IsSuccessStatusCode
            ? await answer.Content.ReadFromJsonAsync<JsonElement>()
            : throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }
}
