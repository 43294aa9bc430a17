using AkkaParty.Catalog.Tmdb;

namespace AkkaParty.Catalog.Tests.Tmdb;

public sealed class SharedAnswersTests
{
    private readonly ManualTime _time = new();
    private int _fetches;

    [Fact]
    public async Task Keeps_at_most_so_many_and_forgets_the_least_recently_used()
    {
        var answers = Answers(entriesMax: 2);
        await AskAsync(answers, "a");
        await AskAsync(answers, "b");
        await AskAsync(answers, "a");
        await AskAsync(answers, "c");
        (answers.Count, _fetches).ShouldBe((2, 3));

        await AskAsync(answers, "a");
        _fetches.ShouldBe(3);
        await AskAsync(answers, "b");
        _fetches.ShouldBe(4);
    }

    [Fact]
    public async Task Keeps_nothing_when_told_to_keep_for_no_time()
    {
        var answers = Answers(keepFor: TimeSpan.Zero);

        await AskAsync(answers, "a");
        await AskAsync(answers, "a");

        (answers.Count, _fetches).ShouldBe((0, 2));
    }

    [Fact]
    public async Task Refuses_more_fetches_at_once_than_allowed_but_lets_others_join()
    {
        var answers = Answers(inFlightMax: 1);
        var held = new TaskCompletionSource<string>();
        var first = answers.GetAsync("a", () => held.Task, default).AsTask();
        var joined = answers.GetAsync("a", () => throw new InvalidOperationException("fetched twice"), default).AsTask();

        (await Should.ThrowAsync<CatalogUnavailableException>(async () => await answers.GetAsync("b", () => held.Task, default)))
            .RetryAfter.ShouldBe(TimeSpan.FromSeconds(1));

        held.SetResult("answer");
        (await first, await joined).ShouldBe(("answer", "answer"));
        (await AskAsync(answers, "b")).ShouldBe("b");
    }

    [Fact]
    public async Task A_fetch_that_fails_at_once_is_forgotten()
    {
        var answers = Answers();

        await Should.ThrowAsync<InvalidOperationException>(
            async () => await answers.GetAsync("a", () => throw new InvalidOperationException("at once"), default));

        (await AskAsync(answers, "a")).ShouldBe("a");
    }

    private SharedAnswers<string> Answers(int entriesMax = 10, int inFlightMax = 10, TimeSpan? keepFor = null)
        => new(_time, entriesMax, inFlightMax, _ => keepFor ?? TimeSpan.FromHours(1));

    private async Task<string> AskAsync(SharedAnswers<string> answers, string key) => await answers.GetAsync(
        key,
        () =>
        {
            _fetches++;
            return Task.FromResult(key);
        },
        default);
}
