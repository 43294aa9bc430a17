using AkkaParty.Bench.Measuring;
using AkkaParty.Bench.Sockets;

namespace AkkaParty.Bench.Rooms;

/// <summary>What a window of votes cost, and how it went.</summary>
/// <param name="Votes">Acknowledged votes.</param>
/// <param name="Deliveries">Frames that reached members, acknowledgements included.</param>
/// <param name="Elapsed">The window's length.</param>
/// <param name="ServerCpu">The server's CPU time.</param>
/// <param name="DatabaseCpu">The CPU time of a database beside it.</param>
/// <param name="GeneratorCpu">This process's CPU time.</param>
/// <param name="Received">What TCP counted at the members' end.</param>
/// <param name="MeanBytes">A mean frame's payload.</param>
/// <param name="AckP50">Half of the votes were acknowledged in this time from the instant they were due.</param>
/// <param name="AckP99">99 of 100 were.</param>
/// <param name="SeenP50">Half of the votes had reached every member in this time.</param>
/// <param name="SeenP99">99 of 100 had.</param>
/// <param name="Failures">Errors, closed or lost connections, events out of order, votes that could not be sent.</param>
internal readonly record struct VoteCost(
    long Votes,
    long Deliveries,
    TimeSpan Elapsed,
    TimeSpan ServerCpu,
    TimeSpan DatabaseCpu,
    TimeSpan GeneratorCpu,
    TcpCounters Received,
    double MeanBytes,
    TimeSpan AckP50,
    TimeSpan AckP99,
    TimeSpan SeenP50,
    TimeSpan SeenP99,
    long Failures)
{
    public double VotesPerSecond => Votes / Elapsed.TotalSeconds;

    public double DeliveriesPerSecond => Deliveries / Elapsed.TotalSeconds;

    public double CpuPerVote => ServerCpu.TotalMicroseconds / Math.Max(1, Votes);

    public double DatabaseCpuPerVote => DatabaseCpu.TotalMicroseconds / Math.Max(1, Votes);

    public double WritesPerVote => (double)Received.Segments / Math.Max(1, Votes);

    public double BytesPerVote => (double)Received.Bytes / Math.Max(1, Votes);

    /// <summary>Runs one window.</summary>
    public static VoteCost Measure(VotingServer server, Fleet<VotingRoom> fleet, VoteTimes times, ILoad load, TimeSpan window)
    {
        var lost = fleet.Lost;
        var received = TcpCounters.Of(fleet.Members);
        fleet.Traffic.Clear();
        times.Clear();
        var own = CostWindow.Open();
        var (cpu, databaseCpu) = (server.Process.Cpu, server.DatabaseCpu);
        var startedAt = Stamp.Now;
        fleet.RunByTicks(load, window);
        var elapsed = TimeSpan.FromMicroseconds(Stamp.Now - startedAt);
        var (spent, databaseSpent) = (server.Process.Cpu - cpu, server.DatabaseCpu - databaseCpu);
        var traffic = fleet.Traffic;
        var generator = own.Close(times.Acknowledged).Cpu;
        var receivedNow = TcpCounters.Of(fleet.Members);
        return new VoteCost(
            times.Acknowledged,
            traffic.Deliveries,
            elapsed,
            spent,
            databaseSpent,
            generator,
            new TcpCounters(receivedNow.Bytes - received.Bytes, receivedNow.Segments - received.Segments),
            (double)traffic.PayloadBytes / Math.Max(1, traffic.Deliveries),
            times.ToAck.Percentile(50),
            times.ToAck.Percentile(99),
            times.ToEverybody.Percentile(50),
            times.ToEverybody.Percentile(99),
            traffic.Errors + traffic.CloseFrames + fleet.Lost - lost + times.Gaps + times.HeldBack);
    }
}
