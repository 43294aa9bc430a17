using System.Diagnostics.Metrics;

namespace AkkaParty.Node.Metrics;

/// <summary>How an instrument is exported.</summary>
internal enum MetricKind
{
    /// <summary>A sum that only grows.</summary>
    Counter,

    /// <summary>A value that goes up and down.</summary>
    Gauge,

    /// <summary>A distribution.</summary>
    Histogram,
}

/// <summary>All series of one instrument. Finding a series takes no lock; only a new one does.</summary>
internal sealed class InstrumentSeries
{
    /// <summary>More series than this per instrument would be a label without bound; further ones are counted as one.</summary>
    public const int SeriesMax = 1_000;

    private static readonly double[] SecondsBounds =
        [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
    private static readonly double[] BytesBounds = [64, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216];
    private static readonly double[] CountBounds = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000];

    private readonly Lock _gate = new();
    private readonly Func<LabelSet, Series> _create;
    private readonly Series _plain;
    private Entry?[] _table = new Entry?[16];
    private int _count;
    private Series? _overflow;
    private bool _isPlainUsed;

    /// <summary>Prepares an instrument's series.</summary>
    public InstrumentSeries(Instrument instrument)
    {
        Instrument = instrument;
        var type = instrument.GetType().GetGenericTypeDefinition();
        IsObserved = instrument.IsObservable;
        Kind = type == typeof(Counter<>) || type == typeof(ObservableCounter<>) ? MetricKind.Counter
            : type == typeof(Histogram<>) ? MetricKind.Histogram
            : MetricKind.Gauge;
        Name = PrometheusNames.Metric(instrument.Name, instrument.Unit, Kind == MetricKind.Counter);
        var isSum = !IsObserved && (Kind == MetricKind.Counter || type == typeof(UpDownCounter<>));
        var bounds = Kind == MetricKind.Histogram ? BoundsOf(instrument) : [];
        _create = Kind == MetricKind.Histogram ? labels => new HistogramSeries(labels, bounds)
            : isSum ? labels => new SumSeries(labels)
            : labels => new LastValueSeries(labels);
        _plain = _create(new LabelSet([]));
    }

    /// <summary>The instrument.</summary>
    public Instrument Instrument { get; }

    /// <summary>The name under which it is exported.</summary>
    public string Name { get; }

    /// <summary>How it is exported.</summary>
    public MetricKind Kind { get; }

    /// <summary>Whether its values are asked for at each scrape, so that a series not seen then is gone.</summary>
    public bool IsObserved { get; }

    /// <summary>Finds or adds the series of some tags.</summary>
    public Series Find(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.Length == 0)
        {
            // Written once, so that the line stays shared between cores.
            if (!_isPlainUsed)
            {
                _isPlainUsed = true;
            }

            return _plain;
        }

        var hash = LabelSet.HashOf(tags);
        return Probe(Volatile.Read(ref _table), hash, tags) ?? Add(hash, tags);
    }

    /// <summary>Every series that has a value, ordered by labels.</summary>
    public IReadOnlyList<Series> All()
    {
        var series = Volatile.Read(ref _table).OfType<Entry>().Select(entry => entry.Series).Distinct();
        if (_isPlainUsed)
        {
            series = series.Append(_plain);
        }

        if (Volatile.Read(ref _overflow) is { } overflow)
        {
            series = series.Append(overflow);
        }

        return [.. series.OrderBy(item => item.Labels.Text, StringComparer.Ordinal)];
    }

    private static Series? Probe(Entry?[] table, int hash, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var mask = table.Length - 1;
        for (var i = hash & mask; ; i = (i + 1) & mask)
        {
            var entry = Volatile.Read(ref table[i]);
            if (entry is null)
            {
                return null;
            }

            if (entry.Labels.Hash == hash && entry.Labels.Matches(tags))
            {
                return entry.Series;
            }
        }
    }

    private Series Add(int hash, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_gate)
        {
            if (Probe(_table, hash, tags) is { } found)
            {
                return found;
            }

            if (_count >= SeriesMax)
            {
                return _overflow ??= _create(new LabelSet([new("overflow", "true")]));
            }

            // The same tags in another order are the same series to a reader, and must not be exported twice.
            var labels = new LabelSet(tags);
            var same = _table.FirstOrDefault(entry => entry is not null && entry.Labels.Text == labels.Text);
            var added = new Entry(labels, same?.Series ?? _create(labels));
            if ((_count + 1) * 2 > _table.Length)
            {
                Grow();
            }

            Insert(_table, added);
            _count++;
            return added.Series;
        }
    }

    private void Grow()
    {
        var larger = new Entry?[_table.Length * 2];
        foreach (var entry in _table)
        {
            if (entry is not null)
            {
                Insert(larger, entry);
            }
        }

        Volatile.Write(ref _table, larger);
    }

    private static void Insert(Entry?[] table, Entry entry)
    {
        var mask = table.Length - 1;
        var i = entry.Labels.Hash & mask;
        while (table[i] is not null)
        {
            i = (i + 1) & mask;
        }

        Volatile.Write(ref table[i], entry);
    }

    private static double[] BoundsOf(Instrument instrument) =>
        AdvisedBounds(instrument) ?? instrument.Unit switch
        {
            "s" => SecondsBounds,
            "ms" => [.. SecondsBounds.Select(bound => bound * 1_000)],
            "By" => BytesBounds,
            _ => CountBounds,
        };

    private static double[]? AdvisedBounds(Instrument instrument)
    {
        double[]? bounds = instrument switch
        {
            Histogram<double> histogram => histogram.Advice?.HistogramBucketBoundaries?.ToArray(),
            Histogram<float> histogram => histogram.Advice?.HistogramBucketBoundaries?.Select(bound => (double)bound).ToArray(),
            Histogram<long> histogram => histogram.Advice?.HistogramBucketBoundaries?.Select(bound => (double)bound).ToArray(),
            Histogram<int> histogram => histogram.Advice?.HistogramBucketBoundaries?.Select(bound => (double)bound).ToArray(),
            _ => null,
        };
        return bounds is { Length: > 0 } ? bounds : null;
    }

    /// <summary>One spelling of a series' labels.</summary>
    private sealed record Entry(LabelSet Labels, Series Series);
}
