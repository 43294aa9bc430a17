using System.Net;
using AkkaParty.Catalog.Tmdb;

namespace AkkaParty.Catalog.Tests.Tmdb;

public sealed class TmdbCircuitTests
{
    private const int TriesMin = 4;
    private static readonly TimeSpan Break = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Opens_after_repeated_failures_and_then_leaves_TMDB_alone()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = await OpenedAsync(stub);

        stub.Time.Advance(Break - TimeSpan.FromSeconds(10));
        var failure = await FailureAsync(catalog);

        failure.Message.ShouldBe("TMDB has been failing and is left alone for a while.");
        failure.RetryAfter.ShouldBe(TimeSpan.FromSeconds(10));
        stub.Requests.Count.ShouldBe(TriesMin);
    }

    [Fact]
    public async Task Lets_one_try_pass_after_the_break_and_closes_when_it_succeeds()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = await OpenedAsync(stub);
        var release = new TaskCompletionSource();
        stub.ThenHeld("search_movie", release.Task).Then("search_movie");

        stub.Time.Advance(Break);
        var trial = catalog.SearchAsync("trial", 1, default).AsTask();
        (await stub.ArrivedAsync()).Query["query"].ShouldBe("trial");

        (await FailureAsync(catalog)).Message.ShouldBe("TMDB has been failing and is left alone for a while.");
        release.SetResult();
        (await trial.Within("the trial's answer")).Films.Count.ShouldBe(20);
        (await catalog.SearchAsync("another", 1, default)).Films.Count.ShouldBe(20);
        stub.Requests.Count.ShouldBe(TriesMin + 2);
    }

    [Fact]
    public async Task Opens_again_when_the_one_try_fails()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = await OpenedAsync(stub);

        stub.Time.Advance(Break);
        (await FailureAsync(catalog)).Message.ShouldBe("TMDB is having trouble (500).");
        (await FailureAsync(catalog)).Message.ShouldBe("TMDB has been failing and is left alone for a while.");
        stub.Requests.Count.ShouldBe(TriesMin + 1);
    }

    [Fact]
    public async Task Still_gives_kept_answers_while_open()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub.Then("search_movie").Catalog(options => options.CircuitTriesMin = TriesMin);
        await catalog.SearchAsync("kept", 1, default);
        stub.ThenText("", HttpStatusCode.InternalServerError);
        for (var i = 1; i < TriesMin; i++)
        {
            await FailureAsync(catalog);
        }

        (await FailureAsync(catalog)).Message.ShouldBe("TMDB has been failing and is left alone for a while.");
        (await catalog.SearchAsync("kept", 1, default)).Films.Count.ShouldBe(20);
    }

    [Fact]
    public async Task Stays_closed_for_refusals_that_are_nobodys_outage()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub
            .Then("error_401", HttpStatusCode.Unauthorized)
            .Catalog(options => options.CircuitTriesMin = TriesMin);

        for (var i = 0; i < 2 * TriesMin; i++)
        {
            (await FailureAsync(catalog)).Message.ShouldEndWith("(401).");
        }

        stub.Requests.Count.ShouldBe(2 * TriesMin);
    }

    private static async Task<TmdbCatalog> OpenedAsync(StubTmdb stub)
    {
        var catalog = stub.ThenText("", HttpStatusCode.InternalServerError).Catalog(options => options.CircuitTriesMin = TriesMin);
        for (var i = 0; i < TriesMin; i++)
        {
            (await FailureAsync(catalog)).Message.ShouldBe("TMDB is having trouble (500).");
            await stub.ArrivedAsync();
        }

        return catalog;
    }

    private static async Task<CatalogUnavailableException> FailureAsync(TmdbCatalog catalog)
        => await Should.ThrowAsync<CatalogUnavailableException>(async () => await catalog.SearchAsync("failing", 1, default));
}
