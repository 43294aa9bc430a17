using AkkaParty.EndToEnd.Harness;
using AkkaParty.EndToEnd.Rooms.Crowds;

namespace AkkaParty.EndToEnd.WatchParties.Crowds;

/// <summary>
/// Follows a watch party through everything, and gives commands: when the connection breaks it asks the next node, goes on after the last
/// event it was told of, and gives a command that was not answered once more, with the same number.
/// </summary>
internal sealed class WatchFollower(WatchMember member) : IAsyncDisposable
{
    private static readonly int[] ComeBack = [1006, 1012, 1013];
    private readonly CancellationTokenSource _stop = new();
    private readonly Pulse _pulse = new();
    private WatchSocket? _socket;
    private Task _following = Task.CompletedTask;

    /// <summary>Who follows.</summary>
    public WatchMember Member => member;

    /// <summary>What it was told.</summary>
    public WatchStory Story { get; } = new($"{member.UserId} ({(member.IsRoom ? "room" : "party")})");

    /// <summary>How often it connected.</summary>
    public int Connections { get; private set; }

    /// <summary>Begins to follow, and waits until it is told of what happens.</summary>
    public async Task BeginAsync()
    {
        _following = FollowAsync();
        await Story.UntilAsync(0);
    }

    /// <summary>Gives a command until it is acknowledged, or refused for good.</summary>
    /// <returns>The number of the frame, and the answer.</returns>
    public async Task<(long Id, WatchFrame Answer)> DoAsync(string kind, IReadOnlyDictionary<string, object> members)
    {
        var id = member.NextId();
        var text = member.Write(kind, members, id);
        while (true)
        {
            var socket = await _pulse.UntilAsync(
                () => _socket, $"a connection of {Story.Owner}", () => $"Connected {Connections} times.", Patience.Process);
            try
            {
                var answer = await socket.AskAsync(text, id);
                if (answer.Is("ack") || !answer.Body.GetProperty("retryable").GetBoolean())
                {
                    return (id, answer);
                }
            }
            catch (Exception exception) when (Follower.IsLoss(exception))
            {
                // Whether it was carried out is not known: the number makes the repetition safe.
                _pulse.Change(() => _socket = _socket == socket ? null : _socket);
            }

            await Follower.BackOffAsync();
        }
    }

    /// <summary>The network fails: the connection is gone, and nobody was told.</summary>
    public void Cut() => _pulse.Read(() => _socket)?.Abort();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _following;
        _stop.Dispose();
    }

    private async Task FollowAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Connections++;
                await FollowOnceAsync();
            }
            catch (Exception exception) when (Follower.IsLoss(exception))
            {
                // The node is gone, or not there yet: the next one may be.
                Story.Note(exception.Message);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // Whoever waits for this story is told; nobody awaits this task before the end.
                Story.Break($"{Story.Owner} could not go on: {exception}");
                return;
            }

            member.Node++;
            await Follower.BackOffAsync(_stop.Token);
        }
    }

    private async Task FollowOnceAsync()
    {
        await using var socket = await WatchSocket.ConnectAsync(member.SocketAddress(Story.Seq), Story.Owner, Story.Take);
        await using var ending = _stop.Token.Register(socket.Abort);
        _pulse.Change(() => _socket = socket);
        await socket.Ended;
        _pulse.Change(() => _socket = null);
        if (socket.End is { Code: { } code } end && !_stop.IsCancellationRequested
            && (code >= 4500 || (code is >= 1002 and < 4000 && !ComeBack.Contains(code))))
        {
            throw new InvalidOperationException($"the server said not to come back: {end}");
        }
    }
}
