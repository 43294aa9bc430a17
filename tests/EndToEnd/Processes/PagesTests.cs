using System.Net;
using System.Text.Json;
using AkkaParty.EndToEnd.Harness;

namespace AkkaParty.EndToEnd.Processes;

/// <summary>What a server answers to people, operators and tools.</summary>
public sealed class PagesTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static readonly string[] Routes =
    [
        "POST /api/party", "GET /api/party/{partyId}", "POST /api/party/{partyId}/join", "POST /api/party/{partyId}/leave",
        "POST /api/party/{partyId}/start-nomination", "POST /api/party/{partyId}/restart", "POST /api/party/{partyId}/host",
        "DELETE /api/party/{partyId}/token", "DELETE /api/party/{partyId}/participants/{userId}", "POST /api/party/{partyId}/nominations",
        "DELETE /api/party/{partyId}/nominations/{tmdbId}", "PUT /api/party/{partyId}/nominations/current/vote",
        "POST /api/party/{partyId}/nominations/current/close", "POST /api/party/{partyId}/finalize-nominations",
        "PUT /api/party/{partyId}/ballots/me", "GET /api/party/{partyId}/ballots/me", "POST /api/party/{partyId}/close-ranking",
        "PUT /api/party/{partyId}/ranking-deadline", "GET /api/movies/search", "GET /api/movies/chosen", "GET /api/movies/{id}",
        "GET /health", "GET /api/health", "GET /api/v1/health", "GET /health/live", "GET /health/ready",
        "POST /api/rooms", "GET /api/rooms/code/{code}", "POST /api/rooms/{code}/join", "GET /api/rooms/member/{userId}",
        "GET /api/rooms/{roomId}", "PATCH /api/rooms/{roomId}", "DELETE /api/rooms/{roomId}", "GET /api/rooms/{roomId}/presence",
        "POST /api/rooms/{roomId}/members", "PUT /api/rooms/{roomId}/members/{userId}", "DELETE /api/rooms/{roomId}/members/{userId}",
        "POST /api/rooms/{roomId}/admins", "POST /api/rooms/{roomId}/seats/free", "POST /api/rooms/{roomId}/leave",
        "GET /api/rooms/{roomId}/me", "POST /api/rooms/{roomId}/token", "DELETE /api/rooms/{roomId}/token", "POST /api/queue",
        "GET /api/queue/search/tmdb", "GET /api/queue/room/{roomId}", "GET /api/queue/{itemId}", "PATCH /api/queue/{itemId}",
        "DELETE /api/queue/{itemId}", "POST /api/queue/{itemId}/enrich", "POST /api/queue/{itemId}/pick",
        "POST /api/queue/{itemId}/watch", "POST /api/queue/room/{roomId}/select", "GET /api/queue/room/{roomId}/selections",
        "GET /api/queue/room/{roomId}/stats", "POST /api/queue/room/{roomId}/voting-round", "GET /api/queue/room/{roomId}/voting-round",
        "POST /api/queue/room/{roomId}/voting-round/close", "POST /api/queue/room/{roomId}/voting-round/done", "POST /api/votes",
        "DELETE /api/votes/{itemId}/{userId}", "GET /api/votes/{itemId}/{userId}", "POST /api/votes/reactions",
        "GET /api/votes/user/{itemId}/{userId}", "GET /api/votes/item/{itemId}", "GET /api/votes/item/{itemId}/counts",
        "GET /api/votes/room/{roomId}/user/{userId}", "GET /api/votes/reactions/room/{roomId}",
        "POST /api/votes/history/{historyId}/rate", "GET /api/votes/history/room/{roomId}", "GET /api/votes/history/room/{roomId}/export",
        "GET /api/votes/history/room/{roomId}/stats", "GET /api/events/room/{room_id}", "GET /api/events/votes/{room_id}",
        "GET /api/events/queue/{room_id}",
        "POST /api/party/{partyId}/watch", "POST /api/party/{partyId}/watch/ticket", "POST /api/rooms/{roomId}/watch/ticket",
        "POST /api/v1/users/register", "POST /api/v1/auth/login", "POST /api/v1/auth/refresh", "POST /api/v1/auth/logout",
        "GET /.well-known/jwks.json", "GET /api/v1/users/{userId}/watch-party-stats", "GET /api/v1/profile", "PATCH /api/v1/profile",
        "DELETE /api/v1/profile", "GET /api/v1/profile/export", "POST /api/v1/profile/password", "GET /api/v1/profile/sessions",
        "DELETE /api/v1/profile/sessions", "DELETE /api/v1/profile/sessions/{sessionId}", "GET /api/v1/friends", "POST /api/v1/friends",
        "POST /api/v1/friends/{userId}/accept", "POST /api/v1/friends/{userId}/refuse", "DELETE /api/v1/friends/{userId}",
        "GET /api/v1/playlists", "POST /api/v1/playlists", "GET /api/v1/playlists/{playlistId}", "PATCH /api/v1/playlists/{playlistId}",
        "DELETE /api/v1/playlists/{playlistId}", "POST /api/v1/watch-parties", "GET /api/v1/watch-parties/public",
        "GET /api/v1/watch-parties/trending", "GET /api/v1/watch-parties/history", "POST /api/v1/watch-parties/{id}/join",
        "GET /api/v1/watch-parties/{id}", "DELETE /api/v1/watch-parties/{id}", "DELETE /api/v1/watch-parties/{id}/leave",
        "POST /api/v1/watch-parties/{id}/end", "POST /api/v1/watch-parties/{id}/restart", "PATCH /api/v1/watch-parties/{id}/settings",
        "GET /api/v1/watch-parties/{id}/analytics", "POST /api/v1/watch-parties/{id}/ticket",
        "GET /api/v1/watch-parties/{id}/participants", "GET /api/v1/watch-parties/{id}/me", "POST /api/v1/watch-parties/{id}/kick",
        "GET /api/v1/watch-parties/{id}/bans", "DELETE /api/v1/watch-parties/{id}/bans/{userId}", "POST /api/v1/watch-parties/{id}/mute",
        "POST /api/v1/watch-parties/{id}/co-hosts", "DELETE /api/v1/watch-parties/{id}/co-hosts/{userId}",
        "POST /api/v1/watch-parties/{id}/transfer-host", "POST /api/v1/watch-parties/{id}/invite",
        "GET /api/v1/watch-parties/{id}/messages", "POST /api/v1/watch-parties/{id}/messages",
        "DELETE /api/v1/watch-parties/{id}/messages/{messageId}", "POST /api/v1/watch-parties/{id}/react",
        "GET /api/v1/watch-parties/{id}/playback", "POST /api/v1/watch-parties/{id}/playback/play",
        "POST /api/v1/watch-parties/{id}/playback/pause", "POST /api/v1/watch-parties/{id}/playback/seek",
        "POST /api/v1/watch-parties/{id}/playback/rate", "POST /api/v1/watch-parties/{id}/playback/skip",
        "POST /api/v1/watch-parties/{id}/skip-vote", "POST /api/v1/watch-parties/{id}/items",
        "PATCH /api/v1/watch-parties/{id}/items/{itemId}", "DELETE /api/v1/watch-parties/{id}/items/{itemId}", "POST /api/v1/rooms",
        "GET /api/v1/rooms", "GET /api/v1/rooms/{id}", "PUT /api/v1/rooms/{id}", "DELETE /api/v1/rooms/{id}",
        "POST /api/v1/rooms/{id}/leave", "POST /api/v1/rooms/join", "GET /api/v1/rooms/join", "GET /api/v1/rooms/join/{id}",
        "POST /api/v1/rooms/{id}/join", "POST /api/v1/rooms/{id}/ticket", "POST /api/v1/rooms/{id}/invite",
        "POST /api/v1/rooms/{id}/room-access", "GET /api/v1/rooms/{id}/room-access", "GET /api/v1/rooms/{id}/room-access/status",
        "POST /api/v1/rooms/{id}/room-access/{userId}/approve", "POST /api/v1/rooms/{id}/request-access",
        "GET /api/v1/rooms/{id}/guest-requests", "POST /api/v1/rooms/{id}/guest-requests/{requestId}/approve",
        "GET /api/v1/rooms/{id}/state", "GET /api/v1/rooms/{id}/participants", "GET /api/v1/guest-requests/{requestId}/status",
        "GET /api/v1/guest/validate/{token}", "GET /api/v1/guest/rooms/{id}",
    ];

    private HttpClient Http => fixture.Server.Http;

    [Fact]
    public async Task The_server_says_that_it_is_well()
    {
        var health = await JsonAsync("/health");
        health.GetProperty("status").GetString().ShouldBe("healthy");
        health.GetProperty("service").GetString().ShouldNotBeNullOrEmpty();
        health.GetProperty("database").GetString().ShouldBe("connected");
        (await JsonAsync("/api/health")).GetProperty("status").GetString().ShouldBe("ok");
        (await JsonAsync("/health/live")).GetProperty("status").GetString().ShouldBe("live");
        (await JsonAsync("/health/ready")).GetProperty("status").GetString().ShouldBe("ready");
        (await JsonAsync("/api/v1/health")).GetProperty("status").GetString().ShouldBe("healthy");
    }

    [Fact]
    public async Task The_first_page_says_what_this_is()
    {
        var page = await HtmlAsync("/");

        page.ShouldContain("AkkaParty");
        page.ShouldContain("/docs");
    }

    [Theory]
    [InlineData("/docs")]
    [InlineData("/swagger")]
    public async Task The_documentation_opens(string path) => (await HtmlAsync(path)).ShouldContain("swagger", Case.Insensitive);

    [Fact]
    public async Task The_openapi_document_has_every_route()
    {
        var document = await JsonAsync("/openapi/v1.json");

        document.GetProperty("openapi").GetString()!.ShouldStartWith("3.0");
        var routes =
            from path in document.GetProperty("paths").EnumerateObject()
            from operation in path.Value.EnumerateObject()
            select $"{operation.Name.ToUpperInvariant()} {path.Name}";
        routes.ToArray().ShouldBe(Routes, ignoreOrder: true);
    }

    [Theory]
    [InlineData("/api/nothing")]
    [InlineData("/ws/nothing")]
    [InlineData("/health/nothing")]
    public async Task A_path_of_the_programming_interface_that_does_not_exist_is_a_problem_in_json(string path)
    {
        using var answer = await Http.GetAsync(path);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task Metrics_are_shown_to_this_machine()
    {
        using var answer = await Http.GetAsync("/metrics");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("# TYPE");
    }

    private async Task<JsonElement> JsonAsync(string path)
    {
        using var answer = await Http.GetAsync(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/json");
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    private async Task<string> HtmlAsync(string path)
    {
        using var answer = await Http.GetAsync(path);
        if (answer.Headers.Location is { } elsewhere)
        {
            return await HtmlAsync(new Uri(new Uri(Http.BaseAddress!, path), elsewhere).PathAndQuery);
        }

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        return await answer.Content.ReadAsStringAsync();
    }
}
