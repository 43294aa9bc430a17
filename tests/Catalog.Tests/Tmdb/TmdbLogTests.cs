using System.Net;

namespace AkkaParty.Catalog.Tests.Tmdb;

public sealed class TmdbLogTests
{
    [Fact]
    public async Task Tells_of_repetitions_failures_and_the_circuit_and_never_of_the_key()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub
            .ThenText("", HttpStatusCode.InternalServerError, retryAfter: "2")
            .ThenCuts()
            .Then("error_401", HttpStatusCode.Unauthorized)
            .Catalog(options =>
            {
                options.RetriesMax = 1;
                options.CircuitTriesMin = 2;
            });

        var search = catalog.SearchAsync("x", 1, default).AsTask();
        await stub.Time.ArmedAsync(TimeSpan.FromSeconds(2));
        stub.Time.Advance(TimeSpan.FromSeconds(2));
        await Should.ThrowAsync<CatalogUnavailableException>(search.Within("the search's failure"));
        stub.Time.Advance(TimeSpan.FromSeconds(30));
        await Should.ThrowAsync<CatalogUnavailableException>(async () => await catalog.SearchAsync("x", 1, default));

        stub.Log.All.ShouldBe(
        [
            "Information: TMDB try 1 failed (status 500); next try in 00:00:02",
            "Warning: TMDB keeps failing (connection lost); it is left alone for 00:00:30",
            "Warning: TMDB lookup failed: TMDB cannot be reached.",
            "Information: TMDB answers again",
            "Warning: TMDB lookup failed: TMDB does not accept the configured API key or access token (401).",
        ]);
    }
}
