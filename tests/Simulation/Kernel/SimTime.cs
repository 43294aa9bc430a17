namespace AkkaParty.Simulation.Kernel;

/// <summary>
/// A machine's clocks: a monotonic one that runs a little fast or slow, and a wall clock that shows it plus whatever somebody
/// set it wrong by. Both go on while the process on the machine is paused.
/// </summary>
internal sealed class SimTime(SimWorld world, SimProcess process, long driftPartsPerMillion, TimeSpan wrongBy) : TimeProvider
{
    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    // A machine has been up for a while when the world begins.
    private static readonly long Uptime = TimeSpan.FromHours(5).Ticks;

    /// <summary>How far the wall clock is from the true time, drift aside.</summary>
    public TimeSpan WrongBy { get; set; } = wrongBy;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    private long Monotonic => world.Now + (world.Now * driftPartsPerMillion / 1_000_000);

    public override long GetTimestamp() => Uptime + Monotonic;

    public override DateTimeOffset GetUtcNow() => Start + new TimeSpan(Monotonic) + WrongBy;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private TimeSpan OfWorld(TimeSpan ofMachine) =>
        new(ofMachine.Ticks * 1_000_000 / (1_000_000 + driftPartsPerMillion));

    private sealed class SimTimer(SimTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period;
        private Alarm? _alarm;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            _alarm = null;
            Set(dueTime);
            return true;
        }

        public void Dispose() => _alarm = null;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Set(TimeSpan wait)
        {
            if (wait < TimeSpan.Zero)
            {
                return;
            }

            _alarm = new Alarm(this);
            time.World.After(time.OfWorld(wait), time.Process, static alarm => ((Alarm)alarm!).Fire(), _alarm);
        }

        private void Fire(Alarm alarm)
        {
            if (_alarm != alarm)
            {
                return;
            }

            _alarm = null;
            if (_period > TimeSpan.Zero)
            {
                Set(_period);
            }

            callback(state);
        }

        /// <summary>One setting of the timer: a later one makes it void.</summary>
        private sealed class Alarm(SimTimer timer)
        {
            public void Fire() => timer.Fire(this);
        }
    }

    private SimWorld World => world;

    private SimProcess Process => process;
}
