namespace AkkaParty.Bench.Sync;

/// <summary>What a client's way to the server is like.</summary>
/// <param name="UpMs">The delay of what it sends, in milliseconds.</param>
/// <param name="DownMs">The delay of what it is sent.</param>
/// <param name="Jitter">The mean of what each message is late besides, as a share of its delay.</param>
/// <param name="Stalled">The share of messages that are held up.</param>
internal sealed record LinkPath(double UpMs, double DownMs, double Jitter, double Stalled)
{
    /// <summary>For how long those are.</summary>
    public const double StallMs = 2_000;
}

/// <summary>One direction of a connection: messages are late but stay in order, as TCP keeps them.</summary>
internal sealed class DelayedLink(Agenda agenda, Random random, double delay, LinkPath path)
{
    private double _lastAt;

    /// <summary>When what is sent now will be there.</summary>
    /// <param name="isStalled">Whether it is held up, or waits behind what is.</param>
    public double Arrival(out bool isStalled)
    {
        var now = agenda.Now;
        var stall = random.NextDouble() < path.Stalled ? LinkPath.StallMs : 0;
        var jitter = -Math.Log(1 - random.NextDouble()) * delay * path.Jitter;
        _lastAt = Math.Max(_lastAt, now + delay + jitter + stall);
        isStalled = _lastAt - now > delay + (LinkPath.StallMs / 10) + jitter;
        return _lastAt;
    }
}
