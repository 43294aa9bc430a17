using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AkkaParty.Runtime.Postgres;

/// <summary>
/// How long the whole journal's readers have been held back by a transaction that has not ended, on the meter
/// <c>AkkaParty.Runtime.Postgres</c>. More than a moment means that somebody holds a transaction open on this server.
/// </summary>
internal sealed class OrderLag : IDisposable
{
    private readonly Meter _meter = new("AkkaParty.Runtime.Postgres");
    private long _heldBackSince;

    public OrderLag() => _meter.CreateObservableGauge(
        "akkaparty.journal.order.lag",
        () => Current.TotalSeconds,
        "s",
        "How long stored events have been waiting for an open transaction before projections may see them.");

    /// <summary>How long it is now; zero when nobody waits.</summary>
    public TimeSpan Current => Volatile.Read(ref _heldBackSince) is var since and not 0 ? Stopwatch.GetElapsedTime(since) : TimeSpan.Zero;

    public void HeldBack() => Interlocked.CompareExchange(ref _heldBackSince, Stopwatch.GetTimestamp(), 0);

    public void CaughtUp() => Volatile.Write(ref _heldBackSince, 0);

    public void Dispose() => _meter.Dispose();
}
