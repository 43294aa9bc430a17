namespace AkkaParty.Pipelines.Tests;

public sealed class SharingTests
{
    private readonly Line<string> _line = new();
    private readonly HeldWork _work = new();
    private readonly TaskCompletionSource _thirdSeen = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Elements_of_one_key_share_one_piece_of_work_and_hold_nobody_up()
    {
        await using var pipeline = Start(parallelism: 2, joinedMax: 64);
        await pipeline.OfferAsync("film 1", default);
        await _work.BegunAsync("film");
        await pipeline.OfferAsync("film 2", default);
        await pipeline.OfferAsync("film 3", default);
        await pipeline.OfferAsync("other 4", default);

        await _work.BegunAsync("other");
        _work.Release("other", "film");
        await pipeline.DrainAsync(default).Within("the drain");

        _line.Arrived.ShouldBe(["FILM 1", "FILM 2", "FILM 3", "OTHER 4"], ignoreOrder: true);
        _work.Begun.ShouldBe(2);
        var progress = pipeline.Progress.Stages[0];
        (progress.Done, progress.Joined).ShouldBe((4, 2));
    }

    [Fact]
    public async Task What_comes_after_a_flight_has_landed_starts_another()
    {
        await using var pipeline = Start(parallelism: 1, joinedMax: 64);
        _work.Release("film");
        await pipeline.OfferAsync("film 1", default);
        await pipeline.OfferAsync("film 2", default);
        await pipeline.DrainAsync(default).Within("the drain");

        _work.Begun.ShouldBe(2);
    }

    [Fact]
    public async Task Only_so_many_join_a_flight_and_the_next_waits_with_its_worker()
    {
        await using var pipeline = Start(parallelism: 2, joinedMax: 1);
        await pipeline.OfferAsync("film 1", default);
        await _work.BegunAsync("film");
        foreach (var element in new[] { "film 2", "film 3", "other 4" })
        {
            await pipeline.OfferAsync(element, default);
        }

        // Its key is asked for when the second has joined.
        await _thirdSeen.Task.Within("the third element");
        _work.Release("film", "other");
        await pipeline.DrainAsync(default).Within("the drain");

        _line.Arrived.ShouldBe(["FILM 1", "FILM 2", "FILM 3", "OTHER 4"], ignoreOrder: true);
        _work.Begun.ShouldBe(3);
    }

    [Fact]
    public async Task A_failure_is_shared_as_well_and_each_element_has_its_own_stand_in()
    {
        await using var pipeline = Start(parallelism: 2, joinedMax: 64);
        await pipeline.OfferAsync("film 1", default);
        await _work.BegunAsync("film");
        await pipeline.OfferAsync("film 2", default);
        await pipeline.OfferAsync("other 3", default);
        await _work.BegunAsync("other");

        _work.Fail("film", new InvalidOperationException("away"));
        _work.Release("other");
        await pipeline.DrainAsync(default).Within("the drain");

        _line.Arrived.ShouldBe(["film 1 away", "film 2 away", "OTHER 3"], ignoreOrder: true);
        pipeline.Progress.Stages[0].Failed.ShouldBe(2);
    }

    private Pipeline<string> Start(int parallelism, int joinedMax) => Source.Of<string>()
        .Via(new Flow<string, string>("share", async (element, token) => $"{await _work.DoAsync(Key(element), token)} {element[^1]}")
        {
            Parallelism = parallelism,
            Sharing = new(SeenKey, (element, first) => first[..^1] + element[^1], joinedMax),
            Failed = (element, failure) => $"{element} {failure.Message}",
        })
        .To(_line.Sink(), _line.Options);

    private string SeenKey(string element)
    {
        if (element.EndsWith('3'))
        {
            _thirdSeen.TrySetResult();
        }

        return Key(element);
    }

    private static string Key(string element) => element[..^2];
}
