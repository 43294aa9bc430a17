using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using AkkaParty.Chaos.Histories;

namespace AkkaParty.Chaos.Clients;

/// <summary>
/// A person's socket, opened again at another node whenever it ends or falls silent, from the last number shown. What was not answered
/// is sent again with its number.
/// </summary>
internal sealed class PersonSocket(ClientPlan plan, Seat seat, HistoryFile history, int firstNode) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, PendingCommand> _open = [];
    private readonly SemaphoreSlim _window = new(ClientPlan.Window);
    private readonly SemaphoreSlim _sending = new(1);
    private readonly string _device = Guid.NewGuid().ToString("N");
    private ClientWebSocket? _socket;
    private int _node = firstNode;
    private int _connection;
    private long _shown;
    private long _acknowledged;
    private TaskCompletionSource _changed = New();

    /// <summary>How many commands were acknowledged.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>When the oldest open command was given; null when none is open.</summary>
    public long? OldestOpen
    {
        get
        {
            lock (_gate)
            {
                return _open.Count == 0 ? null : _open.Values.Min(command => command.CalledAt);
            }
        }
    }

    /// <summary>Takes a command as soon as there is room among the open ones, and sends it when there is a connection.</summary>
    public async Task GiveAsync(PendingCommand command)
    {
        await _window.WaitAsync();
        lock (_gate)
        {
            _open.Add(command.Number, command);
        }

        await SendAsync(command);
    }

    /// <summary>Keeps a connection until cancelled.</summary>
    public async Task LiveAsync(CancellationToken over)
    {
        var failures = 0;
        while (!over.IsCancellationRequested)
        {
            string reason;
            using var socket = new ClientWebSocket();
            socket.Options.KeepAliveInterval = TimeSpan.Zero;
            var shownBefore = Interlocked.Read(ref _shown);
            _connection++;
            try
            {
                await ConnectAsync(socket, over);
                using var reader = new SocketReader(socket, this, over);
                reason = await reader.ReadAsync();
            }
            catch (Exception exception) when (IsLoss(exception))
            {
                reason = exception.Message;
            }

            history.Add(new Closed(Pace.Now, seat.Party, seat.Person, _connection, reason));
            Volatile.Write(ref _socket, null);
            failures = Interlocked.Read(ref _shown) > shownBefore ? 0 : failures + 1;
            _node++;
            await Pace.UpToAsync(Math.Min(400, 50 * (failures + 1)), over);
        }
    }

    /// <summary>Waits until no command is open.</summary>
    /// <exception cref="TimeoutException">Some are open still.</exception>
    public async Task UntilAnsweredAsync()
    {
        if (!await IsInTimeAsync(() => _open.Count == 0))
        {
            throw new TimeoutException($"{seat.Person} of party {seat.Party} waited in vain for the answers to {_open.Count} commands.");
        }
    }

    /// <summary>Waits until the party was shown with a number or a later one; false when that did not happen in time.</summary>
    public Task<bool> IsShownAsync(long seq) => IsInTimeAsync(() => _shown >= seq);

    public void Dispose()
    {
        _window.Dispose();
        _sending.Dispose();
    }

    /// <summary>Takes a frame.</summary>
    internal void Take(JsonElement frame)
    {
        var type = frame.GetProperty("type").GetString();
        if (type == "party_update")
        {
            Show(SightReader.Of(frame.GetProperty("payload").GetProperty("party")));
        }
        else if (type is "ack" or "error" && frame.GetProperty("payload").TryGetProperty("id", out var id))
        {
            Answer(id.GetInt64(), frame.GetProperty("payload"), type == "ack");
        }
        else if (type == "error")
        {
            var code = frame.GetProperty("payload").GetProperty("code").GetString()!;
            history.Add(new Retried(Pace.Now, seat.Party, seat.Person, 0, code));
        }
    }

    /// <summary>Asks for a sign of life.</summary>
    internal Task PingAsync(ClientWebSocket socket) => SendAsync(socket, new { type = "ping" });

    /// <summary>Whether an exception means that the connection is lost.</summary>
    internal static bool IsLoss(Exception exception) =>
        exception is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException or HttpRequestException
            or InvalidOperationException;

    private async Task ConnectAsync(ClientWebSocket socket, CancellationToken over)
    {
        var node = plan.Nodes[(_node & int.MaxValue) % plan.Nodes.Count];
        var since = Interlocked.Read(ref _shown);
        var query = $"token={seat.Token}&client={_device}" + (since == 0 ? string.Empty : $"&since={since}");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(over);
        patience.CancelAfter(ClientPlan.CallPatience);
        await socket.ConnectAsync(new Uri($"ws://{node.Authority}/ws/party/{seat.Party}?{query}"), patience.Token);
        history.Add(new Opened(Pace.Now, seat.Party, seat.Person, _connection, node.Authority, since));
        PendingCommand[] again;
        lock (_gate)
        {
            // Commands given from here on are sent by their giver, after these.
            again = [.. _open.Values];
            _socket = socket;
        }

        foreach (var command in again)
        {
            await SendAsync(socket, Frame(command));
        }
    }

    private async Task SendAsync(PendingCommand command)
    {
        if (Volatile.Read(ref _socket) is { } socket)
        {
            await SendAsync(socket, Frame(command));
        }
    }

    private async Task SendAsync(ClientWebSocket socket, object frame)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(frame);
        await _sending.WaitAsync();
        try
        {
            using var patience = new CancellationTokenSource(ClientPlan.Silence);
            await socket.SendAsync(bytes, WebSocketMessageType.Text, true, patience.Token);
        }
        catch (Exception exception) when (IsLoss(exception))
        {
            // The reader finds the same and opens another, which sends it again.
            socket.Abort();
        }
        finally
        {
            _sending.Release();
        }
    }

    private static object Frame(PendingCommand command) => new
    {
        type = command.Kind == CommandKind.Deadline ? "set_ranking_deadline" : "submit_ranking",
        payload = command.Payload,
        id = command.Number,
    };

    private void Show(Sight sight)
    {
        history.Add(new Shown(Pace.Now, seat.Party, seat.Person, _connection, sight));
        Change(() => _shown = Math.Max(_shown, sight.Seq));
    }

    private void Answer(long number, JsonElement payload, bool success)
    {
        bool known;
        PendingCommand? command;
        lock (_gate)
        {
            known = _open.TryGetValue(number, out command);
        }

        if (!known)
        {
            // An answer to the frame that was sent on an earlier connection came, too.
            return;
        }

        if (success)
        {
            var seq = payload.GetProperty("seq").GetInt64();
            history.Add(new Told(Pace.Now, seat.Party, seat.Person, _connection, seq));
            history.Add(new Acknowledged(Pace.Now, seat.Party, seat.Person, number, seq));
            Interlocked.Increment(ref _acknowledged);
        }
        else
        {
            var code = payload.GetProperty("code").GetString()!;
            if (payload.GetProperty("retryable").GetBoolean())
            {
                history.Add(new Retried(Pace.Now, seat.Party, seat.Person, number, code));
                _ = AgainAsync(command!);
                return;
            }

            history.Add(new Refused(Pace.Now, seat.Party, seat.Person, number, code));
        }

        Change(() => _open.Remove(number));
        _window.Release();
    }

    private async Task AgainAsync(PendingCommand command)
    {
        await Pace.UpToAsync(200, CancellationToken.None);
        await SendAsync(command);
    }

    private void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            change();
            changed = _changed;
            _changed = New();
        }

        changed.SetResult();
    }

    private async Task<bool> IsInTimeAsync(Func<bool> look)
    {
        using var patience = new CancellationTokenSource(ClientPlan.LastPatience);
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (look())
                {
                    return true;
                }

                changed = _changed.Task;
            }

            try
            {
                await changed.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
