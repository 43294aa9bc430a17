using System.Net.WebSockets;
using System.Text;

namespace AkkaParty.EndToEnd.Harness;

/// <summary>How a socket ended.</summary>
internal sealed record SocketEnd(int? Code, string Reason);

/// <summary>A WebSocket whose messages are texts, and that keeps them all: what the sockets of the surfaces have in common.</summary>
/// <typeparam name="TFrame">A message.</typeparam>
internal abstract class TextSocket<TFrame> : IAsyncDisposable
    where TFrame : class
{
    private readonly ClientWebSocket _socket;
    private readonly Pulse _pulse = new();
    private readonly List<TFrame> _frames = [];
    private readonly SemaphoreSlim _sending = new(1);
    private Task _reading = Task.CompletedTask;
    private SocketEnd? _end;
    private int _next;

    /// <summary>Takes a connection over.</summary>
    protected TextSocket(ClientWebSocket socket, string owner) => (_socket, Owner) = (socket, owner);

    /// <summary>Every frame so far.</summary>
    public IReadOnlyList<TFrame> Frames => _pulse.Read(() => _frames.ToArray());

    /// <summary>How it ended; null while it is open.</summary>
    public SocketEnd? End => _pulse.Read(() => _end);

    /// <summary>Completes when it has ended, however long that takes.</summary>
    public Task Ended => _reading;

    /// <summary>Whose it is.</summary>
    protected string Owner { get; }

    /// <summary>Sends bytes as one message, or as a part of one.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> bytes, WebSocketMessageType type = WebSocketMessageType.Text, bool end = true)
    {
        await _sending.WaitAsync();
        try
        {
            using var patience = new CancellationTokenSource(Patience.Answer);
            await _socket.SendAsync(bytes, type, end, patience.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Awaits the next frame that fits, skipping others; each frame is given out once.</summary>
    public Task<TFrame> NextAsync(string what, Func<TFrame, bool> fits) => UntilAsync(what, () =>
    {
        while (_next < _frames.Count)
        {
            var frame = _frames[_next++];
            if (fits(frame))
            {
                return frame;
            }
        }

        return null;
    });

    /// <summary>Awaits the end of the connection.</summary>
    public Task<SocketEnd> EndAsync() => _pulse.UntilAsync(() => _end, $"the end of {Owner}'s connection", Describe);

    /// <summary>Says goodbye and awaits the answer.</summary>
    public async Task<SocketEnd> CloseAsync()
    {
        using var patience = new CancellationTokenSource(Patience.Answer);
        await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
        return await EndAsync();
    }

    /// <summary>Cuts the connection.</summary>
    public void Abort() => _socket.Abort();

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _reading;
        _socket.Dispose();
        _sending.Dispose();
    }

    /// <summary>Opens a connection.</summary>
    /// <exception cref="WebSocketException">The server refused.</exception>
    protected static async Task<ClientWebSocket> OpenAsync(Uri address, Action<ClientWebSocket>? configure = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        socket.Options.CollectHttpResponseDetails = true;
        configure?.Invoke(socket);
        try
        {
            using var patience = new CancellationTokenSource(Patience.Answer);
            await socket.ConnectAsync(address, patience.Token);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Begins to read; called once, when the derived class is ready for frames.</summary>
    protected void BeginReading() => _reading = ReadAsync();

    /// <summary>Reads a message.</summary>
    protected abstract TFrame Parse(string text);

    /// <summary>Takes a frame, under the lock, after it was kept.</summary>
    protected virtual void Take(TFrame frame)
    {
    }

    /// <summary>Reads something under the lock.</summary>
    protected T Read<T>(Func<T> read) => _pulse.Read(read);

    /// <summary>Every frame so far; only under the lock.</summary>
    protected IReadOnlyList<TFrame> Taken => _frames;

    /// <summary>Looks, under the lock, after every frame until something is found.</summary>
    protected Task<T> UntilAsync<T>(string what, Func<T?> look)
        where T : class => _pulse.UntilAsync(
            () => look() ?? (_end is { } end
                ? throw new ConnectionLostException($"{Owner} waited for {what}, but: {end}. {Last()}")
                : null),
            $"{what} ({Owner})",
            Describe);

    private async Task ReadAsync()
    {
        using var message = new MemoryStream();
        var buffer = new byte[16 * 1024];
        SocketEnd? end = null;
        while (end is null)
        {
            try
            {
                var result = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                message.Write(buffer, 0, result.Count);
                if (result.MessageType == WebSocketMessageType.Close)
                {
                    end = new SocketEnd((int?)_socket.CloseStatus, _socket.CloseStatusDescription ?? string.Empty);
                    await AnswerCloseAsync();
                }
                else if (result.EndOfMessage)
                {
                    Keep(Encoding.UTF8.GetString(message.GetBuffer(), 0, (int)message.Length));
                    message.SetLength(0);
                }
            }
            catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException)
            {
                // The connection broke: that is an end like any other, without a code.
                end ??= new SocketEnd(null, exception.Message);
            }
        }

        _pulse.Change(() => _end = end);
    }

    private async Task AnswerCloseAsync()
    {
        if (_socket.State == WebSocketState.CloseReceived)
        {
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
    }

    private void Keep(string text)
    {
        var frame = Parse(text);
        _pulse.Change(() =>
        {
            _frames.Add(frame);
            Take(frame);
        });
    }

    private string Describe() => _pulse.Read(Last);

    private string Last() => $"The last frames were:{Environment.NewLine}{string.Join(Environment.NewLine, _frames.TakeLast(5))}";
}
