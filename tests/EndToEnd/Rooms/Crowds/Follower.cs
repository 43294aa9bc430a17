using System.Globalization;
using System.Net.WebSockets;
using AkkaParty.Chaos;
using AkkaParty.EndToEnd.Harness;

namespace AkkaParty.EndToEnd.Rooms.Crowds;

/// <summary>
/// Follows a room through everything: when the connection breaks it asks the next node, and goes on after the last event it was told of.
/// </summary>
internal abstract class Follower(RoomClient client, Story story) : IAsyncDisposable
{
    private const double BackOffMilliseconds = 100;
    private readonly CancellationTokenSource _stop = new();
    private Task _following = Task.CompletedTask;

    /// <summary>What it was told.</summary>
    public Story Story => story;

    /// <summary>How often it connected.</summary>
    public int Connections { get; private set; }

    /// <summary>Who follows.</summary>
    protected RoomClient Client => client;

    /// <summary>Begins to follow, and waits until it is told of what happens.</summary>
    public async Task BeginAsync()
    {
        _following = FollowAsync();
        await story.UntilAsync(0);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _following;
        _stop.Dispose();
    }

    /// <summary>Takes the first thing that a connection tells: whoever comes back gets everything they missed.</summary>
    protected void Begin(RoomFrame first)
    {
        if (first.Json.TryGetProperty("resumed", out var resumed) && !resumed.GetBoolean())
        {
            story.Break($"{story.Owner} cannot go on from event {story.Seq}: {first}");
        }

        story.Begin(first.Seq!.Value);
    }

    /// <summary>Whether an exception says no more than that the connection or the node is gone.</summary>
    public static bool IsLoss(Exception exception) =>
        exception is HttpRequestException or IOException or WebSocketException or ConnectionLostException or TaskCanceledException
        || exception is ObjectDisposedException // Its follower had given it up a moment before.
        || exception is StreamRefusedException { Answer.Status: System.Net.HttpStatusCode.ServiceUnavailable };

    /// <summary>Waits a moment before another try.</summary>
    public static Task BackOffAsync(CancellationToken stop = default) => Pace.UpToAsync(BackOffMilliseconds, stop);

    /// <summary>Connects, and takes what comes until the connection ends.</summary>
    /// <param name="stop">Ends the connection.</param>
    protected abstract Task FollowOnceAsync(CancellationToken stop);

    private async Task FollowAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Connections++;
                await FollowOnceAsync(_stop.Token);
            }
            catch (Exception exception) when (IsLoss(exception))
            {
                // The node is gone, or not there yet: the next one may be.
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // Whoever waits for this story is told; nobody awaits this task before the end.
                story.Break($"{story.Owner} could not go on: {exception}");
                return;
            }

            client.Node++;
            await BackOffAsync(_stop.Token);
        }
    }
}

/// <summary>Follows over the WebSocket, and gives commands over it.</summary>
internal sealed class SocketFollower(RoomClient client)
    : Follower(client, new Story($"{client.UserId}'s socket", (picture, frame) => picture.TakeFrame(frame)))
{
    private static readonly string[] NoEvents = ["presence", "ack", "error", "heartbeat", "ping"];
    private readonly Pulse _pulse = new();
    private RoomSocket? _socket;

    /// <summary>Gives a command until it is acknowledged: after a loss once more, with the same number.</summary>
    /// <returns>The number of the event that it led to.</returns>
    public async Task<long> DoAsync(string type, object members)
    {
        var id = Client.NextId();
        while (true)
        {
            var socket = await _pulse.UntilAsync(
                () => _socket, $"a connection of {Client.UserId}", () => $"Connected {Connections} times.", Patience.Process);
            try
            {
                var answer = await socket.AskAsync(type, members, id);
                if (answer.Is("ack"))
                {
                    return answer.Seq!.Value;
                }

                answer.Json.GetProperty("retryable").GetBoolean()
                    .ShouldBeTrue($"{Client.UserId} sent {type} and was told: {answer}");
            }
            catch (Exception exception) when (IsLoss(exception))
            {
                // Whether it was carried out is not known: the number makes the repetition safe.
                _pulse.Change(() => _socket = _socket == socket ? null : _socket);
            }

            await BackOffAsync();
        }
    }

    protected override async Task FollowOnceAsync(CancellationToken stop)
    {
        await using var socket = await RoomSocket.ConnectAsync(Client.SocketAddress(Story.Seq), Client.UserId, Take);
        await using var ending = stop.Register(socket.Abort);
        _pulse.Change(() => _socket = socket);
        await socket.Ended;
        _pulse.Change(() => _socket = null);
        if (socket.End is { Code: >= 4500 or (>= 1002 and < 4000 and not (1006 or 1012 or 1013)) } refused && !stop.IsCancellationRequested)
        {
            throw new InvalidOperationException($"the server said not to come back: {refused}");
        }
    }

    private void Take(RoomFrame frame)
    {
        if (frame.Is("presence"))
        {
            Begin(frame);
        }
        else if (!NoEvents.Contains(frame.Type))
        {
            Story.Take(frame);
        }
    }
}

/// <summary>Follows over one of the streams of server-sent events.</summary>
internal sealed class StreamFollower(RoomClient client, RoomSite site, string kind)
    : Follower(client, new Story($"{client.UserId}'s {kind} stream", (picture, data) => picture.TakeEvent(data)))
{
    /// <summary>Which stream.</summary>
    public string Kind => kind;

    protected override async Task FollowOnceAsync(CancellationToken stop)
    {
        var url = site.Url(Client.Node, $"/api/events/{kind}/{Client.RoomId}");
        await using var stream = await SseStream.ConnectAsync(
            site.Http, url, Story.Owner, Client.Token, Story.Seq?.ToString(CultureInfo.InvariantCulture), Take);
        await using var ending = stop.Register(stream.Abort);
        await stream.Ended;
    }

    private void Take(SseEvent item)
    {
        if (item.Data.Is("connected"))
        {
            Begin(item.Data);
        }
        else if (item.Data.Is("error"))
        {
            item.Data.Json.GetProperty("retryable").GetBoolean().ShouldBeTrue($"{Story.Owner} was told not to come back: {item.Data}");
        }
        else if (!item.Data.Is("keepalive"))
        {
            item.Id.ShouldBe(item.Data.Seq?.ToString(CultureInfo.InvariantCulture), $"{Story.Owner} goes on by the id");
            Story.Take(item.Data);
        }
    }
}
