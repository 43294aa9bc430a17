using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace AkkaParty.Bench.Measuring;

/// <summary>Listens to every instrument of the product, as the server's exporter does, and adds up what it hears.</summary>
internal sealed class MetricsReader : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, Total> _totals = new();

    public MetricsReader()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name.StartsWith("AkkaParty.", StringComparison.Ordinal))
            {
                listener.EnableMeasurementEvents(instrument, _totals.GetOrAdd(instrument.Name, _ => new Total()));
            }
        };
        _listener.SetMeasurementEventCallback<double>((_, value, _, state) => ((Total)state!).Add(value));
        _listener.SetMeasurementEventCallback<long>((_, value, _, state) => ((Total)state!).Add(value));
        _listener.SetMeasurementEventCallback<int>((_, value, _, state) => ((Total)state!).Add(value));
        _listener.Start();
    }

    /// <summary>The sum and the number of an instrument's measurements so far.</summary>
    public (double Sum, long Count) Read(string instrument) =>
        _totals.TryGetValue(instrument, out var total) ? total.Read() : (0, 0);

    public void Dispose() => _listener.Dispose();

    private sealed class Total
    {
        private readonly Lock _gate = new();
        private double _sum;
        private long _count;

        public void Add(double value)
        {
            lock (_gate)
            {
                _sum += value;
                _count++;
            }
        }

        public (double Sum, long Count) Read()
        {
            lock (_gate)
            {
                return (_sum, _count);
            }
        }
    }
}
