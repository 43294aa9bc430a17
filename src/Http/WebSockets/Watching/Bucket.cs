namespace AkkaParty.Http.WebSockets.Watching;

/// <summary>How often something may happen: a few times at once, and then once in a while. Mutable: keep it in a field.</summary>
/// <param name="burst">How often at once.</param>
/// <param name="every">After how long once more.</param>
internal struct Bucket(int burst, TimeSpan every)
{
    private double _left = burst;
    private long _at;

    /// <summary>Takes one.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="retryAfter">When there is one again, when there is none.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryTake(TimeProvider time, out TimeSpan retryAfter)
    {
        var now = time.GetTimestamp();
        if (_at != 0)
        {
            _left = Math.Min(burst, _left + (time.GetElapsedTime(_at, now) / every));
        }

        _at = now == 0 ? 1 : now;
        if (_left < 1)
        {
            retryAfter = (1 - _left) * every;
            return false;
        }

        _left--;
        retryAfter = TimeSpan.Zero;
        return true;
    }
}
