using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Runtime.Tests.Membership;

/// <summary>Two nodes with machine clocks of their own and one store with another.</summary>
public sealed partial class ClusterTimeTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    private readonly ManualTime _monotonic = new(Start);
    private readonly JumpingTime _machineOfOne;
    private readonly JumpingTime _machineOfTwo;
    private readonly ClusterTime _one;
    private readonly ClusterTime _two;
    private TimeSpan _storeAhead;
    private long _counter = 1;
    private TimeSpan _offsetOfOne;
    private TimeSpan? _offsetOfTwo;
    private bool _oneIsListed = true;

    public ClusterTimeTests()
    {
        _machineOfOne = new JumpingTime(_monotonic);
        _machineOfTwo = new JumpingTime(_monotonic) { Ahead = TimeSpan.FromMinutes(-7) };
        (_one, _two) = (new ClusterTime(_machineOfOne), new ClusterTime(_machineOfTwo));
    }

    private DateTimeOffset StoreNow => _monotonic.GetUtcNow() + _storeAhead;

    private TimeSpan Apart => _one.GetUtcNow() - _two.GetUtcNow();

    [Fact]
    public void A_node_without_a_cluster_shows_its_machines_time()
    {
        _two.GetUtcNow().ShouldBe(Start - TimeSpan.FromMinutes(7));
        _machineOfTwo.Ahead = TimeSpan.FromHours(1);
        _two.GetUtcNow().ShouldBe(Start + TimeSpan.FromHours(1));
    }

    [Fact]
    public void The_first_member_starts_from_the_stores_clock_and_the_next_adopts_its_time()
    {
        _storeAhead = TimeSpan.FromSeconds(90);
        Beat(entering: true);
        _one.GetUtcNow().ShouldBe(StoreNow);
        Apart.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void No_wall_clock_that_jumps_moves_it()
    {
        Beat(entering: true);
        _machineOfOne.Ahead = TimeSpan.FromHours(1);
        _machineOfTwo.Ahead = TimeSpan.FromHours(-1);
        var before = _one.GetUtcNow();
        Run(TimeSpan.FromSeconds(10));
        (_one.GetUtcNow() - before).ShouldBe(TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(1));

        foreach (var jump in new[] { TimeSpan.FromHours(1), TimeSpan.FromHours(-1) })
        {
            _storeAhead += jump;
            before = _one.GetUtcNow();
            Run(TimeSpan.FromSeconds(10));
            (_one.GetUtcNow() - before).ShouldBe(TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(6), "500 parts per million at most");
            Apart.ShouldBe(TimeSpan.Zero, TimeSpan.FromMilliseconds(6));
        }
    }

    [Fact]
    public void A_follower_that_is_ahead_is_led_back_and_never_goes_backwards()
    {
        Beat(entering: true);
        _offsetOfOne -= TimeSpan.FromSeconds(1);
        var before = _two.GetUtcNow();
        for (var i = 0; i < 100; i++)
        {
            _monotonic.Advance(TimeSpan.FromMilliseconds(250));
            HearTwo(entering: false);
            var now = _two.GetUtcNow();
            (now - before).ShouldBeInRange(TimeSpan.FromMilliseconds(224), TimeSpan.FromMilliseconds(251));
            before = now;
        }

        (_monotonic.GetUtcNow() - _two.GetUtcNow()).ShouldBe(TimeSpan.FromSeconds(1), TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public void A_slow_answer_is_trusted_less_than_a_fast_one()
    {
        Beat(entering: true);
        var sent = _two.GetTimestamp();
        _monotonic.Advance(TimeSpan.FromMilliseconds(400));

        // The answer was made just after the question was sent; the way back took all the time.
        _counter++;
        _two.Hear(2, PulseNow(StoreNow - TimeSpan.FromMilliseconds(400)), sent, _two.GetTimestamp());
        Apart.ShouldBe(TimeSpan.Zero);
        _monotonic.Advance(TimeSpan.FromMilliseconds(500));
        Apart.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public void A_follower_that_is_far_off_is_led_back_by_a_tenth_at_most_and_never_set()
    {
        Beat(entering: true);
        _offsetOfOne += TimeSpan.FromSeconds(5);
        var before = _two.GetUtcNow();
        for (var i = 0; i < 400; i++)
        {
            _monotonic.Advance(TimeSpan.FromMilliseconds(250));
            HearTwo();
            var now = _two.GetUtcNow();
            (now - before).ShouldBeInRange(TimeSpan.FromMilliseconds(249), TimeSpan.FromMilliseconds(276));
            before = now;
        }

        (_two.GetUtcNow() - StoreNow).ShouldBe(TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public void One_wrong_answer_moves_a_follower_by_a_tenth_of_a_second_at_most()
    {
        Beat(entering: true);
        _offsetOfOne += TimeSpan.FromSeconds(30);
        HearTwo();
        HearTwo();
        _monotonic.Advance(TimeSpan.FromMinutes(10));
        (_two.GetUtcNow() - _one.GetUtcNow()).ShouldBe(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public void Heartbeats_of_the_leader_that_were_long_on_their_way_do_not_make_an_answer_good_that_was_as_well()
    {
        Beat(entering: true);
        _two.Hear(2, new Pulse(1, StoreNow, [PulseOfTwo(StoreNow)]), _two.GetTimestamp(), _two.GetTimestamp());
        _offsetOfOne -= TimeSpan.FromSeconds(0.8);
        for (var slow = 0; slow < 2; slow++)
        {
            var sent = _two.GetTimestamp();
            var answered = StoreNow;
            _counter++;
            _monotonic.Advance(TimeSpan.FromMilliseconds(600));
            _two.Hear(2, PulseNow(answered), sent, _two.GetTimestamp());
        }

        _monotonic.Advance(TimeSpan.FromSeconds(5));
        (_two.GetUtcNow() - _monotonic.GetUtcNow()).ShouldBe(TimeSpan.Zero, TimeSpan.FromMilliseconds(5));
    }

    [Fact]
    public void A_heartbeat_of_the_leader_that_was_long_on_its_way_moves_nobody()
    {
        Beat(entering: true);
        Run(TimeSpan.FromSeconds(2));
        var inTime = _offsetOfOne;
        for (var late = 60; late <= 120; late += 60)
        {
            _monotonic.Advance(TimeSpan.FromMilliseconds(250));
            _offsetOfOne = inTime - TimeSpan.FromMilliseconds(late);
            HearTwo();
        }

        _monotonic.Advance(TimeSpan.FromMilliseconds(250));
        Apart.ShouldBe(TimeSpan.Zero, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public void A_jump_of_the_stores_clock_between_the_leaders_heartbeat_and_a_joiners_is_noticed()
    {
        Beat(entering: true);
        _two.Enter();
        _counter = 9;
        Hear();
        _counter++;
        _storeAhead += TimeSpan.FromHours(1);
        Hear();
        _two.IsSettled.ShouldBeFalse("the store's clock jumped");
        _counter++;
        _offsetOfOne -= TimeSpan.FromHours(1);
        Hear();
        _two.IsSettled.ShouldBeFalse("what the leader says is not what it said before");
        _counter++;
        Hear();
        Hear();
        _two.IsSettled.ShouldBeTrue();
        Apart.ShouldBe(TimeSpan.Zero);

        void Hear()
        {
            _monotonic.Advance(TimeSpan.FromMilliseconds(250));
            _two.Hear(2, PulseNow(StoreNow), _two.GetTimestamp(), _two.GetTimestamp());
        }
    }

    [Fact]
    public void A_node_that_knows_the_time_and_leads_when_it_joins_anew_is_not_set_to_the_stores()
    {
        Beat(entering: true);
        _storeAhead = TimeSpan.FromHours(1);
        _one.Enter();
        _one.Hear(1, PulseNow(StoreNow), _one.GetTimestamp(), _one.GetTimestamp());
        _one.IsSettled.ShouldBeTrue();
        _one.GetUtcNow().ShouldBe(_monotonic.GetUtcNow());
    }

    [Fact]
    public void A_node_that_does_not_know_the_time_says_so_and_is_not_followed()
    {
        _one.Told().ShouldBe(DateTimeOffset.UnixEpoch);
        _two.Enter();
        for (var beats = 0; beats < 8; beats++)
        {
            _monotonic.Advance(TimeSpan.FromMilliseconds(250));
            _counter++;
            _offsetOfOne = DateTimeOffset.UnixEpoch - StoreNow;
            _two.Hear(2, PulseNow(StoreNow), _two.GetTimestamp(), _two.GetTimestamp());
            _two.IsSettled.ShouldBeFalse();
        }
    }

    private void Run(TimeSpan by)
    {
        for (var passed = TimeSpan.Zero; passed < by; passed += TimeSpan.FromMilliseconds(250))
        {
            _monotonic.Advance(TimeSpan.FromMilliseconds(250));
            Beat(entering: false);
        }
    }

    private void Beat(bool entering)
    {
        if (entering)
        {
            _one.Enter();
        }

        _counter++;
        _one.Hear(1, PulseNow(StoreNow), _one.GetTimestamp(), _one.GetTimestamp());
        _offsetOfOne = _one.GetUtcNow() - StoreNow;
        HearTwo(entering);
    }

    private void HearTwo(bool entering)
    {
        if (entering)
        {
            _two.Enter();
            HearTwo();
            HearTwo();
        }

        HearTwo();
    }

    /// <summary>Both beat: what the second hears.</summary>
    private void HearTwo()
    {
        _counter++;
        _two.Hear(2, PulseNow(StoreNow), _two.GetTimestamp(), _two.GetTimestamp());
    }

    private Pulse PulseNow(DateTimeOffset store) => new(1, store, _oneIsListed ? [PulseOfOne, PulseOfTwo(store)] : [PulseOfTwo(store)]);

    private MemberPulse PulseOfOne => new("one", 1, _counter, HasGone: false, _offsetOfOne);

    private MemberPulse PulseOfTwo(DateTimeOffset store) =>
        new("two", 2, _counter, HasGone: false, _offsetOfTwo ?? DateTimeOffset.UnixEpoch - store);

    /// <summary>A machine whose wall clock is set wrong, and whose monotonic clock is not.</summary>
    private sealed class JumpingTime(ManualTime monotonic) : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public override long TimestampFrequency => monotonic.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => monotonic.GetUtcNow() + Ahead;

        public override long GetTimestamp() => monotonic.GetTimestamp();
    }
}
