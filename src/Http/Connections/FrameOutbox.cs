using System.Buffers;
using System.Runtime.CompilerServices;
using AkkaParty.Runtime.Feeds;

namespace AkkaParty.Http.Connections;

/// <summary>
/// The one way out of a connection. Whoever sends, writes at once, on its own thread, when nothing is under way; only
/// while a write blocks, or more is about to come, do further frames wait in a bounded list, and all that wait go out as one write. No
/// task, no channel, no timer; nothing here ever blocks the caller.
/// </summary>
/// <param name="stream">The connection's raw stream.</param>
/// <param name="owner">Whom to tell of trouble.</param>
/// <param name="pendingMaxBytes">The most bytes that may wait.</param>
internal sealed class FrameOutbox(Stream stream, IOutboxOwner owner, int pendingMaxBytes) : IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private List<WireFrame>? _pending;
    private Action? _onWritten;
    private byte[]? _rented;
    private TaskCompletionSource? _drained;
    private ValueTaskAwaiter _write;
    private long _blockedSince;
    private int _pendingBytes;
    private int _countedBytes;
    private bool _writing;
    private bool _closing;
    private bool _broken;

    /// <summary>The owner's clock at which the write that still blocks began; 0 when none does.</summary>
    public long BlockedSince => Volatile.Read(ref _blockedSince);

    /// <summary>
    /// Lets what is sent from now on wait until the threads have come past what waits for them now: for what will be followed by more
    /// in a moment, and had better go with it.
    /// </summary>
    public void Hold()
    {
        lock (_gate)
        {
            if (_writing || _closing || _broken)
            {
                return;
            }

            _writing = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <inheritdoc />
    public void Execute()
    {
        if (TakeNext(out var bytes))
        {
            Write(bytes);
        }
    }

    /// <summary>Sends a pack of frames.</summary>
    /// <param name="pack">The pack.</param>
    public void Send(PackedFrames pack)
    {
        if (Begin(pack.Frames))
        {
            HttpMetrics.FramesOut.Add(pack.Frames.Length);
            Write(pack.Bytes);
        }
    }

    /// <summary>Sends one frame.</summary>
    /// <param name="frame">The frame.</param>
    public void Send(WireFrame frame)
    {
        if (Begin(new ReadOnlySpan<WireFrame>(in frame)))
        {
            HttpMetrics.FramesOut.Add(1);
            Write(frame.Bytes);
        }
    }

    /// <summary>Sends a close frame as the last frame.</summary>
    /// <param name="frame">The close frame.</param>
    /// <param name="dropPending">Whether frames that still wait are given up.</param>
    /// <returns>False when the connection was closing already.</returns>
    public bool SendClose(ReadOnlyMemory<byte> frame, bool dropPending)
    {
        lock (_gate)
        {
            if (_closing || _broken)
            {
                return false;
            }

            _closing = true;
            if (_writing)
            {
                if (dropPending)
                {
                    _pending?.Clear();
                    (_pendingBytes, _countedBytes) = (0, 0);
                }

                Enqueue(new WireFrame(FeedFrameKind.Event, frame));
                return true;
            }

            _writing = true;
        }

        Write(frame);
        return true;
    }

    /// <summary>Takes no more frames; what waits still goes out.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _closing = true;
        }
    }

    /// <summary>Waits until everything was handed to the connection, or it broke.</summary>
    /// <returns>Ends then.</returns>
    public Task DrainAsync()
    {
        lock (_gate)
        {
            return !_writing
                ? Task.CompletedTask
                : (_drained ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    /// <summary>Takes the right to write, or lets the frames wait for the write that is under way.</summary>
    private bool Begin(ReadOnlySpan<WireFrame> frames)
    {
        lock (_gate)
        {
            if (_closing || _broken)
            {
                return false;
            }

            if (!_writing)
            {
                _writing = true;
                return true;
            }

            foreach (var frame in frames)
            {
                Enqueue(frame);
            }

            if (!Overflows())
            {
                return false;
            }
        }

        owner.OnSlowReader();
        return false;
    }

    private void Enqueue(WireFrame frame)
    {
        var pending = _pending ??= [];
        pending.Insert(frame.Kind == FeedFrameKind.State ? DropOlderState(pending) : pending.Count, frame);
        _pendingBytes += frame.Bytes.Length;
        _countedBytes += frame.IsCatchUp ? 0 : frame.Bytes.Length;
    }

    /// <summary>
    /// Gives up the state that still waits, since a newer one is all that matters. An acknowledgement behind it promises that what it is
    /// about was shown before, so the newer one takes the older one's place; but it must not come before other events: then the older
    /// one stays.
    /// </summary>
    /// <returns>Where the newer one goes.</returns>
    private int DropOlderState(List<WireFrame> pending)
    {
        var older = pending.FindLastIndex(static frame => frame.Kind == FeedFrameKind.State);
        var isFollowedByEvents = pending.FindIndex(older + 1, static frame => IsEvent(frame)) >= 0;
        var isFollowedByAnswers = pending.FindIndex(older + 1, static frame => frame.IsAnswer) >= 0;
        if (older < 0 || (isFollowedByEvents && isFollowedByAnswers))
        {
            return pending.Count;
        }

        _pendingBytes -= pending[older].Bytes.Length;
        _countedBytes -= pending[older].IsCatchUp ? 0 : pending[older].Bytes.Length;
        pending.RemoveAt(older);
        return isFollowedByAnswers ? older : pending.Count;
    }

    private static bool IsEvent(WireFrame frame) => frame is { Kind: FeedFrameKind.Event, IsAnswer: false };

    private bool Overflows()
    {
        if (_countedBytes > pendingMaxBytes)
        {
            DropSignals();
        }

        return _countedBytes > pendingMaxBytes;
    }

    private void DropSignals()
    {
        var pending = _pending!;
        var kept = 0;
        for (var i = 0; i < pending.Count; i++)
        {
            if (pending[i].Kind == FeedFrameKind.Signal)
            {
                _pendingBytes -= pending[i].Bytes.Length;
                _countedBytes -= pending[i].IsCatchUp ? 0 : pending[i].Bytes.Length;
            }
            else
            {
                pending[kept++] = pending[i];
            }
        }

        pending.RemoveRange(kept, pending.Count - kept);
    }

#pragma warning disable CA2012, VSTHRD002 // Results are taken only of writes that have completed; the rest goes on in OnWritten.
    private void Write(ReadOnlyMemory<byte> bytes)
    {
        do
        {
            HttpMetrics.BytesOut.Add(bytes.Length);
            try
            {
                var write = stream.WriteAsync(bytes, CancellationToken.None);
                if (!write.IsCompleted)
                {
                    Volatile.Write(ref _blockedSince, Math.Max(1, owner.Now));
                    _write = write.GetAwaiter();
                    _write.UnsafeOnCompleted(_onWritten ??= OnWritten);
                    return;
                }

                write.GetAwaiter().GetResult();
            }
            catch (Exception exception) when (IsBroken(exception))
            {
                Break(exception);
                return;
            }
        }
        while (TakeNext(out bytes));
    }

    private void OnWritten()
    {
        Volatile.Write(ref _blockedSince, 0);
        try
        {
            _write.GetResult();
        }
        catch (Exception exception) when (IsBroken(exception))
        {
            Break(exception);
            return;
        }

        if (TakeNext(out var bytes))
        {
            Write(bytes);
        }
    }
#pragma warning restore CA2012, VSTHRD002

    private bool TakeNext(out ReadOnlyMemory<byte> bytes)
    {
        bytes = default;
        lock (_gate)
        {
            ReturnRented();
            if (_pending is not { Count: > 0 } pending)
            {
                _writing = false;
                _pending = null;
                _drained?.TrySetResult();
                return false;
            }

            HttpMetrics.FramesOut.Add(pending.Count);
            bytes = pending.Count == 1 ? pending[0].Bytes : Coalesce(pending);
            pending.Clear();
            (_pendingBytes, _countedBytes) = (0, 0);
            return true;
        }
    }

    private ReadOnlyMemory<byte> Coalesce(List<WireFrame> pending)
    {
        _rented = ArrayPool<byte>.Shared.Rent(_pendingBytes);
        var at = 0;
        foreach (var frame in pending)
        {
            frame.Bytes.Span.CopyTo(_rented.AsSpan(at));
            at += frame.Bytes.Length;
        }

        return _rented.AsMemory(0, at);
    }

    private void Break(Exception exception)
    {
        lock (_gate)
        {
            _broken = true;
            _writing = false;
            _pending = null;
            (_pendingBytes, _countedBytes) = (0, 0);
            ReturnRented();
            _drained?.TrySetResult();
        }

        owner.OnBroken(exception);
    }

    private void ReturnRented()
    {
        if (_rented is { } rented)
        {
            _rented = null;
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private static bool IsBroken(Exception exception) =>
        exception is IOException or ObjectDisposedException or OperationCanceledException or InvalidOperationException;
}
