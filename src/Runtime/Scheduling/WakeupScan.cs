using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using Microsoft.Extensions.Logging;

namespace AkkaParty.Runtime.Scheduling;

/// <summary>
/// Looks at the store for entities of this node's shards that are not in memory and must act: a deadline comes near, or they
/// must be kept alive. At once when a shard comes here, and from time to time. This is how deadlines survive restarts and moves.
/// </summary>
internal sealed class WakeupScan : IDisposable
{
    private const int PageMax = 10_000;
    private const int ShardsMax = 32;

    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly IJournal _journal;
    private readonly RuntimeOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Func<IReadOnlyList<int>> _ownShards;
    private readonly Action<EntityAddress> _activate;
    private readonly ITimer _timer;
    private readonly ITimer _retry;
    private readonly SortedSet<int> _pending = [];
    private Task? _scanning;

    public WakeupScan(
        IJournal journal,
        RuntimeOptions options,
        TimeProvider time,
        ILogger logger,
        Func<IReadOnlyList<int>> ownShards,
        Action<EntityAddress> activate)
    {
        _journal = journal;
        _options = options;
        _time = time;
        _logger = logger;
        _ownShards = ownShards;
        _activate = activate;
        _timer = time.CreateTimer(
            static self => ((WakeupScan)self!).ScanOwn(), this, options.WakeupScanInterval, options.WakeupScanInterval);
        _retry = time.CreateTimer(
            static self => _ = ((WakeupScan)self!).ScanAsync([]), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Looks at some shards, and wakes what must be woken there.</summary>
    /// <param name="shards">Which; none to go on with those that could not be read.</param>
    /// <returns>A task that completes when the scan under way has ended.</returns>
    public Task ScanAsync(IReadOnlyList<int> shards)
    {
        var scan = new TaskCompletionSource();
        lock (_gate)
        {
            _pending.UnionWith(shards);
            if (_scanning is not null || _pending.Count == 0)
            {
                return _scanning ?? Task.CompletedTask;
            }

            _scanning = scan.Task;
            shards = TakeChunk();
        }

        _ = RunAsync(shards, scan);
        return scan.Task;
    }

    public void Dispose()
    {
        _timer.Dispose();
        _retry.Dispose();
    }

    private void ScanOwn() => _ = ScanAsync(_ownShards());

    private async Task RunAsync(IReadOnlyList<int> chunk, TaskCompletionSource ended)
    {
        while (chunk.Count > 0)
        {
            var succeeded = await TryScanAsync(chunk);
            lock (_gate)
            {
                if (!succeeded)
                {
                    _pending.UnionWith(chunk);
                }

                chunk = succeeded ? TakeChunk() : [];
                _scanning = chunk.Count > 0 ? _scanning : null;
            }

            if (!succeeded)
            {
                _retry.Change(RetryInterval, Timeout.InfiniteTimeSpan);
            }
        }

        ended.SetResult();
    }

    private async Task<bool> TryScanAsync(IReadOnlyList<int> shards)
    {
        try
        {
            var until = _time.GetUtcNow() + (_options.WakeupScanInterval * 2);
            using var timeout = new CancellationTokenSource(_options.AskTimeout, _time);
            var wakeups = await _journal.ReadWakeupsAsync(shards, until, PageMax, timeout.Token);
            if (wakeups.Count == PageMax && shards.Count > 1)
            {
                // More than a page: each half has one of its own.
                var half = shards.Count / 2;
                return await TryScanAsync([.. shards.Take(half)]) && await TryScanAsync([.. shards.Skip(half)]);
            }

            foreach (var wakeup in wakeups)
            {
                _activate(wakeup.Address);
            }

            return true;
        }
        catch (Exception error)
        {
            // Whatever it was, it is tried again; nobody waits for a scan that a timer began.
            _logger.WakeupsUnreadable(error);
            return false;
        }
    }

    /// <summary>Under the lock.</summary>
    private List<int> TakeChunk()
    {
        var chunk = _pending.Take(ShardsMax).ToList();
        _pending.ExceptWith(chunk);
        return chunk;
    }
}
