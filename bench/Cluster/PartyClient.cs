using System.Globalization;
using System.Net.Http;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using AkkaParty.Bench.Sockets;

namespace AkkaParty.Bench.Cluster;

/// <summary>A command that was carried out.</summary>
/// <param name="DueAt">When its turn came, in microseconds.</param>
/// <param name="SentAt">When it was sent the last time.</param>
/// <param name="AnsweredAt">When its acknowledgement came.</param>
internal readonly record struct Answer(long DueAt, long SentAt, long AnsweredAt);

/// <summary>
/// One party's host: gives a command that is stored at a fixed pace over a socket. A connection that ends, and a node that is silent
/// for a second, is left for the next node; what was not answered is sent again with its number.
/// </summary>
internal sealed class PartyClient(IReadOnlyList<Uri> nodes, int firstNode, PartySeat seat, TimeSpan pace) : IDisposable
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ReconnectPause = TimeSpan.FromMilliseconds(10);
    private static readonly byte[] Ping = """{"type":"ping"}"""u8.ToArray();
    private static readonly HttpClient Http = new() { Timeout = Silence };
    private readonly string _device = Guid.NewGuid().ToString("N");
    private readonly SemaphoreSlim _sending = new(1);
    private readonly List<Answer> _answers = [];
    private volatile ClientWebSocket? _socket;
    private volatile Pending? _pending;
    private readonly int _home = firstNode;
    private int _node = firstNode;
    private long _heardAt;
    private int _retries;
    private int _failures;

    /// <summary>The party.</summary>
    public string Party => seat.Party;

    /// <summary>How often a command was sent again.</summary>
    public int Retries => _retries;

    /// <summary>How many commands were refused in a way that repeating does not mend.</summary>
    public int Failures => _failures;

    /// <summary>The commands whose turn came, or whose answer came, from an instant on.</summary>
    public List<Answer> AnswersSince(long instant)
    {
        lock (_answers)
        {
            var first = _answers.FindLastIndex(answer => answer.AnsweredAt < instant) + 1;
            return _answers[first..];
        }
    }

    /// <summary>Goes back to the node it began with, as a balancer spreads clients again.</summary>
    public void GoHome()
    {
        if (_node % nodes.Count != _home % nodes.Count)
        {
            _node = _home + nodes.Count - 1;
            _socket?.Abort();
        }
    }

    /// <summary>Gives commands until cancelled.</summary>
    public async Task RunAsync(CancellationToken over)
    {
        var connecting = ConnectAsync(over);
        await Patiently.PassAsync(pace * Random.Shared.NextDouble());
        var due = Stamp.Now;
        for (long number = 1; !over.IsCancellationRequested; number++)
        {
            await GiveAsync(new Pending(number, due), over);
            due += (long)pace.TotalMicroseconds;
            while (due - Stamp.Now is var early and > 0 && !over.IsCancellationRequested)
            {
                await Patiently.PassAsync(TimeSpan.FromMicroseconds(early));
            }
        }

        _socket?.Abort();
        await connecting;
    }

    public void Dispose() => _sending.Dispose();

    private async Task GiveAsync(Pending command, CancellationToken over)
    {
        _pending = command;
        await SendAsync(command);
        while (!await IsDoneAsync(command, over) && !over.IsCancellationRequested)
        {
            // Not answered: does the node live? If not, its reader finds the end and goes on to the next one.
            var socket = _socket;
            var asked = Stamp.Now;
            await SendAsync(socket, Ping);
            if (!await IsDoneAsync(command, over) && Volatile.Read(ref _heardAt) < asked && socket == _socket)
            {
                socket?.Abort();
            }
        }
    }

    private static async Task<bool> IsDoneAsync(Pending command, CancellationToken over)
    {
        try
        {
            await command.Done.Task.WaitAsync(Silence / 2, over);
            return true;
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task ConnectAsync(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            using var socket = new ClientWebSocket();
            socket.Options.KeepAliveInterval = TimeSpan.Zero;
            try
            {
                await ConnectAsync(socket, over);
                _socket = socket;
                await SendAsync(_pending, again: true);
                await ReadAsync(socket);
            }
            catch (Exception exception) when (IsLoss(exception))
            {
                await Patiently.PassAsync(ReconnectPause);
            }

            _socket = null;
            _node++;
        }
    }

    /// <summary>Connects to a node that says it is ready, as a load balancer chooses one. Its party may be slower to answer.</summary>
    private async Task ConnectAsync(ClientWebSocket socket, CancellationToken over)
    {
        var node = nodes[_node % nodes.Count];
        using (var ready = await Http.GetAsync(new Uri(node, "/health/ready"), over))
        {
            ready.EnsureSuccessStatusCode();
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(over);
        patience.CancelAfter(ConnectPatience);
        var target = $"ws://{node.Authority}/ws/party/{seat.Party}?token={seat.Token}&client={_device}";
        await socket.ConnectAsync(new Uri(target), patience.Token);
    }

    private async Task SendAsync(Pending? command, bool again = false)
    {
        if (command is null or { Done.Task.IsCompleted: true } || _socket is not { } socket)
        {
            return;
        }

        if (again && command.SentAt > 0)
        {
            _retries++;
        }

        // Each command differs from the one before, so each stores an event.
        var deadline = seat.FirstDeadline.AddMilliseconds(command.Number).ToString("O", CultureInfo.InvariantCulture);
        var frame = Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $$$"""{"type":"set_ranking_deadline","payload":{"deadline":"{{{deadline}}}"},"id":{{{command.Number}}}}"""));
        await SendAsync(socket, frame, command);
    }

    private async Task SendAsync(ClientWebSocket? socket, byte[] frame, Pending? command = null)
    {
        if (socket is null)
        {
            return;
        }

        await _sending.WaitAsync();
        try
        {
            if (command is not null)
            {
                command.SentAt = Stamp.Now;
            }

            using var patience = new CancellationTokenSource(Silence);
            await socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, patience.Token);
        }
        catch (Exception exception) when (IsLoss(exception))
        {
            socket.Abort();
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task ReadAsync(ClientWebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        var length = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
            if (read.MessageType == WebSocketMessageType.Close)
            {
                return;
            }

            Volatile.Write(ref _heardAt, Stamp.Now);
            length += read.Count;
            if (read.EndOfMessage)
            {
                Take(buffer.AsMemory(0, length));
                length = 0;
            }
        }
    }

    private void Take(ReadOnlyMemory<byte> frame)
    {
        var isAck = frame.Span.StartsWith("{\"type\":\"ack\""u8);
        if ((!isAck && !frame.Span.StartsWith("{\"type\":\"error\""u8)) || _pending is not { } pending)
        {
            return;
        }

        using var json = JsonDocument.Parse(frame);
        var payload = json.RootElement.GetProperty("payload");
        if (!payload.TryGetProperty("id", out var id) || id.GetInt64() != pending.Number)
        {
            return;
        }

        if (!isAck && payload.GetProperty("retryable").GetBoolean())
        {
            _ = AgainAsync(pending);
            return;
        }

        if (isAck)
        {
            lock (_answers)
            {
                _answers.Add(new Answer(pending.DueAt, pending.SentAt, Stamp.Now));
            }
        }
        else
        {
            _failures++;
        }

        pending.Done.TrySetResult();
    }

    private async Task AgainAsync(Pending command)
    {
        await Patiently.PassAsync(ReconnectPause);
        await SendAsync(command, again: true);
    }

    private static bool IsLoss(Exception exception) =>
        exception is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException
            or InvalidOperationException or HttpRequestException;

    private sealed class Pending(long number, long dueAt)
    {
        public long Number => number;

        public long DueAt => dueAt;

        public long SentAt { get; set; }

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>A party's host.</summary>
internal sealed record PartySeat(string Party, string Token, DateTimeOffset FirstDeadline);
