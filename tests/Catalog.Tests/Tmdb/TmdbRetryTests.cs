using System.Globalization;
using System.Net;

namespace AkkaParty.Catalog.Tests.Tmdb;

public sealed class TmdbRetryTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    [Fact]
    public async Task Waits_exactly_as_long_as_Retry_After_asks()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub
            .Then("error_429", HttpStatusCode.TooManyRequests, retryAfter: "7")
            .Then("search_movie")
            .Catalog(options => options.RetriesMax = 1);

        var search = catalog.SearchAsync("fight club", 1, default).AsTask();
        await stub.Time.ArmedAsync(TimeSpan.FromSeconds(7));
        stub.Time.Advance(TimeSpan.FromSeconds(7) - Tick);
        search.IsCompleted.ShouldBeFalse();
        stub.Requests.Count.ShouldBe(1);

        stub.Time.Advance(Tick);
        (await search.Within("the search's answer")).Films.Count.ShouldBe(20);
        stub.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Understands_Retry_After_as_a_date()
    {
        await using var stub = await StubTmdb.StartAsync();
        var date = (stub.Time.GetUtcNow() + TimeSpan.FromSeconds(5)).ToString("R", CultureInfo.InvariantCulture);
        using var catalog = stub
            .ThenText("", HttpStatusCode.ServiceUnavailable, retryAfter: date)
            .Then("search_movie")
            .Catalog(options => options.RetriesMax = 1);

        var search = catalog.SearchAsync("fight club", 1, default).AsTask();
        await stub.Time.ArmedAsync(TimeSpan.FromSeconds(5));
        stub.Time.Advance(TimeSpan.FromSeconds(5));

        (await search.Within("the search's answer")).Films.Count.ShouldBe(20);
    }

    [Fact]
    public async Task Passes_on_a_wait_that_is_longer_than_it_waits_itself()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub
            .Then("error_429", HttpStatusCode.TooManyRequests, retryAfter: "11")
            .Catalog(options => options.RetriesMax = 2);

        var failure = await Should.ThrowAsync<CatalogUnavailableException>(async () => await catalog.SearchAsync("x", 1, default));

        failure.RetryAfter.ShouldBe(TimeSpan.FromSeconds(11));
        stub.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Repeats_after_errors_and_lost_connections_with_growing_jittered_waits()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub
            .ThenText("", HttpStatusCode.InternalServerError)
            .ThenCuts()
            .Then("search_movie")
            .Catalog(options =>
            {
                options.RetriesMax = 2;
                options.RetryDelay = TimeSpan.FromSeconds(1);
            });

        var search = catalog.SearchAsync("fight club", 1, default).AsTask();
        var first = await stub.Time.ArmedBetweenAsync(TimeSpan.FromSeconds(0.5) - Tick, TimeSpan.FromSeconds(1.5));
        stub.Time.Advance(first);
        var second = await stub.Time.ArmedBetweenAsync(TimeSpan.FromSeconds(1) - Tick, TimeSpan.FromSeconds(3));
        stub.Time.Advance(second);

        (await search.Within("the search's answer")).Films.Count.ShouldBe(20);
        stub.Requests.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Gives_up_after_the_last_repetition_and_keeps_no_failure()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub
            .ThenText("", HttpStatusCode.BadGateway, retryAfter: "3")
            .ThenText("", HttpStatusCode.BadGateway, retryAfter: "4")
            .Then("search_movie")
            .Catalog(options => options.RetriesMax = 1);

        var search = catalog.SearchAsync("x", 1, default).AsTask();
        await stub.Time.ArmedAsync(TimeSpan.FromSeconds(3));
        stub.Time.Advance(TimeSpan.FromSeconds(3));

        var failure = await Should.ThrowAsync<CatalogUnavailableException>(search.Within("the search's failure"));
        failure.Message.ShouldBe("TMDB is having trouble (502).");
        failure.RetryAfter.ShouldBe(TimeSpan.FromSeconds(4));
        (await catalog.SearchAsync("x", 1, default)).Films.Count.ShouldBe(20);
    }

    [Theory]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.UnprocessableEntity)]
    public async Task Does_not_repeat_what_would_be_refused_again(HttpStatusCode status)
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub.ThenText("{}", status).Catalog(options => options.RetriesMax = 5);

        await Should.ThrowAsync<CatalogUnavailableException>(async () => await catalog.SearchAsync("x", 1, default));

        stub.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Gives_up_on_an_answer_that_does_not_come()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub.ThenHangs().Catalog();

        var search = catalog.SearchAsync("x", 1, default).AsTask();
        await stub.ArrivedAsync();
        stub.Time.Advance(TimeSpan.FromSeconds(10) - Tick);
        search.IsCompleted.ShouldBeFalse();
        stub.Time.Advance(Tick);

        var failure = await Should.ThrowAsync<CatalogUnavailableException>(search.Within("the time-out"));
        failure.Message.ShouldBe("TMDB did not answer within 10 s.");
    }

    [Fact]
    public async Task Gives_up_on_a_body_that_does_not_end_and_tries_again()
    {
        await using var stub = await StubTmdb.StartAsync();
        using var catalog = stub
            .Then(async context =>
            {
                await context.Response.StartAsync();
                await context.Response.Body.WriteAsync("{"u8.ToArray());
                await context.Response.Body.FlushAsync();
                var aborted = new TaskCompletionSource();
                await using var registration = context.RequestAborted.Register(aborted.SetResult);
                await aborted.Task;
            })
            .Then("search_movie")
            .Catalog(options => options.RetriesMax = 1);

        var search = catalog.SearchAsync("fight club", 1, default).AsTask();
        await stub.ArrivedAsync();
        stub.Time.Advance(TimeSpan.FromSeconds(10));
        stub.Time.Advance(await stub.Time.ArmedBetweenAsync(Tick, TimeSpan.FromSeconds(1)));

        (await search.Within("the search's answer")).Films.Count.ShouldBe(20);
    }
}
