using System.Net.Security;
using System.Net.Sockets;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Remoting;

namespace AkkaParty.Runtime.Sockets.Links;

/// <summary>One connection whose two ends have proved who they are, from its first frame to its end.</summary>
internal sealed class Link : IThreadPoolWorkItem
{
    /// <summary>How much is handed to the connection at once, so that its progress can be seen.</summary>
    private const int SliceBytes = 256 * 1024;

    /// <summary>Beyond this a cork does not wait for its reader.</summary>
    private const int CorkedBytesMax = 64 * 1024;

    /// <summary>How many batches are sent before the thread is given back.</summary>
    private const int BatchesPerTurn = 4;

    private readonly Lock _gate = new();
    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly Outbox _outbox;
    private readonly FrameBuffer _inbox;
    private readonly Cork _cork = new();
    private readonly LinkWatch _watch;
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Sending _sending;
    private bool _closing;
    private long _framesSent;
    private long _framesReceived;
    private long _bytesSent;
    private long _bytesReceived;
    private volatile bool _isReading;
    private volatile string? _end;

    public Link(NodeIdentity peer, Socket socket, Stream stream, int featureLevel, bool dialed, SocketTransportOptions options)
    {
        Peer = peer;
        FeatureLevel = featureLevel;
        Dialed = dialed;
        _socket = socket;
        _stream = stream;
        _outbox = new Outbox(options.PendingBytesMax);
        _inbox = new FrameBuffer(options.FrameBytesMax);
        _watch = new LinkWatch(options);
    }

    private enum Sending
    {
        /// <summary>Nothing waits.</summary>
        Idle,

        /// <summary>What waits is sent when the reader that holds it back is done.</summary>
        Corked,

        /// <summary>Somebody sends.</summary>
        Busy,
    }

    public NodeIdentity Peer { get; }

    public int FeatureLevel { get; }

    public bool Dialed { get; }

    public bool IsEncrypted => _stream is SslStream;

    /// <summary>Why it ended; null while it lives.</summary>
    public string? End => _end;

    /// <summary>Completes when it has ended and its receiver knows.</summary>
    public Task Over => _over.Task;

    public long BytesSent => Volatile.Read(ref _bytesSent);

    public long BytesReceived => Volatile.Read(ref _bytesReceived);

    public LinkStatus Status()
    {
        lock (_gate)
        {
            return new LinkStatus(
                Peer, FeatureLevel, Dialed, IsEncrypted, _outbox.PendingBytes, _framesSent, Volatile.Read(ref _framesReceived));
        }
    }

    /// <summary>Copies a frame, to be sent with whatever else waits. Thread-safe, never blocks.</summary>
    /// <returns>False when the link has ended, or too much waits.</returns>
    public bool TrySend(ReadOnlySpan<byte> frame)
    {
        lock (_gate)
        {
            if (_closing || !_outbox.TryAdd(frame))
            {
                return false;
            }

            _framesSent++;
            if (!BeginSending(Cork.Current))
            {
                return true;
            }
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        return true;
    }

    /// <summary>The reader that held back what waits here is done: it sends it.</summary>
    public void Uncork()
    {
        lock (_gate)
        {
            if (_sending != Sending.Corked)
            {
                return;
            }

            _sending = Sending.Busy;
        }

        Execute();
    }

    /// <summary>Sends what waits.</summary>
    public void Execute() => _ = SendPendingAsync();

    /// <summary>Delivers every frame that comes, until the link ends; <see cref="End"/> then says why.</summary>
    /// <param name="receiver">Takes them.</param>
    /// <returns>A task that completes at the link's end; it fails when the receiver throws.</returns>
    public async Task ReceiveAsync(INodeReceiver receiver)
    {
        try
        {
            while (_end is null)
            {
                _isReading = true;
                var count = await _stream.ReadAsync(_inbox.Room());
                _isReading = false;
                if (count == 0)
                {
                    Abort("the peer closed it");
                    return;
                }

                Volatile.Write(ref _bytesReceived, _bytesReceived + count);
                _inbox.Read(count);
                Deliver(receiver);
            }
        }
        catch (Exception e) when (Broken.IsBroken(e))
        {
            Abort(e.Message);
        }
        catch (InvalidDataException e)
        {
            Abort(e.Message);
        }
        finally
        {
            Abort("its receiver failed");
        }
    }

    /// <summary>The receiver has been told of the end.</summary>
    public void NoteOver() => _over.TrySetResult();

    /// <summary>Ends the link at once. What waits is lost.</summary>
    /// <param name="reason">Why, for the log.</param>
    public void Abort(string reason)
    {
        lock (_gate)
        {
            _closing = true;
            _end ??= reason;
        }

        _drained.TrySetResult();

        // The socket first: it ends what the stream waits for.
        _socket.Dispose();
        _stream.Dispose();
    }

    /// <summary>Takes nothing more, sends what waits, and ends the link when the peer has seen that.</summary>
    /// <param name="linger">The longest this may take.</param>
    /// <returns>A task that completes when the link has ended and its receiver knows.</returns>
    public async Task FinishAsync(TimeSpan linger)
    {
        lock (_gate)
        {
            _closing = true;
            if (_sending == Sending.Idle)
            {
                _drained.TrySetResult();
            }
        }

        using var limit = new CancellationTokenSource(linger);
        try
        {
            await _drained.Task.WaitAsync(limit.Token);
            _socket.Shutdown(SocketShutdown.Send);
            await Over.WaitAsync(limit.Token);
        }
        catch (Exception e) when (Broken.IsBroken(e))
        {
            Abort(e.Message);
        }

        Abort("this node stopped");
        await Over;
    }

    /// <summary>Looks after the link; called every half of the keep-alive interval.</summary>
    public void Watch()
    {
        bool isSending;
        lock (_gate)
        {
            if (_closing)
            {
                return;
            }

            isSending = _sending != Sending.Idle;
        }

        switch (_watch.Look(BytesReceived, BytesSent, isSending, HasWaitingInput))
        {
            case LinkHealth.Silent:
                Abort("nothing was heard from it");
                break;
            case LinkHealth.Stalled:
                Abort("it does not read what is sent to it");
                break;
            case LinkHealth.Idle:
                KeepAlive();
                break;
        }
    }

    // While this node itself is slow to read, the peer is not silent.
    private bool HasWaitingInput()
    {
        try
        {
            return !_isReading || _socket.Available > 0;
        }
        catch (Exception e) when (Broken.IsBroken(e))
        {
            return false;
        }
    }

    private void KeepAlive()
    {
        lock (_gate)
        {
            if (_closing || !_outbox.TryAdd([]) || !BeginSending(cork: null))
            {
                return;
            }
        }

        Execute();
    }

    /// <summary>Under the gate.</summary>
    /// <returns>Whether the caller has to see to it that somebody sends.</returns>
    private bool BeginSending(Cork? cork)
    {
        switch (_sending)
        {
            case Sending.Idle when cork is not null:
                cork.Add(this);
                _sending = Sending.Corked;
                return false;
            case Sending.Idle:
            case Sending.Corked when cork is null || _outbox.PendingBytes > CorkedBytesMax:
                _sending = Sending.Busy;
                return true;
            default:
                return false;
        }
    }

    private void Deliver(INodeReceiver receiver)
    {
        var before = _cork.Enter();
        try
        {
            while (_end is null && _inbox.TryTake(out var frame))
            {
                if (frame.Length > 0)
                {
                    _framesReceived++;
                    receiver.Received(Peer, frame);
                }
            }
        }
        finally
        {
            _cork.Leave(before);
        }
    }

    private async Task SendPendingAsync()
    {
        try
        {
            for (var batches = 0; TryTake(out var batch); batches++)
            {
                while (batch.Length > 0)
                {
                    var slice = batch[..Math.Min(batch.Length, SliceBytes)];
                    await _stream.WriteAsync(slice);
                    Volatile.Write(ref _bytesSent, _bytesSent + slice.Length);
                    batch = batch[slice.Length..];
                }

                if (batches + 1 == BatchesPerTurn)
                {
                    batches = 0;
                    await Task.Yield();
                }
            }
        }
        catch (Exception e) when (Broken.IsBroken(e))
        {
            Abort(e.Message);
        }
    }

    private bool TryTake(out ReadOnlyMemory<byte> batch)
    {
        lock (_gate)
        {
            if (_outbox.IsSending)
            {
                _outbox.Sent();
            }

            if (_end is null && !_outbox.IsEmpty)
            {
                batch = _outbox.Take();
                return true;
            }

            batch = default;
            _sending = Sending.Idle;
            if (_closing)
            {
                _drained.TrySetResult();
            }

            return false;
        }
    }
}
