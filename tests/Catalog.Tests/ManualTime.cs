namespace AkkaParty.Catalog.Tests;

/// <summary>A clock that stands still until a test moves it, and that tells when a timer has been armed.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _armed = [];
    private readonly List<(Func<TimeSpan, bool> Wanted, TaskCompletionSource<TimeSpan> Armed)> _waiting = [];
    private DateTimeOffset _now = new(2030, 1, 1, 20, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Completes when a timer is armed that fires this long after its arming.</summary>
    public Task<TimeSpan> ArmedAsync(TimeSpan length) => ArmedAsync(due => due == length, length.ToString());

    /// <summary>Completes with its length when a timer is armed that fires within these bounds after its arming.</summary>
    public Task<TimeSpan> ArmedBetweenAsync(TimeSpan min, TimeSpan max) => ArmedAsync(due => due >= min && due <= max, $"{min} to {max}");

    /// <summary>Moves the clock, firing on the way what becomes due.</summary>
    public void Advance(TimeSpan by)
    {
        List<ManualTimer> due;
        lock (_gate)
        {
            _now += by;
            due = [.. _armed.Where(timer => timer.DueAt <= _now).OrderBy(timer => timer.DueAt)];
            _armed.RemoveAll(due.Contains);
        }

        foreach (var timer in due)
        {
            timer.Fire();
        }
    }

    private Task<TimeSpan> ArmedAsync(Func<TimeSpan, bool> wanted, string description)
    {
        lock (_gate)
        {
            if (_armed.Find(timer => wanted(timer.Length)) is { } timer)
            {
                return Task.FromResult(timer.Length);
            }

            var armed = new TaskCompletionSource<TimeSpan>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((wanted, armed));
            return armed.Task.Within($"a timer of {description}");
        }
    }

    private void Arm(ManualTimer timer, TimeSpan due)
    {
        List<TaskCompletionSource<TimeSpan>> arrived;
        lock (_gate)
        {
            _armed.Remove(timer);
            if (due == Timeout.InfiniteTimeSpan)
            {
                return;
            }

            timer.Length = due;
            timer.DueAt = _now + due;
            _armed.Add(timer);
            arrived = [.. _waiting.Where(waiter => waiter.Wanted(due)).Select(waiter => waiter.Armed)];
            _waiting.RemoveAll(waiter => waiter.Wanted(due));
        }

        arrived.ForEach(armed => armed.SetResult(due));
    }

    private sealed class ManualTimer(ManualTime time, Action fire) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public TimeSpan Length { get; set; }

        public DateTimeOffset DueAt { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            time.Arm(this, dueTime);
            return true;
        }

        public void Fire()
        {
            if (_period != Timeout.InfiniteTimeSpan)
            {
                time.Arm(this, _period);
            }

            fire();
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
