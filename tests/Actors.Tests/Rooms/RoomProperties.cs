using System.Buffers;
using System.Text;
using AkkaParty.Actors.Rooms;
using AkkaParty.Protocol.Rooms;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaParty.Actors.Tests.Rooms;

/// <summary>What holds whatever people do.</summary>
public sealed class RoomProperties
{
    private static Arbitrary<int[]> Steps { get; } = Arb.From(
        from length in Gen.Choose(0, 150)
        from steps in Gen.ArrayOf(Gen.Choose(0, int.MaxValue - 1), length)
        select steps,
        Shorter);

    [Fact]
    public void No_sequence_of_commands_breaks_an_invariant() =>
        Holds(steps => new RoomWalk().Walk(steps, walk => RoomInvariants.CheckAll(walk.State)));

    [Fact]
    public void Walks_get_everywhere()
    {
        var random = new Random(11);
        var raised = new HashSet<string>();
        for (var walks = 0; walks < 400; walks++)
        {
            var walk = new RoomWalk().Walk(Enumerable.Range(0, 150).Select(_ => random.Next()));
            raised.UnionWith(walk.Events.Select(e => e.GetType().Name));
        }

        RoomCodec.Events.Rows.Select(row => row.Type.Name).Except(raised).ShouldBeEmpty();
    }

    [Fact]
    public void Scores_equal_the_recount_of_the_votes_after_any_interleaving() => Holds(steps =>
    {
        var walk = new RoomWalk().Walk(steps);
        var votes = new Dictionary<(string Item, string User), bool>();
        foreach (var @event in walk.Events)
        {
            if (@event is VoteCast cast)
            {
                votes[(cast.ItemId, cast.UserId)] = cast.IsUp;
                (cast.Upvotes, cast.Downvotes).ShouldBe(Count(cast.ItemId));
            }
            else if (@event is VoteRemoved removed)
            {
                votes.Remove((removed.ItemId, removed.UserId)).ShouldBeTrue();
                (removed.Upvotes, removed.Downvotes).ShouldBe(Count(removed.ItemId));
            }
        }

        foreach (var (_, item) in walk.State.Active.Concat(walk.State.Watched).Concat(walk.State.Removed))
        {
            (item.Facts.Upvotes, item.Facts.Downvotes).ShouldBe(Count(item.Facts.Id));
        }

        (int Up, int Down) Count(string itemId) => (
            votes.Count(vote => vote.Key.Item == itemId && vote.Value), votes.Count(vote => vote.Key.Item == itemId && !vote.Value));
    });

    [Fact]
    public void Replaying_the_stored_events_gives_the_live_state() => Holds(steps =>
    {
        var walk = new RoomWalk().Walk(steps);
        var replayed = RoomSpec.Entity.Initial(RoomSpec.RoomId);
        foreach (var @event in walk.Events)
        {
            replayed = RoomSpec.Entity.Evolve(replayed, Stored(@event));
        }

        RoomSpec.Snapshot(replayed).ShouldBe(RoomSpec.Snapshot(walk.State));
        replayed.Seq.ShouldBe(walk.Events.Count);
    });

    [Fact]
    public void A_snapshot_is_read_back_as_the_same_state() => Holds(steps =>
    {
        var snapshot = RoomSpec.Snapshot(new RoomWalk().Walk(steps).State);
        var restored = RoomSpec.Entity.StateCodec.Decode(Encoding.UTF8.GetBytes(snapshot));

        RoomSpec.Snapshot(restored).ShouldBe(snapshot);
        RoomInvariants.CheckAll(restored);
    });

    [Fact]
    public void From_a_snapshot_it_goes_on_as_if_nothing_had_been() => Holds(steps =>
    {
        var walk = new RoomWalk().Walk(steps);
        var state = RoomSpec.Entity.Initial(RoomSpec.RoomId);
        foreach (var command in walk.Commands)
        {
            state = RoomSpec.Entity.Decide(state, command).Events.Aggregate(state, RoomSpec.Entity.Evolve);
            state = RoomSpec.Entity.StateCodec.Decode(Encoding.UTF8.GetBytes(RoomSpec.Snapshot(state)));
        }

        RoomSpec.Snapshot(state).ShouldBe(RoomSpec.Snapshot(walk.State));
    }, times: 40);

    [Fact]
    public void A_late_timer_changes_nothing() => Holds(steps =>
    {
        var prompt = new RoomWalk().Walk(steps);
        var state = RoomSpec.Entity.Initial(RoomSpec.RoomId);
        var last = new PassRoomDeadline(prompt.Now, prompt.Now);
        foreach (var command in prompt.Commands.Where(command => command is not PassRoomDeadline).Append(last))
        {
            state = RoomSpec.Entity.Decide(state, command).Events.Aggregate(state, RoomSpec.Entity.Evolve);
        }

        RoomSpec.Snapshot(state).ShouldBe(RoomSpec.Snapshot(prompt.State));
    });

    [Fact]
    public void Every_audience_sees_the_same_of_a_stored_event_as_of_the_live_one_and_never_a_token() => Holds(steps =>
    {
        foreach (var (place, @event) in new RoomWalk().Walk(steps).Events.Index())
        {
            foreach (var audience in RoomStory.Audiences)
            {
                var live = Text(RoomSpec.Entity.ViewEvent(@event, place + 1, audience));
                Text(RoomSpec.Entity.ViewEvent(Stored(@event), place + 1, audience)).ShouldBe(live);
                live?.ShouldNotContain("hash-");
                live?.ShouldNotContain(RoomSpec.Person);
            }
        }
    });

    private static string? Text(ReadOnlyMemory<byte>? bytes) => bytes is { } frame ? Encoding.UTF8.GetString(frame.Span) : null;

    private static RoomEvent Stored(RoomEvent @event)
    {
        var output = new ArrayBufferWriter<byte>();
        RoomSpec.Entity.EventCodec.Encode(@event, output);
        return RoomSpec.Entity.EventCodec.Decode(RoomSpec.Entity.EventCodec.Manifest(@event), output.WrittenSpan);
    }

    private static IEnumerable<int[]> Shorter(int[] steps)
    {
        for (var cut = steps.Length / 2; cut > 0; cut /= 2)
        {
            for (var from = 0; from + cut <= steps.Length; from += cut)
            {
                yield return [.. steps[..from], .. steps[(from + cut)..]];
            }
        }
    }

    private static void Holds(Action<int[]> property, int times = 300) =>
        Prop.ForAll(Steps, property).Check(Config.QuickThrowOnFailure.WithMaxTest(times).WithQuietOnSuccess(true));
}
