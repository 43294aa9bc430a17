using System.Net;

namespace AkkaParty.Catalog.Tests.Tmdb;

public sealed class TmdbSearchTests
{
    [Fact]
    public async Task Gives_the_films_of_a_page_as_TMDB_ranks_them()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub.Then("search_movie").Catalog();

        var page = await catalog.SearchAsync("Fight Club", 1, default);

        page.Films.Count.ShouldBe(20);
        page.Films[0].ShouldBe(
            new Film("550", "Fight Club", "1999", "https://image.tmdb.org/t/p/w500/pB8BM7pdSp6B6Ih7QZ4DrQ3PmJK.jpg"));
        page.Films[1].ShouldBe(
            new Film("289732", "Zombie Fight Club", "2014", "https://image.tmdb.org/t/p/w500/u8u3KVq0qfJYmNDsaTVOXy4So6f.jpg"));
        page.Films.ShouldContain(film => film.Year == "");
        (page.Page, page.TotalPages, page.TotalResults).ShouldBe((1, 2, 39));
    }

    [Fact]
    public async Task Sends_the_query_the_page_and_the_key()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub.Then("search_movie").Catalog();

        await catalog.SearchAsync("  Tom &  Jerry #1 Ä ", 2, default);

        var request = await stub.ArrivedAsync();
        request.Path.ShouldBe("/3/search/movie");
        request.Query.ShouldBe(
            new Dictionary<string, string>
            {
                ["query"] = "tom & jerry #1 ä",
                ["page"] = "2",
                ["include_adult"] = "false",
                ["api_key"] = "0123456789abcdef",
            },
            ignoreOrder: true);
        request.Authorization.ShouldBe("");
    }

    [Theory]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.eyJhdWQiOiJ4In0.c2lnbmF0dXJl", null)]
    [InlineData(null, "eyJhbGciOiJIUzI1NiJ9.eyJhdWQiOiJ4In0.c2lnbmF0dXJl")]
    [InlineData("0123456789abcdef", "eyJhbGciOiJIUzI1NiJ9.eyJhdWQiOiJ4In0.c2lnbmF0dXJl")]
    public async Task Sends_a_token_as_bearer_wherever_it_was_configured(string? apiKey, string? accessToken)
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub.Then("search_movie").Catalog(options =>
        {
            options.ApiKey = apiKey;
            options.AccessToken = accessToken;
        });

        await catalog.SearchAsync("fight club", 1, default);

        var request = await stub.ArrivedAsync();
        request.Authorization.ShouldBe("Bearer eyJhbGciOiJIUzI1NiJ9.eyJhdWQiOiJ4In0.c2lnbmF0dXJl");
        request.Query.Keys.ShouldNotContain("api_key");
    }

    [Fact]
    public async Task Bears_entries_without_dates_and_posters()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub.Then("movie_pageable_list").Catalog();

        var page = await catalog.SearchAsync("movie", 1, default);

        page.Films.ShouldBe([new Film("1", "Movie 1", "", ""), new Film("2", "Movie 2", "", ""), new Film("3", "Movie 3", "", "")]);
    }

    [Theory]
    [InlineData("""{"results":[{"id":7,"title":"A","release_date":null,"poster_path":null}]}""", "7|A||")]
    [InlineData("""{"results":[{"id":7,"title":"A","release_date":"","poster_path":""}]}""", "7|A||")]
    [InlineData("""{"results":[{"id":7,"title":"A","release_date":"soon"}]}""", "7|A||")]
    [InlineData("""{"results":[{"id":7,"title":"","original_title":"B"}]}""", "7|B||")]
    [InlineData("""{"results":[{"id":7,"title":"A\u0000\nB"}]}""", "7|A  B||")]
    [InlineData("""{"results":[{"id":7,"title":"A","poster_path":"//evil example"}]}""", "7|A||")]
    [InlineData("""{"results":[null,{"title":"no id"},{"id":8},{"id":9,"title":"C"}]}""", "9|C||")]
    [InlineData("""{"results":null}""", "")]
    [InlineData("{}", "")]
    public async Task Makes_the_best_of_incomplete_entries(string body, string expected)
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub.ThenText(body).Catalog();

        var page = await catalog.SearchAsync("anything", 1, default);

        string.Join(';', page.Films.Select(film => $"{film.Id}|{film.Title}|{film.Year}|{film.PosterPath}")).ShouldBe(expected);
    }

    [Fact]
    public async Task Never_promises_a_page_that_TMDB_refuses()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub.ThenText("""{"results":[],"total_pages":38020,"total_results":760385}""").Catalog();

        (await catalog.SearchAsync("a", 1, default)).TotalPages.ShouldBe(500);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("?!")]
    public async Task Asks_nobody_for_a_query_without_words(string query)
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub.Catalog();

        (await catalog.SearchAsync(query, 1, default)).ShouldSatisfyAllConditions(
            page => page.Films.ShouldBeEmpty(),
            page => page.TotalResults.ShouldBe(0));
        stub.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Bears_half_a_surrogate_pair_in_a_query()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub.Then("search_movie").Catalog();

        (await catalog.SearchAsync("a \ud83d", 1, default)).Films.Count.ShouldBe(20);
    }

    [Fact]
    public async Task Refuses_a_query_longer_than_200_characters_and_a_page_out_of_range()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub.Catalog();

        (await RefusalAsync(new string('a', 201), 1)).ShouldStartWith("query must be at most 200 characters long, but has 201.");
        (await RefusalAsync("a", 0)).ShouldStartWith("page must be 1 to 500.");
        (await RefusalAsync("a", 501)).ShouldStartWith("page must be 1 to 500.");
        stub.Requests.ShouldBeEmpty();

        async Task<string> RefusalAsync(string query, int page)
            => (await Should.ThrowAsync<ArgumentException>(async () => await catalog.SearchAsync(query, page, default))).Message;
    }

    [Theory]
    [InlineData("error_401", HttpStatusCode.Unauthorized, "TMDB does not accept the configured API key or access token (401).")]
    [InlineData("error_404", HttpStatusCode.NotFound, "TMDB has no film search at the configured address (404).")]
    [InlineData(
        "error_422",
        HttpStatusCode.UnprocessableEntity,
        "TMDB refused the request (422): Invalid date range: Should be a range no longer than 14 days.")]
    [InlineData(
        "error_400",
        HttpStatusCode.BadRequest,
        "TMDB refused the request (400): Invalid page: Pages start at 1 and max at 500. They are expected to be an integer.")]
    [InlineData("error_429", HttpStatusCode.TooManyRequests, "TMDB is limiting this server's requests (429).")]
    [InlineData("error_400", HttpStatusCode.ServiceUnavailable, "TMDB is having trouble (503).")]
    [InlineData("error_400", HttpStatusCode.Found, "TMDB refused the request (302): Invalid page: Pages start at 1 and max at 500. " +
        "They are expected to be an integer.")]
    public async Task Says_why_films_cannot_be_looked_up(string fixture, HttpStatusCode status, string message)
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub.Then(fixture, status).Catalog();

        var failure = await Should.ThrowAsync<CatalogUnavailableException>(async () => await catalog.SearchAsync("x", 1, default));

        failure.Message.ShouldBe(message);
        stub.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Never_shows_the_key_even_when_TMDB_does()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub
            .ThenText("""{"status_message":"Bad request /3/search/movie?api_key=0123456789ABCDEF"}""", HttpStatusCode.BadRequest)
            .ThenCuts()
            .Catalog();

        var refused = await Should.ThrowAsync<CatalogUnavailableException>(async () => await catalog.SearchAsync("x", 1, default));
        var cut = await Should.ThrowAsync<CatalogUnavailableException>(async () => await catalog.SearchAsync("x", 1, default));

        refused.Message.ShouldBe("TMDB refused the request (400).");
        cut.Message.ShouldBe("TMDB cannot be reached.");
        (refused.ToString() + cut).ShouldNotContain("0123456789abcdef", Case.Insensitive);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1, 2]")]
    [InlineData("<html>Sign in to the guest network</html>")]
    [InlineData("""{"results":[{"id":"seven"}]}""")]
    public async Task Says_that_an_answer_is_unreadable(string body)
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub.ThenText(body).Catalog();

        var failure = await Should.ThrowAsync<CatalogUnavailableException>(async () => await catalog.SearchAsync("x", 1, default));

        failure.Message.ShouldBe("TMDB answered with something unreadable.");
    }

    [Fact]
    public async Task Refuses_a_body_without_end()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub.ThenText(new string(' ', 1024 * 1024 + 1)).Catalog(options => options.RetriesMax = 2);

        var failure = await Should.ThrowAsync<CatalogUnavailableException>(async () => await catalog.SearchAsync("x", 1, default));

        failure.Message.ShouldBe("TMDB cannot be reached.");
        stub.Requests.Count.ShouldBe(1);
    }
}
