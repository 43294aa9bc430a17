using AkkaParty.Http.Health;
using AkkaParty.Http.Rest.WatchParties;
using AkkaParty.Http.Tests.Support;

namespace AkkaParty.Http.Tests.Rest;

public sealed class OpenRoutesTests
{
    [Fact]
    public async Task Searches_films_with_a_trimmed_query_and_pages()
    {
        await using var host = await TestHost.StartAsync();

        var answer = await host.SendAsync(HttpMethod.Get, "/api/movies/search?q=%20metro%20&page=2");

        answer.Status.ShouldBe(200, answer.Text);
        host.Catalog.LastQuery.ShouldBe("metro");
        answer["query"].ShouldBe("metro");
        answer.Json.GetProperty("movies")[0].ToString()
            .ShouldBe("""{"id":"11","title":"Metropolis","year":"1927","poster_path":"https://posters/11.jpg"}""");
        (answer["page"], answer["total_pages"], answer["total_results"]).ShouldBe(("2", "3", "41"));
    }

    [Theory]
    [InlineData("", "search_query_required", "q")]
    [InlineData("?q=", "search_query_required", "q")]
    [InlineData("?q=%20", "search_query_required", "q")]
    [InlineData("?q={long}", "invalid_request", "q")]
    [InlineData("?q=x&page=0", "invalid_request", "page")]
    [InlineData("?q=x&page=501", "invalid_request", "page")]
    [InlineData("?q=x&page=two", "invalid_request", "page")]
    public async Task A_wrong_search_is_400_and_names_the_parameter(string query, string code, string field)
    {
        await using var host = await TestHost.StartAsync();
        (await host.SendAsync(HttpMethod.Get, "/api/movies/search" + query.Replace("{long}", new string('q', 201))))
            .ShouldBeProblem(400, code, field);
    }

    [Fact]
    public async Task Shows_one_film_or_says_why_not()
    {
        await using var host = await TestHost.StartAsync();
        var film = await host.SendAsync(HttpMethod.Get, "/api/movies/11");
        film.Status.ShouldBe(200);
        film["runtime_minutes"].ShouldBe("153");
        (await host.SendAsync(HttpMethod.Get, "/api/movies/12")).ShouldBeProblem(404, "movie_not_found", "id");
        (await host.SendAsync(HttpMethod.Get, "/api/movies/abc")).ShouldBeProblem(400, "movie_id_invalid", "id");

        host.Catalog.Failure = new Catalog.CatalogUnavailableException("TMDB is away", TimeSpan.FromSeconds(30));
        var away = await host.SendAsync(HttpMethod.Get, "/api/movies/11");
        away.ShouldBeProblem(502, "movie_lookup_failed");
        away.Headers["Retry-After"].ShouldBe("30");
        var search = await host.SendAsync(HttpMethod.Get, "/api/movies/search?q=x");
        search.ShouldBeProblem(500, "movie_search_failed");
        search["error"].ShouldBe("Movie search failed");
        search["detail"].ShouldBe("TMDB is away");
    }

    [Fact]
    public async Task Limits_open_calls_per_client_and_minute()
    {
        await using var host = await TestHost.StartAsync(new HttpOptions { Rates = new CallRateOptions { SearchPerMinute = 3 } });
        for (var left = 2; left >= 0; left--)
        {
            var allowed = await host.SendAsync(HttpMethod.Get, "/api/movies/search?q=x");
            allowed.Status.ShouldBe(200);
            (allowed.Headers["RateLimit-Limit"], allowed.Headers["RateLimit-Remaining"]).ShouldBe(("3", $"{left}"));
        }

        var refused = await host.SendAsync(HttpMethod.Get, "/api/movies/search?q=x");
        refused.ShouldBeProblem(429, "rate_limited");
        int.Parse(refused.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(1, 60);
        (await host.SendAsync(HttpMethod.Get, "/api/movies/search?q=x", headers: ("X-Forwarded-For", "203.0.113.9"))).Status.ShouldBe(200);
        (await host.SendAsync(HttpMethod.Post, "/api/party", """{"name":"x"}""")).Status.ShouldBe(201);

        host.Time.Advance(TimeSpan.FromMinutes(2));
        (await host.SendAsync(HttpMethod.Get, "/api/movies/search?q=x")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Limits_creations_joins_and_calls_with_a_token()
    {
        await using var host = await TestHost.StartAsync(
            new HttpOptions
            {
                Rates = new CallRateOptions { CreatePerMinute = 1, JoinPerMinute = 1, TokenPerMinute = 1, ConnectPerMinute = 1 },
            });
        var (partyId, _, token) = host.Party.Seed(host.Time);
        await host.SendAsync(HttpMethod.Post, "/api/party", """{"name":"x"}""");
        (await host.SendAsync(HttpMethod.Post, "/api/party", """{"name":"x"}""")).ShouldBeProblem(429, "rate_limited");
        await host.SendAsync(HttpMethod.Post, $"/api/party/{partyId}/join", """{"username":"a"}""");
        (await host.SendAsync(HttpMethod.Post, $"/api/party/{partyId}/join", """{"username":"b"}""")).ShouldBeProblem(429, "rate_limited");
        await host.SendAsync(HttpMethod.Post, $"/api/party/{partyId}/restart", null, token);
        (await host.SendAsync(HttpMethod.Post, $"/api/party/{partyId}/restart", null, token)).ShouldBeProblem(429, "rate_limited");
        using var first = await RawSocket.OpenAsync(host.SocketAddress(partyId, $"?token={token}"));
        using var second = await RawSocket.OpenAsync(host.SocketAddress(partyId, $"?token={token}"));
        (first.Status, second.Status).ShouldBe((101, 429));
    }

    [Fact]
    public async Task Tells_how_the_server_is()
    {
        await using var host = await TestHost.StartAsync();
        (await host.SendAsync(HttpMethod.Get, "/health")).Text
            .ShouldBe("""{"status":"healthy","service":"akkaparty","database":"connected"}""");
        (await host.SendAsync(HttpMethod.Get, "/api/v1/health")).Status.ShouldBe(200);
        (await host.SendAsync(HttpMethod.Get, "/health/live")).Text.ShouldBe("""{"status":"live"}""");
        (await host.SendAsync(HttpMethod.Get, "/health/ready")).Text.ShouldBe("""{"status":"ready"}""");
        var simple = await host.SendAsync(HttpMethod.Get, "/api/health");
        (simple["status"], simple["timestamp"]).ShouldBe(("ok", $"{host.Time.GetUtcNow().ToUnixTimeSeconds()}"));

        host.Health.Current = new NodeHealth(false, false, "the store does not answer");
        var health = await host.SendAsync(HttpMethod.Get, "/health");
        (health.Status, health["status"], health["database"]).ShouldBe((200, "unhealthy", "disconnected"));
        var ready = await host.SendAsync(HttpMethod.Get, "/health/ready");
        (ready.Status, ready["status"], ready["reason"]).ShouldBe((503, "not_ready", "the store does not answer"));
    }

    [Fact]
    public async Task Describes_every_route_in_OpenAPI_3_0()
    {
        await using var host = await TestHost.StartAsync();

        var document = (await host.SendAsync(HttpMethod.Get, "/openapi/v1.json")).Json;

        document.GetProperty("openapi").GetString()!.ShouldStartWith("3.0.");
        var paths = document.GetProperty("paths").EnumerateObject().ToDictionary(path => path.Name, path => path.Value);
        paths.Keys.ShouldContain("/api/party/{partyId}/nominations/current/vote");
        foreach (var (path, operations) in paths)
        {
            foreach (var operation in operations.EnumerateObject())
            {
                operation.Value.TryGetProperty("summary", out _).ShouldBeTrue($"{operation.Name} {path} has a summary");
                var type = WatchEnvelope.Speaks(path) ? "application/json" : "application/problem+json";
                foreach (var response in operation.Value.GetProperty("responses").EnumerateObject().Where(response =>
                    response.Name[0] == '4'))
                {
                    response.Value.GetProperty("content").TryGetProperty(type, out _)
                        .ShouldBeTrue($"{path} {response.Name}");
                }
            }
        }

        var vote = paths["/api/party/{partyId}/nominations/current/vote"].GetProperty("put");
        vote.GetProperty("security")[0].TryGetProperty("bearer", out _).ShouldBeTrue();
        vote.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString())
            .ShouldBe(["partyId", "Idempotency-Key"]);
        vote.GetProperty("requestBody").GetProperty("content").TryGetProperty("application/json", out _).ShouldBeTrue();
        document.GetProperty("components").GetProperty("securitySchemes").GetProperty("bearer").GetProperty("scheme").GetString()
            .ShouldBe("bearer");
        document.ToString().ShouldContain("poster_path");
        foreach (var (path, method) in ((string, string)[])[
            ("/api/rooms", "post"), ("/api/rooms/code/{code}", "get"), ("/api/queue/room/{roomId}/select", "post"),
            ("/api/votes/user/{itemId}/{userId}", "get"), ("/api/votes/history/room/{roomId}/export", "get"),
            ("/api/v1/users/register", "post"), ("/api/v1/auth/login", "post"), ("/api/v1/auth/refresh", "post"),
            ("/api/v1/auth/logout", "post"), ("/api/v1/profile", "patch"), ("/api/v1/profile/sessions/{sessionId}", "delete"),
            ("/api/v1/friends/{userId}/accept", "post"), ("/api/v1/playlists/{playlistId}", "patch"),
            ("/.well-known/jwks.json", "get")])
        {
            paths[path].TryGetProperty(method, out _).ShouldBeTrue($"{method} {path}");
        }

        document.GetProperty("components").GetProperty("schemas").GetProperty("ItemView").GetProperty("properties")
            .TryGetProperty("_id", out _).ShouldBeTrue();
    }

    [Theory]
    [InlineData("docs")]
    [InlineData("swagger")]
    public async Task Serves_Swagger_UI_from_the_program_itself(string page)
    {
        await using var host = await TestHost.StartAsync();
        var index = await host.SendAsync(HttpMethod.Get, $"/{page}/index.html");
        index.Status.ShouldBe(200);
        index.Text.ShouldNotContain("https://");
        (await host.SendAsync(HttpMethod.Get, $"/{page}/swagger-ui-bundle.js")).Status.ShouldBe(200);
        (await host.SendAsync(HttpMethod.Get, $"/{page}")).Status.ShouldBeInRange(200, 302);
    }
}
