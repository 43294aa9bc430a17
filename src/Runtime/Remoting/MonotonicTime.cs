namespace AkkaParty.Runtime.Remoting;

/// <summary>Durations on the monotonic clock.</summary>
internal static class MonotonicTime
{
    /// <summary>A duration in the clock's own units.</summary>
    public static long TicksOf(this TimeProvider time, TimeSpan duration) =>
        time.TimestampFrequency == TimeSpan.TicksPerSecond
            ? duration.Ticks
            : (long)(duration.TotalSeconds * time.TimestampFrequency);
}
