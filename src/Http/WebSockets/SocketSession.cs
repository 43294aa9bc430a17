using System.Diagnostics.Metrics;
using System.Net.WebSockets;
using System.Text;
using AkkaParty.Http.Connections;
using AkkaParty.Protocol;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Http.WebSockets;

/// <summary>
/// One WebSocket, whatever its dialect: reads messages within the limits, sends, pings, closes. Between two messages it holds no
/// receive buffer.
/// </summary>
internal abstract partial class SocketSession : ClientSession
{
    private static readonly WireFrame Ping = new(FeedFrameKind.Signal, FrameHeader.Frame(FrameHeader.Ping, []));

    private readonly WebSocket _reader;
    private MessageRate _rate;
    private long _receivedAt;
    private long _pingAt;

    /// <summary>Makes a session of an accepted connection.</summary>
    /// <param name="context">The upgraded request.</param>
    /// <param name="stream">Its raw stream.</param>
    /// <param name="shared">What all sessions share.</param>
    /// <param name="lifetime">How long the token lives on.</param>
    protected SocketSession(HttpContext context, Stream stream, ConnectionServices shared, TimeSpan lifetime)
        : base(context, stream, shared, lifetime)
    {
        _receivedAt = Now;
        _pingAt = Now + (long)shared.Options.PingEvery.TotalMilliseconds;
        _reader = WebSocket.CreateFromStream(
            new SharedWriteStream(stream, this),
            new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = Timeout.InfiniteTimeSpan });
    }

    /// <inheritdoc />
    public override UpDownCounter<long> Gauge => HttpMetrics.Sessions;

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
    public override void Deliver(FeedBatch batch) => Outbox.Send(batch.Packed(TextFrames.Pack));

    /// <summary>Something came from the client.</summary>
    internal void NoteReceived() => Volatile.Write(ref _receivedAt, Now);

    /// <summary>Sends a frame that the protocol's reader made: a pong, or its close after a violation.</summary>
    /// <param name="frame">The whole frame; copied.</param>
    internal void SendProtocolFrame(ReadOnlyMemory<byte> frame)
    {
        var copy = frame.ToArray();
        if ((copy[0] & 0x0F) == (FrameHeader.Close & 0x0F))
        {
            Outbox.SendClose(copy, dropPending: false);
        }
        else
        {
            Outbox.Send(new WireFrame(FeedFrameKind.Signal, copy));
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

    /// <inheritdoc />
    protected override void SayGoodbye(CloseCode code, bool dropPending) =>
        Outbox.SendClose(CloseFrame(code.Code, code.Reason), dropPending);

    /// <inheritdoc />
    protected override void LookAfter(long now)
    {
        if (now - Volatile.Read(ref _receivedAt) >= (long)Shared.Options.IdleTimeout.TotalMilliseconds)
        {
            Close(CloseCodes.Idle, dropPending: false);
        }
        else if (now >= _pingAt)
        {
            _pingAt = now + (long)Shared.Options.PingEvery.TotalMilliseconds;
            Outbox.Send(Ping);
        }
    }

    /// <summary>Sends a text message that must not be lost.</summary>
    /// <param name="payload">Its UTF-8 bytes.</param>
    protected void SendText(ReadOnlySpan<byte> payload) =>
        Outbox.Send(new WireFrame(FeedFrameKind.Event, FrameHeader.Frame(FrameHeader.Text, payload), IsAnswer: true));

    private static byte[] CloseFrame(int code, string reason)
    {
        var payload = new byte[2 + Encoding.UTF8.GetByteCount(reason)];
        payload[0] = (byte)(code >> 8);
        payload[1] = (byte)code;
        Encoding.UTF8.GetBytes(reason, payload.AsSpan(2));
        return FrameHeader.Frame(FrameHeader.Close, payload);
    }
}
