using AkkaParty.Accounts.Tests.Support;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaParty.Accounts.Tests.Kit;

public abstract class RateSpec<TProvider> : AccountSpec<TProvider>
    where TProvider : AccountProvider, new()
{
    private static readonly RateLimit Creates = new("create", 3, TimeSpan.FromHours(1));

    [Fact]
    public async Task A_window_slides_and_is_one_for_all_nodes()
    {
        var another = Another();
        var began = Time.GetUtcNow();
        (await Book.Rates.TakeAsync(Creates, "ada", None)).ShouldBe(new RateAnswer(true, 3, 2, began.AddHours(1), TimeSpan.Zero));
        Time.Advance(TimeSpan.FromMinutes(20));
        (await another.Rates.TakeAsync(Creates, "ada", None)).ShouldBe(new RateAnswer(true, 3, 1, began.AddHours(1), TimeSpan.Zero));
        (await Book.Rates.TakeAsync(Creates, "ada", None)).Remaining.ShouldBe(0);
        Time.Advance(TimeSpan.FromMinutes(10));
        (await another.Rates.TakeAsync(Creates, "ada", None))
            .ShouldBe(new RateAnswer(false, 3, 0, began.AddHours(1), TimeSpan.FromMinutes(30)));

        Time.Advance(TimeSpan.FromMinutes(30));
        (await Book.Rates.TakeAsync(Creates, "ada", None))
            .ShouldBe(new RateAnswer(true, 3, 0, began.AddMinutes(80), TimeSpan.Zero));
        (await another.Rates.TakeAsync(Creates, "ada", None)).RetryAfter.ShouldBe(TimeSpan.FromMinutes(20));
    }

    [Fact]
    public async Task Names_and_subjects_count_by_themselves()
    {
        for (var i = 0; i < 3; i++)
        {
            await Book.Rates.TakeAsync(Creates, "ada", None);
        }

        (await Book.Rates.TakeAsync(Creates, "ada", None)).IsAllowed.ShouldBeFalse();
        (await Book.Rates.TakeAsync(Creates, "bob", None)).IsAllowed.ShouldBeTrue();
        (await Book.Rates.TakeAsync(Creates with { Name = "join" }, "ada", None)).IsAllowed.ShouldBeTrue();
    }

    [Fact]
    public async Task A_limit_that_was_lowered_holds_at_once()
    {
        for (var i = 0; i < 3; i++)
        {
            await Book.Rates.TakeAsync(Creates, "ada", None);
            Time.Advance(TimeSpan.FromMinutes(1));
        }

        var answer = await Book.Rates.TakeAsync(Creates with { Max = 1 }, "ada", None);
        answer.IsAllowed.ShouldBeFalse();
        answer.Remaining.ShouldBe(0);
        answer.RetryAfter.ShouldBe(TimeSpan.FromMinutes(59));
    }

    [Fact]
    public async Task Of_many_at_once_on_two_nodes_as_many_are_let_through_as_may()
    {
        var another = Another();
        await another.OpenAsync(None);
        await Book.OpenAsync(None);
        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(i =>
            (i % 2 == 0 ? Book : another).Rates.TakeAsync(Creates with { Max = 10 }, "ada", None).AsTask()));
        answers.Count(answer => answer.IsAllowed).ShouldBe(10);
    }

    [Fact]
    public async Task Any_sequence_of_calls_is_answered_as_by_a_list_of_instants()
    {
        var sequences = Gen.ArrayOf(Gen.Choose(0, 30)).Sample(25, 30).Take(12);
        var subject = 0;
        foreach (var minutes in sequences)
        {
            subject++;
            var taken = new List<DateTimeOffset>();
            foreach (var wait in minutes)
            {
                Time.Advance(TimeSpan.FromMinutes(wait));
                taken.RemoveAll(at => at <= Time.GetUtcNow() - Creates.Window);
                var isAllowed = taken.Count < Creates.Max;
                if (isAllowed)
                {
                    taken.Add(Time.GetUtcNow());
                }

                var answer = await Book.Rates.TakeAsync(Creates, $"s{subject}", None);
                answer.IsAllowed.ShouldBe(isAllowed);
                answer.Remaining.ShouldBe(Creates.Max - taken.Count);
                answer.ResetAt.ShouldBe(taken[0] + Creates.Window);
                answer.RetryAfter.ShouldBe(isAllowed ? TimeSpan.Zero : taken[0] + Creates.Window - Time.GetUtcNow());
            }
        }
    }
}
