using System.Net;

namespace AkkaParty.Catalog.Tests.Tmdb;

public sealed class TmdbSuggestTests
{
    [Fact]
    public async Task Gives_films_and_series_with_the_names_of_their_genres()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub.Then("search_multi").Then("genre_movie_list").Then("genre_tv_list").Catalog();

        var hits = await catalog.Titles.SuggestAsync("Star Wars", 8, default);

        hits.Select(hit => (hit.Id, hit.Kind, hit.Title, hit.Year, hit.VoteAverage)).ShouldBe(
        [
            (11, TitleKind.Film, "Star Wars", 1977, 8.208),
            (83867, TitleKind.Series, "Star Wars: Andor", 2022, hits[1].VoteAverage),
        ]);
        hits[0].Genres.ShouldBe(["Adventure", "Action", "Science Fiction"]);
        hits[1].Genres.ShouldBe(["Sci-Fi & Fantasy", "Action & Adventure", "War & Politics", "Drama"]);
        hits[0].PosterUrl.ShouldBe("https://image.tmdb.org/t/p/w500/6FfCtAuVAW8XJjZ7eWeLibRLWTw.jpg");
        hits[0].Overview.ShouldNotBeNull().ShouldStartWith("Princess Leia");
        stub.Requests.Select(request => request.Path).ShouldBe(["/3/search/multi", "/3/genre/movie/list", "/3/genre/tv/list"]);
    }

    [Fact]
    public async Task Asks_for_the_genres_once_and_cuts_to_the_limit()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub
            .Then("search_multi").Then("genre_movie_list").Then("genre_tv_list").Then("search_multi").Catalog();

        await catalog.Titles.SuggestAsync("star wars", 8, default);
        var hits = await catalog.Titles.SuggestAsync("andor", 1, default);

        hits.Count.ShouldBe(1);
        stub.Requests.Count.ShouldBe(4);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ?! ")]
    public async Task Asks_nobody_for_a_query_without_words(string query)
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub.Catalog();

        (await catalog.Titles.SuggestAsync(query, 8, default)).ShouldBeEmpty();
        stub.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Refuses_a_query_that_is_too_long_and_a_limit_out_of_range()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub.Catalog();

        (await RefusalAsync(new string('a', 201), 8)).ShouldStartWith("query must be at most 200 characters long, but has 201.");
        (await RefusalAsync("a", 0)).ShouldStartWith("limit must be 1 to 20.");
        (await RefusalAsync("a", 21)).ShouldStartWith("limit must be 1 to 20.");

        async Task<string> RefusalAsync(string query, int limit) => (await Should.ThrowAsync<ArgumentException>(
            async () => await catalog.Titles.SuggestAsync(query, limit, default))).Message;
    }

    [Fact]
    public async Task Says_why_nothing_can_be_looked_up()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub.Then("error_404", HttpStatusCode.NotFound).Catalog();

        var failure = await Should.ThrowAsync<CatalogUnavailableException>(
            async () => await catalog.Titles.SuggestAsync("x", 8, default));

        failure.Message.ShouldBe("TMDB has no search/multi at the configured address (404).");
    }
}
