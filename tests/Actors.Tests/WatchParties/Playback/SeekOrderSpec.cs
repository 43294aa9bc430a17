using AkkaParty.Actors.WatchParties;
using AkkaParty.Protocol.WatchParties;
using FsCheck;
using FsCheck.Fluent;
using Codes = AkkaParty.Protocol.WatchParties.WatchErrorCodes;

namespace AkkaParty.Actors.Tests.WatchParties;

public sealed class SeekOrderSpec : PlaybackSpec
{
    private static WatchSettings Open { get; } = new() { Controls = WatchControls.Everyone };

    [Fact]
    public void A_seek_that_was_meant_before_the_last_one_is_refused()
    {
        GivenParty(Open);
        Given(Seek(Cy, 10, 30_000, 9.9));
        When(Seek(Dee, 10.1, 40_000, 9.8));
        ThenRejected(Codes.SeekSuperseded);
        When(Seek(Dee, 10.1, 40_000, 9.95));
        Play.Current.PositionMs.ShouldBe(40_000);
    }

    [Fact]
    public void Of_two_seeks_at_a_time_the_hosts_holds_whichever_comes_first()
    {
        GivenParty(Open);
        Given(Seek(Ann, 10, 30_000));
        When(Seek(Cy, 10.25, 40_000));
        ThenRejected(Codes.SeekSuperseded);
        When(Seek(Cy, 10.251, 40_000));
        Play.Current.PositionMs.ShouldBe(40_000);
        When(Seek(Ann, 10.3, 50_000, 10.1));
        Play.Current.PositionMs.ShouldBe(50_000);
        When(Seek(Ann, 10.6, 60_000, 9));
        ThenRejected(Codes.SeekSuperseded);
    }

    [Fact]
    public void Without_a_time_or_with_one_of_the_future_or_long_past_a_seek_counts_as_of_its_arrival_or_five_seconds_before()
    {
        SeekOrder.Meant(null, At(10.0009)).ShouldBe(At(10));
        SeekOrder.Meant(At(99), At(10)).ShouldBe(At(10));
        SeekOrder.Meant(At(1), At(10)).ShouldBe(At(5));
        SeekOrder.Meant(At(9.1234), At(10)).ShouldBe(At(9.123));
    }

    [Fact]
    public void What_was_meant_for_the_item_before_does_not_move_the_next_one()
    {
        GivenParty(Open);
        Given(new SkipItem(At(10), As(Ann)));
        When(Seek(Cy, 10.1, 40_000, 9.9));
        ThenRejected(Codes.SeekSuperseded);
        When(Seek(Cy, 10.1, 40_000));
        Play.Current.PositionMs.ShouldBe(40_000);
    }

    [Fact]
    public void The_same_seek_holds_in_whatever_order_they_arrive() => Prop.ForAll(
        Arb.From(
            from count in Gen.Choose(1, 8)
            from times in Gen.ArrayOf(Gen.Choose(0, 1_200), count)
            from hosts in Gen.ArrayOf(Gen.Choose(0, 2), count)
            from order in Gen.Shuffle(Enumerable.Range(0, count).ToArray())
            select (Times: times, Hosts: hosts, Order: order)),
        row =>
        {
            // Different people mean different milliseconds; of the same one, the later to arrive holds.
            var seeks = row.Times.Index().DistinctBy(seek => seek.Item)
                .Select(seek => (Meant: At(20 + (seek.Item / 1_000d)), IsHost: row.Hosts[seek.Index] == 0, Id: seek.Index)).ToList();
            var arrived = row.Order.SelectMany(id => seeks.Where(seek => seek.Id == id)).ToList();

            var order = default(SeekOrder);
            var holds = -1;
            foreach (var (meant, isHost, id) in arrived)
            {
                if (order.Takes(meant, isHost))
                {
                    (order, holds) = (order.After(meant, isHost), id);
                }
            }

            holds.ShouldBe(Expected(seeks));
        }).QuickCheckThrowOnFailure();

    private static int Expected(List<(DateTimeOffset Meant, bool IsHost, int Id)> seeks)
    {
        var last = seeks.MaxBy(seek => seek.Meant);
        var host = seeks.Where(seek => seek.IsHost && seek.Meant + SeekOrder.Tie >= last.Meant).OrderBy(seek => seek.Meant).ToList();
        return host.Count > 0 ? host[^1].Id : last.Id;
    }

    private static Seek Seek(string memberId, double at, long positionMs, double? meantAt = null) =>
        new(At(at), As(memberId), positionMs) { MeantAt = meantAt is { } meant ? At(meant) : null };
}
