namespace AkkaParty.Runtime.TestKit.Nodes;

/// <summary>A clock that stands still until the test advances it; its timers fire, in order, on the advancing thread.</summary>
/// <param name="start">Where it stands first; an instant of no meaning when null.</param>
public sealed class ManualTime(DateTimeOffset? start = null) : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now = start ?? new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private long _timersMade;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many timers are set.</summary>
    public int TimersSet
    {
        get
        {
            lock (_gate)
            {
                return _timers.Count(timer => timer.Due is not null);
            }
        }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            var timer = new ManualTimer(this, callback, state, ++_timersMade);
            _timers.Add(timer);
            timer.Set(dueTime, period);
            return timer;
        }
    }

    /// <summary>Moves the clock on and fires what comes due on the way, each timer at its own instant.</summary>
    /// <param name="by">How far.</param>
    /// <returns>How many timers fired.</returns>
    public int Advance(TimeSpan by)
    {
        var until = GetUtcNow() + by;
        var fired = 0;
        while (TakeDue(until) is { } timer)
        {
            fired++;
            timer.Fire();
        }

        return fired;
    }

    private ManualTimer? TakeDue(DateTimeOffset until)
    {
        lock (_gate)
        {
            var next = _timers.Where(timer => timer.Due <= until).MinBy(timer => (timer.Due, timer.Order));
            if (next is null)
            {
                _now = until > _now ? until : _now;
                return null;
            }

            _now = next.Due!.Value > _now ? next.Due.Value : _now;
            next.SetNext();
            return next;
        }
    }

    private sealed class ManualTimer(ManualTime time, TimerCallback callback, object? state, long order) : ITimer
    {
        private TimeSpan _period;

        public long Order { get; } = order;

        public DateTimeOffset? Due { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._gate)
            {
                Set(dueTime, period);
                return true;
            }
        }

        public void Dispose()
        {
            lock (time._gate)
            {
                Due = null;
                time._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        public void Set(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            Due = dueTime == Timeout.InfiniteTimeSpan ? null : time._now + dueTime;
        }

        public void SetNext() => Due = _period == Timeout.InfiniteTimeSpan || _period == TimeSpan.Zero ? null : time._now + _period;
    }
}
