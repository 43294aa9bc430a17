using System.Diagnostics;

namespace AkkaParty.Bench.Measuring;

/// <summary>Takes clock, CPU and allocations at the start of a window, and the difference at its end.</summary>
internal readonly struct CostWindow
{
    private readonly long _startedAt;
    private readonly TimeSpan _cpu;
    private readonly long _allocated;

    private CostWindow(long startedAt, TimeSpan cpu, long allocated)
    {
        _startedAt = startedAt;
        _cpu = cpu;
        _allocated = allocated;
    }

    public static CostWindow Open()
    {
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        return new CostWindow(Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, allocated);
    }

    public Cost Close(long operations)
    {
        var elapsed = Stopwatch.GetElapsedTime(_startedAt);
        var cpu = Environment.CpuUsage.TotalTime - _cpu;
        return new Cost(operations, elapsed, cpu, GC.GetTotalAllocatedBytes(precise: true) - _allocated);
    }
}
