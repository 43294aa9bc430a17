using System.Text;
using AkkaParty.Actors.WatchParties;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.Feeds;
using FsCheck;
using FsCheck.Fluent;

namespace AkkaParty.Actors.Tests.WatchParties;

/// <summary>What holds whatever people do to playback, and in whatever order.</summary>
public sealed class PlaybackProperties
{
    private static Arbitrary<int[]> Steps { get; } = Arb.From(
        from length in Gen.Choose(0, 60)
        from steps in Gen.ArrayOf(Gen.Choose(0, int.MaxValue - 1), length)
        select steps);

    [Fact]
    public void The_position_never_goes_back_while_it_plays_unless_somebody_goes_somewhere() => Holds((steps, settings) =>
    {
        var walk = new PlaybackWalk(settings);
        walk.Walk(steps);
        var replayed = PlaybackSpec.Entity.Initial(PlaybackSpec.PartyId);
        foreach (var (@event, cause) in walk.Events)
        {
            var before = replayed;
            replayed = PlaybackSpec.Entity.Evolve(replayed, @event);
            if (@event is PlaybackMoved moved && !GoesSomewhere(moved, cause))
            {
                WatchLaws.GoesOn(before, moved).ShouldBeTrue($"{moved} after {before.Play.Timeline.Last}");
            }

            if (@event is PlaybackMoved { Playback: var playback })
            {
                playback.At.ShouldBeGreaterThanOrEqualTo(before.Play.Current.At);
            }
        }
    });

    [Fact]
    public void At_every_instant_the_position_only_grows_between_moves() => Holds((steps, settings) =>
    {
        var walk = new PlaybackWalk(settings).Walk(steps);
        foreach (var stretch in walk.State.Play.Timeline.Stretches)
        {
            var last = 0L;
            for (var ms = -500; ms < 5_000; ms += 37)
            {
                var position = stretch.PositionAt(stretch.Playback.At.AddTicks(ms * 9_999L));
                position.ShouldBeGreaterThanOrEqualTo(last);
                last = position;
            }
        }
    });

    [Fact]
    public void Live_resumed_and_late_followers_of_both_dialects_are_where_the_party_is() => Holds((steps, settings) =>
    {
        var walk = new PlaybackWalk(settings);
        var followers = Audiences().Select(audience => new Follower(audience)).ToList();
        var heard = 0;
        foreach (var (place, step) in steps.Index())
        {
            walk.Walk([step]);

            // Somebody joins now with what the party shows; another one missed the last events and hears them all at once.
            if (place % 5 == 0)
            {
                followers.AddRange(Audiences().Select(audience => Follower.Joining(audience, walk.State, walk.Now)));
            }

            if (place % 3 == 0)
            {
                Tell();
            }
        }

        Tell();
        foreach (var ms in new[] { 0, 1, 50, 199, 200, 500, 1_000, 1_999, 2_500 })
        {
            var now = walk.Now.AddMilliseconds(ms);
            var expected = (walk.State.Play.At(now).ItemId, walk.State.Play.PositionAt(now));
            foreach (var follower in followers)
            {
                follower.At(now)?.ShouldBe(expected, $"{ms} ms later");
            }
        }

        void Tell()
        {
            for (; heard < walk.Events.Count; heard++)
            {
                foreach (var follower in followers)
                {
                    follower.Hear(walk.Events[heard].Event, heard + 1);
                }
            }
        }
    });

    [Fact]
    public void A_barrier_never_takes_longer_than_its_time_and_then_it_plays() => Holds(CheckBarriers);

    [Fact]
    public void Nobody_waits_for_ever_in_a_hundred_thousand_schedules()
    {
        var random = new Random(5);
        var steps = new int[8];
        for (var schedule = 0; schedule < 100_000; schedule++)
        {
            foreach (ref var step in steps.AsSpan())
            {
                step = random.Next();
            }

            CheckBarriers(steps, Waiting(1 + (schedule % 12)));
        }
    }

    [Fact]
    public void A_walk_gets_everywhere()
    {
        var random = new Random(3);
        var raised = new HashSet<string>();
        var ends = new HashSet<BarrierEnd>();
        for (var walks = 0; walks < 300; walks++)
        {
            var walk = new PlaybackWalk(Waiting(1 + (walks % 9))).Walk(Enumerable.Range(0, 60).Select(_ => random.Next()));
            raised.UnionWith(walk.Events.Select(row => row.Event).OfType<PlaybackEvent>().Select(e => e.GetType().Name));
            ends.UnionWith(walk.Events.Select(row => row.Event).OfType<BarrierEnded>().Select(e => e.Reason));
        }

        WatchCodec.Events.Rows.Select(row => row.Type).Where(type => type.IsSubclassOf(typeof(PlaybackEvent)))
            .Select(type => type.Name).Except(raised).ShouldBeEmpty();
        ends.Order().ShouldBe(Enum.GetValues<BarrierEnd>());
    }

    [Fact]
    public void A_late_timer_changes_nothing() => Holds((steps, settings) =>
    {
        var prompt = new PlaybackWalk(settings).Walk(steps);
        var state = PlaybackSpec.Entity.Initial(PlaybackSpec.PartyId);
        var last = new PassWatchDeadline(prompt.Now, prompt.Now);
        foreach (var command in prompt.Commands.Where(command => command is not PassWatchDeadline).Append(last))
        {
            state = PlaybackSpec.Entity.Decide(state, command).Events.Aggregate(state, PlaybackSpec.Entity.Evolve);
        }

        PlaybackSpec.Snapshot(state).ShouldBe(PlaybackSpec.Snapshot(prompt.State));
    });

    [Fact]
    public void Both_dialects_see_the_same_of_a_stored_event_as_of_the_live_one() => Holds((steps, settings) =>
    {
        foreach (var (place, (@event, _)) in new PlaybackWalk(settings).Walk(steps).Events.Index())
        {
            foreach (var audience in Audiences().Select(name => new Audience(name)))
            {
                Text(PlaybackSpec.Entity.ViewEvent(PlaybackSpec.Stored(@event), place + 1, audience))
                    .ShouldBe(Text(PlaybackSpec.Entity.ViewEvent(@event, place + 1, audience)));
            }
        }
    }, times: 40);

    [Fact]
    public void From_a_snapshot_it_goes_on_as_if_nothing_had_been() => Holds((steps, settings) =>
    {
        var walk = new PlaybackWalk(settings).Walk(steps);
        var state = PlaybackSpec.Entity.Initial(PlaybackSpec.PartyId);
        foreach (var command in walk.Commands)
        {
            state = PlaybackSpec.Entity.Decide(state, command).Events.Aggregate(state, PlaybackSpec.Entity.Evolve);
            state = PlaybackSpec.Entity.StateCodec.Decode(Encoding.UTF8.GetBytes(PlaybackSpec.Snapshot(state)));
        }

        PlaybackSpec.Snapshot(state).ShouldBe(PlaybackSpec.Snapshot(walk.State));
    }, times: 30);

    private static string? Text(ReadOnlyMemory<byte>? bytes) => bytes is { } frame ? Encoding.UTF8.GetString(frame.Span) : null;

    private static void CheckBarriers(int[] steps, WatchSettings settings)
    {
        var endsAt = default(DateTimeOffset?);
        var walk = new PlaybackWalk(settings with { WaitForReady = true });
        var seen = 0;
        foreach (var step in steps)
        {
            walk.Walk([step]);
            Look();
        }

        // Everybody is silent from now on.
        walk.Pass(TimeSpan.FromSeconds(settings.ReadySeconds));
        Look();
        if (endsAt is not null)
        {
            walk.State.Play.Barrier.ShouldNotBeNull("it came up by itself within the last seconds");
            endsAt.Value.ShouldBeGreaterThan(walk.Now);
        }

        void Look()
        {
            for (; seen < walk.Events.Count; seen++)
            {
                switch (walk.Events[seen].Event)
                {
                    case BarrierRaised e:
                        (e.Barrier.EndsAt - e.At).ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(settings.ReadySeconds + 0.02));
                        endsAt = e.Barrier.EndsAt;
                        break;
                    case BarrierEnded { Reason: BarrierEnd.Ready or BarrierEnd.TimedOut } e:
                        e.At.ShouldBeLessThanOrEqualTo(endsAt!.Value);
                        if (e.Reason == BarrierEnd.TimedOut)
                        {
                            ((PlaybackMoved)walk.Events[seen + 1].Event).Playback.At.ShouldBeLessThanOrEqualTo(
                                Later(endsAt.Value, Effects(seen)));
                        }

                        walk.Events[seen + 1].Event.ShouldBeOfType<PlaybackMoved>().Playback.Playing.ShouldBeTrue();
                        endsAt = null;
                        break;
                    case BarrierEnded:
                        endsAt = null;
                        break;
                }
            }
        }

        // It does not play before an effect that was announced before.
        DateTimeOffset Effects(int until) => walk.Events.Take(until).Select(row => row.Event).OfType<PlaybackMoved>()
            .Select(e => e.Playback.At).DefaultIfEmpty(DateTimeOffset.MinValue).Max();
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static bool GoesSomewhere(PlaybackMoved moved, WatchCommand cause) =>
        moved.Action is PlaybackAction.Seek or PlaybackAction.Skip or PlaybackAction.Ended
        || cause is Play { PositionMs: not null } or Pause { PositionMs: not null };

    private static IEnumerable<string> Audiences() => [WatchAddress.PartySocketAudience, WatchAddress.RoomSocketAudience];

    private static WatchSettings Waiting(int seconds) =>
        new() { WaitForReady = true, ReadySeconds = seconds, Controls = WatchControls.Everyone };

    private static void Holds(Action<int[], WatchSettings> law, int times = 150)
    {
        var both = new[] { Waiting(3), Waiting(3) with { WaitForReady = false } };
        Prop.ForAll(Steps, steps =>
        {
            foreach (var settings in both)
            {
                law(steps, settings);
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(times).WithQuietOnSuccess(true));
    }
}
