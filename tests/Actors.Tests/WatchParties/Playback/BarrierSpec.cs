using AkkaParty.Actors.WatchParties;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.Tests.WatchParties;

public sealed class BarrierSpec : PlaybackSpec
{
    private static readonly WatchFace Host = Face(Ann, WatchRole.Host);

    [Fact]
    public void Playing_waits_until_all_who_say_so_are_ready()
    {
        GivenWaitingParty();
        When(new Play(At(10), As(Ann)));
        Then(new BarrierRaised(At(10), View(1, 20, Ann, Bob, Cy), Host));
        var reply = ThenReplied<PlaybackChanged>();
        reply.Barrier!.Names.ShouldBe(["ann", "bob", "cy"]);
        reply.Playback.Playing.ShouldBeFalse();

        When(Report(Ann, 11, WatchStatus.Ready));
        ThenPlayback(new BarrierReached(At(11), View(1, 20, Bob, Cy), Ann));
        Given(Report(Cy, 12, WatchStatus.Ready));
        When(Report(Bob, 13, WatchStatus.Ready));
        ThenPlayback(
            new BarrierReached(At(13), View(1, 20), Bob),
            new BarrierEnded(At(13), 1, BarrierEnd.Ready, []),
            Moved(13, PlaybackAction.Play, Playing(0, 13.2), Film, null));
        Entity.Deadline(State).ShouldBe(At(113));
    }

    [Fact]
    public void It_plays_at_the_end_of_the_time_whoever_is_not_ready()
    {
        GivenWaitingParty();
        Given(new Play(At(10), As(Ann)), Report(Bob, 12, WatchStatus.Ready));
        Entity.Deadline(State).ShouldBe(At(19.8));
        WhenTimeIs(30);
        Then(
            new BarrierEnded(At(19.8), 1, BarrierEnd.TimedOut, [Ann, Cy]),
            Moved(19.8, PlaybackAction.Play, Playing(0, 20), Film, null));
    }

    [Fact]
    public void Whoever_leaves_or_says_no_longer_when_they_are_ready_is_not_waited_for()
    {
        GivenWaitingParty();
        Given(new Play(At(10), As(Dee)));
        When(Presence(Cy, 11, false));
        ThenPlayback(new BarrierReached(At(11), View(1, 20, Ann, Bob), Cy));
        When(Report(Bob, 12, reportsReady: false));
        ThenPlayback(new BarrierReached(At(12), View(1, 20, Ann), Bob));
        When(new LeaveWatchParty(At(13), As(Ann)));
        ThenPlayback(
            new BarrierReached(At(13), View(1, 20), Ann),
            new BarrierEnded(At(13), 1, BarrierEnd.Ready, []),
            Moved(13, PlaybackAction.Play, Playing(0, 13.2), Film, null));
    }

    [Fact]
    public void Whoever_was_ready_before_has_to_say_so_again()
    {
        GivenWaitingParty();
        Given(Report(Ann, 5, WatchStatus.Ready), new Play(At(10), As(Ann)));
        Play.Barrier!.WaitsFor.ShouldContain(Ann);
        When(Report(Ann, 11, WatchStatus.Ready));
        Then(new BarrierReached(At(11), View(1, 20, Bob, Cy), Ann));
    }

    [Fact]
    public void Readiness_said_of_an_earlier_barrier_or_of_none_does_not_count()
    {
        GivenWaitingParty();
        Given(new Play(At(10), As(Ann)));
        When(Ready(Ann, 10, barrier: 0));
        ThenPlayback();
        Play.Barrier!.WaitsFor.ShouldContain(Ann, "it was on its way when the barrier came up");
        When(Ready(Ann, 11, barrier: 1));
        ThenPlayback(new BarrierReached(At(11), View(1, 20, Bob, Cy), Ann));

        Given(new Seek(At(12), As(Ann), 60_000));
        When(Ready(Bob, 12, barrier: 1));
        ThenPlayback();
        When(Ready(Bob, 12, barrier: 3));
        ThenPlayback();
        When(Ready(Bob, 13, barrier: 2));
        ThenPlayback(new BarrierReached(At(13), View(2, 22, Ann, Cy), Bob));
        When(Ready(Bob, 14, barrier: 1) with { ReportsReady = false });
        ThenPlayback();
        When(Report(Cy, 14, reportsReady: false));
        ThenPlayback(new BarrierReached(At(14), View(2, 22, Ann), Cy));
    }

    [Fact]
    public void Whoever_connects_meanwhile_is_not_waited_for()
    {
        GivenWaitingParty();
        Given(Presence(Cy, 5, false), new Play(At(10), As(Ann)), Presence(Cy, 11, true), Report(Cy, 11, reportsReady: true));
        Play.Barrier!.WaitsFor.ShouldBe([Ann, Bob]);
    }

    [Fact]
    public void A_seek_while_it_plays_waits_at_its_position()
    {
        GivenWaitingParty();
        GivenPlaying();
        When(new Seek(At(30), As(Ann), 60_000));
        Then(
            Moved(30, PlaybackAction.Seek, Paused(60_000, 30.2), Film, Host, new SeekMark(At(30), Ann, ByHost: true)),
            new BarrierRaised(At(30), View(2, 40, Ann, Bob, Cy), Host));
        When(new Seek(At(31), As(Ann), 70_000));
        Then(
            new BarrierEnded(At(31), 2, BarrierEnd.Replaced, [Ann, Bob, Cy]),
            Moved(31, PlaybackAction.Seek, Paused(70_000, 31.2), Film, Host, new SeekMark(At(31), Ann, ByHost: true)),
            new BarrierRaised(At(31), View(3, 41, Ann, Bob, Cy), Host));
        WhenTimeIs(50);
        Play.Current.ShouldBe(Playing(70_000, 41));
    }

    [Fact]
    public void A_seek_while_it_stands_waits_for_nobody()
    {
        GivenWaitingParty();
        When(new Seek(At(30), As(Ann), 60_000));
        Then(Moved(30, PlaybackAction.Seek, Paused(60_000, 30.2), Film, Host, new SeekMark(At(30), Ann, ByHost: true)));
        Play.Barrier.ShouldBeNull();
    }

    [Fact]
    public void The_next_film_waits_too_by_command_or_by_itself()
    {
        GivenWaitingParty();
        GivenPlaying();
        WhenTimeIs(112);
        Then(
            Moved(111.8, PlaybackAction.Ended, Paused(0, 112, item: Short), Short, null),
            new BarrierRaised(At(111.8), View(2, 121.8, Ann, Bob, Cy), null));
        When(new SkipItem(At(113), As(Ann), Film.ItemId));
        Then(
            new BarrierEnded(At(113), 2, BarrierEnd.Replaced, [Ann, Bob, Cy]),
            Moved(113, PlaybackAction.Skip, Paused(0, 113.2), Film, Host),
            new BarrierRaised(At(113), View(3, 123, Ann, Bob, Cy), Host));
    }

    [Fact]
    public void A_pause_ends_the_wait_and_it_stands()
    {
        GivenWaitingParty();
        Given(new Play(At(10), As(Ann), 7_000));
        When(new Pause(At(11), As(Ann)));
        Then(
            new BarrierEnded(At(11), 1, BarrierEnd.Paused, [Ann, Bob, Cy]),
            Moved(11, PlaybackAction.Pause, Paused(7_000, 11.2), Film, Host));
        Entity.Deadline(State).ShouldBeNull();
    }

    [Fact]
    public void Playing_again_while_it_waits_changes_nothing_and_another_speed_waits_too()
    {
        GivenWaitingParty();
        Given(new Play(At(10), As(Ann)));
        When(new Play(At(11), As(Bob)));
        ThenNothing();
        When(new SetRate(At(12), As(Ann), 2));
        Then(Moved(12, PlaybackAction.Rate, Paused(0, 12.2, 2), Film, Host));
        WhenTimeIs(20);
        Play.Current.ShouldBe(Playing(0, 20, 2));
    }

    [Fact]
    public void With_nobody_who_says_so_or_without_the_setting_it_plays_at_once()
    {
        GivenParty(new WatchSettings { WaitForReady = true });
        When(new Play(At(10), As(Ann)));
        Then(Moved(10, PlaybackAction.Play, Playing(0, 10.2), Film, Host));
    }

    [Fact]
    public void Turning_the_setting_off_ends_the_wait()
    {
        GivenWaitingParty();
        Given(new Play(At(10), As(Ann)));
        When(new UpdateWatchParty(At(11), As(Ann), null, null, State.Settings with { WaitForReady = false }, null));
        ThenPlayback(
            new BarrierEnded(At(11), 1, BarrierEnd.Replaced, [Ann, Bob, Cy]),
            Moved(11, PlaybackAction.Play, Playing(0, 11.2), Film, null));
    }

    [Fact]
    public void Ending_the_party_ends_the_wait_too()
    {
        GivenWaitingParty();
        Given(new Play(At(10), As(Ann)), new EndWatchParty(At(11), As(Ann)));
        Play.Barrier.ShouldBeNull();
        Entity.Deadline(State).ShouldBeNull();
    }

    [Fact]
    public void The_shortest_wait_of_the_slowest_party_still_ends_in_time()
    {
        GivenWaitingParty(seconds: 1);
        Given(Report(Dee, 1, roundTripMs: 1_000));
        When(new Play(At(10), As(Ann)));
        Then(
            new BarrierRaised(At(10), View(1, 11, Ann, Bob, Cy), Host),
            new BarrierEnded(At(10), 1, BarrierEnd.TimedOut, [Ann, Bob, Cy]),
            Moved(10, PlaybackAction.Play, Playing(0, 11), Film, null));
    }

    [Fact]
    public void Of_a_thousand_it_names_twenty_and_counts_the_rest()
    {
        var people = Enumerable.Range(1, 999).Select(n => $"0198f0f0-0000-7000-a000-{n:d12}").ToList();
        var create = Create(new WatchSettings { WaitForReady = true, ParticipantsMax = 1_000 }, Film) with
        {
            Seats = [.. people.Select(id => new OriginSeat(new WatchPerson(id, id[^4..]), id))],
        };
        Given(create);
        foreach (var id in people)
        {
            Given(Presence(id, 0, true), Report(id, 0, reportsReady: true));
        }

        When(new Play(At(10), As(Ann)));
        var raised = Decision.Events.OfType<BarrierRaised>().Single().Barrier;
        (raised.Count, raised.WaitsFor.Count, raised.Names.Count).ShouldBe((999, 20, 20));
        raised.Names[0].ShouldBe("0001");
        Play.Barrier!.WaitsFor.Count.ShouldBe(999);
        When(Report(people[500], 11, WatchStatus.Ready));
        Decision.Events.OfType<BarrierReached>().Single().Barrier.Count.ShouldBe(998);
    }

    private void GivenPlaying()
    {
        Given(new Play(At(11), As(Ann)));
        Given(
            Report(Ann, 11.8, WatchStatus.Ready), Report(Bob, 11.8, WatchStatus.Ready), Report(Cy, 11.8, WatchStatus.Ready));
        Play.Current.ShouldBe(Playing(0, 12));
    }

    private static ReportClient Ready(string memberId, double at, int barrier) =>
        Report(memberId, at, WatchStatus.Ready) with { Barrier = barrier };

    private static BarrierView View(int id, double endsAt, params string[] waitsFor) =>
        new(id, waitsFor, [.. waitsFor.Select(NameOf)], At(endsAt));
}
