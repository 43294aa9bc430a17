namespace AkkaParty.Protocol.WatchParties;

/// <summary>
/// Where a party is in what it watches. While playing, the position at a time t is <c>PositionMs + (t - At) * Rate</c>, from
/// <see cref="At"/> on; before it, <see cref="PositionMs"/>. An <see cref="At"/> in the future is a command that takes effect then.
/// </summary>
/// <param name="ItemId">What plays; null for nothing (a party may play without).</param>
/// <param name="PositionMs">The position at <paramref name="At"/>, in milliseconds, 0 or more.</param>
/// <param name="Playing">Whether it plays from <paramref name="At"/> on.</param>
/// <param name="Rate">Times normal speed, 0.25 to 4.</param>
/// <param name="At">When that holds, in cluster time.</param>
/// <param name="ChangedBy">The member whose command it was; null for the party's own (an item ended, a barrier opened).</param>
public sealed record Playback(string? ItemId, long PositionMs, bool Playing, double Rate, DateTimeOffset At, string? ChangedBy)
{
    /// <summary>The lowest rate.</summary>
    public const double RateMin = 0.25;

    /// <summary>The highest rate.</summary>
    public const double RateMax = 4;

    /// <summary>The position at a time.</summary>
    /// <param name="now">The time, in cluster time.</param>
    /// <param name="durationMs">How long the item is; the position never goes beyond it. Null when nobody knows.</param>
    /// <returns>The position in milliseconds.</returns>
    public long PositionAt(DateTimeOffset now, long? durationMs = null)
    {
        var position = Playing && now > At ? PositionMs + (long)Math.Round((now - At).TotalMilliseconds * Rate) : PositionMs;
        return durationMs is { } end && position > end ? Math.Max(end, 0) : position;
    }
}
