using System.Net.Http.Headers;
using System.Text;
using AkkaParty.Http.Errors;
using AkkaParty.Http.Tests.Support;
using AkkaParty.Protocol;
using AkkaParty.Protocol.Parties;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace AkkaParty.Http.Tests.Errors;

public sealed class ProblemTests
{
    [Fact]
    public void Every_code_of_the_party_has_the_status_of_its_table()
    {
        foreach (var row in PartyErrors.All)
        {
            ErrorTable.StatusOf(row.Code).ShouldBe(row.Status, row.Code);
            ApiError.Of(row.Code).Retryable.ShouldBe(row.Retryable, row.Code);
        }
    }

    [Fact]
    public void Close_codes_are_unique_short_enough_and_say_whether_to_reconnect()
    {
        CloseCodes.All.Select(code => code.Code).ShouldBeUnique();
        CloseCodes.All.Select(code => code.Name).ShouldBeUnique();
        foreach (var code in CloseCodes.All)
        {
            Encoding.UTF8.GetByteCount(code.Reason).ShouldBeLessThanOrEqualTo(123);
            code.Reconnect.ShouldBe(code.Code is >= 4000 and < 4500);
        }
    }

    [Theory]
    [InlineData("/api/nothing")]
    [InlineData("/api")]
    [InlineData("/ws/nothing")]
    [InlineData("/openapi/v9.json")]
    [InlineData("/health/other")]
    [InlineData("/metrics/other")]
    public async Task An_unknown_route_is_a_problem_and_never_the_web_page(string path)
    {
        await using var host = await TestHost.StartAsync(null, app => app.MapFallback((HttpContext context) =>
            context.Response.WriteAsync("<html>")));

        (await host.SendAsync(HttpMethod.Get, path)).ShouldBeProblem(404, "route_not_found");
        (await host.SendAsync(HttpMethod.Get, "/apiary")).Text.ShouldBe("<html>");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_wrong_method_is_405_with_the_allowed_ones(bool webPage)
    {
        await using var host = await TestHost.StartAsync(
            null, app => _ = webPage ? app.MapFallback((HttpContext context) => context.Response.WriteAsync("<html>")) : null);

        var answer = await host.SendAsync(HttpMethod.Put, "/api/party", "{}");

        answer.ShouldBeProblem(405, "method_not_allowed");
        answer.Headers["Allow"].ShouldBe("POST");
    }

    [Fact]
    public async Task An_exception_is_500_without_internals()
    {
        await using var host = await TestHost.StartAsync();
        host.Catalog.Failure = new InvalidOperationException("secret internals");

        var answer = await host.SendAsync(HttpMethod.Get, "/api/movies/search?q=x");

        answer.ShouldBeProblem(500, "internal_error");
        answer.Text.ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("{", null)]
    [InlineData("", null)]
    [InlineData("null", null)]
    [InlineData("[]", null)]
    [InlineData("""{"name":5}""", "name")]
    [InlineData("""{"name":"x"} trailing""", null)]
    public async Task A_malformed_body_is_400_and_says_where(string body, string? field)
    {
        await using var host = await TestHost.StartAsync();

        var answer = await host.SendAsync(HttpMethod.Post, "/api/party", body);

        answer.ShouldBeProblem(400, "invalid_request_body", field);
        answer["error"].ShouldBe("Invalid request body");
        answer["detail"]!.ShouldStartWith("Invalid request body: ");
    }

    [Theory]
    [InlineData("""{}""", "name_empty", "name")]
    [InlineData("""{"name":"   "}""", "name_empty", "name")]
    [InlineData("""{"name":"a\u0007b"}""", "name_invalid", "name")]
    [InlineData("""{"name":"ok","username":""}""", "username_empty", "username")]
    public async Task A_wrong_value_is_400_and_names_the_field(string body, string code, string field)
    {
        await using var host = await TestHost.StartAsync();
        (await host.SendAsync(HttpMethod.Post, "/api/party", body)).ShouldBeProblem(400, code, field);
    }

    [Fact]
    public async Task Names_and_usernames_have_their_limits()
    {
        await using var host = await TestHost.StartAsync();
        var (partyId, _, _) = host.Party.Seed(host.Time);
        (await host.SendAsync(HttpMethod.Post, "/api/party", $$"""{"name":"{{new string('n', 100)}}"}""")).Status.ShouldBe(201);
        (await host.SendAsync(HttpMethod.Post, "/api/party", $$"""{"name":"{{new string('n', 101)}}"}"""))
            .ShouldBeProblem(400, "name_too_long", "name");
        (await host.SendAsync(HttpMethod.Post, $"/api/party/{partyId}/join", """{"username":null}"""))
            .ShouldBeProblem(400, "username_empty", "username");
        (await host.SendAsync(HttpMethod.Post, $"/api/party/{partyId}/join", $$"""{"username":"{{new string('n', 41)}}"}"""))
            .ShouldBeProblem(400, "username_too_long", "username");
    }

    [Fact]
    public async Task Bodies_of_commands_are_checked_before_the_party_sees_them()
    {
        await using var host = await TestHost.StartAsync();
        var (partyId, _, token) = host.Party.Seed(host.Time);
        var path = $"/api/party/{partyId}";
        (await host.SendAsync(HttpMethod.Post, $"{path}/nominations", """{"tmdb_id":"x"}""", token))
            .ShouldBeProblem(400, "movie_id_invalid", "tmdb_id");
        (await host.SendAsync(HttpMethod.Post, $"{path}/nominations", """{"tmdb_id":"12"}""", token))
            .ShouldBeProblem(404, "movie_not_found", "tmdb_id");
        (await host.SendAsync(HttpMethod.Put, $"{path}/nominations/current/vote", """{"vote":"perhaps"}""", token))
            .ShouldBeProblem(400, "invalid_vote", "vote");
        (await host.SendAsync(HttpMethod.Put, $"{path}/ballots/me", """{"ranks":null}""", token))
            .ShouldBeProblem(400, "invalid_request_body", "ranks");
        (await host.SendAsync(HttpMethod.Put, $"{path}/ballots/me", """{"ranks":[null]}""", token)).Status.ShouldBe(400);
        (await host.SendAsync(HttpMethod.Put, $"{path}/ranking-deadline", """{"deadline":"later"}""", token))
            .ShouldBeProblem(400, "invalid_request_body", "deadline");
        (await host.SendAsync(HttpMethod.Put, $"{path}/ranking-deadline", "{}", token))
            .ShouldBeProblem(400, "invalid_request_body", "deadline");
        (await host.SendAsync(HttpMethod.Post, $"{path}/host", "{}", token)).ShouldBeProblem(400, "invalid_request_body", "user_id");
        host.Party.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_body_above_64_KiB_is_413_with_and_without_a_length()
    {
        await using var host = await TestHost.StartAsync();
        var big = $$"""{"name":"{{new string('n', 70_000)}}"}""";
        (await host.SendAsync(HttpMethod.Post, "/api/party", big)).ShouldBeProblem(413, "body_too_large");

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/party");
        request.Content = new StreamContent(new MemoryStream(Encoding.UTF8.GetBytes(big)));
        request.Headers.TransferEncodingChunked = true;
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await host.Client.SendAsync(request);
        ((int)response.StatusCode).ShouldBe(413);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task Another_content_type_is_415(string? type)
    {
        await using var host = await TestHost.StartAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes("""{"name":"x"}"""));
        content.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);
        using var response = await host.Client.PostAsync("/api/party", content);
        ((int)response.StatusCode).ShouldBe(415);
        (await response.Content.ReadAsStringAsync()).ShouldContain("unsupported_media_type");
    }
}
