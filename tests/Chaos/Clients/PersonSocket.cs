using System.Net.WebSockets;
using System.Text.Json;
using AkkaParty.Chaos.Histories;

namespace AkkaParty.Chaos.Clients;

/// <summary>A person's socket, over which they give commands too. What was not answered is sent again with its number.</summary>
internal sealed class PersonSocket(ClientPlan plan, Part part, HistoryFile history, int firstNode)
    : PersonFeed(plan, part, history, firstNode)
{
    private readonly SortedDictionary<long, PendingCommand> _open = [];
    private readonly SemaphoreSlim _window = new(ClientPlan.Window);
    private readonly SemaphoreSlim _sending = new(1);
    private readonly string _device = Guid.NewGuid().ToString("N");
    private ClientWebSocket? _socket;
    private long _since;
    private long _acknowledged;

    /// <summary>How many commands were acknowledged.</summary>
    public long Acknowledged => Interlocked.Read(ref _acknowledged);

    /// <summary>When the oldest open command was given; null when none is open.</summary>
    public long? OldestOpen => Locked(() => _open.Count == 0 ? (long?)null : _open.Values.Min(command => command.CalledAt));

    /// <summary>Waits until there is room for one more open command.</summary>
    public Task RoomAsync() => _window.WaitAsync();

    /// <summary>Takes a command for which there is room, and sends it when there is a connection.</summary>
    public async Task GiveAsync(PendingCommand command)
    {
        Locked(() => _open.TryAdd(command.Number, command));
        await SendAsync(command);
    }

    /// <summary>Waits until no command is open.</summary>
    /// <exception cref="TimeoutException">Some are open still.</exception>
    public async Task UntilAnsweredAsync()
    {
        if (!await IsInTimeAsync(() => _open.Count == 0))
        {
            throw new TimeoutException($"{Seat.Person} of {Seat.Entity} waited in vain for the answers to {_open.Count} commands.");
        }
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        _window.Dispose();
        _sending.Dispose();
    }

    /// <summary>Takes a frame.</summary>
    internal void Take(JsonElement frame)
    {
        switch (Part.Hear(frame))
        {
            case Heard.Done(var number, var seq):
                Acknowledge(number, seq);
                break;
            case Heard.No no:
                Refuse(no);
                break;
            case var heard:
                Take(heard, _since);
                break;
        }
    }

    /// <summary>Asks for a sign of life; false where the WebSocket itself does that.</summary>
    internal async Task<bool> PingAsync(ClientWebSocket socket)
    {
        if (Part.Ping is not { } ping)
        {
            return false;
        }

        await SendAsync(socket, ping);
        return true;
    }

    /// <inheritdoc />
    protected override async Task<string> FollowAsync(Uri node, long since, CancellationToken over)
    {
        using var socket = new ClientWebSocket();
        (socket.Options.KeepAliveInterval, socket.Options.KeepAliveTimeout) = Part.Ping is null
            ? (ClientPlan.Silence / 3, ClientPlan.Silence)
            : (TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        try
        {
            await ConnectAsync(socket, node, since, over);
            using var reader = new SocketReader(socket, this, over);
            return await reader.ReadAsync();
        }
        finally
        {
            Volatile.Write(ref _socket, null);
        }
    }

    private async Task ConnectAsync(ClientWebSocket socket, Uri node, long since, CancellationToken over)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(over);
        patience.CancelAfter(ClientPlan.CallPatience);
        await socket.ConnectAsync(new Uri($"ws://{node.Authority}{Part.FeedPath(_device, since)}"), patience.Token);
        _since = since;
        Open(node, since);
        var again = Locked(() =>
        {
            // Commands given from here on are sent by their giver, after these.
            _socket = socket;
            return _open.Values.ToArray();
        });
        foreach (var command in again)
        {
            await SendAsync(socket, command.Frame);
        }
    }

    private async Task SendAsync(PendingCommand command)
    {
        if (Volatile.Read(ref _socket) is { } socket)
        {
            await SendAsync(socket, command.Frame);
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

    private void Acknowledge(long number, long seq)
    {
        // Otherwise an answer to the frame that was sent on an earlier connection came, too.
        if (Locked(() => _open.GetValueOrDefault(number)) is { } command)
        {
            History.Add(new Told(Pace.Now, Seat.Entity, Seat.Person, Connection, seq));
            History.Add(new Acknowledged(Pace.Now, Seat.Entity, Seat.Person, number, seq));
            Interlocked.Increment(ref _acknowledged);
            Close(command);
        }
    }

    private void Refuse(Heard.No no)
    {
        if (Locked(() => _open.GetValueOrDefault(no.Number)) is not { } command)
        {
            return;
        }

        if (no.Retryable)
        {
            History.Add(new Retried(Pace.Now, Seat.Entity, Seat.Person, no.Number, no.Code));
            _ = AgainAsync(command);
            return;
        }

        History.Add(new Refused(Pace.Now, Seat.Entity, Seat.Person, no.Number, no.Code));
        Close(command);
    }

    private void Close(PendingCommand command)
    {
        Part.Close(command);
        Change(() => _open.Remove(command.Number));
        _window.Release();
    }

    private async Task AgainAsync(PendingCommand command)
    {
        await Pace.UpToAsync(200, CancellationToken.None);
        await SendAsync(command);
    }
}
