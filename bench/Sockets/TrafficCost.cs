using AkkaParty.Bench.Measuring;

namespace AkkaParty.Bench.Sockets;

/// <summary>What a window of traffic cost the server, and how it went.</summary>
/// <param name="Deliveries">Frames that reached members.</param>
/// <param name="Elapsed">The window's length.</param>
/// <param name="ServerCpu">The server's CPU time.</param>
/// <param name="GeneratorCpu">This process's CPU time.</param>
/// <param name="MeanBytes">A mean payload.</param>
/// <param name="P50">Half of all deliveries took at most this long from the instant their message was due.</param>
/// <param name="P99">99 of 100 did.</param>
/// <param name="Failures">Error frames, close frames and lost connections.</param>
internal readonly record struct TrafficCost(
    long Deliveries,
    TimeSpan Elapsed,
    TimeSpan ServerCpu,
    TimeSpan GeneratorCpu,
    double MeanBytes,
    TimeSpan P50,
    TimeSpan P99,
    long Failures)
{
    public double PerSecond => Deliveries / Elapsed.TotalSeconds;

    /// <summary>The server's CPU-seconds per million deliveries.</summary>
    public double CpuPerMillion => ServerCpu.TotalSeconds / Math.Max(1, Deliveries) * 1_000_000;

    /// <summary>Runs one window.</summary>
    public static TrafficCost Measure<TRoom>(ServerProcess server, Fleet<TRoom> fleet, ILoad load, TimeSpan window)
        where TRoom : Room
    {
        var lost = fleet.Lost;
        fleet.Traffic.Clear();
        var own = CostWindow.Open();
        var cpu = server.Cpu;
        var startedAt = Stamp.Now;
        fleet.Run(load, window);
        var elapsed = TimeSpan.FromMicroseconds(Stamp.Now - startedAt);
        var spent = server.Cpu - cpu;
        var traffic = fleet.Traffic;
        return new TrafficCost(
            traffic.Deliveries,
            elapsed,
            spent,
            own.Close(traffic.Deliveries).Cpu,
            (double)traffic.PayloadBytes / Math.Max(1, traffic.Deliveries),
            traffic.Latency.Percentile(50),
            traffic.Latency.Percentile(99),
            traffic.Errors + traffic.CloseFrames + fleet.Lost - lost);
    }
}
