using AkkaParty.Http.Tests.Support;
using AkkaParty.Runtime.Journal;

namespace AkkaParty.Http.Tests.Rest;

public sealed class ChosenFilmsRouteTests
{
    private const string Path = "/api/movies/chosen";

    [Fact]
    public async Task Lists_the_chosen_films_to_everybody_and_is_not_taken_for_a_film_id()
    {
        await using var host = await TestHost.StartAsync();

        var answer = await host.SendAsync(HttpMethod.Get, Path);

        answer.Status.ShouldBe(200, answer.Text);
        answer.ContentType.ShouldBe("application/json");
        answer.Text.ShouldBe(
            """{"movies":[{"id":"11","title":"Metropolis","year":"1927","poster_path":"https://posters/11.jpg","wins":3,"last_chosen_at":"2025-06-07T20:31:07Z"}]}""");
    }

    [Theory]
    [InlineData("", 20)]
    [InlineData("?limit=1", 1)]
    [InlineData("?limit=50", 50)]
    public async Task Lists_as_many_as_asked_for_and_20_otherwise(string query, int count)
    {
        await using var host = await TestHost.StartAsync();
        (await host.SendAsync(HttpMethod.Get, Path + query)).Status.ShouldBe(200);
        host.Chosen.LastCount.ShouldBe(count);
    }

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?limit=51")]
    [InlineData("?limit=-1")]
    [InlineData("?limit=%2B5")]
    [InlineData("?limit=ten")]
    [InlineData("?limit=")]
    [InlineData("?limit=99999999999")]
    [InlineData("?limit=1&limit=2")]
    public async Task A_wrong_limit_is_400_and_is_named(string query)
    {
        await using var host = await TestHost.StartAsync();
        var answer = await host.SendAsync(HttpMethod.Get, Path + query);
        answer.ShouldBeProblem(400, "invalid_request", "limit");
        answer["error"].ShouldBe("limit must be 1 to 50.");
        host.Chosen.LastCount.ShouldBe(0);
    }

    [Fact]
    public async Task Counts_against_the_limit_of_searches()
    {
        await using var host = await TestHost.StartAsync(new HttpOptions { Rates = new CallRateOptions { SearchPerMinute = 2 } });
        (await host.SendAsync(HttpMethod.Get, "/api/movies/search?q=x")).Status.ShouldBe(200);
        (await host.SendAsync(HttpMethod.Get, Path)).Headers["RateLimit-Remaining"].ShouldBe("0");
        (await host.SendAsync(HttpMethod.Get, Path)).ShouldBeProblem(429, "rate_limited");
    }

    [Fact]
    public async Task While_the_store_is_away_a_retry_may_help()
    {
        await using var host = await TestHost.StartAsync();
        host.Chosen.Failure = new JournalUnavailableException("locked");

        var answer = await host.SendAsync(HttpMethod.Get, Path);

        answer.ShouldBeProblem(503, "store_unavailable");
        (answer["retryable"], answer.Headers["Retry-After"]).ShouldBe(("True", "1"));
        answer.Text.ShouldNotContain("locked");
    }
}
