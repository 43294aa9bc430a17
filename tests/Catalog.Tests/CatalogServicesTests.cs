using AkkaParty.Catalog.BuiltIn;
using AkkaParty.Catalog.Tests.Tmdb;
using AkkaParty.Catalog.Tmdb;
using Microsoft.Extensions.DependencyInjection;

namespace AkkaParty.Catalog.Tests;

public sealed class CatalogServicesTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", "")]
    [InlineData(" ", null)]
    public async Task Without_a_key_the_films_are_the_built_in_ones(string? apiKey, string? accessToken)
    {
        await using var services = new ServiceCollection()
            .AddFilmCatalog(new TmdbOptions { ApiKey = apiKey, AccessToken = accessToken })
            .BuildServiceProvider();

        services.GetRequiredService<IFilmCatalog>().ShouldBeOfType<BuiltInCatalog>()
            .ShouldBeSameAs(services.GetRequiredService<ITitleCatalog>());
    }

    [Theory]
    [InlineData("key", null)]
    [InlineData(null, "token")]
    public async Task With_a_key_the_films_come_from_TMDB(string? apiKey, string? accessToken)
    {
        await using var stub = await StubTmdb.StartAsync();
        stub.Then("search_movie");
        await using var services = new ServiceCollection()
            .AddFilmCatalog(new TmdbOptions
            {
                ApiKey = apiKey,
                AccessToken = accessToken,
                BaseUrl = new Uri(stub.BaseUrl.AbsoluteUri.TrimEnd('/')),
            })
            .BuildServiceProvider();

        var catalog = services.GetRequiredService<IFilmCatalog>();

        catalog.ShouldBeOfType<TmdbCatalog>().ShouldBeSameAs(services.GetRequiredService<IFilmCatalog>());
        services.GetRequiredService<ITitleCatalog>().ShouldBeSameAs(((TmdbCatalog)catalog).Titles);
        (await catalog.SearchAsync("fight club", 1, default)).Films.Count.ShouldBe(20);
        (await stub.ArrivedAsync()).Path.ShouldBe("/3/search/movie");
    }

    [Fact]
    public void Wrong_options_are_refused_with_every_problem()
    {
        var refusal = Should.Throw<ArgumentException>(
            () => new ServiceCollection().AddFilmCatalog(new TmdbOptions { RetriesMax = -1, CacheEntriesMax = 0 }));

        refusal.Message.ShouldStartWith("RetriesMax must be 0 to 5.\nCacheEntriesMax must be 1 to 100000.");
    }
}
