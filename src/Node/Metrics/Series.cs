using System.Runtime.InteropServices;

namespace AkkaParty.Node.Metrics;

/// <summary>One series: an instrument's values under one set of labels. Recording is thread-safe and allocates nothing.</summary>
internal abstract class Series(LabelSet labels)
{
    /// <summary>The series' labels.</summary>
    public LabelSet Labels { get; } = labels;

    /// <summary>The scrape in which an observed value was last seen; counted up by the collector.</summary>
    public long SeenAt { get; set; }

    /// <summary>Takes one measurement.</summary>
    public abstract void Record(double value);

    /// <summary>Takes one whole measurement.</summary>
    public abstract void Record(long value);
}

/// <summary>A sum of whole numbers and fractions: counters and up-down counters.</summary>
internal sealed class SumSeries(LabelSet labels) : Series(labels)
{
    private PaddedSums _sums;

    /// <summary>The sum so far.</summary>
    public double Value => Volatile.Read(ref _sums.Whole) + Volatile.Read(ref _sums.Fraction);

    public override void Record(long value) => Interlocked.Add(ref _sums.Whole, value);

    public override void Record(double value) => AtomicDouble.Add(ref _sums.Fraction, value);
}

/// <summary>The last value: gauges, and everything that is observed when asked for.</summary>
internal sealed class LastValueSeries(LabelSet labels) : Series(labels)
{
    private double _value;

    /// <summary>The last value.</summary>
    public double Value => Volatile.Read(ref _value);

    public override void Record(long value) => Volatile.Write(ref _value, value);

    public override void Record(double value) => Volatile.Write(ref _value, value);
}

/// <summary>How often values fell into each bucket, and their sum.</summary>
internal sealed class HistogramSeries(LabelSet labels, double[] bounds) : Series(labels)
{
    private readonly long[] _counts = new long[bounds.Length + 1];
    private PaddedSums _sums;

    /// <summary>The sum of all values.</summary>
    public double Sum => Volatile.Read(ref _sums.Whole) + Volatile.Read(ref _sums.Fraction);

    /// <summary>The upper bounds of the buckets, included, ascending; one more bucket takes the rest.</summary>
    public IReadOnlyList<double> Bounds => bounds;

    /// <summary>Copies how many values each bucket has, the one for the rest last.</summary>
    public long[] Counts()
    {
        var counts = new long[_counts.Length];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = Volatile.Read(ref _counts[i]);
        }

        return counts;
    }

    public override void Record(long value)
    {
        Count(value);
        Interlocked.Add(ref _sums.Whole, value);
    }

    public override void Record(double value)
    {
        // Not a number belongs to no bucket and would spoil the sum for ever.
        if (!double.IsNaN(value))
        {
            Count(value);
            AtomicDouble.Add(ref _sums.Fraction, value);
        }
    }

    private void Count(double value)
    {
        var low = 0;
        var high = bounds.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (value <= bounds[middle])
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        Interlocked.Increment(ref _counts[low]);
    }
}

/// <summary>Two sums on a cache line of their own: neighbours are written by other cores.</summary>
[StructLayout(LayoutKind.Explicit, Size = 192)]
internal struct PaddedSums
{
    /// <summary>The sum of whole measurements.</summary>
    [FieldOffset(64)]
    public long Whole;

    /// <summary>The sum of the others.</summary>
    [FieldOffset(72)]
    public double Fraction;
}

/// <summary>Adds to a double without a lock.</summary>
internal static class AtomicDouble
{
    /// <summary>Adds a value.</summary>
    public static void Add(ref double target, double value)
    {
        var seen = Volatile.Read(ref target);
        while (true)
        {
            var before = Interlocked.CompareExchange(ref target, seen + value, seen);
            if (before.Equals(seen))
            {
                return;
            }

            seen = before;
        }
    }
}
