using System.Net;

namespace AkkaParty.Catalog.Tests.Tmdb;

public sealed class TmdbDetailsTests
{
    [Fact]
    public async Task Gives_genres_running_time_and_description()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub.Then("movie_details").Catalog();

        var details = (await catalog.FindAsync("550", default)).ShouldNotBeNull();

        details.Film.ShouldBe(
            new Film("550", "Fight Club", "1999", "https://image.tmdb.org/t/p/w500/pB8BM7pdSp6B6Ih7QZ4DrQ3PmJK.jpg"));
        details.Genres.ShouldBe(["Drama", "Thriller", "Comedy"]);
        details.RuntimeMinutes.ShouldBe(139);
        details.Overview.ShouldStartWith("A ticking-time-bomb insomniac");
        (await stub.ArrivedAsync()).Path.ShouldBe("/3/movie/550");
    }

    [Theory]
    [InlineData("movie_details_b", "1999", "")]
    [InlineData("movie_details_blank_release_date", "", "https://image.tmdb.org/t/p/w500/qnRaum8k0HqGRml2i7OawFqUtEb.jpg")]
    public async Task Bears_a_missing_poster_and_a_blank_date(string fixture, string year, string poster)
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub.Then(fixture).Catalog();

        var details = (await catalog.FindAsync("9443", default)).ShouldNotBeNull();

        (details.Film.Year, details.Film.PosterPath).ShouldBe((year, poster));
    }

    [Fact]
    public async Task Knows_no_running_time_when_TMDB_says_0_or_nothing()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub
            .ThenText("""{"id":1,"title":"A","runtime":0,"genres":null,"overview":null}""")
            .ThenText("""{"id":2,"title":"B"}""")
            .Catalog();

        var first = (await catalog.FindAsync("1", default)).ShouldNotBeNull();
        var second = (await catalog.FindAsync("2", default)).ShouldNotBeNull();

        (first.RuntimeMinutes, first.Genres.Count, first.Overview).ShouldBe((null, 0, ""));
        second.RuntimeMinutes.ShouldBeNull();
    }

    [Fact]
    public async Task Finds_nothing_for_an_unknown_id_and_remembers_it_for_a_short_while()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub.Then("error_404", HttpStatusCode.NotFound).Then("movie_details").Catalog();

        (await catalog.FindAsync("550", default)).ShouldBeNull();
        stub.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        (await catalog.FindAsync("550", default)).ShouldBeNull();
        stub.Requests.Count.ShouldBe(1);

        stub.Time.Advance(TimeSpan.FromTicks(1));
        (await catalog.FindAsync("550", default)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("-5")]
    [InlineData("0550")]
    [InlineData("tt0137523")]
    [InlineData("550/credits")]
    [InlineData("5 50")]
    [InlineData("٥٥٠")]
    [InlineData("2147483648")]
    [InlineData("99999999999")]
    public async Task Finds_nothing_for_text_that_is_no_id_and_asks_nobody(string? filmId)
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub.Catalog();

        (await catalog.FindAsync(filmId!, default)).ShouldBeNull();
        stub.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Says_that_a_body_without_a_film_is_unreadable()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub.ThenText("{}").Catalog();

        var failure = await Should.ThrowAsync<CatalogUnavailableException>(async () => await catalog.FindAsync("550", default));

        failure.Message.ShouldBe("TMDB answered with something unreadable.");
    }
}
