using AkkaParty.Runtime.Entities;

namespace AkkaParty.Runtime.Scheduling;

/// <summary>
/// One timer for all cells of a node that pause between two turns. Unlike in the <see cref="WakeQueue"/> instants are near, exact, and
/// of the monotonic clock; a cell stands here at most once.
/// </summary>
internal sealed class PauseQueue : IDisposable
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<EntityCell, long> _queue = new();
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private long _timerAt = long.MaxValue;

    public PauseQueue(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(static self => ((PauseQueue)self!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Tells a cell when its pause is over.</summary>
    /// <param name="cell">A cell that does not stand here.</param>
    /// <param name="until">The timestamp.</param>
    public void Add(EntityCell cell, long until)
    {
        lock (_gate)
        {
            _queue.Enqueue(cell, until);
            if (until < _timerAt)
            {
                SetTimer(until);
            }
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Fire()
    {
        List<EntityCell> due = [];
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            while (_queue.TryPeek(out var cell, out var until) && until <= now)
            {
                _queue.Dequeue();
                due.Add(cell);
            }

            _timerAt = long.MaxValue;
            if (_queue.TryPeek(out _, out var next))
            {
                SetTimer(next);
            }
        }

        due.ForEach(static cell => cell.EndPause());
    }

    private void SetTimer(long until)
    {
        _timerAt = until;

        // Whole milliseconds upwards: timers cut fractions off, and would fire too early.
        var wait = _time.GetElapsedTime(_time.GetTimestamp(), until);
        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(wait.TotalMilliseconds))), Timeout.InfiniteTimeSpan);
    }
}
