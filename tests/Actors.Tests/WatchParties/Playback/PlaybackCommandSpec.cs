using AkkaParty.Protocol.WatchParties;
using Codes = AkkaParty.Protocol.WatchParties.WatchErrorCodes;

namespace AkkaParty.Actors.Tests.WatchParties;

public sealed class PlaybackCommandSpec : PlaybackSpec
{
    private static readonly WatchFace Host = Face(Ann, WatchRole.Host);
    private static readonly WatchFace CoHost = Face(Bob, WatchRole.CoHost);

    [Fact]
    public void Playing_begins_a_moment_later_so_that_everybody_hears_of_it_in_time()
    {
        GivenParty();
        When(new Play(At(10), As(Ann)));
        Then(Moved(10, PlaybackAction.Play, Playing(0, 10.2), Film, Host));
        var reply = ThenReplied<PlaybackChanged>();
        (reply.Playback, reply.PositionMs, reply.IsPlaying, reply.DurationMs).ShouldBe((Play.Current, 0, false, 100_000));
        reply.Before.Single().Playing.ShouldBeFalse();
        reply.BeforeDurationsMs.ShouldBe([100_000]);
        (reply.InEffect, reply.DurationInEffectMs).ShouldBe((reply.Before[0], 100_000));
        (Play.PositionAt(At(10.1)), Play.PositionAt(At(10.2)), Play.PositionAt(At(15.2))).ShouldBe((0, 0, 5_000));
        (Play.IsPlayingAt(At(10.1)), Play.IsPlayingAt(At(10.2))).ShouldBe((false, true));
    }

    [Fact]
    public void A_pause_takes_effect_where_it_is_by_then()
    {
        GivenParty();
        Given(new Play(At(10), As(Ann)));
        When(new Pause(At(20), As(Bob)));
        Then(Moved(20, PlaybackAction.Pause, Paused(10_000, 20.2), Film, CoHost));
        Play.PositionAt(At(20.1)).ShouldBe(9_900);
        Play.PositionAt(At(99)).ShouldBe(10_000);
    }

    [Fact]
    public void Play_and_pause_go_to_the_position_they_name()
    {
        GivenParty();
        When(new Play(At(10), As(Ann), 30_000));
        Then(Moved(10, PlaybackAction.Play, Playing(30_000, 10.2), Film, Host));
        When(new Pause(At(20), As(Ann), 12_345));
        Then(Moved(20, PlaybackAction.Pause, Paused(12_345, 20.2), Film, Host));
    }

    [Fact]
    public void What_is_so_already_is_acknowledged_and_changes_nothing()
    {
        GivenParty();
        When(new Pause(At(1), As(Ann)));
        ThenNothing();
        ThenReplied<PlaybackChanged>();
        Given(new Play(At(10), As(Ann)));
        When(new Play(At(11), As(Bob)));
        ThenNothing();
        ThenReplied<PlaybackChanged>();
        When(new SetRate(At(11), As(Bob), 1));
        ThenNothing();
        ThenReplied<PlaybackChanged>().ChangedNothing.ShouldBeTrue();
        When(new MoveMediaItem(At(12), As(Ann), Short.ItemId, 1));
        ThenReplied<PlaylistChanged>().ChangedNothing.ShouldBeTrue();
        When(new Pause(At(13), As(Ann)));
        ThenReplied<PlaybackChanged>().ChangedNothing.ShouldBeFalse();
    }

    [Fact]
    public void What_is_so_already_is_so_although_something_else_happens_at_that_moment()
    {
        GivenParty();
        Given(new Play(At(10), As(Ann)));
        When(new Play(At(111), As(Bob)));
        Decision.Events.OfType<PlaybackMoved>().Single().Action.ShouldBe(PlaybackAction.Ended);
        ThenReplied<PlaybackChanged>().ChangedNothing.ShouldBeTrue();
    }

    [Fact]
    public void A_seek_keeps_the_playing_state()
    {
        GivenParty();
        When(new Seek(At(5), As(Ann), 40_000));
        Then(Moved(5, PlaybackAction.Seek, Paused(40_000, 5.2), Film, Host, new SeekMark(At(5), Ann, ByHost: true)));
        Given(new Play(At(10), As(Ann)));
        When(new Seek(At(20), As(Bob), 1_000));
        Then(Moved(20, PlaybackAction.Seek, Playing(1_000, 20.2), Film, CoHost, new SeekMark(At(20), Bob, ByHost: false)));
    }

    [Fact]
    public void A_seek_beyond_the_end_goes_to_the_end_and_a_playing_party_on_to_the_next_film()
    {
        GivenParty();
        When(new Seek(At(5), As(Ann), 400_000));
        Play.Current.ShouldBe(Paused(100_000, 5.2) with { ChangedBy = Ann });
        Given(new Seek(At(6), As(Ann), 10), new Play(At(10), As(Ann)));
        When(new Seek(At(20), As(Ann), 100_001));
        Play.Current.ShouldBe(Playing(0, 20.2, item: Short));
        Play.PositionAt(At(20.1)).ShouldBe(9_910);
    }

    [Fact]
    public void Another_speed_goes_on_from_where_it_is_by_then()
    {
        GivenParty();
        Given(new Play(At(10), As(Ann)));
        When(new SetRate(At(20), As(Ann), 1.5));
        Then(Moved(20, PlaybackAction.Rate, Playing(10_000, 20.2, 1.5), Film, Host));
        Play.PositionAt(At(30.2)).ShouldBe(25_000);
        foreach (var rate in new[] { 0.24, 4.01, double.NaN, double.PositiveInfinity, -1 })
        {
            When(new SetRate(At(21), As(Ann), rate));
            ThenRejected(Codes.RateInvalid, "rate");
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(86_400_001)]
    public void A_position_is_within_a_day(long positionMs)
    {
        GivenParty();
        foreach (var command in new PlaybackCommand[]
        {
            new Play(At(1), As(Ann), positionMs), new Pause(At(1), As(Ann), positionMs), new Seek(At(1), As(Ann), positionMs),
        })
        {
            When(command);
            ThenRejected(Codes.PositionInvalid, "position");
        }
    }

    [Fact]
    public void Skipping_goes_to_the_beginning_of_the_next_or_the_named_item_and_plays_on_if_it_plays()
    {
        GivenParty(null, Film, Short, Live);
        When(new SkipItem(At(5), As(Ann)));
        Then(Moved(5, PlaybackAction.Skip, Paused(0, 5.2, item: Short), Short, Host));
        Given(new Play(At(10), As(Ann)));
        When(new SkipItem(At(20), As(Ann), Live.ItemId));
        Then(Moved(20, PlaybackAction.Skip, Playing(0, 20.2, item: Live), Live, Host));
        When(new SkipItem(At(21), As(Ann)));
        ThenRejected(Codes.NothingToSkipTo);
        When(new SkipItem(At(21), As(Ann), ItemId(99)));
        ThenRejected(Codes.MediaItemNotFound);
    }

    [Fact]
    public void At_the_end_of_an_item_the_next_one_follows_at_that_instant_and_the_last_one_stands_at_its_end()
    {
        GivenParty();
        Given(new Play(At(10), As(Ann)));
        Entity.Deadline(State).ShouldBe(At(110));
        WhenTimeIs(110);
        Then(Moved(110, PlaybackAction.Ended, Playing(0, 110.2, item: Short), Short, null));
        (Play.At(At(110.1)).ItemId, Play.PositionAt(At(110.1))).ShouldBe((Film.ItemId, 99_900));
        WhenTimeIs(200);
        Then(Moved(160, PlaybackAction.Ended, Paused(50_000, 160.2, item: Short), Short, null));
        Play.IsPlayingAt(At(160.2)).ShouldBeFalse();
    }

    [Fact]
    public void Playing_at_the_end_goes_on_to_what_was_added_or_begins_anew()
    {
        GivenParty(null, Short);
        Given(new Play(At(10), As(Ann)));
        WhenTimeIs(100);
        When(new Play(At(110), As(Ann)));
        Then(Moved(110, PlaybackAction.Play, Playing(0, 110.2, item: Short), Short, Host));
        WhenTimeIs(200);
        Given(new AddMediaItem(At(210), As(Ann), Film));
        When(new Play(At(211), As(Ann)));
        Then(Moved(211, PlaybackAction.Skip, Playing(0, 211.2), Film, Host));
    }

    [Fact]
    public void It_plays_without_a_film_too_and_then_without_an_end()
    {
        GivenParty(null, Live);
        Given(new Play(At(10), As(Ann)));
        When(new RemoveMediaItem(At(20), As(Ann), Live.ItemId));
        Then(
            Moved(20, PlaybackAction.Skip, new Playback(null, 0, false, 1, At(20.2), null), null, Host),
            new MediaItemRemoved(At(20), Live.ItemId, Ann));
        When(new Play(At(30), As(Ann)));
        Then(Moved(30, PlaybackAction.Play, new Playback(null, 0, true, 1, At(30.2), null), null, Host));
        Entity.Deadline(State).ShouldBeNull();
        Play.PositionAt(At(40.2)).ShouldBe(10_000);
        When(new AddMediaItem(At(41), As(Ann), Short));
        Then(new MediaItemAdded(At(41), Short, 0, Ann));
    }

    [Fact]
    public void The_slowest_who_is_connected_says_how_long_a_command_takes()
    {
        GivenParty();
        Given(Report(Dee, 1, roundTripMs: 300));
        When(new Play(At(10), As(Ann)));
        Play.Current.At.ShouldBe(At(10.6));
        Given(Report(Dee, 11, roundTripMs: 1_000));
        When(new Pause(At(12), As(Ann)));
        Play.Current.At.ShouldBe(At(13));
        Given(Presence(Dee, 14, false));
        When(new Play(At(15), As(Ann)));
        Play.Current.At.ShouldBe(At(15.2));
    }

    [Fact]
    public void The_time_on_the_way_to_the_server_counts_but_all_must_hear_of_it_in_time()
    {
        GivenParty();
        Given(Report(Dee, 1, roundTripMs: 500));
        Meant(new Play(At(10), As(Ann)), 9.8).ShouldBe(At(10.8), "a second after it was meant");
        Meant(new Pause(At(12), As(Ann)), 11.4).ShouldBe(At(12.5), "the slowest client's round trip after it arrived");
        Meant(new Play(At(14), As(Ann)), 1).ShouldBe(At(14.5), "however long ago it was meant");
        Meant(new SetRate(At(16), As(Ann), 2), 17).ShouldBe(At(17), "nobody means anything in the future");
        Meant(new Seek(At(18), As(Ann), 1_000), 17.993).ShouldBe(At(19), "in steps of twenty milliseconds");
        Meant(new SkipItem(At(20), As(Ann)), 19.9).ShouldBe(At(20.9));
        Given(Presence(Dee, 21, false));
        Meant(new Pause(At(22), As(Ann)), 21.95).ShouldBe(At(22.16));

        DateTimeOffset Meant(PlaybackCommand command, double meantAt)
        {
            Given(command with { MeantAt = At(meantAt) });
            return Play.Current.At;
        }
    }

    [Fact]
    public void A_command_that_was_meant_earlier_still_takes_effect_no_earlier_than_those_before_it()
    {
        GivenParty();
        Given(Report(Dee, 1, roundTripMs: 500), new Play(At(10), As(Ann)));
        When(new SetRate(At(10.3), As(Bob), 2) { MeantAt = At(9.9) });
        Play.Current.ShouldBe(Playing(0, 11, 2) with { ChangedBy = Bob }, "the one before holds from then on");
        When(new Pause(At(10.6), As(Ann)) { MeantAt = At(10.1) });
        Play.Current.ShouldBe(Paused(200, 11.1, 2) with { ChangedBy = Ann });
        Play.PositionAt(At(11.05)).ShouldBe(100);
    }

    [Fact]
    public void No_command_takes_effect_before_an_earlier_one_and_each_starts_from_the_one_before()
    {
        GivenParty();
        Given(Report(Dee, 1, roundTripMs: 500), new Play(At(10), As(Ann)));
        Play.Current.At.ShouldBe(At(11));
        Given(Presence(Dee, 10.1, false));
        When(new SetRate(At(10.2), As(Bob), 2));
        Play.Current.ShouldBe(Playing(0, 11, 2) with { ChangedBy = Bob });
        When(new Pause(At(11.9), As(Ann)));
        Play.Current.ShouldBe(Paused(2_200, 12.1, 2) with { ChangedBy = Ann });
        (Play.PositionAt(At(10.9)), Play.PositionAt(At(11.9)), Play.PositionAt(At(12.1))).ShouldBe((0, 1_800, 2_200));
    }

    [Fact]
    public void Effects_begin_at_steps_of_twenty_milliseconds()
    {
        GivenParty();
        When(new Play(At(10.0101234), As(Ann)));
        Play.Current.At.ShouldBe(At(10.22));
    }

    [Fact]
    public void It_counts_how_long_it_played()
    {
        GivenParty();
        Given(new Play(At(10), As(Ann)), new SetRate(At(15), As(Ann), 2), new Pause(At(20), As(Ann)), new Play(At(30), As(Ann)));
        Play.PlayedAt(At(20.2)).ShouldBe(10_000);
        Play.PlayedAt(At(30.2)).ShouldBe(10_000);
        Play.PlayedAt(At(35.2)).ShouldBe(15_000);
        Play.ItemsPlayed.ShouldBe(1);
    }

    [Fact]
    public void Ending_the_party_stops_it_where_it_is_and_starting_it_again_begins_at_the_beginning()
    {
        GivenParty();
        Given(new Play(At(10), As(Ann)), new Seek(At(20), As(Ann), 50_000), new EndWatchParty(At(20.1), As(Ann)));
        Play.Current.ShouldBe(Paused(9_900, 20.1));
        Entity.Deadline(State).ShouldBeNull();
        When(new Play(At(21), As(Ann)));
        ThenRejected(Codes.WatchPartyEnded);
        Given(new RestartWatchParty(At(30), As(Ann)));
        Play.Current.ShouldBe(Paused(0, 30));
    }
}
