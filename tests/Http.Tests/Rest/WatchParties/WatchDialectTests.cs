using AkkaParty.Http.Tests.Support;

namespace AkkaParty.Http.Tests.Rest.WatchParties;

/// <summary>The envelope of the watch-parties surface, and what goes wrong in it.</summary>
public sealed class WatchDialectTests
{
    [Fact]
    public async Task Nobody_creates_a_party_without_an_account()
    {
        await using var host = await TestHost.StartRealAsync();
        var answer = await host.PostAsync("/api/v1/watch-parties", new { title = "Friday" });

        answer.Status.ShouldBe(401);
        answer.Headers["WWW-Authenticate"].ShouldBe("Bearer");
        answer.Text.ShouldBe(
            """{"success":false,"error":{"code":"UNAUTHORIZED","message":"Missing authentication token","reason":"account_required","""
            + "\"retryable\":false}}");
    }

    [Theory]
    [InlineData("""{}""", "title")]
    [InlineData("""{"title":""}""", "title")]
    [InlineData("""{"title":7}""", "title")]
    [InlineData("""{"title":"a","visibility":"secret"}""", "visibility")]
    [InlineData("""{"title":"a","max_participants":1}""", "max_participants")]
    [InlineData("""{"title":"a","max_participants":1001}""", "max_participants")]
    [InlineData("""{"title":"a","password":"abc"}""", "password")]
    [InlineData("""{"title":"a","playlist_id":"mine"}""", "playlist_id")]
    [InlineData("""{"title":"a","controls":"dogs"}""", "controls")]
    [InlineData("""{"title":"a","items":[{"url":"https://example.org"}]}""", "items.0.title")]
    [InlineData("""{"title":"a","items":[{"title":"b","url":"ftp://example.org"}]}""", "items.0.url")]
    [InlineData("""{"title":"a\u0000b"}""", "title")]
    public async Task An_input_that_breaks_a_rule_is_named(string body, string field)
    {
        await using var host = await TestHost.StartRealAsync();
        var table = WatchTable.At(host);
        var answer = await table.SendAsync("ada", "POST", "/api/v1/watch-parties", body);

        answer.ShouldFail(400, "INVALID_REQUEST", "invalid_request");
        answer.Json.GetProperty("error").GetProperty("field").GetString().ShouldBe(field);
    }

    [Theory]
    [InlineData("not json", "application/json", 400, "INVALID_REQUEST")]
    [InlineData("[]", "application/json", 400, "INVALID_REQUEST")]
    [InlineData("title=a", "text/plain", 415, "UNSUPPORTED_MEDIA_TYPE")]
    public async Task A_body_that_cannot_be_read_is_refused_in_the_envelope(string body, string type, int status, string code)
    {
        await using var host = await TestHost.StartRealAsync();
        var table = WatchTable.At(host);
        table.Seed("ada");
        using var content = new StringContent(body, System.Text.Encoding.UTF8, type);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/watch-parties") { Content = content };
        request.Headers.Authorization = new("Bearer", table.TokenOf("ada"));
        using var response = await host.Client.SendAsync(request);

        ((int)response.StatusCode).ShouldBe(status);
        (await response.Content.ReadAsStringAsync()).ShouldContain($"\"code\":\"{code}\"");
    }

    [Fact]
    public async Task Errors_of_the_server_itself_have_the_envelope_as_well()
    {
        await using var host = await TestHost.StartRealAsync();

        (await host.GetAsync("/api/v1/watch-parties/x/y/z")).ShouldFail(404, "NOT_FOUND", "route_not_found");
        (await host.DeleteAsync("/api/v1/watch-parties", null)).ShouldFail(405, "METHOD_NOT_ALLOWED", "method_not_allowed");
        (await host.GetAsync("/api/v1/watch-parties/friday")).ShouldFail(400, "INVALID_REQUEST");
        (await host.GetAsync($"/api/v1/watch-parties/{Guid.NewGuid()}")).ShouldFail(404, "NOT_FOUND", "watch_party_not_found");
    }

    [Fact]
    public async Task The_eleventh_party_of_an_hour_is_refused_flatly_with_the_limit_in_the_headers()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = WatchTable.At(host);
        for (var i = 0; i < 10; i++)
        {
            var created = await table.SendAsync("ada", "POST", "/api/v1/watch-parties", """{"title":"a"}""");
            created.Status.ShouldBe(201, created.Text);
            created.Headers["X-RateLimit-Limit"].ShouldBe("10");
            created.Headers["X-RateLimit-Remaining"].ShouldBe($"{9 - i}");
        }

        var refused = await table.SendAsync("ada", "POST", "/api/v1/watch-parties", """{"title":"a"}""");
        refused.Status.ShouldBe(429);
        refused.Text.ShouldBe(
            """{"error":"Rate limit exceeded. Please try again later.","retry_after":3600,"code":"rate_limited"}""");
        (refused.Headers["Retry-After"], refused.Headers["X-RateLimit-Remaining"]).ShouldBe(("3600", "0"));
        (await table.SendAsync("bob", "POST", "/api/v1/watch-parties", """{"title":"a"}""")).Status.ShouldBe(201, "limits are per account");
    }

    [Fact]
    public async Task Joining_thirty_times_an_hour_is_enough()
    {
        await using var host = await TestHost.StartRealAsync();
        var table = await WatchTable.OpenAsync(host);
        for (var i = 0; i < 30; i++)
        {
            (await table.JoinAsync("bob")).Status.ShouldBe(200);
        }

        (await table.JoinAsync("bob")).Status.ShouldBe(429);
    }

    [Fact]
    public async Task The_description_of_the_interface_has_the_routes_once()
    {
        await using var host = await TestHost.StartRealAsync();
        var paths = (await host.GetAsync("/openapi/v1.json")).Json.GetProperty("paths");

        paths.TryGetProperty("/api/v1/watch-parties/{id}/join", out _).ShouldBeTrue();
        paths.TryGetProperty("/api/v1/rooms/{id}/guest-requests/{requestId}/approve", out _).ShouldBeTrue();
        paths.TryGetProperty("/api/watch-parties/{id}/join", out _).ShouldBeFalse("the alias is not described twice");
    }

    [Fact]
    public async Task The_address_of_the_pages_can_be_configured()
    {
        var options = new HttpOptions { WatchParties = new WatchPartyOptions { BaseUrl = "https://party.example.org/" } };
        await using var host = await TestHost.StartRealAsync(options);
        var table = await WatchTable.OpenAsync(host);

        WatchTable.Data(table.Created, 201).GetProperty("invite_url").GetString()
            .ShouldBe($"https://party.example.org/watch-parties/{table.Code}");
    }
}
