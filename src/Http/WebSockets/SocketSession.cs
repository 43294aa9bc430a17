using System.Net.WebSockets;
using System.Text;
using AkkaParty.Protocol;
using AkkaParty.Runtime.Feeds;
using Microsoft.Extensions.Logging;

namespace AkkaParty.Http.WebSockets;

/// <summary>
/// One client connection, whatever its dialect: reads messages within the limits, sends, pings, closes. Between two
/// messages it holds no receive buffer.
/// </summary>
internal abstract partial class SocketSession : IFeedSubscriber, IOutboxOwner
{
    private readonly HttpContext _context;
    private readonly WebSocket _reader;
    private readonly FrameOutbox _outbox;
    private readonly long _expiresAt;
    private MessageRate _rate;
    private long _receivedAt;
    private long _pingAt;
    private long _closeBy;
    private CloseCode? _closed;
    private bool _ended;

    /// <summary>Makes a session of an accepted connection.</summary>
    /// <param name="context">The upgraded request.</param>
    /// <param name="stream">Its raw stream.</param>
    /// <param name="shared">What all sessions share.</param>
    /// <param name="lifetime">How long the token lives on.</param>
    protected SocketSession(HttpContext context, Stream stream, SocketServices shared, TimeSpan lifetime)
    {
        _context = context;
        Shared = shared;
        _outbox = new FrameOutbox(stream, this, shared.Options.PendingMaxBytes);
        _receivedAt = Now;
        _pingAt = Now + (long)shared.Options.PingEvery.TotalMilliseconds;
        // By the exact clock: the coarse one lags, and a socket must not say that a token has ended which still holds.
        _expiresAt = shared.Registry.ExactNow + 1 + (long)Math.Clamp(lifetime.TotalMilliseconds, 0, long.MaxValue / 2);
        _reader = WebSocket.CreateFromStream(
            new SharedWriteStream(stream, this),
            new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = Timeout.InfiniteTimeSpan });
    }

    /// <summary>This session's place in the registry's list.</summary>
    public int Slot { get; set; }

    /// <inheritdoc />
    public abstract string? Member { get; }

    /// <summary>The hash of the token the session was opened with: when that is revoked, on whichever node, the feed ends.</summary>
    public abstract string Credential { get; }

    /// <inheritdoc />
    public long Now => Shared.Registry.Now;

    /// <summary>What all sessions share.</summary>
    protected SocketServices Shared { get; }

    /// <summary>Whether the connection is closing: messages are read no more.</summary>
    protected bool Closing => Volatile.Read(ref _closed) is not null;

    /// <summary>Lives until the connection has ended.</summary>
    /// <returns>Ends with the connection.</returns>
    public async Task RunAsync()
    {
        Shared.Registry.Add(this);
        try
        {
            Begin();
            await ReadAsync();
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // The client vanished or was cut, or it broke the protocol and was told so by the reader's close frame.
            ConnectionEnded(Shared.Logger, exception.Message);
        }
        finally
        {
            await EndAsync();
            await LetGoAsync();
            Shared.Registry.Remove(this);
            _reader.Dispose();
        }
    }

    /// <inheritdoc />
    public virtual void Deliver(FeedBatch batch) => _outbox.Send(batch.Packed(PackedFrames.Pack));

    /// <inheritdoc />
    public virtual void End(FeedEnd reason) => Close(CodeOf(reason), dropPending: false);

    /// <summary>Begins to close: the close frame goes out, and the client has a short time to answer it.</summary>
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
        _outbox.SendClose(CloseFrame(code.Code, code.Reason), dropPending);
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

            return;
        }

        var options = Shared.Options;
        if (_outbox.BlockedSince is > 0 and var since && now - since >= (long)options.WriteTimeout.TotalMilliseconds)
        {
            Close(CloseCodes.SlowConsumer, dropPending: true);
        }
        else if (now >= _expiresAt)
        {
            Close(CloseCodes.TokenExpired, dropPending: false);
        }
        else if (now - Volatile.Read(ref _receivedAt) >= (long)options.IdleTimeout.TotalMilliseconds)
        {
            Close(CloseCodes.Idle, dropPending: false);
        }
        else if (now >= _pingAt)
        {
            _pingAt = now + (long)options.PingEvery.TotalMilliseconds;
            _outbox.Send(StaticFrames.Ping);
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

    /// <summary>Something came from the client.</summary>
    internal void NoteReceived() => Volatile.Write(ref _receivedAt, Now);

    /// <summary>Sends a frame that the protocol's reader made: a pong, or its close after a violation.</summary>
    /// <param name="frame">The whole frame; copied.</param>
    internal void SendProtocolFrame(ReadOnlyMemory<byte> frame)
    {
        var copy = frame.ToArray();
        if ((copy[0] & 0x0F) == (FrameHeader.Close & 0x0F))
        {
            _outbox.SendClose(copy, dropPending: false);
        }
        else
        {
            _outbox.Send(new WireFrame(FeedFrameKind.Signal, copy));
        }
    }

    /// <summary>Starts the dialect: subscribe.</summary>
    protected abstract void Begin();

    /// <summary>Takes a whole text message. What it returns is awaited before the next message that is not urgent.</summary>
    /// <param name="message">The message's UTF-8 bytes, valid until the call returns.</param>
    /// <returns>Ends when the next message may be taken.</returns>
    protected abstract ValueTask OnMessageAsync(ReadOnlySpan<byte> message);

    /// <summary>Answers a message that is refused unread.</summary>
    /// <param name="refusal">Why.</param>
    /// <param name="retryAfter">When a retry makes sense.</param>
    protected abstract void OnRefused(MessageRefusal refusal, TimeSpan retryAfter);

    /// <summary>Ends the dialect: unsubscribe. Called once.</summary>
    /// <returns>Ends when nothing is under way any more.</returns>
    protected abstract ValueTask EndAsync();

    /// <summary>Sends a text message that must not be lost.</summary>
    /// <param name="payload">Its UTF-8 bytes.</param>
    protected void SendText(ReadOnlySpan<byte> payload) =>
        _outbox.Send(new WireFrame(FeedFrameKind.Event, FrameHeader.Frame(FrameHeader.Text, payload)));

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

    // The last write must be over before the request ends: its stream and context are the server's again then.
    private async ValueTask LetGoAsync()
    {
        SetCloseBy();
        _outbox.Stop();
        await _outbox.DrainAsync();
        lock (_outbox)
        {
            _ended = true;
        }
    }

    private void Cut()
    {
        lock (_outbox)
        {
            if (!_ended)
            {
                _context.Abort();
            }
        }
    }

    private void SetCloseBy() =>
        Interlocked.CompareExchange(ref _closeBy, Now + (long)Shared.Options.CloseTimeout.TotalMilliseconds, 0);

    private static byte[] CloseFrame(int code, string reason)
    {
        var payload = new byte[2 + Encoding.UTF8.GetByteCount(reason)];
        payload[0] = (byte)(code >> 8);
        payload[1] = (byte)code;
        Encoding.UTF8.GetBytes(reason, payload.AsSpan(2));
        return FrameHeader.Frame(FrameHeader.Close, payload);
    }

    [LoggerMessage(EventId = 3101, Level = LogLevel.Debug, Message = "Connection ended: {Reason}")]
    private static partial void ConnectionEnded(ILogger logger, string reason);

    [LoggerMessage(EventId = 3102, Level = LogLevel.Information, Message = "Closing the connection of {Member} with {Code} ({Name})")]
    private static partial void Closed(ILogger logger, string? member, int code, string name);
}
