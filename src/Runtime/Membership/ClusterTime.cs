namespace AkkaParty.Runtime.Membership;

/// <summary>
/// The cluster's clock. It runs on the monotonic clock from an anchor, so that no wall clock that jumps (this machine's or the
/// database's) moves it: the member with the lowest incarnation leads and follows the store's clock by at most 500 parts per
/// million, the others follow the leader. Timers and timestamps are the machine's own. A node whose store is its own keeps
/// the machine's time.
/// </summary>
public sealed class ClusterTime : TimeProvider
{
    private const int SamplesMax = 16;
    private const double LeaderRate = 500e-6;
    private const double FollowerRateMax = 0.1;

    // How much a heartbeat's answer is worth less for each tick of its age: two monotonic clocks run apart by about that much.
    private const double DriftAllowed = 200e-6;

    private static readonly long FollowableTicks = TimeSpan.FromSeconds(2).Ticks;

    private readonly TimeProvider _machine;
    private readonly List<Sample> _samples = [];
    private Course? _course;
    private long _leader;

    /// <summary>Shows the machine's time until a cluster's is heard.</summary>
    /// <param name="machine">The machine's clock and timers.</param>
    public ClusterTime(TimeProvider machine) => _machine = machine;

    /// <inheritdoc />
    public override long TimestampFrequency => _machine.TimestampFrequency;

    /// <inheritdoc />
    public override TimeZoneInfo LocalTimeZone => _machine.LocalTimeZone;

    /// <summary>Half the round trip of the fastest recent heartbeat: how long a message to the store takes.</summary>
    internal TimeSpan WayToStore => TimeSpan.FromTicks(_samples.Count == 0 ? 0 : _samples.Min(sample => sample.RoundTripTicks) / 2);

    /// <summary>The cluster's time.</summary>
    /// <returns>In UTC.</returns>
    public override DateTimeOffset GetUtcNow() =>
        Volatile.Read(ref _course) is { } course
            ? new DateTimeOffset(course.At(_machine.GetTimestamp(), _machine), TimeSpan.Zero)
            : _machine.GetUtcNow();

    /// <inheritdoc />
    public override long GetTimestamp() => _machine.GetTimestamp();

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        _machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>Learns from the answer to a heartbeat. One call at a time.</summary>
    /// <param name="self">This node's incarnation.</param>
    /// <param name="pulse">The answer.</param>
    /// <param name="sent">The timestamp before the heartbeat was sent.</param>
    /// <param name="received">The timestamp when the answer came.</param>
    /// <param name="mayStep">Whether nothing here depends on the time yet, so that it may be set instead of led.</param>
    internal void Hear(long self, Pulse pulse, long sent, long received, bool mayStep)
    {
        var leader = pulse.Members
            .Where(member => member.Incarnation == self || (!member.HasGone && member.Counter > 0))
            .MinBy(member => member.Incarnation);
        if (leader.Incarnation != _leader)
        {
            _leader = leader.Incarnation;
            _samples.Clear();
        }

        var leads = _leader == self;
        var roundTrip = _machine.GetElapsedTime(sent, received).Ticks;
        var target = pulse.StoreTime.UtcTicks + (leads ? 0 : leader.ClockOffset.Ticks);
        if (_samples.Count == SamplesMax)
        {
            _samples.RemoveAt(0);
        }

        _samples.Add(new Sample(sent + ((received - sent) / 2), target, roundTrip));
        Steer(received, leads, mayStep);
    }

    private void Steer(long now, bool leads, bool mayStep)
    {
        var best = _samples.MinBy(sample => sample.Uncertainty(_machine.GetElapsedTime(sample.At, now).Ticks));
        var target = best.TargetTicks + _machine.GetElapsedTime(best.At, now).Ticks;
        var shown = _course?.At(now, _machine) ?? _machine.GetUtcNow().UtcTicks;
        var lack = target - shown;
        if (_course is null || (mayStep && Math.Abs(lack) >= FollowableTicks))
        {
            Volatile.Write(ref _course, new Course(now, target, 0, 0));
            return;
        }

        var rate = leads || Math.Abs(lack) >= FollowableTicks
            ? LeaderRate
            : Math.Min(FollowerRateMax, Math.Abs(lack) / (double)TimeSpan.TicksPerSecond);
        Volatile.Write(ref _course, new Course(now, shown, lack, rate));
    }

    /// <summary>One answer of the store.</summary>
    private readonly record struct Sample(long At, long TargetTicks, long RoundTripTicks)
    {
        public double Uncertainty(long ageTicks) => (RoundTripTicks / 2.0) + (ageTicks * DriftAllowed);
    }

    /// <summary>How time runs from an instant on: like the monotonic clock, a little faster or slower until the lack is made up.</summary>
    private sealed record Course(long From, long FromTicks, long LackTicks, double Rate)
    {
        public long At(long timestamp, TimeProvider machine)
        {
            var elapsed = machine.GetElapsedTime(From, timestamp).Ticks;
            var made = (long)Math.Min(Math.Abs(LackTicks), elapsed * Rate);
            return FromTicks + elapsed + (LackTicks < 0 ? -made : made);
        }
    }
}
