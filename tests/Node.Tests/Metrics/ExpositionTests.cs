using System.Diagnostics.Metrics;
using AkkaParty.Node.Metrics;

namespace AkkaParty.Node.Tests.Metrics;

public sealed class ExpositionTests : IDisposable
{
    private readonly Meter _meter = new("AkkaParty.Tests." + Guid.NewGuid());
    private readonly MetricsCollector _collector;

    public ExpositionTests() => _collector = new MetricsCollector(name => name == _meter.Name);

    public void Dispose()
    {
        _collector.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void A_counter_is_a_total()
    {
        var counter = _meter.CreateCounter<long>("party.votes", "{vote}", "Votes cast.");
        counter.Add(2);
        counter.Add(3);
        Exposition().ShouldBe("# HELP party_votes_total Votes cast.\n# TYPE party_votes_total counter\nparty_votes_total 5\n");
    }

    [Fact]
    public void An_instrument_that_was_never_used_is_not_there()
    {
        _ = _meter.CreateCounter<long>("party.votes");
        _ = _meter.CreateHistogram<double>("party.time", "s");
        Exposition().ShouldBeEmpty();
    }

    [Fact]
    public void A_value_may_go_up_and_down()
    {
        var sessions = _meter.CreateUpDownCounter<int>("http.sessions");
        sessions.Add(3);
        sessions.Add(-1);
        var last = _meter.CreateGauge<double>("http.load", "%");
        last.Record(1.5);
        last.Record(0.25);
        Exposition().ShouldBe("# TYPE http_load_percent gauge\nhttp_load_percent 0.25\n# TYPE http_sessions gauge\nhttp_sessions 2\n");
    }

    [Fact]
    public void Labels_are_sorted_and_escaped_and_their_order_does_not_matter()
    {
        var errors = _meter.CreateCounter<long>("errors");
        errors.Add(1, new("surface", "rest"), new("code", "a\\b\"c\nd"));
        errors.Add(1, new("code", "a\\b\"c\nd"), new("surface", "rest"));
        errors.Add(1, new KeyValuePair<string, object?>("a.b-c", true));
        errors.Add(1, new KeyValuePair<string, object?>("n", 7));
        errors.Add(1, new KeyValuePair<string, object?>("n", null));
        errors.Add(1);
        Exposition().ShouldBe(
            "# TYPE errors_total counter\n"
            + "errors_total 1\n"
            + "errors_total{a_b_c=\"true\"} 1\n"
            + "errors_total{code=\"a\\\\b\\\"c\\nd\",surface=\"rest\"} 2\n"
            + "errors_total{n=\"\"} 1\n"
            + "errors_total{n=\"7\"} 1\n");
    }

    [Fact]
    public void A_help_text_is_one_line()
    {
        _meter.CreateCounter<int>("x", null, "one\ntwo \\ three").Add(1);
        Exposition().ShouldStartWith("# HELP x_total one\\ntwo \\\\ three\n");
    }

    [Fact]
    public void A_histogram_has_cumulated_buckets_a_sum_and_a_count()
    {
        var histogram = _meter.CreateHistogram<double>(
            "commit", "s", null, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] });
        histogram.Record(0.05, new KeyValuePair<string, object?>("kind", "party"));
        histogram.Record(0.1, new KeyValuePair<string, object?>("kind", "party"));
        histogram.Record(0.5, new KeyValuePair<string, object?>("kind", "party"));
        histogram.Record(2, new KeyValuePair<string, object?>("kind", "party"));
        histogram.Record(double.NaN, new KeyValuePair<string, object?>("kind", "party"));
        Exposition().ShouldBe(
            "# TYPE commit_seconds histogram\n"
            + "commit_seconds_bucket{kind=\"party\",le=\"0.1\"} 2\n"
            + "commit_seconds_bucket{kind=\"party\",le=\"1\"} 3\n"
            + "commit_seconds_bucket{kind=\"party\",le=\"+Inf\"} 4\n"
            + "commit_seconds_sum{kind=\"party\"} 2.65\n"
            + "commit_seconds_count{kind=\"party\"} 4\n");
    }

    [Fact]
    public void Buckets_follow_the_unit_when_nothing_was_advised()
    {
        _meter.CreateHistogram<int>("operations").Record(3);
        _meter.CreateHistogram<long>("size", "By").Record(100);
        var text = Exposition();
        text.ShouldContain("operations_bucket{le=\"2\"} 0\noperations_bucket{le=\"5\"} 1\n");
        text.ShouldContain("size_bytes_bucket{le=\"64\"} 0\nsize_bytes_bucket{le=\"256\"} 1\n");
    }

    [Fact]
    public void What_is_observed_is_asked_for_at_each_scrape_and_what_is_gone_is_left_out()
    {
        var rooms = new Dictionary<string, int>(StringComparer.Ordinal) { ["a"] = 1, ["b"] = 2 };
        _meter.CreateObservableGauge("rooms",
            () => rooms.Select(room => new Measurement<int>(room.Value, new KeyValuePair<string, object?>("id", room.Key))));
        Exposition().ShouldBe("# TYPE rooms gauge\nrooms{id=\"a\"} 1\nrooms{id=\"b\"} 2\n");
        rooms.Remove("a");
        rooms["b"] = 3;
        Exposition().ShouldBe("# TYPE rooms gauge\nrooms{id=\"b\"} 3\n");
    }

    [Fact]
    public void An_observed_counter_is_a_total()
    {
        var value = 5L;
        _meter.CreateObservableCounter("events", () => value);
        Exposition().ShouldBe("# TYPE events_total counter\nevents_total 5\n");
        value = 6;
        Exposition().ShouldBe("# TYPE events_total counter\nevents_total 6\n");
    }

    [Fact]
    public void A_label_without_bound_ends_in_one_series()
    {
        var counter = _meter.CreateCounter<long>("requests");
        for (var i = 0; i < InstrumentSeries.SeriesMax + 5; i++)
        {
            counter.Add(1, new KeyValuePair<string, object?>("user", i));
        }

        var text = Exposition();
        text.ShouldContain("requests_total{overflow=\"true\"} 5\n");
        text.Split('\n').Length.ShouldBe(InstrumentSeries.SeriesMax + 3);
    }

    [Fact]
    public async Task Nothing_is_lost_when_many_threads_record()
    {
        var counter = _meter.CreateCounter<long>("hits");
        var time = _meter.CreateHistogram<double>("time", "s");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                counter.Add(1, new KeyValuePair<string, object?>("shard", i % 50));
                time.Record(0.5);
            }
        })));
        var text = Exposition();
        text.Split('\n')
            .Count(line => line.StartsWith("hits_total{", StringComparison.Ordinal) && line.EndsWith(" 1600", StringComparison.Ordinal))
            .ShouldBe(50);
        text.ShouldContain("time_seconds_sum 40000\ntime_seconds_count 80000\n");
    }

    [Fact]
    public void The_process_is_described()
    {
        var text = _collector.Scrape();
        string[] names =
            ["process_cpu_seconds_total", "process_resident_memory_bytes", "process_start_time_seconds", "dotnet_gc_heap_bytes"];
        foreach (var name in names)
        {
            text.ShouldContain($"\n{name} ");
        }
    }

    [Theory]
    [InlineData("a.b-c", null, false, "a_b_c")]
    [InlineData("9lives", null, false, "_9lives")]
    [InlineData("time", "s", false, "time_seconds")]
    [InlineData("time.seconds", "s", false, "time_seconds")]
    [InlineData("bytes.in", "By", true, "bytes_in_bytes_total")]
    [InlineData("hits.total", "{hit}", true, "hits_total")]
    [InlineData("share", "1", false, "share_ratio")]
    public void Names_follow_the_convention(string name, string? unit, bool isCounter, string expected) =>
        PrometheusNames.Metric(name, unit, isCounter).ShouldBe(expected);

    /// <summary>The part of the exposition that is about this test's instruments.</summary>
    private string Exposition()
    {
        var text = _collector.Scrape();
        return text[..text.IndexOf("# HELP process_cpu_seconds_total", StringComparison.Ordinal)];
    }
}
