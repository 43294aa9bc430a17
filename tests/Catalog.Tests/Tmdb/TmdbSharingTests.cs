namespace AkkaParty.Catalog.Tests.Tmdb;

public sealed class TmdbSharingTests
{
    [Fact]
    public async Task Twenty_who_ask_the_same_at_once_make_one_request()
    {
        await using var stub = await StubTmdb.StartAsync();
        var release = new TaskCompletionSource();
        using var catalog = stub.ThenHeld("search_movie", release.Task).Catalog();
        string[] spellings = ["fight club", "FIGHT CLUB", "  Fight   Club ", "fight\tclub"];

        var searches = Enumerable.Range(0, 20)
            .Select(i => catalog.SearchAsync(spellings[i % spellings.Length], 1, default).AsTask())
            .ToArray();
        await stub.ArrivedAsync();
        release.SetResult();
        var pages = await Task.WhenAll(searches).Within("20 answers");

        pages.ShouldAllBe(page => ReferenceEquals(page, pages[0]));
        stub.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task One_who_gives_up_does_not_cancel_the_others()
    {
        await using var stub = await StubTmdb.StartAsync();
        var release = new TaskCompletionSource();
        using var catalog = stub.ThenHeld("movie_details", release.Task).Catalog();
        using var impatience = new CancellationTokenSource();

        var first = catalog.FindAsync("550", impatience.Token).AsTask();
        var second = catalog.FindAsync("550", default).AsTask();
        await stub.ArrivedAsync();
        await impatience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first.Within("the first caller's cancellation"));
        release.SetResult();

        (await second.Within("the second caller's answer")).ShouldNotBeNull();
        stub.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Those_who_wait_share_a_failure_and_the_next_one_asks_again()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub.ThenHangs().Then("search_movie").Catalog();

        var searches = Enumerable.Range(0, 3).Select(_ => catalog.SearchAsync("x", 1, default).AsTask()).ToArray();
        await stub.ArrivedAsync();
        stub.Time.Advance(TimeSpan.FromSeconds(10));
        foreach (var search in searches)
        {
            await Should.ThrowAsync<CatalogUnavailableException>(search.Within("the time-out"));
        }

        (await catalog.SearchAsync("x", 1, default)).Films.Count.ShouldBe(20);
        stub.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task An_answer_is_kept_for_an_hour()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub.Then("search_movie").Catalog();

        await catalog.SearchAsync("fight club", 1, default);
        stub.Time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        await catalog.SearchAsync("Fight Club", 1, default);
        stub.Requests.Count.ShouldBe(1);

        stub.Time.Advance(TimeSpan.FromTicks(1));
        await catalog.SearchAsync("fight club", 1, default);
        stub.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Nothing_found_is_kept_for_five_minutes()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub.ThenText("""{"results":[],"total_pages":1,"total_results":0}""").Catalog();

        await catalog.SearchAsync("zzz", 1, default);
        stub.Time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromTicks(1));
        await catalog.SearchAsync("zzz", 1, default);
        stub.Requests.Count.ShouldBe(1);

        stub.Time.Advance(TimeSpan.FromTicks(1));
        await catalog.SearchAsync("zzz", 1, default);
        stub.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Pages_are_kept_apart()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub.Then("search_movie").Catalog();

        await catalog.SearchAsync("fight club", 1, default);
        (await catalog.SearchAsync("fight club", 2, default)).Page.ShouldBe(2);

        stub.Requests.Select(request => request.Query["page"]).ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task Disposing_ends_what_is_under_way()
    {
        await using var stub = await StubTmdb.StartAsync();
        var catalog = stub.ThenHangs().Catalog();

        var search = catalog.SearchAsync("x", 1, default).AsTask();
        await stub.ArrivedAsync();
        catalog.Dispose();

        var failure = await Should.ThrowAsync<CatalogUnavailableException>(search.Within("the end of the search"));
        failure.Message.ShouldBe("The film catalogue is shutting down.");
    }

    [Fact]
    public async Task A_server_that_is_not_there_cannot_be_reached()
    {
        var stub = await StubTmdb.StartAsync();
        using var catalog = stub.Catalog();
        await stub.DisposeAsync();

        var failure = await Should.ThrowAsync<CatalogUnavailableException>(async () => await catalog.SearchAsync("x", 1, default));

        failure.Message.ShouldBe("TMDB cannot be reached.");
        failure.InnerException.ShouldBeOfType<HttpRequestException>().HttpRequestError.ShouldBe(HttpRequestError.ConnectionError);
    }
}
