namespace AkkaParty.Http.Connections;

/// <summary>A frame that many sessions send at the same tick: made once a tick, and shared.</summary>
/// <param name="make">Makes it.</param>
internal sealed class TickFrame(Func<WireFrame> make)
{
    private Made? _last;

    /// <summary>The frame of a tick.</summary>
    /// <param name="now">The coarse clock.</param>
    /// <returns>The same frame for every caller of that tick.</returns>
    public WireFrame At(long now)
    {
        if (Volatile.Read(ref _last) is { } last && last.Now == now)
        {
            return last.Frame;
        }

        var made = new Made(now, make());
        Volatile.Write(ref _last, made);
        return made.Frame;
    }

    private sealed record Made(long Now, WireFrame Frame);
}
