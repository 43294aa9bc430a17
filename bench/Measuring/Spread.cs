using System.Globalization;

namespace AkkaParty.Bench.Measuring;

/// <summary>Several rounds of one figure: the middle one, and the extremes.</summary>
internal readonly record struct Spread(double Median, double Lowest, double Highest)
{
    public static Spread Of<T>(IEnumerable<T> rounds, Func<T, double> figure)
    {
        var sorted = rounds.Select(figure).Order().ToArray();
        var middle = sorted.Length / 2;
        var median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[^1]);
    }

    public string Show(string format) =>
        string.Create(CultureInfo.InvariantCulture, $"{Text(Median, format)} ({Text(Lowest, format)}-{Text(Highest, format)})");

    public string ShowMedian(string format) => Text(Median, format);

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
