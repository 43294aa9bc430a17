namespace AkkaParty.Accounts.Storing;

/// <summary>How UUIDs are stored.</summary>
internal static class Ids
{
    /// <summary>The 36-character form.</summary>
    public static string Text(Guid id) => id.ToString("D");

    /// <summary>From the 36-character form.</summary>
    public static Guid Of(string text) => Guid.ParseExact(text, "D");
}

/// <summary>How instants are stored.</summary>
internal static class Instants
{
    /// <summary>Milliseconds since 1970 (UTC).</summary>
    public static long Now(TimeProvider time) => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>From milliseconds since 1970 (UTC).</summary>
    public static DateTimeOffset Of(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    /// <summary>A duration in milliseconds.</summary>
    public static long Span(TimeSpan duration) => (long)duration.TotalMilliseconds;
}
