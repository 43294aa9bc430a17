using AkkaParty.Accounts;
using AkkaParty.Pipelines;
using AkkaParty.Runtime.Journal;

namespace AkkaParty.Node.Hosting;

/// <summary>Lists what is pending, oldest first.</summary>
/// <typeparam name="TItem">What is pending.</typeparam>
/// <param name="count">At most this many.</param>
/// <param name="cancellationToken">Stops reading.</param>
internal delegate ValueTask<IReadOnlyList<TItem>> ListPending<TItem>(int count, CancellationToken cancellationToken);

/// <summary>Something that works on a list which a projection keeps.</summary>
internal abstract class WorkList : IAsyncDisposable
{
    /// <summary>Says that the list may have grown. Quick, on any thread.</summary>
    public abstract void LookSoon();

    /// <summary>Stops at once: what is under way is still on the list.</summary>
    /// <returns>A task that completes when nothing runs any more.</returns>
    public abstract ValueTask DisposeAsync();
}

/// <summary>
/// Feeds a pipeline from the list of what is pending. The list is the only memory: what a node that dies had begun is still on it, and
/// the node that the list moves to begins it again.
/// </summary>
/// <typeparam name="TItem">What is pending.</typeparam>
/// <typeparam name="TKey">Tells it from everything else that was ever on the list.</typeparam>
internal abstract partial class WorkList<TItem, TKey> : WorkList
    where TKey : notnull
{
    private static readonly TimeSpan WaitMax = TimeSpan.FromMinutes(5);

    private readonly ListPending<TItem> _list;
    private readonly Func<TItem, TKey> _keyOf;
    private readonly Func<bool> _isMine;
    private readonly TimeSpan _pollInterval;
    private readonly int _itemsMax;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Pipeline<TItem> _pipeline;
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _wanted = new(0);
    private readonly ITimer _poll;
    private readonly Lock _gate = new();

    // What was offered and is still on the list: true when it has ended, and the list has yet to notice.
    private readonly Dictionary<TKey, bool> _begun = [];

    // What is to come again, and not before its wait is over.
    private readonly Dictionary<TKey, Wait> _waits = [];
    private readonly Task _running;
    private bool _isAway;

    /// <summary>Starts.</summary>
    /// <param name="list">Lists what is pending; may lag behind a little.</param>
    /// <param name="keyOf">Tells an item from others.</param>
    /// <param name="isMine">Whether this node is the one that works. Two that do are no harm but work.</param>
    /// <param name="start">
    /// Starts the pipeline, which calls back for each item that is over: with false when it must come again. It does so for ever, at first
    /// with the next look, then after ever longer waits of at most five minutes.
    /// </param>
    /// <param name="pollInterval">How often the list is read when nothing says that it has grown: another node may keep it.</param>
    /// <param name="itemsMax">At most this many are begun before the first of them ends.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where it reports what goes wrong.</param>
    protected WorkList(
        ListPending<TItem> list,
        Func<TItem, TKey> keyOf,
        Func<bool> isMine,
        Func<Action<TItem, bool>, Pipeline<TItem>> start,
        TimeSpan pollInterval,
        int itemsMax,
        TimeProvider time,
        ILogger logger)
    {
        (_list, _keyOf, _isMine, _itemsMax, _logger) = (list, keyOf, isMine, itemsMax, logger);
        (_pollInterval, _time) = (pollInterval, time);
        _pipeline = start(End);
        _poll = time.CreateTimer(static self => ((WorkList)self!).LookSoon(), this, pollInterval, pollInterval);
        _running = RunAsync();
        LookSoon();
    }

    /// <summary>Where the pipeline stands.</summary>
    public PipelineProgress Progress => _pipeline.Progress;

    /// <inheritdoc />
    public sealed override void LookSoon()
    {
        // One look takes in everything before it, so one that waits is enough.
        lock (_gate)
        {
            if (_wanted.CurrentCount == 0 && !_stopping.IsCancellationRequested)
            {
                _wanted.Release();
            }
        }
    }

    /// <inheritdoc />
    public sealed override async ValueTask DisposeAsync()
    {
        if (_stopping.IsCancellationRequested)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _poll.DisposeAsync();
        await _pipeline.DisposeAsync();
        await _running;
        _stopping.Dispose();
        _wanted.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await _wanted.WaitAsync(_stopping.Token);
                if (_isMine())
                {
                    await LookAsync();
                }
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The node stops; what is pending stays on the list.
        }
        catch (Exception failure)
        {
            LogStopped(_logger, failure);
        }
    }

    private async Task LookAsync()
    {
        IReadOnlyList<TItem> pending;
        try
        {
            pending = await _list(_itemsMax, _stopping.Token);
            _isAway = false;
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // The next look comes with the next poll; that it is needed is told once.
            if (!_isAway)
            {
                var isPassing = failure is JournalUnavailableException or AccountsUnavailableException;
                LogAway(_logger, isPassing ? null : failure, failure.Message);
            }

            _isAway = true;
            return;
        }

        foreach (var item in Begin(pending))
        {
            if (!await _pipeline.OfferAsync(item, _stopping.Token))
            {
                // It has ended, and says why.
                await _pipeline.Completion;
            }
        }
    }

    private List<TItem> Begin(IReadOnlyList<TItem> pending)
    {
        lock (_gate)
        {
            var listed = pending.Select(_keyOf).ToHashSet();
            foreach (var (key, hasEnded) in _begun.ToList())
            {
                if (hasEnded && !listed.Contains(key))
                {
                    _begun.Remove(key);
                }
            }

            foreach (var key in _waits.Keys.Except(listed).ToList())
            {
                _waits.Remove(key);
            }

            return [.. pending.Where(item => !HasToWait(_keyOf(item)) && _begun.TryAdd(_keyOf(item), false))];
        }
    }

    private bool HasToWait(TKey key) => _waits.TryGetValue(key, out var wait) && _time.GetElapsedTime(wait.Since) < wait.Length;

    private void End(TItem item, bool wasTold)
    {
        lock (_gate)
        {
            if (wasTold)
            {
                _begun[_keyOf(item)] = true;
            }
            else
            {
                var key = _keyOf(item);
                _begun.Remove(key);
                var failures = _waits.GetValueOrDefault(key).Failures + 1;
                var longer = _pollInterval * (Math.Pow(2, Math.Min(failures, 30) - 1) - 1);
                _waits[key] = new Wait(failures, _time.GetTimestamp(), longer < WaitMax ? longer : WaitMax);
            }
        }
    }

    private readonly record struct Wait(int Failures, long Since, TimeSpan Length);

    [LoggerMessage(1, LogLevel.Warning, "What is to be done cannot be read: {Reason}")]
    private static partial void LogAway(ILogger logger, Exception? failure, string reason);

    [LoggerMessage(2, LogLevel.Error, "Nothing of it is done any more.")]
    private static partial void LogStopped(ILogger logger, Exception failure);
}
