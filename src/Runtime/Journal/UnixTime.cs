namespace AkkaParty.Runtime.Journal;

/// <summary>Instants as stores keep them: microseconds since 1970, UTC.</summary>
public static class UnixTime
{
    /// <summary>Makes the number; what is finer than a microsecond is cut off.</summary>
    /// <param name="instant">The instant.</param>
    /// <returns>Microseconds since 1970; negative before.</returns>
    public static long ToMicroseconds(DateTimeOffset instant) =>
        (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>Makes the number of an instant that may be missing.</summary>
    /// <param name="instant">The instant, or null.</param>
    /// <returns>Microseconds since 1970, or null.</returns>
    public static long? ToMicroseconds(DateTimeOffset? instant) => instant is { } value ? ToMicroseconds(value) : null;

    /// <summary>Reads the number back.</summary>
    /// <param name="microseconds">Microseconds since 1970.</param>
    /// <returns>The instant, in UTC.</returns>
    public static DateTimeOffset FromMicroseconds(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
