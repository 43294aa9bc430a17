using System.Diagnostics.Metrics;

namespace AkkaParty.Pipelines.Tests;

public sealed class StopTests
{
    private readonly Line<string> _line = new();
    private readonly HeldWork _work = new();

    [Fact]
    public async Task A_drain_takes_no_more_and_ends_when_everything_has_arrived()
    {
        await using var pipeline = Start();
        await pipeline.OfferAsync("a", default);
        await pipeline.OfferAsync("b", default);
        await _work.BegunAsync("a");

        var draining = pipeline.DrainAsync(default);
        (await pipeline.OfferAsync("c", default)).ShouldBeFalse();
        draining.IsCompleted.ShouldBeFalse();
        _work.Release("a", "b");
        await draining.Within("the drain");

        _line.Arrived.ShouldBe(["A", "B"]);
    }

    [Fact]
    public async Task A_stop_gives_up_what_is_under_way()
    {
        await using var pipeline = Start();
        await pipeline.OfferAsync("a", default);
        await pipeline.OfferAsync("b", default);
        await _work.BegunAsync("a");

        await pipeline.DisposeAsync().AsTask().Within("the end");

        _line.Arrived.ShouldBeEmpty();
        _work.Begun.ShouldBe(1);
        pipeline.Completion.IsCanceled.ShouldBeTrue();
    }

    [Fact]
    public async Task A_stop_ends_the_wait_for_the_next_try()
    {
        var pipeline = Source.Of<string>()
            .Via(new Flow<string, string>("fail", (_, _) => throw new TimeoutException()) { Retry = new RetryPolicy() })
            .To(_line.Sink(), _line.Options);
        await pipeline.OfferAsync("a", default);
        await _line.Time.ArmedAsync(TimeSpan.FromSeconds(1));

        await pipeline.DisposeAsync().AsTask().Within("the end");
        await pipeline.DisposeAsync();

        pipeline.Completion.IsCanceled.ShouldBeTrue();
        (await pipeline.OfferAsync("b", default)).ShouldBeFalse();
    }

    [Fact]
    public async Task Whoever_waits_for_room_is_told_when_there_will_be_none()
    {
        var pipeline = Start();
        await pipeline.OfferAsync("a", default);
        await _work.BegunAsync("a");
        await pipeline.OfferAsync("b", default);
        var waiting = pipeline.OfferAsync("c", default).AsTask();

        await pipeline.DisposeAsync();

        (await waiting.Within("the answer")).ShouldBeFalse();
    }

    [Fact]
    public async Task Figures_are_published_per_stage()
    {
        await using var pipeline = Start();
        _work.Release("a");
        await pipeline.OfferAsync("a", default);
        await pipeline.OfferAsync("b", default);
        await _work.BegunAsync("b");
        var seen = new Dictionary<string, long>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == Pipeline.MeterName)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (tags[0].Value is "held" && tags[1].Value is "hold")
            {
                seen[instrument.Name] = value;
            }
        });
        listener.Start();

        listener.RecordObservableInstruments();

        seen.ShouldBe(
            new Dictionary<string, long>
            {
                ["akkaparty.pipeline.waiting"] = 0,
                ["akkaparty.pipeline.active"] = 1,
                ["akkaparty.pipeline.done"] = 1,
                ["akkaparty.pipeline.failed"] = 0,
                ["akkaparty.pipeline.joined"] = 0,
                ["akkaparty.pipeline.retries"] = 0,
            },
            ignoreOrder: true);
    }

    private Pipeline<string> Start() => Source.Of<string>()
        .Via(new Flow<string, string>("hold", _work.DoAsync) { BufferMax = 1 })
        .To(_line.Sink(), _line.Options with { Name = "held" });
}
