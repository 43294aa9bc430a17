using System.Buffers;
using System.Text;
using AkkaParty.Actors.WatchParties;
using AkkaParty.Protocol.WatchParties;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaParty.Actors.Tests.WatchParties;

/// <summary>What holds whatever people do.</summary>
public sealed class WatchProperties
{
    private static Arbitrary<int[]> Steps { get; } = Arb.From(
        from length in Gen.Choose(0, 150)
        from steps in Gen.ArrayOf(Gen.Choose(0, int.MaxValue - 1), length)
        select steps,
        Shorter);

    [Fact]
    public void No_sequence_of_commands_breaks_an_invariant() =>
        Holds(steps => new WatchWalk().Walk(steps, walk => WatchInvariants.CheckAll(walk.State)));

    [Fact]
    public void There_is_exactly_one_host_while_anybody_has_a_seat() =>
        Holds(steps => new WatchWalk().Walk(steps, walk => WatchLaws.HasItsHost(walk.State).ShouldBeTrue()));

    [Fact]
    public void Nobody_banned_has_a_way_in_and_tickets_chat_and_barriers_keep_their_limits_however_commands_interleave() => Holds(steps =>
    {
        var (laws, seen, replayed) = (new WatchLaws(), 0, WatchSpec.Entity.Initial(WatchSpec.PartyId));
        new WatchWalk().Walk(steps, walk =>
        {
            for (; seen < walk.Events.Count; seen++)
            {
                laws.Broken(replayed, walk.Events[seen]).ShouldBeNull();
                replayed = WatchSpec.Entity.Evolve(replayed, walk.Events[seen]);
            }

            if (!walk.State.Deleted)
            {
                walk.State.Bans.Keys.ShouldBe(laws.Banned, ignoreOrder: true);
                walk.State.TokenHolders.Values.ShouldAllBe(holder => !laws.Banned.Contains(holder));
                laws.Banned.ShouldAllBe(memberId => !WatchSpec.Entity.MayFollow(walk.State, memberId));
            }
        });
    }, times: 60);

    [Fact]
    public void Walks_get_everywhere()
    {
        var random = new Random(11);
        var raised = new HashSet<string>();
        for (var walks = 0; walks < 400; walks++)
        {
            var walk = new WatchWalk().Walk(Enumerable.Range(0, 150).Select(_ => random.Next()));
            raised.UnionWith(walk.Events.Select(e => e.GetType().Name));
        }

        WatchCodec.Events.Rows.Select(row => row.Type.Name).Except(raised).ShouldBeEmpty();
    }

    [Fact]
    public void Replaying_the_stored_events_gives_the_live_state() => Holds(steps =>
    {
        var walk = new WatchWalk().Walk(steps);
        var replayed = WatchSpec.Entity.Initial(WatchSpec.PartyId);
        foreach (var @event in walk.Events)
        {
            replayed = WatchSpec.Entity.Evolve(replayed, Stored(@event));
        }

        WatchSpec.Snapshot(replayed).ShouldBe(WatchSpec.Snapshot(walk.State));
        replayed.Seq.ShouldBe(walk.Events.Count);
    });

    [Fact]
    public void A_snapshot_is_read_back_as_the_same_state() => Holds(steps =>
    {
        var snapshot = WatchSpec.Snapshot(new WatchWalk().Walk(steps).State);
        var restored = WatchSpec.Entity.StateCodec.Decode(Encoding.UTF8.GetBytes(snapshot));

        WatchSpec.Snapshot(restored).ShouldBe(snapshot);
        WatchInvariants.CheckAll(restored);
    });

    [Fact]
    public void From_a_snapshot_it_goes_on_as_if_nothing_had_been() => Holds(steps =>
    {
        var walk = new WatchWalk().Walk(steps);
        var state = WatchSpec.Entity.Initial(WatchSpec.PartyId);
        foreach (var command in walk.Commands)
        {
            state = WatchSpec.Entity.Decide(state, command).Events.Aggregate(state, WatchSpec.Entity.Evolve);
            state = WatchSpec.Entity.StateCodec.Decode(Encoding.UTF8.GetBytes(WatchSpec.Snapshot(state)));
        }

        WatchSpec.Snapshot(state).ShouldBe(WatchSpec.Snapshot(walk.State));
    }, times: 40);

    [Fact]
    public void A_late_timer_changes_nothing_about_people() => Holds(steps =>
    {
        var prompt = new WatchWalk(plays: false).Walk(steps);
        var state = WatchSpec.Entity.Initial(WatchSpec.PartyId);
        var last = new PassWatchDeadline(prompt.Now, prompt.Now);
        foreach (var command in prompt.Commands.Where(command => command is not PassWatchDeadline).Append(last))
        {
            state = WatchSpec.Entity.Decide(state, command).Events.Aggregate(state, WatchSpec.Entity.Evolve);
        }

        WatchSpec.Snapshot(state).ShouldBe(WatchSpec.Snapshot(prompt.State));
    });

    [Fact]
    public void Messages_are_the_last_ones_and_their_ids_grow() => Holds(steps =>
    {
        var walk = new WatchWalk().Walk(steps);
        var said = walk.Events.OfType<WatchMessageSent>().Select(e => e.Message.MessageId).ToList();
        said.ShouldBe(Enumerable.Range(1, said.Count).Select(number => $"{number}"));
        if (!walk.State.Deleted)
        {
            walk.State.Messages.Select(message => message.MessageId).ShouldBe(said.TakeLast(WatchLimits.MessagesKept));
        }
    });

    [Fact]
    public void Nobody_watched_for_longer_than_it_played() => Holds(steps => new WatchWalk().Walk(steps, walk =>
    {
        var played = walk.State.Play.PlayedAt(walk.Now);
        walk.State.Members.Values.ShouldAllBe(member => WatchViews.WatchedMs(walk.State, member, walk.Now) <= played);
    }), times: 60);

    [Fact]
    public void Every_audience_sees_the_same_of_a_stored_event_as_of_the_live_one_and_never_a_secret() => Holds(steps =>
    {
        string[] secrets = ["token-", "ticket", "secret", "browser-", "hash"];
        foreach (var (place, @event) in new WatchWalk().Walk(steps).Events.Index())
        {
            foreach (var name in new[] { WatchAddress.PartySocketAudience, WatchAddress.RoomSocketAudience })
            {
                var audience = new Runtime.Feeds.Audience(name);
                var live = Text(WatchSpec.Entity.ViewEvent(@event, place + 1, audience));
                Text(WatchSpec.Entity.ViewEvent(Stored(@event), place + 1, audience)).ShouldBe(live);
                secrets.ShouldAllBe(secret => live == null || !live.Contains(secret));
            }
        }
    });

    private static string? Text(ReadOnlyMemory<byte>? bytes) => bytes is { } frame ? Encoding.UTF8.GetString(frame.Span) : null;

    private static WatchEvent Stored(WatchEvent @event)
    {
        var output = new ArrayBufferWriter<byte>();
        WatchSpec.Entity.EventCodec.Encode(@event, output);
        return WatchSpec.Entity.EventCodec.Decode(WatchSpec.Entity.EventCodec.Manifest(@event), output.WrittenSpan);
    }

    private static IEnumerable<int[]> Shorter(int[] steps)
    {
        for (var half = steps.Length / 2; half > 0; half /= 2)
        {
            for (var begin = 0; begin + half <= steps.Length; begin += half)
            {
                yield return [.. steps[..begin], .. steps[(begin + half)..]];
            }
        }
    }

    private static void Holds(Action<int[]> property, int times = 100) =>
        Prop.ForAll(Steps, property).Check(Config.QuickThrowOnFailure.WithMaxTest(times).WithQuietOnSuccess(true));
}
