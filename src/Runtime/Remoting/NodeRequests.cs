using AkkaParty.Runtime.Remoting.Frames;

namespace AkkaParty.Runtime.Remoting;

/// <summary>Answers questions to the node itself, by subject.</summary>
internal sealed class RequestHandlers
{
    private readonly SortedDictionary<string, Func<ReadOnlyMemory<byte>, ValueTask<byte[]?>>> _handlers = new(StringComparer.Ordinal);

    /// <summary>Adds a subject. Before the node starts.</summary>
    public void Add(string subject, Func<ReadOnlyMemory<byte>, ValueTask<byte[]?>> handler) => _handlers.Add(subject, handler);

    /// <summary>Answers a question.</summary>
    /// <returns>Null when nobody here knows the subject, or its handler has nothing to say.</returns>
    public ValueTask<byte[]?> AnswerAsync(string subject, ReadOnlyMemory<byte> body) =>
        _handlers.TryGetValue(subject, out var handler) ? handler(body) : ValueTask.FromResult<byte[]?>(null);
}

/// <summary>Questions to one run of a peer, and its questions to this node. Thread-safe.</summary>
internal sealed class NodeRequests(Peer peer)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, (TaskCompletionSource<byte[]?> Answer, long Deadline)> _open = [];
    private readonly PeerLinks _peers = peer.Links;

    /// <summary>Asks the peer.</summary>
    /// <returns>Null when it did not answer in time, cannot be reached or does not know the subject.</returns>
    public async Task<byte[]?> AskAsync(string subject, ReadOnlyMemory<byte> body, TimeSpan timeout)
    {
        var number = peer.NextNumber();
        var answer = new TaskCompletionSource<byte[]?>();
        lock (_gate)
        {
            _open.Add(number, (answer, _peers.Time.GetTimestamp() + _peers.Time.TicksOf(timeout)));
        }

        _peers.Arm();
        if (!peer.TrySend(RequestFrames.WriteRequest(number, subject, body.Span)))
        {
            Responded(number, null);
        }
        else if (!peer.IsUp)
        {
            LinkDown();
        }

        return await answer.Task;
    }

    /// <summary>An answer has come.</summary>
    public void Responded(long number, byte[]? body)
    {
        (TaskCompletionSource<byte[]?> Answer, long Deadline) open;
        lock (_gate)
        {
            if (!_open.Remove(number, out open))
            {
                return;
            }
        }

        _peers.Dispatcher.Schedule(new Ending(open.Answer, body));
    }

    /// <summary>The peer asks.</summary>
    public void Receive(long number, string subject, byte[] body) =>
        _peers.Dispatcher.Schedule(new Answering(this, number, subject, body));

    /// <summary>The link is gone: no answer comes any more.</summary>
    public void LinkDown() => GiveUp(static _ => true);

    /// <summary>Gives up on what has waited for too long.</summary>
    /// <returns>Whether something still waits.</returns>
    public bool Expire(long now) => GiveUp(deadline => now >= deadline);

    private bool GiveUp(Func<long, bool> isOver)
    {
        lock (_gate)
        {
            foreach (var number in _open.Where(open => isOver(open.Value.Deadline)).Select(open => open.Key).ToList())
            {
                _open.Remove(number, out var open);
                _peers.Dispatcher.Schedule(new Ending(open.Answer, null));
            }

            return _open.Count > 0;
        }
    }

    private async Task AnswerAsync(long number, string subject, byte[] body)
    {
        byte[]? answer = null;
        try
        {
            answer = await _peers.Handlers.AnswerAsync(subject, body);
        }
        catch (Exception error)
        {
            _peers.Logger.RequestFailed(error, subject, peer.Name);
        }

        if (!peer.TrySend(RequestFrames.WriteResponse(number, answer)))
        {
            _peers.Logger.AnswerNotSent(number, peer.Name);
        }
    }

    private sealed class Answering(NodeRequests requests, long number, string subject, byte[] body) : IThreadPoolWorkItem
    {
        public void Execute() => _ = requests.AnswerAsync(number, subject, body);
    }

    /// <summary>Whoever asked goes on in a turn of the dispatcher's.</summary>
    private sealed class Ending(TaskCompletionSource<byte[]?> answer, byte[]? body) : IThreadPoolWorkItem
    {
        public void Execute() => answer.TrySetResult(body);
    }
}
