using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;

namespace AkkaParty.Bench.Sync;

/// <summary>A real WebSocket behind two links that delay what goes each way. Called, and calling back, on the agenda's thread.</summary>
internal sealed class DelayedSocket
{
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(10);
    private readonly Agenda _agenda;
    private readonly DelayedLink _up;
    private readonly DelayedLink _down;
    private readonly Action<PartyFrame> _hear;
    private readonly Action _lost;
    private readonly Channel<byte[]> _sending = Channel.CreateUnbounded<byte[]>(new UnboundedChannelOptions { SingleReader = true });
    private volatile ClientWebSocket? _socket;
    private volatile bool _isCut;

    /// <param name="agenda">The time.</param>
    /// <param name="random">Chance.</param>
    /// <param name="path">The way to the server.</param>
    /// <param name="hear">Takes a frame.</param>
    /// <param name="lost">Called once, when the connection ended or did not come about.</param>
    public DelayedSocket(Agenda agenda, Random random, LinkPath path, Action<PartyFrame> hear, Action lost)
    {
        _agenda = agenda;
        _up = new DelayedLink(agenda, random, path.UpMs, path);
        _down = new DelayedLink(agenda, random, path.DownMs, path);
        _hear = hear;
        _lost = lost;
    }

    /// <summary>A frame as its client gets it, before any delay: on a thread of the pool.</summary>
    public Action<PartyFrame>? Overhear { get; init; }

    /// <summary>Told when something is held up.</summary>
    public Action? HeldUp { get; init; }

    /// <summary>Connects: a handshake there and back, then the request, whose answer comes back with the first frame.</summary>
    public void Open(Uri target) => Through(_up, () => Through(_down, () => Through(_up, () => _ = RunAsync(target))));

    /// <summary>Sends a frame.</summary>
    public void Send(string frame) => Through(_up, () => _sending.Writer.TryWrite(Encode(frame)));

    /// <summary>Ends the connection; nothing is heard of it any more.</summary>
    public void Cut()
    {
        _isCut = true;
        _sending.Writer.TryComplete();
        _socket?.Abort();
    }

    private static byte[] Encode(string frame) => Encoding.UTF8.GetBytes(frame);

    private void Through(DelayedLink link, Action arrive)
    {
        var at = link.Arrival(out var isStalled);
        if (isStalled)
        {
            HeldUp?.Invoke();
        }

        _agenda.At(at, () =>
        {
            if (!_isCut)
            {
                arrive();
            }
        });
    }

    private async Task RunAsync(Uri target)
    {
        // Away from the agenda's thread at once.
        await Task.Yield();
        using var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        _socket = socket;
        try
        {
            using var patience = new CancellationTokenSource(ConnectPatience);
            await socket.ConnectAsync(target, patience.Token);
            var writing = WriteAsync(socket);
            await ReadAsync(socket);
            _sending.Writer.TryComplete();
            await writing;
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException
            or IOException or InvalidOperationException)
        {
            // The connection is lost, which is all there is to it.
            _sending.Writer.TryComplete();
        }

        _agenda.Post(0, () => Through(_down, () =>
        {
            _isCut = true;
            _lost();
        }));
    }

    private async Task ReadAsync(ClientWebSocket socket)
    {
        var buffer = new byte[512 * 1024];
        var length = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
            if (read.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            length += read.Count;
            if (read.EndOfMessage)
            {
                var frame = PartyFrame.Read(buffer.AsMemory(0, length));
                length = 0;
                Overhear?.Invoke(frame);
                _agenda.Post(0, () => Through(_down, () => _hear(frame)));
            }
        }
    }

    private async Task WriteAsync(ClientWebSocket socket)
    {
        await foreach (var frame in _sending.Reader.ReadAllAsync())
        {
            await socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
    }
}
