using AkkaParty.Runtime.Entities;

namespace AkkaParty.Runtime.Scheduling;

/// <summary>
/// One timer for all cells of a node: deadlines, idle entities, presence and back-off all wait here. A cell stands here
/// at most once, for the earliest instant it asked for; when that comes it looks for itself what is due.
/// </summary>
internal sealed class WakeQueue : IDisposable
{
    // A timer is never set further ahead than this, so that a wall clock that was put right is noticed.
    private static readonly TimeSpan LookAheadMax = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly PriorityQueue<EntityCell, long> _queue = new();
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private long _timerTicks = long.MaxValue;

    public WakeQueue(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(static self => ((WakeQueue)self!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Wakes the cell at an instant, unless it already stands here for an earlier one.</summary>
    public void Arm(EntityCell cell, DateTimeOffset due)
    {
        var ticks = due.UtcTicks;

        // Without the lock: should it fire at this very moment, the cell is woken and arms itself anew.
        if (cell.ArmedTicks <= ticks)
        {
            return;
        }

        lock (_gate)
        {
            if (cell.ArmedTicks <= ticks)
            {
                return;
            }

            // The later place is left in the queue and recognised as stale when its time comes.
            cell.ArmedTicks = ticks;
            _queue.Enqueue(cell, ticks);
            if (ticks < _timerTicks)
            {
                SetTimer(ticks);
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Fire()
    {
        List<EntityCell> due = [];
        lock (_gate)
        {
            var now = _time.GetUtcNow().UtcTicks;
            while (_queue.TryPeek(out var cell, out var ticks) && ticks <= now)
            {
                _queue.Dequeue();
                if (cell.ArmedTicks == ticks)
                {
                    cell.ArmedTicks = long.MaxValue;
                    due.Add(cell);
                }
            }

            _timerTicks = long.MaxValue;
            if (_queue.TryPeek(out _, out var next))
            {
                SetTimer(next);
            }
            else
            {
                _queue.TrimExcess();
            }
        }

        foreach (var cell in due)
        {
            cell.Wake();
        }
    }

    private void SetTimer(long ticks)
    {
        _timerTicks = ticks;

        // Whole milliseconds upwards: timers cut fractions off, would fire too early and fire again until it is time.
        var wait = Math.Clamp(ticks - _time.GetUtcNow().UtcTicks, 0, LookAheadMax.Ticks);
        var milliseconds = (wait + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond;
        _timer.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
    }
}
