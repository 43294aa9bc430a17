namespace AkkaParty.Runtime.Membership;

/// <summary>
/// The cluster's clock. It runs on the monotonic clock from an anchor, so that no wall clock that jumps (this machine's or the
/// database's) moves it: the member with the lowest incarnation leads and follows the store's clock by at most 500 parts per
/// million, the others follow the leader. A leader is believed only while its counter moves and the store's clock runs evenly, because
/// what it says is the difference to a clock that may have jumped since. Timers and timestamps are the machine's own. A node whose
/// store is its own keeps the machine's time.
/// </summary>
public sealed class ClusterTime : TimeProvider
{
    private const int SamplesMax = 16;
    private const double LeaderRate = 500e-6;
    private const double FollowerRateMax = 0.1;

    // How much a heartbeat's answer is worth less for each tick of its age: two monotonic clocks run apart by about that much.
    private const double DriftAllowed = 200e-6;

    // So many answers a node that enters hears at most before it takes one that was long on its way.
    private const int SlowSamplesMax = 4;

    // A member whose connection has ended may be alive; so many answers it gets to show that before somebody who enters ignores it.
    private const int GoneBeatsMax = 3;

    private static readonly long FollowableTicks = TimeSpan.FromSeconds(2).Ticks;
    private static readonly long EvenTicks = TimeSpan.FromMilliseconds(20).Ticks;
    private static readonly long FastTicks = TimeSpan.FromMilliseconds(200).Ticks;

    // Nobody's clock shows this time, unless it means to say that it knows none.
    private static readonly TimeSpan UnknownSpan = TimeSpan.FromDays(1_000);

    private readonly TimeProvider _machine;
    private readonly List<Sample> _samples = [];
    private readonly SortedDictionary<long, Peer> _peers = [];
    private Answer? _heard;
    private Course? _course;
    private long _leader;
    private long? _enteredAt;
    private TimeSpan _patience;

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

    /// <summary>Whether a node that enters knows the cluster's time.</summary>
    internal bool IsSettled => _enteredAt is null;

    /// <summary>What a heartbeat says that is sent now: the cluster's time when it arrives.</summary>
    /// <returns>The epoch while this node does not know it.</returns>
    internal DateTimeOffset Told() => _course is null ? DateTimeOffset.UnixEpoch : GetUtcNow() + WayToStore;

    /// <summary>A run begins: everybody is a stranger again.</summary>
    /// <param name="patience">How long a member is waited for that does not move and may know the time.</param>
    internal void Enter(TimeSpan patience)
    {
        (_patience, _enteredAt, _heard, _leader) = (patience, _machine.GetTimestamp(), null, 0);
        _peers.Clear();
        _samples.Clear();
    }

    /// <summary>Learns from the answer to a heartbeat. One call at a time.</summary>
    /// <param name="self">This node's incarnation.</param>
    /// <param name="pulse">The answer.</param>
    /// <param name="sent">The timestamp before the heartbeat was sent.</param>
    /// <param name="received">The timestamp when the answer came.</param>
    internal void Hear(long self, Pulse pulse, long sent, long received)
    {
        var isEven = NoteAnswer(pulse, sent, received);
        Observe(self, pulse, received);
        var leader = pulse.Members
            .Where(member => member.Incarnation == self || MayLead(member.Incarnation, received))
            .MinBy(member => member.Incarnation);
        if (leader.Incarnation != _leader)
        {
            _leader = leader.Incarnation;
            _samples.Clear();
        }

        var leads = _leader == self;
        var isLate = _enteredAt is { } entered && _machine.GetElapsedTime(entered, received) >= _patience * 2;
        if (!isLate && (leads ? Awaits(self, received) : !isEven || !_peers[_leader].IsSound))
        {
            return;
        }

        if (_samples.Count == SamplesMax)
        {
            _samples.RemoveAt(0);
        }

        var roundTrip = _machine.GetElapsedTime(sent, received).Ticks;
        var target = pulse.StoreTime.UtcTicks + (leads ? 0 : leader.ClockOffset.Ticks);
        _samples.Add(new Sample(sent + ((received - sent) / 2), target, roundTrip));
        if (IsSettled || isLate || _samples.Count == SlowSamplesMax || _samples.Exists(sample => sample.RoundTripTicks <= FastTicks))
        {
            Steer(received, leads, mayStep: !IsSettled && !leads);
            _enteredAt = null;
        }
    }

    /// <summary>Notes the store's clock.</summary>
    /// <returns>Whether it ran on since the answer before as this machine's monotonic clock did.</returns>
    private bool NoteAnswer(Pulse pulse, long sent, long received)
    {
        var before = _heard;
        var answer = new Answer(
            sent + ((received - sent) / 2), pulse.StoreTime.UtcTicks, _machine.GetElapsedTime(sent, received).Ticks);
        _heard = answer;
        if (before is null)
        {
            return false;
        }

        var elapsed = _machine.GetElapsedTime(before.At, answer.At).Ticks;
        var allowed = EvenTicks + ((before.RoundTripTicks + answer.RoundTripTicks) / 2) + (elapsed / 50);
        return Math.Abs(answer.StoreTicks - before.StoreTicks - elapsed) <= allowed;
    }

    private void Observe(long self, Pulse pulse, long received)
    {
        foreach (var left in _peers.Keys.Where(run => pulse.Members.All(member => member.Incarnation != run)).ToList())
        {
            _peers.Remove(left);
        }

        foreach (var member in pulse.Members.Where(member => member.Incarnation != self))
        {
            if (!_peers.TryGetValue(member.Incarnation, out var seen))
            {
                _peers[member.Incarnation] = new Peer(member, received, 1, KnowsTime: false, IsSound: false);
                continue;
            }

            var moved = member.Counter != seen.Pulse.Counter;
            var tellsTime = (pulse.StoreTime + member.ClockOffset - DateTimeOffset.UnixEpoch).Duration() > UnknownSpan;

            // Of a heartbeat that was long on its way the time is behind; two that agree were not.
            var agrees = (member.ClockOffset - seen.Pulse.ClockOffset).Duration().Ticks <= EvenTicks;
            _peers[member.Incarnation] = new Peer(
                member, moved ? received : seen.Since, seen.Beats + 1, seen.KnowsTime || (moved && tellsTime), moved && agrees);
        }
    }

    private bool MayLead(long run, long now) =>
        _peers.TryGetValue(run, out var peer) && peer.KnowsTime && _machine.GetElapsedTime(peer.Since, now) < _patience;

    /// <summary>Whether this node enters and somebody older may still turn out to be alive and to know the time.</summary>
    private bool Awaits(long self, long now) => !IsSettled && _peers.Any(
        peer => peer.Key < self
            && (peer.Value.Pulse.HasGone ? peer.Value.Beats < GoneBeatsMax : _machine.GetElapsedTime(peer.Value.Since, now) < _patience));

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

    /// <summary>What was seen of another member.</summary>
    private readonly record struct Peer(MemberPulse Pulse, long Since, int Beats, bool KnowsTime, bool IsSound);

    /// <summary>The last answer of the store.</summary>
    private sealed record Answer(long At, long StoreTicks, long RoundTripTicks);

    /// <summary>One time to follow.</summary>
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
