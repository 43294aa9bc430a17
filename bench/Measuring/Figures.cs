namespace AkkaParty.Bench.Measuring;

/// <summary>What must be reached, next to what was.</summary>
internal sealed class Figures
{
    private readonly Table _table = new(
        "What was measured, and what must be reached", "figure", "measured", "must reach", "reached", "load average");

    /// <summary>Adds a figure that may be at most so much.</summary>
    public void AtMost(string figure, double measured, double limit, string format, string unit) =>
        Add(figure, measured, $"at most {limit.ToString(format)} {unit}", measured <= limit, format, unit);

    /// <summary>Adds a figure that must be at least so much.</summary>
    public void AtLeast(string figure, double measured, double limit, string format, string unit) =>
        Add(figure, measured, $"at least {limit.ToString(format)} {unit}", measured >= limit, format, unit);

    public void Print() => _table.Print();

    private void Add(string figure, double measured, string goal, bool reached, string format, string unit) =>
        _table.Add(figure, $"{measured.ToString(format)} {unit}", goal, reached ? "yes" : "NO", Machine.LoadAverage());
}
