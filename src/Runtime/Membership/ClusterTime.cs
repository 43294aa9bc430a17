namespace AkkaParty.Runtime.Membership;

/// <summary>
/// The cluster's clock. It runs on the monotonic clock from an anchor, so that no wall clock that jumps (this machine's or the
/// database's) moves it. All settled members of one record have the time of one beginning: a node that enters takes it from a member
/// that tells it, tells it itself, and is settled when that was heard while the one it took it from was still a member; only where no
/// member is left that may know the time, the oldest begins it. Of the settled members the one with the lowest incarnation leads and
/// follows the store's clock by at most 500 parts per million, the others follow it by at most a tenth. Timers and timestamps are the
/// machine's own. A node whose store is its own keeps the machine's time.
/// </summary>
public sealed class ClusterTime : TimeProvider
{
    private const int SamplesMax = 16;
    private const double LeaderRate = 500e-6;

    // How much an answer is worth less for each tick of its age: two monotonic clocks run apart by at most that much.
    private const double DriftAllowed = 0.01;

    // So many answers a node hears at most before it takes one that was long on its way.
    private const int SlowSamplesMax = 4;

    private static readonly long EvenTicks = TimeSpan.FromMilliseconds(20).Ticks;
    private static readonly long AgreeTicks = TimeSpan.FromMilliseconds(100).Ticks;
    private static readonly long FastTicks = TimeSpan.FromMilliseconds(200).Ticks;

    // What a follower makes up in the second after an answer, so that a wrong one does no more harm than that.
    private static readonly long FollowTicksMax = TimeSpan.FromMilliseconds(100).Ticks;

    // Nobody's clock shows this time, unless it means to say that it knows none.
    private static readonly TimeSpan UnknownSpan = TimeSpan.FromDays(1_000);

    private readonly TimeProvider _machine;
    private readonly List<Sample> _samples = [];
    private readonly SortedDictionary<long, Peer> _peers = [];
    private Answer? _heard;
    private Course? _course;
    private Standing _standing = Standing.Settled;
    private long _leader;
    private long _wayTicks;

    /// <summary>Shows the machine's time until a cluster's is heard.</summary>
    /// <param name="machine">The machine's clock and timers.</param>
    public ClusterTime(TimeProvider machine) => _machine = machine;

    private enum Standing
    {
        /// <summary>It enters, and does not know the time of those who are there.</summary>
        Strange,

        /// <summary>It has taken a member's time, and tells it with its next heartbeat.</summary>
        Taught,

        /// <summary>Its time is the cluster's.</summary>
        Settled,
    }

    /// <inheritdoc />
    public override long TimestampFrequency => _machine.TimestampFrequency;

    /// <inheritdoc />
    public override TimeZoneInfo LocalTimeZone => _machine.LocalTimeZone;

    /// <summary>Whether this node's time is the cluster's.</summary>
    internal bool IsSettled => _standing == Standing.Settled;

    /// <summary>Whether the next heartbeat tells a time that was just taken: it need not wait.</summary>
    internal bool IsTaught => _standing == Standing.Taught;

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

    /// <summary>What a heartbeat says that is sent now: the cluster's time when it arrives.</summary>
    /// <returns>The epoch while this node does not know it.</returns>
    internal DateTimeOffset Told() => _course is null || _standing == Standing.Strange
        ? DateTimeOffset.UnixEpoch
        : GetUtcNow() + TimeSpan.FromTicks(_wayTicks);

    /// <summary>A run begins: everybody is a stranger again. Its time goes on, and may be set until it is settled.</summary>
    internal void Enter()
    {
        (_standing, _heard, _leader) = (Standing.Strange, null, 0);
        _peers.Clear();
        _samples.Clear();
    }

    /// <summary>
    /// A heartbeat failed. It may have told a time that nobody has confirmed; who tells one twice is believed, so the next does not.
    /// </summary>
    internal void Miss() => _standing = _standing == Standing.Taught ? Standing.Strange : _standing;

    /// <summary>Learns from the answer to a heartbeat. One call at a time.</summary>
    /// <param name="self">This node's incarnation.</param>
    /// <param name="pulse">The answer.</param>
    /// <param name="sent">The timestamp before the heartbeat was sent.</param>
    /// <param name="received">The timestamp when the answer came.</param>
    internal void Hear(long self, Pulse pulse, long sent, long received)
    {
        var answer = new Answer(
            sent + ((received - sent) / 2), pulse.StoreTime.UtcTicks, _machine.GetElapsedTime(sent, received).Ticks);
        var isEven = IsEven(answer);
        _heard = answer;
        Observe(self, pulse);
        var leader = LeaderOf(self, pulse);
        if (leader.Incarnation != _leader || !isEven)
        {
            _samples.Clear();
        }

        var wasTaught = _standing == Standing.Taught && leader.Incarnation == _leader && Tells(leader, pulse);
        _leader = leader.Incarnation;
        var leads = _leader == self;
        var isNew = (leads || (isEven && _peers[_leader].IsBelieved))
            && Collect(new Sample(answer.At, answer.StoreTicks, leads ? 0 : leader.ClockOffset.Ticks, answer.RoundTripTicks));
        if (IsSettled)
        {
            if (isNew)
            {
                Steer(received, leads);
            }
        }
        else if (wasTaught)
        {
            // It told its time while the member it has it from was there: from now on somebody knows the time as long as it is there.
            _standing = Standing.Settled;
        }
        else
        {
            _standing = isNew ? Set(received, leads) : Standing.Strange;
        }
    }

    private static bool Tells(MemberPulse member, Pulse pulse) =>
        member.Counter > 0 && (pulse.StoreTime + member.ClockOffset - DateTimeOffset.UnixEpoch).Duration() > UnknownSpan;

    /// <summary>The oldest of those who tell a time, alive or not; where nobody does, the oldest begins it.</summary>
    private MemberPulse LeaderOf(long self, Pulse pulse) => pulse.Members
        .Where(member => member.Incarnation == self ? IsSettled : Tells(member, pulse))
        .DefaultIfEmpty(pulse.Members.MinBy(member => member.Incarnation))
        .MinBy(member => member.Incarnation);

    /// <summary>Whether the store's clock ran on since the answer before as this machine's monotonic clock did.</summary>
    private bool IsEven(Answer answer)
    {
        if (_heard is not { } before)
        {
            return false;
        }

        var elapsed = _machine.GetElapsedTime(before.At, answer.At).Ticks;
        var allowed = EvenTicks + ((before.RoundTripTicks + answer.RoundTripTicks) / 2) + (elapsed / 50);
        return Math.Abs(answer.StoreTicks - before.StoreTicks - elapsed) <= allowed;
    }

    private void Observe(long self, Pulse pulse)
    {
        foreach (var left in _peers.Keys.Where(run => pulse.Members.All(member => member.Incarnation != run)).ToList())
        {
            _peers.Remove(left);
        }

        foreach (var member in pulse.Members.Where(member => member.Incarnation != self))
        {
            var isBelieved = false;
            if (_peers.TryGetValue(member.Incarnation, out var seen))
            {
                // It has beaten since the answer before, so its offset is to the clock that the store has now. Who tells a time
                // twice is settled; and two heartbeats that agree were not long on their way.
                var agrees = (member.ClockOffset - seen.Pulse.ClockOffset).Duration().Ticks <= AgreeTicks;
                isBelieved = member.Counter != seen.Pulse.Counter && seen.Pulse.Counter > 0 && agrees && Tells(member, pulse);
            }

            _peers[member.Incarnation] = new Peer(member, isBelieved);
        }
    }

    /// <returns>Whether enough is known: one answer that was fast, or several that were not.</returns>
    private bool Collect(Sample sample)
    {
        if (_samples.Count == SamplesMax)
        {
            _samples.RemoveAt(0);
        }

        _samples.Add(sample);
        var fastest = _samples.Min(s => s.RoundTripTicks);
        var isEnough = fastest <= FastTicks || _samples.Count >= SlowSamplesMax;
        _wayTicks = isEnough ? fastest / 2 : _wayTicks;
        return isEnough;
    }

    /// <summary>The best guess at the time to follow.</summary>
    private long Target(long now)
    {
        // A heartbeat that is long on its way makes its sender's clock look slow, never fast.
        var offset = _samples.Max(sample => sample.OffsetTicks);
        var best = _samples.MinBy(sample =>
            (sample.RoundTripTicks / 2.0) + (offset - sample.OffsetTicks) + (_machine.GetElapsedTime(sample.At, now).Ticks * DriftAllowed));
        return best.StoreTicks + best.OffsetTicks + _machine.GetElapsedTime(best.At, now).Ticks;
    }

    /// <summary>Sets the clock of a node that does not serve yet; who begins the time and has one goes on with that.</summary>
    private Standing Set(long now, bool leads)
    {
        if (!leads || _course is null)
        {
            Volatile.Write(ref _course, new Course(now, Target(now), 0, 0));
        }

        return leads ? Standing.Settled : Standing.Taught;
    }

    private void Steer(long now, bool leads)
    {
        var shown = _course?.At(now, _machine) ?? _machine.GetUtcNow().UtcTicks;
        var lack = Target(now) - shown;
        if (leads)
        {
            Volatile.Write(ref _course, new Course(now, shown, lack, LeaderRate));
            return;
        }

        lack = Math.Clamp(lack, -FollowTicksMax, FollowTicksMax);
        Volatile.Write(ref _course, new Course(now, shown, lack, Math.Abs(lack) / (double)TimeSpan.TicksPerSecond));
    }

    /// <summary>What was seen of another member, and whether the time that it tells now can be taken.</summary>
    private readonly record struct Peer(MemberPulse Pulse, bool IsBelieved);

    /// <summary>The last answer of the store.</summary>
    private sealed record Answer(long At, long StoreTicks, long RoundTripTicks);

    /// <summary>The store's clock at an instant, and what the leader's was ahead of it.</summary>
    private readonly record struct Sample(long At, long StoreTicks, long OffsetTicks, long RoundTripTicks);

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
