using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.EndToEnd.Harness;

/// <summary>How a socket ended.</summary>
internal sealed record SocketEnd(int? Code, string Reason);

/// <summary>A raw WebSocket to a party that keeps every frame it got.</summary>
internal sealed class PartySocket : IAsyncDisposable
{
    private readonly ClientWebSocket _socket;
    private readonly string _owner;
    private readonly Pulse _pulse = new();
    private readonly List<Frame> _frames = [];
    private readonly SemaphoreSlim _sending = new(1);
    private readonly Task _reading;
    private SocketEnd? _end;
    private Frame? _newest;
    private int _next;

    private PartySocket(ClientWebSocket socket, string owner, Action<string>? onText)
    {
        _socket = socket;
        _owner = owner;
        _reading = ReadAsync(onText);
    }

    /// <summary>Every frame so far.</summary>
    public IReadOnlyList<Frame> Frames => _pulse.Read(() => _frames.ToArray());

    /// <summary>The newest party it was sent.</summary>
    public PartyView Party => _pulse.Read(() => _newest)?.Party ?? throw new InvalidOperationException($"{_owner} was sent no party yet.");

    /// <summary>The sequence number of the newest party it was sent; 0 before that.</summary>
    public long Seq => _pulse.Read(() => _newest)?.Seq ?? 0;

    /// <summary>Connects.</summary>
    /// <exception cref="WebSocketException">The server refused.</exception>
    public static async Task<PartySocket> ConnectAsync(
        Uri address, string owner, Action<string>? onText = null, Action<ClientWebSocket>? configure = null)
    {
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        socket.Options.CollectHttpResponseDetails = true;
        configure?.Invoke(socket);
        try
        {
            using var patience = new CancellationTokenSource(Patience.Answer);
            await socket.ConnectAsync(address, patience.Token);
            return new PartySocket(socket, owner, onText);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends a frame.</summary>
    public Task SendAsync(string type, object? payload = null, long? id = null)
    {
        var frame = new Dictionary<string, object?> { ["type"] = type };
        if (payload is not null)
        {
            frame["payload"] = payload;
        }

        if (id is not null)
        {
            frame["id"] = id;
        }

        return SendAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(frame)));
    }

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

    /// <summary>Sends a frame with a number and awaits what the server says to it.</summary>
    public async Task<Frame> AskAsync(string type, object? payload, long id)
    {
        var from = _pulse.Read(() => _frames.Count);
        await SendAsync(type, payload, id);
        return await UntilAsync(
            string.Create(CultureInfo.InvariantCulture, $"the answer to {type} with id {id}"),
            () => _frames.Skip(from).FirstOrDefault(frame => frame.Id == id && !frame.Is(ServerFrameTypes.PartyUpdate)));
    }

    /// <summary>Awaits the next frame that fits, skipping others; each frame is given out once.</summary>
    public Task<Frame> NextAsync(string what, Func<Frame, bool> fits) => UntilAsync(what, () =>
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

    /// <summary>Awaits the next frame of a type, skipping others; each frame is given out once.</summary>
    public Task<Frame> NextAsync(string type) => NextAsync($"a {type}", frame => frame.Is(type));

    /// <summary>Awaits that the newest party looks as wanted.</summary>
    public async Task<PartyView> PartyAsync(string what, Func<PartyView, bool> fits) =>
        (await UntilAsync($"a party with {what}", () => _newest is { } newest && fits(newest.Party) ? newest : null)).Party;

    /// <summary>Awaits the end of the connection.</summary>
    public Task<SocketEnd> EndAsync() => _pulse.UntilAsync(() => _end, $"the end of {_owner}'s connection", Describe);

    /// <summary>Says goodbye and awaits the answer.</summary>
    public async Task<SocketEnd> CloseAsync()
    {
        using var patience = new CancellationTokenSource(Patience.Answer);
        await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
        return await EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _reading;
        _socket.Dispose();
        _sending.Dispose();
    }

    private Task<Frame> UntilAsync(string what, Func<Frame?> look) => _pulse.UntilAsync(
        () => look() ?? (_end is { } end ? throw new ConnectionLostException($"{_owner} waited for {what}, but: {end}. {Last()}") : null),
        $"{what} ({_owner})",
        Describe);

    private async Task ReadAsync(Action<string>? onText)
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
                    Take(Encoding.UTF8.GetString(message.GetBuffer(), 0, (int)message.Length), onText);
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

    private void Take(string text, Action<string>? onText)
    {
        var frame = new Frame(text);
        onText?.Invoke(text);
        _pulse.Change(() =>
        {
            _frames.Add(frame);
            if (frame.Is(ServerFrameTypes.PartyUpdate))
            {
                _newest = frame;
            }
        });
    }

    private string Describe() => _pulse.Read(Last);

    private string Last() => $"The last frames were:{Environment.NewLine}{string.Join(Environment.NewLine, _frames.TakeLast(5))}";
}
