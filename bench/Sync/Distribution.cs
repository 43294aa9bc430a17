using System.Globalization;

namespace AkkaParty.Bench.Sync;

/// <summary>Figures in milliseconds, in a histogram of quarters of one, up to a minute.</summary>
internal sealed class Distribution
{
    private const double Width = 0.25;
    private readonly int[] _bins = new int[240_001];

    public long Count { get; private set; }

    public double Highest { get; private set; }

    public void Add(double value)
    {
        _bins[Math.Clamp((int)(value / Width), 0, _bins.Length - 1)]++;
        Count++;
        Highest = Math.Max(Highest, value);
    }

    /// <summary>The value that this share did not exceed; NaN when there is none.</summary>
    public double Percentile(double percent)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(Count * percent / 100));
        long seen = 0;
        for (var bin = 0; bin < _bins.Length - 1; bin++)
        {
            seen += _bins[bin];
            if (seen >= rank)
            {
                return Math.Min((bin + 1) * Width, Highest);
            }
        }

        return Count == 0 ? double.NaN : Highest;
    }

    /// <summary>Median, p90, p99, highest and count, as cells of a table.</summary>
    public string[] Cells() =>
    [
        Show(Percentile(50)), Show(Percentile(90)), Show(Percentile(99)), Show(Count == 0 ? double.NaN : Highest),
        Count.ToString("N0", CultureInfo.InvariantCulture),
    ];

    private static string Show(double value) =>
        double.IsNaN(value) ? "-" : value.ToString(value < 100 ? "F1" : "F0", CultureInfo.InvariantCulture);
}
