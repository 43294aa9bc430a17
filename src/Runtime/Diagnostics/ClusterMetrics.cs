using System.Diagnostics.Metrics;

namespace AkkaParty.Runtime.Diagnostics;

/// <summary>This node's numbers as a member of its cluster, on the meter <c>AkkaParty.Runtime</c>.</summary>
internal sealed class ClusterMetrics : IDisposable
{
    private readonly Meter _meter = new("AkkaParty.Runtime");
    private readonly Histogram<double> _heartbeatSeconds;
    private readonly Histogram<double> _handOffSeconds;
    private long _takeovers;
    private long _fences;

    /// <summary>Begins to export.</summary>
    /// <param name="leaseRemaining">How long the lease still runs; null when it cannot lapse.</param>
    /// <param name="shardsOwned">How many shards this node serves.</param>
    public ClusterMetrics(Func<TimeSpan?> leaseRemaining, Func<int> shardsOwned)
    {
        _heartbeatSeconds = _meter.CreateHistogram<double>("akkaparty.cluster.heartbeat.duration", "s", "How long one heartbeat took.");
        _handOffSeconds = _meter.CreateHistogram<double>(
            "akkaparty.cluster.handoff.duration", "s", "How long the entities of a shard that moves took to finish.");
        _meter.CreateObservableGauge(
            "akkaparty.cluster.lease.remaining",
            () => leaseRemaining() is { } left ? [new Measurement<double>(left.TotalSeconds)] : Array.Empty<Measurement<double>>(),
            "s",
            "How long this node may serve without another heartbeat.");
        _meter.CreateObservableGauge("akkaparty.cluster.shards", shardsOwned, "{shard}", "Shards that this node serves.");
        _meter.CreateObservableCounter(
            "akkaparty.cluster.takeovers", () => Volatile.Read(ref _takeovers), "{member}", "Members that this node declared dead.");
        _meter.CreateObservableCounter(
            "akkaparty.cluster.fences", () => Volatile.Read(ref _fences), "{fence}", "Times this node stopped serving without a lease.");
    }

    public void Beat(TimeSpan duration) => _heartbeatSeconds.Record(duration.TotalSeconds);

    public void HandedOff(TimeSpan duration) => _handOffSeconds.Record(duration.TotalSeconds);

    public void TookOver() => Interlocked.Increment(ref _takeovers);

    public void WasFenced() => Interlocked.Increment(ref _fences);

    public void Dispose() => _meter.Dispose();
}
