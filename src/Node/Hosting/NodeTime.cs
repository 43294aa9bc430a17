namespace AkkaParty.Node.Hosting;

/// <summary>
/// The time of everything outside the runtime: the machine's clock until the node has joined, then the cluster's, so that instants
/// which clients see agree on every node. Timers and time stamps are the machine's own all along.
/// </summary>
internal sealed class NodeTime : TimeProvider
{
    private volatile TimeProvider _cluster = System;

    /// <inheritdoc />
    public override TimeZoneInfo LocalTimeZone => System.LocalTimeZone;

    /// <inheritdoc />
    public override long TimestampFrequency => System.TimestampFrequency;

    /// <summary>Takes the time of day from the cluster from now on.</summary>
    /// <param name="cluster">The cluster's clock.</param>
    public void Follow(TimeProvider cluster) => _cluster = cluster;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => _cluster.GetUtcNow();

    /// <inheritdoc />
    public override long GetTimestamp() => System.GetTimestamp();

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime, period);
}
