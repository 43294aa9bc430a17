using System.Diagnostics.Metrics;

namespace AkkaParty.Node.Metrics;

/// <summary>Keeps the values of every instrument whose meter begins with <c>AkkaParty.</c></summary>
internal sealed class MetricsCollector : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Lock _scrapeGate = new();
    private readonly List<InstrumentSeries> _instruments = [];
    private readonly MeterListener _listener = new();
    private long _scrape;

    /// <summary>Starts listening.</summary>
    /// <param name="accepts">Which meters' instruments to keep, by the meter's name.</param>
    public MetricsCollector(Func<string, bool> accepts)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (accepts(instrument.Meter.Name) && instrument.GetType().IsGenericType)
            {
                var series = new InstrumentSeries(instrument);
                lock (_gate)
                {
                    _instruments.Add(series);
                }

                listener.EnableMeasurementEvents(instrument, series);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, state) => Record((InstrumentSeries)state!, value, tags));
        _listener.SetMeasurementEventCallback<int>((_, value, tags, state) => Record((InstrumentSeries)state!, (long)value, tags));
        _listener.SetMeasurementEventCallback<short>((_, value, tags, state) => Record((InstrumentSeries)state!, (long)value, tags));
        _listener.SetMeasurementEventCallback<byte>((_, value, tags, state) => Record((InstrumentSeries)state!, (long)value, tags));
        _listener.SetMeasurementEventCallback<double>((_, value, tags, state) => Record((InstrumentSeries)state!, value, tags));
        _listener.SetMeasurementEventCallback<float>((_, value, tags, state) => Record((InstrumentSeries)state!, (double)value, tags));
        _listener.SetMeasurementEventCallback<decimal>((_, value, tags, state) => Record((InstrumentSeries)state!, (double)value, tags));
        _listener.Start();
    }

    /// <summary>A collector for the product's own meters.</summary>
    public static MetricsCollector ForAkkaParty() => new(meter => meter.StartsWith("AkkaParty.", StringComparison.Ordinal));

    /// <summary>All values now, in the Prometheus text format.</summary>
    /// <remarks>One scrape at a time: an observed series that is not seen in it is left out.</remarks>
    public string Scrape()
    {
        lock (_scrapeGate)
        {
            _scrape++;
            _listener.RecordObservableInstruments();
            List<InstrumentSeries> instruments;
            lock (_gate)
            {
                instruments = [.. _instruments];
            }

            var text = new PrometheusText();
            foreach (var group in instruments.GroupBy(instrument => instrument.Name).OrderBy(group => group.Key, StringComparer.Ordinal))
            {
                Write(text, [.. group]);
            }

            ProcessMetrics.Write(text);
            return text.ToString();
        }
    }

    /// <inheritdoc />
    public void Dispose() => _listener.Dispose();

    /// <summary>Writes the instruments of one name: two meters may have the same, and a reader takes each name and series once.</summary>
    private void Write(PrometheusText text, IReadOnlyList<InstrumentSeries> sameName)
    {
        var isIntroduced = false;
        var written = new HashSet<string>(StringComparer.Ordinal);
        foreach (var instrument in sameName.Where(other => other.Kind == sameName[0].Kind))
        {
            foreach (var series in instrument.All())
            {
                if ((instrument.IsObserved && series.SeenAt != _scrape) || !written.Add(series.Labels.Text))
                {
                    continue;
                }

                if (!isIntroduced)
                {
                    text.Header(instrument);
                    isIntroduced = true;
                }

                text.Series(instrument.Name, series);
            }
        }
    }

    private void Record(InstrumentSeries instrument, long value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = instrument.Find(tags);
        series.Record(value);
        if (instrument.IsObserved)
        {
            series.SeenAt = _scrape;
        }
    }

    private void Record(InstrumentSeries instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var series = instrument.Find(tags);
        series.Record(value);
        if (instrument.IsObserved)
        {
            series.SeenAt = _scrape;
        }
    }
}
