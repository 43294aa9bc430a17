using System.Net;

namespace AkkaParty.Catalog.Tests.Tmdb;

public sealed class TmdbMatchTests
{
    [Fact]
    public async Task Finds_a_film_by_title_with_its_details_and_offers_in_two_requests()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub.Then("search_movie").ThenText(TitleBodies.FightClub).Catalog();

        var found = (await catalog.Titles.MatchAsync(new TitleQuery(" fight  CLUB "), default)).ShouldNotBeNull();

        found.Hit.Overview.ShouldNotBeNull().ShouldStartWith("A ticking-time-bomb insomniac");
        (found.Hit with { Overview = null, Genres = [] }).ShouldBe(new TitleHit(
            550,
            TitleKind.Film,
            "Fight Club",
            1999,
            "https://image.tmdb.org/t/p/w500/pB8BM7pdSp6B6Ih7QZ4DrQ3PmJK.jpg",
            139,
            [],
            null,
            8.433));
        found.Hit.Genres.ShouldBe(["Drama", "Thriller", "Comedy"]);
        found.Regions.Select(region => region.Region).ShouldBe(["CA", "US"]);
        found.Regions[1].Link.ShouldBe("https://www.themoviedb.org/movie/550-fight-club/watch?locale=US");
        found.Regions[1].Offers.ShouldBe(
        [
            new Offer("MZ Choice Amazon Channel", "flatrate", "https://image.tmdb.org/t/p/w500/hTAIgvUnmu1Yv0wFVJRu9KKAPtJ.jpg"),
            new Offer("Tubi TV", "ads", "https://image.tmdb.org/t/p/w500/zLYr7OPvpskMA4S79E3vlCi71iC.jpg"),
            new Offer("Plex", "free", "https://image.tmdb.org/t/p/w500/vLZKlXUNDcZR7ilvfY9Wr9k80FZ.jpg"),
            new Offer("Apple TV Store", "rent", "https://image.tmdb.org/t/p/w500/SPnB1qiCkYfirS2it3hZORwGVn.jpg"),
            new Offer("Amazon Video", "buy", "https://image.tmdb.org/t/p/w500/qR6FKvnPBx2O37FDg8PNM7efwF3.jpg"),
        ]);
        stub.Requests.Select(Shown).ShouldBe(["/3/search/movie fight club", "/3/movie/550 watch/providers"]);
    }

    [Fact]
    public async Task Finds_a_series_where_only_other_films_have_such_a_title()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub
            .ThenText("""{"results":[{"id":559969,"title":"El Camino: A Breaking Bad Movie","release_date":"2019-10-11"}]}""")
            .Then("search_tv")
            .ThenText(TitleBodies.BreakingBad)
            .Catalog();

        var found = (await catalog.Titles.MatchAsync(new TitleQuery("Breaking Bad"), default)).ShouldNotBeNull();

        (found.Hit.Id, found.Hit.Kind, found.Hit.Year, found.Hit.RuntimeMinutes).ShouldBe((1396, TitleKind.Series, 2008, 45));
        found.Regions.Select(region => region.Region).ShouldBe(["JP", "NZ", "RU"]);
        stub.Requests.Select(Shown).ShouldBe(
            ["/3/search/movie breaking bad", "/3/search/tv breaking bad", "/3/tv/1396 watch/providers"]);
    }

    [Fact]
    public async Task Takes_what_TMDB_ranks_first_when_no_title_is_the_very_same()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub
            .Then("search_movie").ThenText(TitleBodies.Nothing).ThenText(TitleBodies.FightClub).Catalog();

        var found = await catalog.Titles.MatchAsync(new TitleQuery("that fight club film"), default);

        found.ShouldNotBeNull().Hit.Id.ShouldBe(550);
        stub.Requests[^1].Path.ShouldBe("/3/movie/550");
    }

    [Fact]
    public async Task Prefers_the_year_that_is_meant_to_TMDBs_order()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub
            .ThenText("""
                {"results":[{"id":1,"title":"Dune","release_date":"1990-01-01"},{"id":2,"title":"Dune","release_date":"1984-12-14"}]}
                """)
            .ThenText("""{"id":2,"title":"Dune","release_date":"1984-12-14"}""")
            .Catalog();

        var found = (await catalog.Titles.MatchAsync(new TitleQuery("Dune (1984)"), default)).ShouldNotBeNull();

        (found.Hit.Id, found.Hit.Year, found.Regions.Count, found.Hit.VoteAverage, found.Hit.PosterUrl).ShouldBe((2, 1984, 0, null, null));
        (stub.Requests[0].Query["query"], stub.Requests[0].Query["year"]).ShouldBe(("dune", "1984"));
    }

    [Fact]
    public async Task Looks_for_any_year_when_there_is_nothing_in_the_one_that_is_meant()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub
            .ThenText(TitleBodies.Nothing)
            .ThenText(TitleBodies.Nothing)
            .ThenText("""{"results":[{"id":3,"title":"A","release_date":"2001-01-01"}]}""")
            .ThenText(TitleBodies.Nothing)
            .ThenText("""{"id":3,"title":"A","release_date":"2001-01-01"}""")
            .Catalog();

        var found = await catalog.Titles.MatchAsync(new TitleQuery("A", Year: 1950), default);

        found.ShouldNotBeNull().Hit.Id.ShouldBe(3);
        stub.Requests.Select(request => request.Query.GetValueOrDefault("year") ?? request.Query.GetValueOrDefault("first_air_date_year"))
            .ShouldBe(["1950", "1950", null, null, null]);
    }

    [Fact]
    public async Task Finds_a_film_by_id_in_one_request()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub.ThenText(TitleBodies.FightClub).Catalog();

        var found = await catalog.Titles.MatchAsync(new TitleQuery("Fight Club", 550), default);

        found.ShouldNotBeNull().Hit.Kind.ShouldBe(TitleKind.Film);
        stub.Requests.Select(Shown).ShouldBe(["/3/movie/550 watch/providers"]);
    }

    [Fact]
    public async Task Takes_the_series_with_an_id_that_means_a_film_of_another_title()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub
            .ThenText("""{"id":1396,"title":"Mirror","release_date":"1975-03-07"}""").ThenText(TitleBodies.BreakingBad).Catalog();

        var found = await catalog.Titles.MatchAsync(new TitleQuery("Breaking Bad", 1396), default);

        found.ShouldNotBeNull().Hit.Kind.ShouldBe(TitleKind.Series);
        stub.Requests.Select(request => request.Path).ShouldBe(["/3/movie/1396", "/3/tv/1396"]);
    }

    [Fact]
    public async Task Takes_the_film_with_an_id_when_neither_title_is_the_one_that_was_typed()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub.ThenText(TitleBodies.FightClub).ThenText(TitleBodies.BreakingBad).Catalog();

        var found = await catalog.Titles.MatchAsync(new TitleQuery("Our film of the year", 550), default);

        found.ShouldNotBeNull().Hit.Kind.ShouldBe(TitleKind.Film);
    }

    [Fact]
    public async Task Passes_over_an_id_that_means_nothing()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub
            .Then("error_404", HttpStatusCode.NotFound)
            .Then("error_404", HttpStatusCode.NotFound)
            .Then("search_movie")
            .ThenText(TitleBodies.FightClub)
            .Catalog();

        var found = await catalog.Titles.MatchAsync(new TitleQuery("Fight Club", 900_000_001), default);

        found.ShouldNotBeNull().Hit.Id.ShouldBe(550);
    }

    [Theory]
    [InlineData("no such film", null, 2)]
    [InlineData("?!", null, 0)]
    [InlineData("?!", 99_999_999_999L, 0)]
    public async Task Finds_nothing_where_nothing_is(string title, long? id, int requests)
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub.ThenText(TitleBodies.Nothing).Catalog();

        (await catalog.Titles.MatchAsync(new TitleQuery(title, id), default)).ShouldBeNull();
        (await catalog.Titles.MatchAsync(new TitleQuery(title, id), default)).ShouldBeNull();

        stub.Requests.Count.ShouldBe(requests);
    }

    [Fact]
    public async Task Looks_a_title_up_once_for_everybody_who_asks()
    {
        await using var stub = await StubTmdb.StartAsync();
        var release = new TaskCompletionSource();
        using var catalog = stub.ThenHeld("search_movie", release.Task).ThenText(TitleBodies.FightClub).Catalog();

        var first = catalog.Titles.MatchAsync(new TitleQuery("Fight Club"), default).AsTask();
        await stub.ArrivedAsync();
        var second = catalog.Titles.MatchAsync(new TitleQuery("FIGHT CLUB "), default).AsTask();
        release.SetResult();

        (await first.Within("the first answer")).ShouldBeSameAs(await second.Within("the second answer"));
        stub.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Says_when_TMDB_is_limiting()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub.Then("error_429", HttpStatusCode.TooManyRequests, retryAfter: "7").Catalog();

        var failure = await Should.ThrowAsync<CatalogUnavailableException>(
            async () => await catalog.Titles.MatchAsync(new TitleQuery("x"), default));

        (failure.Message, failure.RetryAfter).ShouldBe(("TMDB is limiting this server's requests (429).", TimeSpan.FromSeconds(7)));
    }

    [Theory]
    [InlineData("""{"US":{"link":null,"flatrate":[{"provider_name":"A"}]}}""", "US||A flatrate")]
    [InlineData("""{"US":{"link":"","rent":[{"provider_name":"A","logo_path":"x y"}]}}""", "US||A rent")]
    [InlineData("""{"US":{"link":"javascript:alert(1)"}}""", "US||")]
    [InlineData("""{"US":{"link":"https://www.themoviedb.org/x"}}""", "US|https://www.themoviedb.org/x|")]
    [InlineData("""{"us":{"link":null},"USA":{"link":null},"DE":null}""", "")]
    [InlineData("""{"US":{"buy":[null,{},{"provider_name":" "},{"provider_name":"B"}]}}""", "US||B buy")]
    public async Task Makes_the_best_of_incomplete_offers(string offers, string expected)
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub.ThenText($$$"""{"id":7,"title":"A","watch/providers":{"results":{{{offers}}}}}""").Catalog();

        var found = (await catalog.Titles.MatchAsync(new TitleQuery("A", 7), default)).ShouldNotBeNull();

        string.Join(';', found.Regions.Select(region =>
            $"{region.Region}|{region.Link}|{string.Join(',', region.Offers.Select(offer => $"{offer.Provider} {offer.Access}"))}"))
            .ShouldBe(expected);
    }

    private static string Shown(StubRequest request) =>
        $"{request.Path} {request.Query.GetValueOrDefault("query") ?? request.Query.GetValueOrDefault("append_to_response")}";
}
