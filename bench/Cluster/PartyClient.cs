using System.Globalization;
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
    private static readonly TimeSpan ReconnectPause = TimeSpan.FromMilliseconds(10);
    private readonly string _device = Guid.NewGuid().ToString("N");
    private readonly SemaphoreSlim _sending = new(1);
    private readonly List<Answer> _answers = [];
    private volatile ClientWebSocket? _socket;
    private volatile Pending? _pending;
    private int _node = firstNode;
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
        while (!over.IsCancellationRequested)
        {
            try
            {
                await command.Done.Task.WaitAsync(Silence, over);
                return;
            }
            catch (TimeoutException)
            {
                // Its reader finds the end and goes on to the next node.
                _socket?.Abort();
            }
            catch (OperationCanceledException)
            {
                return;
            }
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
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(over);
                patience.CancelAfter(Silence);
                await socket.ConnectAsync(Target(), patience.Token);
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

    private Uri Target()
    {
        var node = nodes[_node % nodes.Count];
        return new Uri($"ws://{node.Authority}/ws/party/{seat.Party}?token={seat.Token}&client={_device}");
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
        await _sending.WaitAsync();
        try
        {
            command.SentAt = Stamp.Now;
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
            or InvalidOperationException;

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
