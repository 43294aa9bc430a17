using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Runtime.Tests.Membership;

/// <summary>Whoever enters: from whom it takes the time, and when it may serve with it.</summary>
public sealed partial class ClusterTimeTests
{
    [Fact]
    public void A_node_that_joins_anew_may_be_set()
    {
        Beat(entering: true);
        _offsetOfOne += TimeSpan.FromMinutes(5);
        HearTwo();
        HearTwo();
        (_two.GetUtcNow() - StoreNow).ShouldBe(TimeSpan.Zero, TimeSpan.FromMilliseconds(10));
        HearTwo(entering: true);
        (_two.GetUtcNow() - StoreNow).ShouldBe(TimeSpan.FromMinutes(5), TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public void A_first_member_knows_the_time_after_one_answer()
    {
        _one.Enter();
        _one.IsSettled.ShouldBeFalse();
        _one.Hear(1, PulseNow(StoreNow), _one.GetTimestamp(), _one.GetTimestamp());
        _one.IsSettled.ShouldBeTrue();
    }

    [Fact]
    public void Whoever_enters_does_not_take_an_answer_that_was_long_on_its_way_if_a_fast_one_follows()
    {
        _one.Enter();
        var sent = _one.GetTimestamp();
        var answered = StoreNow;
        _monotonic.Advance(TimeSpan.FromSeconds(3));
        _one.Hear(1, PulseNow(answered), sent, _one.GetTimestamp());
        _one.IsSettled.ShouldBeFalse();
        _one.Hear(1, PulseNow(StoreNow), _one.GetTimestamp(), _one.GetTimestamp());
        _one.IsSettled.ShouldBeTrue();
        _one.GetUtcNow().ShouldBe(StoreNow);
    }

    [Fact]
    public void A_store_that_is_always_slow_is_taken_as_it_is()
    {
        _one.Enter();
        for (var beats = 0; beats < 4; beats++)
        {
            _one.IsSettled.ShouldBeFalse();
            var sent = _one.GetTimestamp();
            _monotonic.Advance(TimeSpan.FromMilliseconds(300));
            _one.Hear(1, PulseNow(StoreNow - TimeSpan.FromMilliseconds(150)), sent, _one.GetTimestamp());
        }

        _one.IsSettled.ShouldBeTrue();
        (_one.GetUtcNow() - StoreNow).ShouldBe(TimeSpan.Zero, TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public void A_member_that_is_silent_is_waited_for_until_the_record_does_not_list_it()
    {
        _two.Enter();
        _offsetOfOne = TimeSpan.FromHours(-1);
        for (var waited = TimeSpan.Zero; waited < TimeSpan.FromSeconds(30); waited += TimeSpan.FromMilliseconds(250))
        {
            _two.Hear(2, PulseNow(StoreNow), _two.GetTimestamp(), _two.GetTimestamp());
            _two.IsSettled.ShouldBeFalse();
            _monotonic.Advance(TimeSpan.FromMilliseconds(250));
        }

        _oneIsListed = false;
        _two.Hear(2, PulseNow(StoreNow), _two.GetTimestamp(), _two.GetTimestamp());
        _two.IsSettled.ShouldBeTrue();
        _two.GetUtcNow().ShouldBe(StoreNow);
    }

    [Fact]
    public void Whoever_enters_is_settled_when_it_has_told_the_time_while_the_one_it_has_it_from_was_there()
    {
        Beat(entering: true);
        _two.Enter();
        HearTwo();
        _two.Told().ShouldBe(DateTimeOffset.UnixEpoch);
        HearTwo();
        _two.IsSettled.ShouldBeFalse();
        _two.Told().ShouldBe(_one.GetUtcNow());
        HearTwo();
        _two.IsSettled.ShouldBeTrue();
    }

    [Fact]
    public void A_time_is_not_told_again_when_nobody_else_tells_one_any_more_and_somebody_older_may_begin_another()
    {
        Beat(entering: true);
        _two.Enter();
        HearTwo();
        HearTwo();
        _two.IsTaught.ShouldBeTrue();
        _offsetOfOne = DateTimeOffset.UnixEpoch - StoreNow;
        HearTwo();
        _two.IsSettled.ShouldBeFalse();
        _two.Told().ShouldBe(DateTimeOffset.UnixEpoch);
    }

    [Fact]
    public void A_time_that_was_told_with_a_heartbeat_that_failed_is_not_told_twice()
    {
        Beat(entering: true);
        _two.Enter();
        HearTwo();
        HearTwo();
        _two.Told().ShouldNotBe(DateTimeOffset.UnixEpoch);
        _two.Miss();
        _two.Told().ShouldBe(DateTimeOffset.UnixEpoch);
        HearTwo();
        _two.IsTaught.ShouldBeTrue("the one that knows the time is still there");
    }

    [Fact]
    public void A_failed_heartbeat_of_a_settled_node_changes_nothing()
    {
        Beat(entering: true);
        _two.Miss();
        _two.IsSettled.ShouldBeTrue();
        _two.Told().ShouldBe(_one.GetUtcNow());
    }

    [Fact]
    public void Whoever_begins_the_time_goes_on_with_its_own_if_it_has_one()
    {
        _storeAhead = TimeSpan.FromHours(2);
        Beat(entering: true);
        _storeAhead = TimeSpan.Zero;
        _oneIsListed = false;
        _two.Enter();
        HearTwo();
        _two.IsSettled.ShouldBeTrue();
        _two.GetUtcNow().ShouldBe(StoreNow + TimeSpan.FromHours(2));
    }

    [Fact]
    public void A_younger_member_that_knows_the_time_is_followed_by_an_older_one_that_enters_and_does_not()
    {
        _offsetOfTwo = TimeSpan.FromHours(3);
        _offsetOfOne = DateTimeOffset.UnixEpoch - StoreNow;
        _one.Enter();
        for (var beats = 1; beats <= 3; beats++)
        {
            _one.IsSettled.ShouldBeFalse();
            _counter++;
            _one.Hear(1, PulseNow(StoreNow), _one.GetTimestamp(), _one.GetTimestamp());
        }

        _one.IsSettled.ShouldBeTrue();
        _one.GetUtcNow().ShouldBe(StoreNow + TimeSpan.FromHours(3));
    }

    [Fact]
    public void A_member_that_tells_a_time_for_the_first_time_is_not_believed_yet()
    {
        _two.Enter();
        _offsetOfOne = DateTimeOffset.UnixEpoch - StoreNow;
        HearTwo();
        HearTwo();
        _offsetOfOne = TimeSpan.FromHours(1);
        HearTwo();
        _two.IsTaught.ShouldBeFalse();
        HearTwo();
        _two.IsTaught.ShouldBeTrue();
        _two.GetUtcNow().ShouldBe(StoreNow + TimeSpan.FromHours(1));
    }

    [Fact]
    public void A_member_that_has_joined_and_not_beaten_yet_tells_no_time()
    {
        (_counter, _offsetOfOne) = (0, TimeSpan.Zero);
        _two.Enter();
        _two.Hear(2, PulseNow(StoreNow), _two.GetTimestamp(), _two.GetTimestamp());
        _counter = 1;
        _two.Hear(2, PulseNow(StoreNow), _two.GetTimestamp(), _two.GetTimestamp());
        _two.IsTaught.ShouldBeFalse("it has told the time once");
    }
}
