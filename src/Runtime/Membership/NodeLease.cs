namespace AkkaParty.Runtime.Membership;

/// <summary>
/// The right to answer from memory, by this node's own monotonic clock: from the instant before a heartbeat was sent that
/// succeeded, for the lease's duration.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="duration">How long a heartbeat is good for; null for a lease that cannot lapse.</param>
internal sealed class NodeLease(TimeProvider time, TimeSpan? duration)
{
    private long _until = duration is null ? long.MaxValue : long.MinValue;
    private bool _doubtful;

    /// <summary>Whether it cannot lapse.</summary>
    public bool IsEndless => duration is null;

    /// <summary>Whether memory may be trusted without asking the store: the lease is running and the last heartbeat succeeded.</summary>
    public bool IsValid
    {
        get
        {
            var until = Volatile.Read(ref _until);
            return until == long.MaxValue || (!Volatile.Read(ref _doubtful) && time.GetTimestamp() < until);
        }
    }

    /// <summary>Whether it has run out: the others may have given this node's shards away.</summary>
    public bool HasLapsed
    {
        get
        {
            var until = Volatile.Read(ref _until);
            return until != long.MaxValue && time.GetTimestamp() >= until;
        }
    }

    /// <summary>How long it still runs; zero when it has lapsed, null when it cannot.</summary>
    public TimeSpan? Remaining
    {
        get
        {
            var until = Volatile.Read(ref _until);
            var now = time.GetTimestamp();
            return until == long.MaxValue ? null : now < until ? time.GetElapsedTime(now, until) : TimeSpan.Zero;
        }
    }

    /// <summary>A heartbeat succeeded.</summary>
    /// <param name="sent">The timestamp taken before it was sent.</param>
    public void Renew(long sent)
    {
        if (duration is { } good)
        {
            Volatile.Write(ref _until, sent + (long)(good.TotalSeconds * time.TimestampFrequency));
            Volatile.Write(ref _doubtful, false);
        }
    }

    /// <summary>
    /// A heartbeat failed: the store may have ended this member's connection and told the others so. Until the next good one every
    /// answer is confirmed by the store, though the lease still runs.
    /// </summary>
    public void Doubt() => Volatile.Write(ref _doubtful, duration is not null);

    /// <summary>The run it belonged to is over.</summary>
    public void End()
    {
        if (duration is not null)
        {
            Volatile.Write(ref _until, long.MinValue);
        }
    }
}
