using System.Globalization;
using System.Text;

namespace AkkaParty.Node.Metrics;

/// <summary>Writes the Prometheus text format 0.0.4.</summary>
internal sealed class PrometheusText
{
    /// <summary>The format's content type.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder _text = new();

    /// <summary>Writes the lines that introduce an instrument.</summary>
    public void Header(InstrumentSeries instrument) => Header(instrument.Name, instrument.Instrument.Description, instrument.Kind);

    /// <summary>Writes the lines that introduce a metric.</summary>
    public void Header(string name, string? help, MetricKind kind)
    {
        if (!string.IsNullOrEmpty(help))
        {
            var escaped = help.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\n", @"\n", StringComparison.Ordinal);
            _text.Append("# HELP ").Append(name).Append(' ').Append(escaped).Append('\n');
        }

        _text.Append("# TYPE ").Append(name).Append(' ').Append(kind switch
        {
            MetricKind.Counter => "counter",
            MetricKind.Histogram => "histogram",
            _ => "gauge",
        }).Append('\n');
    }

    /// <summary>Writes a series.</summary>
    public void Series(string name, Series series)
    {
        switch (series)
        {
            case SumSeries sum:
                Value(name, series.Labels.Text, sum.Value);
                break;
            case LastValueSeries last:
                Value(name, series.Labels.Text, last.Value);
                break;
            case HistogramSeries histogram:
                Histogram(name, histogram);
                break;
            default:
                throw new System.Diagnostics.UnreachableException($"There is no {series.GetType().Name} in the format.");
        }
    }

    /// <summary>Writes one value.</summary>
    public void Value(string name, string labels, double value)
    {
        _text.Append(name);
        if (labels.Length > 0)
        {
            _text.Append('{').Append(labels).Append('}');
        }

        _text.Append(' ').Append(Number(value)).Append('\n');
    }

    /// <inheritdoc />
    public override string ToString() => _text.ToString();

    private void Histogram(string name, HistogramSeries histogram)
    {
        var labels = histogram.Labels.Text;
        var prefix = labels.Length == 0 ? "" : labels + ",";
        var counts = histogram.Counts();
        var total = 0L;
        for (var i = 0; i < counts.Length; i++)
        {
            total += counts[i];
            var bound = i < histogram.Bounds.Count ? Number(histogram.Bounds[i]) : "+Inf";
            Value(name + "_bucket", $"{prefix}le=\"{bound}\"", total);
        }

        Value(name + "_sum", labels, histogram.Sum);
        // Counted from the buckets, so that it equals the last of them whatever is recorded meanwhile.
        Value(name + "_count", labels, total);
    }

    private static string Number(double value) =>
        double.IsPositiveInfinity(value) ? "+Inf"
        : double.IsNegativeInfinity(value) ? "-Inf"
        : double.IsNaN(value) ? "NaN"
        : value.ToString("R", CultureInfo.InvariantCulture);
}
