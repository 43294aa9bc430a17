namespace AkkaParty.Bench.Sockets;

/// <summary>A member of the bare broadcaster: writes at once, and what comes while a write blocks goes out together.</summary>
internal sealed class BareMember(Stream stream)
{
    private readonly Lock _gate = new();
    private List<byte[]>? _waiting;
    private bool _writing;

    /// <summary>Sends framed bytes; nobody changes them any more.</summary>
    public void Send(byte[] frames)
    {
        lock (_gate)
        {
            if (_writing)
            {
                (_waiting ??= []).Add(frames);
                return;
            }

            _writing = true;
        }

        var write = stream.WriteAsync(frames);
        if (write.IsCompletedSuccessfully)
        {
            Written();
        }
        else
        {
            _ = FinishAsync(write);
        }
    }

    private async Task FinishAsync(ValueTask write)
    {
        try
        {
            await write;
        }
        catch (IOException)
        {
            // The client has gone; its reader notices and takes it out of the room.
            return;
        }

        Written();
    }

    private void Written()
    {
        byte[] next;
        lock (_gate)
        {
            if (_waiting is not { Count: > 0 } waiting)
            {
                _writing = false;
                _waiting = null;
                return;
            }

            next = waiting.Count == 1 ? waiting[0] : [.. waiting.SelectMany(bytes => bytes)];
            waiting.Clear();
            _writing = false;
        }

        Send(next);
    }
}
