using AkkaParty.Runtime.Membership;

namespace AkkaParty.Runtime.Tests.Membership;

public sealed class LivenessJudgeTests
{
    private const long Self = 1;
    private const long Other = 2;

    private readonly LivenessJudge _judge = new(TimeSpan.FromSeconds(5.5), TimeSpan.FromSeconds(1));
    private double _now;

    [Fact]
    public void A_counter_that_stands_still_for_the_lease_and_its_margin_is_dead()
    {
        Hear(counter: 7).ShouldBeEmpty();
        for (var i = 0; i < 10; i++)
        {
            Hear(counter: 7, after: 0.5).ShouldBeEmpty();
        }

        Hear(counter: 7, after: 0.5).ShouldHaveSingleItem().Incarnation.ShouldBe(Other);
        Hear(counter: 7, after: 0.25).ShouldHaveSingleItem();
        Hear(counter: 8, after: 0.25).ShouldBeEmpty();
    }

    [Fact]
    public void A_counter_that_moves_is_alive_for_ever()
    {
        for (var i = 0; i < 100; i++)
        {
            Hear(counter: i / 10, after: 0.5).ShouldBeEmpty();
        }
    }

    [Fact]
    public void Whose_connection_ended_has_not_stood_still_yet()
    {
        Hear(counter: 1, hasGone: true);
        _judge.StoodStill(Other).ShouldBeFalse();
        for (var i = 0; i < 11; i++)
        {
            Hear(counter: 1, after: 0.5, hasGone: true);
        }

        _judge.StoodStill(Other).ShouldBeTrue();
        _judge.Restart();
        _judge.StoodStill(Other).ShouldBeFalse();
    }

    [Fact]
    public void Whose_connection_ended_is_dead_at_once_except_oneself()
    {
        Hear(counter: 1, hasGone: true).ShouldHaveSingleItem();
        _judge.Observe(Self, [new MemberPulse("one", Self, 1, HasGone: true, default)], At(_now), At(_now)).ShouldBeEmpty();
    }

    [Fact]
    public void It_never_judges_itself()
    {
        for (var i = 0; i < 100; i++)
        {
            _now += 0.5;
            _judge.Observe(Self, [new MemberPulse("one", Self, 1, HasGone: false, default)], At(_now), At(_now)).ShouldBeEmpty();
        }
    }

    [Fact]
    public void A_gap_in_its_own_heartbeats_starts_the_observation_over()
    {
        Hear(counter: 7).ShouldBeEmpty();
        Hear(counter: 7, after: 60).ShouldBeEmpty();
        for (var i = 0; i < 10; i++)
        {
            Hear(counter: 7, after: 0.5).ShouldBeEmpty();
        }

        Hear(counter: 7, after: 0.5).ShouldHaveSingleItem();
    }

    [Fact]
    public void A_failed_heartbeat_starts_the_observation_over()
    {
        Hear(counter: 7);
        for (var i = 0; i < 10; i++)
        {
            Hear(counter: 7, after: 0.5);
        }

        _judge.Restart();
        Hear(counter: 7, after: 0.5).ShouldBeEmpty();
    }

    [Fact]
    public void The_time_an_answer_takes_counts_for_the_other()
    {
        Hear(counter: 7);
        for (var i = 0; i < 10; i++)
        {
            Hear(counter: 7, after: 0.5);
        }

        // Sent at 5.4 and received at 5.9: the counter was read at some instant between.
        _judge.Observe(Self, [Pulse(7, false)], At(5.4), At(5.9)).ShouldBeEmpty();
        _judge.Observe(Self, [Pulse(7, false)], At(5.5), At(5.9)).ShouldHaveSingleItem();
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);

    private static MemberPulse Pulse(long counter, bool hasGone) => new("two", Other, counter, hasGone, default);

    private IReadOnlyList<MemberPulse> Hear(long counter, double after = 0, bool hasGone = false)
    {
        _now += after;
        return _judge.Observe(Self, [Pulse(counter, hasGone)], At(_now), At(_now));
    }
}
