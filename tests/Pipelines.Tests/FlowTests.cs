namespace AkkaParty.Pipelines.Tests;

public sealed class FlowTests
{
    [Fact]
    public async Task Elements_keep_their_order_when_one_is_worked_on_at_a_time()
    {
        var line = new Line<int>();
        await using var pipeline = Source.Of<int>()
            .Via(new Flow<int, int>("double", (number, _) => ValueTask.FromResult(2 * number)))
            .To(line.Sink(), line.Options);

        (await pipeline.FeedAsync(Numbers(200), default)).ShouldBe(200);
        await pipeline.DrainAsync(default).Within("the drain");

        line.Arrived.ShouldBe(Enumerable.Range(0, 200).Select(number => 2 * number));
    }

    [Fact]
    public async Task So_many_are_worked_on_at_once_and_no_more()
    {
        var line = new Line<string>();
        var work = new HeldWork();
        await using var pipeline = Source.Of<string>()
            .Via(new Flow<string, string>("hold", work.DoAsync) { Parallelism = 3 })
            .To(line.Sink(), line.Options);
        foreach (var element in new[] { "a", "b", "c", "d", "e" })
        {
            await pipeline.OfferAsync(element, default);
        }

        await Task.WhenAll(work.BegunAsync("a"), work.BegunAsync("b"), work.BegunAsync("c"));
        pipeline.Progress.Stages[0].ShouldBe(new StageProgress("hold", Waiting: 2, Active: 3, Done: 0, Failed: 0, Joined: 0, Retries: 0));
        work.Release("a", "b", "c", "d", "e");
        await pipeline.DrainAsync(default).Within("the drain");

        work.ActiveMax.ShouldBe(3);
        line.Arrived.ShouldBe(["A", "B", "C", "D", "E"], ignoreOrder: true);
    }

    [Fact]
    public async Task Whoever_offers_waits_while_everything_is_full()
    {
        var line = new Line<string>();
        var work = new HeldWork();
        await using var pipeline = Source.Of<string>()
            .Via(new Flow<string, string>("hold", work.DoAsync) { BufferMax = 1 })
            .To(line.Sink(), line.Options);
        await pipeline.OfferAsync("a", default);
        await work.BegunAsync("a");
        await pipeline.OfferAsync("b", default);

        var third = pipeline.OfferAsync("c", default).AsTask();
        third.IsCompleted.ShouldBeFalse();
        using var impatience = new CancellationTokenSource();
        var fourth = pipeline.OfferAsync("d", impatience.Token).AsTask();
        await impatience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(fourth);

        work.Release("a", "b", "c");
        (await third.Within("the room for the third")).ShouldBeTrue();
        await pipeline.DrainAsync(default).Within("the drain");
        line.Arrived.ShouldBe(["A", "B", "C"]);
    }

    [Fact]
    public async Task Failed_work_is_tried_again_after_growing_waits()
    {
        var line = new Line<string>();
        var tries = 0;
        await using var pipeline = Source.Of<string>()
            .Via(new Flow<string, string>(
                "try", (element, _) => ++tries < 3 ? throw new TimeoutException("no") : ValueTask.FromResult(element))
            {
                Retry = new RetryPolicy(),
            })
            .To(line.Sink(), line.Options);
        await pipeline.OfferAsync("a", default);

        await line.Time.ArmedAsync(TimeSpan.FromSeconds(1));
        tries.ShouldBe(1);
        line.Time.Advance(TimeSpan.FromSeconds(1));
        await line.Time.ArmedAsync(TimeSpan.FromSeconds(2));
        tries.ShouldBe(2);
        line.Time.Advance(TimeSpan.FromSeconds(2));
        await pipeline.DrainAsync(default).Within("the drain");

        line.Arrived.ShouldBe(["a"]);
        pipeline.Progress.Stages[0].ShouldBe(new StageProgress("try", 0, 0, Done: 1, Failed: 0, Joined: 0, Retries: 2));
    }

    [Fact]
    public async Task What_has_failed_for_good_goes_on_as_what_stands_for_it()
    {
        var line = new Line<string>();
        await using var pipeline = Source.Of<string>()
            .Via(new Flow<string, string>("fail", (element, _) => element == "b"
                ? throw new InvalidOperationException("no " + element)
                : ValueTask.FromResult(element))
            {
                Failed = (element, failure) => $"{element}: {failure.Message}",
            })
            .To(line.Sink(), line.Options);

        foreach (var element in new[] { "a", "b", "c" })
        {
            await pipeline.OfferAsync(element, default);
        }

        await pipeline.DrainAsync(default).Within("the drain");

        line.Arrived.ShouldBe(["a", "b: no b", "c"]);
        (pipeline.Progress.Stages[0].Done, pipeline.Progress.Stages[0].Failed).ShouldBe((2, 1));
    }

    [Fact]
    public async Task A_failure_that_no_stage_treats_stops_the_pipeline()
    {
        var line = new Line<string>();
        await using var pipeline = Source.Of<string>()
            .Via(new Flow<string, string>("fail", (_, _) => throw new InvalidOperationException("no")))
            .To(line.Sink(), line.Options);

        await pipeline.OfferAsync("a", default);

        (await Should.ThrowAsync<InvalidOperationException>(pipeline.Completion.Within("the end"))).Message.ShouldBe("no");
        (await pipeline.OfferAsync("b", default)).ShouldBeFalse();
        (await Should.ThrowAsync<InvalidOperationException>(pipeline.DrainAsync(default))).Message.ShouldBe("no");
    }

    [Fact]
    public async Task A_cancellation_of_the_works_own_is_a_failure_like_any_other()
    {
        var line = new Line<string>();
        await using var pipeline = Source.Of<string>()
            .Via(new Flow<string, string>("fail", (_, _) => throw new OperationCanceledException("too slow"))
            {
                Failed = (_, failure) => failure.Message,
            })
            .To(line.Sink(), line.Options);

        await pipeline.OfferAsync("a", default);
        await pipeline.DrainAsync(default).Within("the drain");

        line.Arrived.ShouldBe(["too slow"]);
    }

    [Fact]
    public async Task A_sink_tells_of_what_it_could_not_take()
    {
        var line = new Line<string>();
        var told = new List<string>();
        await using var pipeline = Source.Of<string>().To(
            new Sink<string>("refuse", (element, _) => throw new InvalidOperationException(element))
            {
                Failed = (element, failure) => told.Add($"{element} {failure.Message}"),
            },
            line.Options);

        await pipeline.OfferAsync("a", default);
        await pipeline.DrainAsync(default).Within("the drain");

        told.ShouldBe(["a a"]);
    }

    [Fact]
    public async Task An_element_goes_on_in_parts()
    {
        var line = new Line<string>();
        await using var pipeline = Source.Of<string>()
            .Spread(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries))
            .Via(new Flow<string, string>("upper", (part, _) => ValueTask.FromResult(part.ToUpperInvariant())) { BufferMax = 1 })
            .Spread(part => new[] { part, part })
            .To(line.Sink(bufferMax: 1), line.Options);

        await pipeline.OfferAsync("a,b,c", default);
        await pipeline.OfferAsync("", default);
        await pipeline.DrainAsync(default).Within("the drain");

        line.Arrived.ShouldBe(["A", "A", "B", "B", "C", "C"]);
    }

    [Theory]
    [InlineData(0, 1, 1, "The parallelism of the stage x must be 1 to 1,000, not 0.")]
    [InlineData(1, 100_001, 1, "The buffer of the stage x must be 1 to 100,000, not 100001.")]
    [InlineData(1, 1, 0, "The number of tries of the stage x must be 1 to 100, not 0.")]
    public void Settings_out_of_range_are_refused(int parallelism, int bufferMax, int attemptsMax, string message)
    {
        var flow = new Flow<int, int>("x", (number, _) => ValueTask.FromResult(number))
        {
            Parallelism = parallelism,
            BufferMax = bufferMax,
            Retry = new RetryPolicy { AttemptsMax = attemptsMax },
        };

        Should.Throw<ArgumentException>(() => Source.Of<int>().Via(flow).To(new Line<int>().Sink(), new Line<int>().Options))
            .Message.ShouldStartWith(message);
    }

    [Fact]
    public void Two_stages_of_one_name_are_refused() =>
        Should.Throw<ArgumentException>(() => Source.Of<int>()
                .Via(new Flow<int, int>("keep", (number, _) => ValueTask.FromResult(number)))
                .To(new Line<int>().Sink(), new Line<int>().Options))
            .Message.ShouldStartWith("Two stages of the pipeline test have the name keep.");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Nothing_is_lost_and_nothing_comes_twice_whatever_fails_and_whatever_is_shared(int seed)
    {
        var line = new Line<(int Number, string What)>();
        var random = new Random(seed);
        var (parallelism, bufferMax, keys) = (random.Next(1, 9), random.Next(1, 9), random.Next(1, 50));
        await using var pipeline = Source.Of<int>()
            .Via(new Flow<int, (int, string)>("mix", async (number, _) =>
            {
                for (var i = number % 5; i > 0; i--)
                {
                    await Task.Yield();
                }

                return number % keys % 7 == 3 ? throw new InvalidOperationException("odd") : (number, "done");
            })
            {
                Parallelism = parallelism,
                BufferMax = bufferMax,
                Sharing = new((number) => $"{number % keys}", (number, other) => (number, other.Item2), JoinedMax: 1 + (seed % 3)),
                Failed = (number, _) => (number, "failed"),
            })
            .To(line.Sink(parallelism, bufferMax), line.Options);

        await pipeline.FeedAsync(Numbers(2_000), default);
        await pipeline.DrainAsync(default).Within("the drain");

        line.Arrived.OrderBy(element => element.Number)
            .ShouldBe(Enumerable.Range(0, 2_000).Select(number => (number, number % keys % 7 == 3 ? "failed" : "done")));
    }

    private static async IAsyncEnumerable<int> Numbers(int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (i % 10 == 0)
            {
                await Task.Yield();
            }

            yield return i;
        }
    }
}
