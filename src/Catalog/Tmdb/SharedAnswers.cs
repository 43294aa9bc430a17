namespace AkkaParty.Catalog.Tmdb;

/// <summary>
/// Answers shared by everybody who asks the same: kept for a while, at most so many, and fetched once however many wait for them.
/// Failures are shared by those who waited, and not kept.
/// </summary>
/// <param name="time">The clock that decides when an answer is too old.</param>
/// <param name="entriesMax">The most answers kept; the least recently used goes first.</param>
/// <param name="inFlightMax">The most different keys being fetched at once.</param>
/// <param name="keepFor">How long an answer may be kept; zero or less: not at all.</param>
internal sealed class SharedAnswers<TAnswer>(TimeProvider time, int entriesMax, int inFlightMax, Func<TAnswer, TimeSpan> keepFor)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<Entry>> _entries = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _byUse = new();
    private readonly Dictionary<string, Task<TAnswer>> _inFlight = new(StringComparer.Ordinal);

    /// <summary>How many answers are kept, the expired ones that nobody has asked for since included.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>Gives the kept answer, or joins its fetch, or starts it.</summary>
    /// <param name="key">What is asked for.</param>
    /// <param name="fetch">How to get it; runs to its end even when every caller has given up.</param>
    /// <param name="cancellationToken">Ends this caller's waiting only.</param>
    /// <exception cref="CatalogUnavailableException">Too many different fetches are under way.</exception>
    public ValueTask<TAnswer> GetAsync(string key, Func<Task<TAnswer>> fetch, CancellationToken cancellationToken)
    {
        TaskCompletionSource<TAnswer> flight;
        lock (_gate)
        {
            if (TryGetKept(key, out var kept))
            {
                return new ValueTask<TAnswer>(kept);
            }

            if (_inFlight.TryGetValue(key, out var underWay))
            {
                return new ValueTask<TAnswer>(underWay.WaitAsync(cancellationToken));
            }

            if (_inFlight.Count >= inFlightMax)
            {
                throw new CatalogUnavailableException("Too many film searches are under way.", TimeSpan.FromSeconds(1));
            }

            flight = new TaskCompletionSource<TAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
            _inFlight.Add(key, flight.Task);
        }

        _ = FlyAsync(key, fetch, flight);
        return new ValueTask<TAnswer>(flight.Task.WaitAsync(cancellationToken));
    }

    private async Task FlyAsync(string key, Func<Task<TAnswer>> fetch, TaskCompletionSource<TAnswer> flight)
    {
        try
        {
            var answer = await fetch();
            lock (_gate)
            {
                Keep(key, answer);
                _inFlight.Remove(key);
            }

            flight.SetResult(answer);
        }
        catch (Exception failure)
        {
            lock (_gate)
            {
                _inFlight.Remove(key);
            }

            flight.SetException(failure);
            // Every caller may have given up: reading the exception marks it as seen, or the finaliser would report it.
            _ = flight.Task.Exception;
        }
    }

    private bool TryGetKept(string key, out TAnswer answer)
    {
        if (_entries.TryGetValue(key, out var node))
        {
            if (time.GetElapsedTime(node.Value.KeptAt) < node.Value.KeepFor)
            {
                _byUse.Remove(node);
                _byUse.AddFirst(node);
                answer = node.Value.Answer;
                return true;
            }

            _entries.Remove(key);
            _byUse.Remove(node);
        }

        answer = default!;
        return false;
    }

    private void Keep(string key, TAnswer answer)
    {
        var duration = keepFor(answer);
        if (duration <= TimeSpan.Zero)
        {
            return;
        }

        while (_entries.Count >= entriesMax && _byUse.Last is { } oldest)
        {
            _byUse.RemoveLast();
            _entries.Remove(oldest.Value.Key);
        }

        _entries.Add(key, _byUse.AddFirst(new Entry(key, answer, time.GetTimestamp(), duration)));
    }

    private sealed record Entry(string Key, TAnswer Answer, long KeptAt, TimeSpan KeepFor);
}
