namespace AkkaParty.Runtime.Sockets.Links;

/// <summary>What a look at a link found.</summary>
internal enum LinkHealth
{
    /// <summary>All is well.</summary>
    Good,

    /// <summary>Nothing was sent for a while: a sign of life is due.</summary>
    Idle,

    /// <summary>Nothing came for too long.</summary>
    Silent,

    /// <summary>The peer took nothing for too long.</summary>
    Stalled,
}

/// <summary>
/// Judges a link by regular looks at its counters. It counts looks, not time: a node that was paused itself and wakes up has
/// missed looks, and does not blame its peers for that.
/// </summary>
internal sealed class LinkWatch
{
    private readonly int _silentLooksMax;
    private readonly int _stalledLooksMax;
    private long _received;
    private long _sent;
    private int _silentLooks;
    private int _stalledLooks;
    private int _idleLooks;

    public LinkWatch(SocketTransportOptions options)
    {
        var interval = IntervalOf(options);
        _silentLooksMax = Looks(options.SilenceMax, interval);
        _stalledLooksMax = Looks(options.StallMax, interval);
    }

    /// <summary>How often to look: twice per sign of life.</summary>
    public static TimeSpan IntervalOf(SocketTransportOptions options) => options.KeepAliveInterval / 2;

    /// <summary>One look.</summary>
    /// <param name="received">All bytes ever received.</param>
    /// <param name="sent">All bytes ever sent.</param>
    /// <param name="isSending">Whether something waits to be sent.</param>
    /// <param name="hasWaitingInput">Whether something came that was not read yet; asked only when nothing was.</param>
    public LinkHealth Look(long received, long sent, bool isSending, Func<bool> hasWaitingInput)
    {
        var wasSilent = received == _received && !hasWaitingInput();
        _silentLooks = wasSilent ? _silentLooks + 1 : 0;
        _stalledLooks = isSending && sent == _sent ? _stalledLooks + 1 : 0;
        _idleLooks = sent == _sent ? _idleLooks + 1 : 0;
        _received = received;
        _sent = sent;
        if (_silentLooks >= _silentLooksMax)
        {
            return LinkHealth.Silent;
        }

        if (_stalledLooks >= _stalledLooksMax)
        {
            return LinkHealth.Stalled;
        }

        return _idleLooks >= 1 && !isSending ? LinkHealth.Idle : LinkHealth.Good;
    }

    private static int Looks(TimeSpan span, TimeSpan interval) => Math.Max(2, (int)Math.Ceiling(span / interval));
}
