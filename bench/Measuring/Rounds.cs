namespace AkkaParty.Bench.Measuring;

/// <summary>How often and how long everything is measured.</summary>
/// <param name="Count">How many windows.</param>
/// <param name="Window">How long each is.</param>
/// <param name="WarmUp">How long the same work runs before, so that the compiler has optimised it.</param>
internal sealed record Rounds(int Count, TimeSpan Window, TimeSpan WarmUp)
{
    /// <summary>Runs callers through warm-up and windows.</summary>
    public List<CallersCost> Run(int callers, Func<Callers.Caller, Task> loop)
    {
        using var all = new Callers(callers, loop);
        all.Warm(WarmUp);
        return [.. Enumerable.Range(0, Count).Select(_ => all.Measure(Window))];
    }
}
