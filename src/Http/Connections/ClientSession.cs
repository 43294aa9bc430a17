using System.Diagnostics.Metrics;
using AkkaParty.Protocol;
using AkkaParty.Runtime.Feeds;
using Microsoft.Extensions.Logging;

namespace AkkaParty.Http.Connections;

/// <summary>
/// One client connection that lives for long, whatever its transport and dialect: follows an entity, sends through its outbox, is looked
/// after by the registry's ticker, and closes in order.
/// </summary>
internal abstract partial class ClientSession : IFeedSubscriber, IOutboxOwner
{
    private readonly HttpContext _context;
    private readonly long _expiresAt;
    private long _closeBy;
    private CloseCode? _closed;
    private bool _ended;

    /// <summary>Makes a session of a connection.</summary>
    /// <param name="context">The request that it is.</param>
    /// <param name="stream">Where to write.</param>
    /// <param name="shared">What all sessions share.</param>
    /// <param name="lifetime">How long the token lives on.</param>
    protected ClientSession(HttpContext context, Stream stream, ConnectionServices shared, TimeSpan lifetime)
    {
        _context = context;
        Shared = shared;
        Outbox = new FrameOutbox(stream, this, shared.Options.PendingMaxBytes);
        // By the exact clock: the coarse one lags, and nobody must be told that a token has ended which still holds.
        _expiresAt = shared.Registry.ExactNow + 1 + (long)Math.Clamp(lifetime.TotalMilliseconds, 0, long.MaxValue / 2);
    }

    /// <summary>This session's place in the registry's list.</summary>
    public int Slot { get; set; }

    /// <inheritdoc />
    public abstract string? Member { get; }

    /// <summary>
    /// The hash of the token the session was opened with: when that is revoked, on whichever node, the feed ends. Null where none is
    /// needed.
    /// </summary>
    public abstract string? Credential { get; }

    /// <summary>
    /// The session of the account it was opened with, a UUID in its 36-character form: when that is revoked, on whichever node, the
    /// connection closes. Null where no account was shown.
    /// </summary>
    public virtual string? AccountSession => null;

    /// <summary>What tells the connection that its account session was revoked; the registry's to set.</summary>
    public IDisposable? AccountWatch { get; set; }

    /// <inheritdoc />
    public long Now => Shared.Registry.Now;

    /// <summary>Counts open connections of this kind.</summary>
    public abstract UpDownCounter<long> Gauge { get; }

    /// <summary>What all sessions share.</summary>
    protected ConnectionServices Shared { get; }

    /// <summary>The way out.</summary>
    protected FrameOutbox Outbox { get; }

    /// <summary>Whether the connection is closing.</summary>
    protected bool Closing => Volatile.Read(ref _closed) is not null;

    /// <inheritdoc />
    public abstract void Deliver(FeedBatch batch);

    /// <inheritdoc />
    public virtual void End(FeedEnd reason) => Close(CodeOf(reason), dropPending: false);

    /// <summary>Begins to close: the client is told why, and has a short time to go.</summary>
    /// <param name="code">Why.</param>
    /// <param name="dropPending">Whether what still waits is given up.</param>
    public void Close(CloseCode code, bool dropPending)
    {
        if (Interlocked.CompareExchange(ref _closed, code, null) is not null)
        {
            return;
        }

        HttpMetrics.Closes.Add(1, new KeyValuePair<string, object?>("code", code.Name));
        Closed(Shared.Logger, Member, code.Code, code.Name);
        SetCloseBy();
        SayGoodbye(code, dropPending);
    }

    /// <summary>Looks after the connection; called every second or so.</summary>
    /// <param name="now">The coarse clock.</param>
    public void Tick(long now)
    {
        var closeBy = Volatile.Read(ref _closeBy);
        if (closeBy > 0)
        {
            if (now >= closeBy)
            {
                Cut();
            }
        }
        else if (Outbox.BlockedSince is > 0 and var since && now - since >= (long)Shared.Options.WriteTimeout.TotalMilliseconds)
        {
            Close(CloseCodes.SlowConsumer, dropPending: true);
        }
        else if (now >= _expiresAt)
        {
            Close(CloseCodes.TokenExpired, dropPending: false);
        }
        else
        {
            LookAfter(now);
        }
    }

    /// <inheritdoc />
    public void OnSlowReader() => Close(CloseCodes.SlowConsumer, dropPending: true);

    /// <inheritdoc />
    public void OnBroken(Exception exception)
    {
        ConnectionEnded(Shared.Logger, exception.Message);
        Cut();
    }

    /// <summary>Sends the last frame, which says why.</summary>
    /// <param name="code">Why.</param>
    /// <param name="dropPending">Whether what still waits is given up.</param>
    protected abstract void SayGoodbye(CloseCode code, bool dropPending);

    /// <summary>What this kind of connection needs every second or so, while it is open.</summary>
    /// <param name="now">The coarse clock.</param>
    protected abstract void LookAfter(long now);

    /// <summary>The last write must be over before the request ends: its stream and context are the server's again then.</summary>
    /// <returns>Ends when nothing is written any more.</returns>
    protected async ValueTask LetGoAsync()
    {
        SetCloseBy();
        Outbox.Stop();
        await Outbox.DrainAsync();
        lock (Outbox)
        {
            _ended = true;
        }
    }

    /// <summary>From now on the connection has only a short time left.</summary>
    protected void SetCloseBy() =>
        Interlocked.CompareExchange(ref _closeBy, Now + (long)Shared.Options.CloseTimeout.TotalMilliseconds, 0);

    /// <summary>The close code that tells a client why its subscription ended.</summary>
    /// <param name="reason">Why.</param>
    /// <returns>The code.</returns>
    protected static CloseCode CodeOf(FeedEnd reason) => reason switch
    {
        FeedEnd.Moved => CloseCodes.Restarting,
        FeedEnd.Expelled => CloseCodes.Removed,
        FeedEnd.Closed => CloseCodes.Closed,
        FeedEnd.Revoked => CloseCodes.TokenRevoked,
        _ => CloseCodes.Unavailable,
    };

    private void Cut()
    {
        lock (Outbox)
        {
            if (!_ended)
            {
                _context.Abort();
            }
        }
    }

    /// <summary>Says in the log how a connection ended.</summary>
    /// <param name="logger">The log.</param>
    /// <param name="reason">How.</param>
    [LoggerMessage(EventId = 3101, Level = LogLevel.Debug, Message = "Connection ended: {Reason}")]
    protected static partial void ConnectionEnded(ILogger logger, string reason);

    [LoggerMessage(EventId = 3102, Level = LogLevel.Information, Message = "Closing the connection of {Member} with {Code} ({Name})")]
    private static partial void Closed(ILogger logger, string? member, int code, string name);
}
