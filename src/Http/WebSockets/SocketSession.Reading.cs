using System.Buffers;
using System.Net.WebSockets;
using AkkaParty.Protocol;

namespace AkkaParty.Http.WebSockets;

/// <summary>Reading: whole messages within the limits, with no buffer held between them.</summary>
internal abstract partial class SocketSession
{
    private const int FirstBufferBytes = 2048;

    private async Task ReadAsync()
    {
        while (true)
        {
            // Waiting with an empty buffer: memory is taken only when a message has begun to come.
            var result = await _reader.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                break;
            }

            await ReceiveAsync(result);
        }

        // The client's goodbye, or its answer to ours.
        if (!Closing)
        {
            SetCloseBy();
            Outbox.SendClose(CloseFrame((int)WebSocketCloseStatus.NormalClosure, string.Empty), dropPending: false);
        }
    }

    private async ValueTask ReceiveAsync(ValueWebSocketReceiveResult result)
    {
        // Up to one byte more than a message may have: that byte shows that it is too long.
        var most = Shared.Options.MessageMaxBytes + 1;
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBufferBytes);
        var length = 0;
        try
        {
            while (!result.EndOfMessage && length < most)
            {
                if (length == buffer.Length)
                {
                    Grow(ref buffer);
                }

                result = await _reader.ReceiveAsync(buffer.AsMemory(length, Math.Min(buffer.Length, most) - length),
                    CancellationToken.None);
                if (result.MessageType == WebSocketMessageType.Close)
                {
                    return;
                }

                length += result.Count;
            }

            await TakeAsync(result, buffer.AsMemory(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private ValueTask TakeAsync(ValueWebSocketReceiveResult result, ReadOnlyMemory<byte> message)
    {
        if (Closing)
        {
            return ValueTask.CompletedTask;
        }

        HttpMetrics.FramesIn.Add(1);
        HttpMetrics.BytesIn.Add(message.Length);
        if (message.Length > Shared.Options.MessageMaxBytes)
        {
            OnRefused(MessageRefusal.TooBig, TimeSpan.Zero);
            Close(CloseCodes.MessageTooBig, dropPending: false);
            return ValueTask.CompletedTask;
        }

        if (!_rate.TryTake(Shared.Options, Shared.Time, out var retryAfter))
        {
            OnRefused(MessageRefusal.TooMany, retryAfter);
            if (_rate.Exhausted(Shared.Options))
            {
                Close(CloseCodes.TooManyMessages, dropPending: true);
            }

            return ValueTask.CompletedTask;
        }

        if (result.MessageType == WebSocketMessageType.Binary)
        {
            OnRefused(MessageRefusal.Binary, TimeSpan.Zero);
            return ValueTask.CompletedTask;
        }

        return OnMessageAsync(message.Span);
    }

    private static void Grow(ref byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 4);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }
}
