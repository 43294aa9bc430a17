using AkkaParty.Catalog.BuiltIn;

namespace AkkaParty.Catalog.Tests.BuiltIn;

public sealed class BuiltInTitlesTests
{
    private readonly BuiltInCatalog _catalog = new(BuiltInFilms.Load());

    [Theory]
    [InlineData("nosferatu", null, "Nosferatu")]
    [InlineData("Nosferatu (1922)", null, "Nosferatu")]
    [InlineData("La Sortie de l'usine Lumière à Lyon", null, "Workers Leaving the Lumière Factory")]
    [InlineData("some name of ours", 900_000_001L, "Workers Leaving the Lumière Factory")]
    [InlineData("Nosferatu", 653L, "Nosferatu")]
    public async Task Finds_a_film_by_any_of_its_titles_or_its_id(string title, long? id, string expected) =>
        (await _catalog.MatchAsync(new TitleQuery(title, id), default)).ShouldNotBeNull().Hit.Title.ShouldStartWith(expected);

    [Theory]
    [InlineData("Nosferatoo")]
    [InlineData("Nosferatu (1979)")]
    [InlineData("Nosfer")]
    [InlineData("")]
    public async Task Takes_no_similar_film_for_the_one_that_is_meant(string title) =>
        (await _catalog.MatchAsync(new TitleQuery(title), default)).ShouldBeNull();

    [Fact]
    public async Task Knows_everything_but_poster_rating_and_offers()
    {
        var found = (await _catalog.MatchAsync(new TitleQuery("x", 900_000_001), default)).ShouldNotBeNull();

        found.Regions.ShouldBeEmpty();
        (found.Hit.Year, found.Hit.RuntimeMinutes, found.Hit.PosterUrl, found.Hit.VoteAverage).ShouldBe((1895, 1, null, null));
        found.Hit.Genres.ShouldBe(["Documentary"]);
        found.Hit.Overview.ShouldNotBeNull().ShouldStartWith("Staff walk out");
    }

    [Fact]
    public async Task Suggests_what_begins_like_what_is_typed_up_to_the_limit()
    {
        var hits = await _catalog.SuggestAsync("the", 5, default);

        hits.Count.ShouldBe(5);
        hits.ShouldAllBe(hit => hit.Kind == TitleKind.Film && hit.Id > 900_000_000);
    }
}
