using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using Microsoft.Extensions.Logging;

namespace AkkaParty.Runtime.Scheduling;

/// <summary>
/// Looks at the store from time to time for entities that are not in memory and must act: a deadline comes near, or
/// they must be kept alive. This is how deadlines survive restarts and moves.
/// </summary>
internal sealed class WakeupScan : IDisposable
{
    private const int PageMax = 10_000;

    private readonly IJournal _journal;
    private readonly RuntimeOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Action<EntityAddress> _activate;
    private readonly ITimer _timer;
    private bool _scanning;

    public WakeupScan(IJournal journal, RuntimeOptions options, TimeProvider time, ILogger logger, Action<EntityAddress> activate)
    {
        _journal = journal;
        _options = options;
        _time = time;
        _logger = logger;
        _activate = activate;
        _timer = time.CreateTimer(
            static self => _ = ((WakeupScan)self!).ScanAsync(), this, options.WakeupScanInterval, options.WakeupScanInterval);
    }

    /// <summary>Looks once, and wakes what must be woken.</summary>
    public async Task ScanAsync()
    {
        if (Interlocked.Exchange(ref _scanning, true))
        {
            return;
        }

        try
        {
            var until = _time.GetUtcNow() + (_options.WakeupScanInterval * 2);
            foreach (var wakeup in await _journal.ReadWakeupsAsync(Sharding.ShardId.All, until, PageMax, CancellationToken.None))
            {
                _activate(wakeup.Address);
            }
        }
        catch (Exception error)
        {
            // Whatever it was, the timer looks again; nobody waits for a scan that the timer began.
            _logger.WakeupsUnreadable(error);
        }
        finally
        {
            Volatile.Write(ref _scanning, false);
        }
    }

    public void Dispose() => _timer.Dispose();
}
