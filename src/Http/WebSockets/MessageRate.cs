namespace AkkaParty.Http.WebSockets;

/// <summary>A token bucket of messages for one connection. Mutable: keep it in a field.</summary>
internal struct MessageRate
{
    private double _tokens;
    private long _at;
    private int _refused;

    /// <summary>Counts a message.</summary>
    /// <param name="options">The rate.</param>
    /// <param name="time">The clock.</param>
    /// <param name="retryAfter">When the next one is allowed, when this one is not.</param>
    /// <returns>Whether it is allowed.</returns>
    public bool TryTake(SocketOptions options, TimeProvider time, out TimeSpan retryAfter)
    {
        var now = time.GetTimestamp();
        _tokens = _at == 0
            ? options.MessageBurst
            : Math.Min(options.MessageBurst, _tokens + (time.GetElapsedTime(_at, now).TotalSeconds * options.MessagesPerSecond));
        _at = now == 0 ? 1 : now;
        if (_tokens >= options.MessageBurst)
        {
            _refused = 0;
        }

        if (_tokens >= 1)
        {
            _tokens--;
            retryAfter = TimeSpan.Zero;
            return true;
        }

        _refused++;
        retryAfter = TimeSpan.FromSeconds((1 - _tokens) / options.MessagesPerSecond);
        return false;
    }

    /// <summary>Whether the client went on for so long that the connection should be closed.</summary>
    /// <param name="options">The limits.</param>
    /// <returns>True to close.</returns>
    public readonly bool Exhausted(SocketOptions options) => _refused > options.RefusedMessagesMax;
}
