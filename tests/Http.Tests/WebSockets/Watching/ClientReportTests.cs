using AkkaParty.Http.WebSockets.Watching;
using AkkaParty.Protocol.WatchParties;
using AkkaParty.Runtime.TestKit.Nodes;

namespace AkkaParty.Http.Tests.WebSockets.Watching;

public sealed class ClientReportTests
{
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 5, 1, 20, 0, 0, TimeSpan.Zero));
    private readonly ClientReport _report;

    public ClientReportTests() => _report = new ClientReport(_time);

    [Fact]
    public void Tells_a_status_once()
    {
        _report.Take().ShouldBeNull("nothing was said");
        Note(WatchStatus.Buffering);
        _report.Take().ShouldBe(new ReportPart(WatchStatus.Buffering, null, null, null));
        Note(WatchStatus.Buffering);
        _report.Take().ShouldBeNull();
    }

    [Fact]
    public void Tells_the_last_of_many_changes_and_one_a_second()
    {
        for (var i = 0; i < 40; i++)
        {
            Note(i % 2 == 0 ? WatchStatus.Buffering : WatchStatus.Ready);
            (_report.Take() is not null).ShouldBe(i < 3, $"change {i}");
        }

        Note(WatchStatus.Away);
        _time.Advance(TimeSpan.FromSeconds(1));
        _report.Take()!.Status.ShouldBe(WatchStatus.Away);
        _report.Take().ShouldBeNull();
    }

    [Fact]
    public void Tells_readiness_anew_when_the_party_asks_and_never_the_old_one()
    {
        Note(WatchStatus.Ready, reportsReady: true);
        _report.Take().ShouldBe(new ReportPart(WatchStatus.Ready, true, null, null) { Barrier = 0 });
        _report.NoteBarrier(1);
        _report.Take().ShouldBeNull("what was said before does not count");

        Note(WatchStatus.Ready, reportsReady: true);
        _report.Take().ShouldBe(new ReportPart(WatchStatus.Ready, null, null, null) { Barrier = 1 });

        Note(WatchStatus.Buffering);
        _report.NoteBarrier(2);
        _report.Take().ShouldBeNull();
    }

    [Fact]
    public void Tells_for_which_barrier_a_client_is_ready_as_it_says_or_as_it_was_told()
    {
        _report.NoteBarrier(4);
        Note(WatchStatus.Ready);
        _report.Take()!.Barrier.ShouldBe(4, "it was told of that one");
        Note(WatchStatus.Ready, barrier: 4);
        _report.Take().ShouldBeNull("that is known");
        Note(WatchStatus.Ready, barrier: 3);
        _report.Take()!.Barrier.ShouldBe(3, "on its way for longer than the fourth is up");
        Note(WatchStatus.Ready, barrier: 5);
        _report.NoteBarrier(5);
        _report.Take()!.Barrier.ShouldBe(5, "it heard of the fifth elsewhere");
        Note(WatchStatus.Buffering, barrier: 5);
        _time.Advance(TimeSpan.FromSeconds(3));
        _report.Take().ShouldBe(new ReportPart(WatchStatus.Buffering, null, null, null));
    }

    [Fact]
    public void A_barrier_of_the_past_asks_nothing()
    {
        _report.NoteBarrier(2);
        Note(WatchStatus.Ready);
        _report.NoteBarrier(1);
        _report.Take()!.Barrier.ShouldBe(2);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(99, null)]
    [InlineData(100, null)]
    [InlineData(100.1, 200)]
    [InlineData(201, 300)]
    [InlineData(999, 1000)]
    [InlineData(30_000, 1000)]
    public void Tells_a_round_trip_in_steps(double measured, int? told)
    {
        _report.Note(null, null, null, measured, null);
        _report.Take()?.RoundTripMs.ShouldBe(told);
        if (told is null)
        {
            _report.Take().ShouldBeNull();
        }
    }

    [Fact]
    public void Tells_a_worse_round_trip_at_once_and_a_better_one_when_it_lasts()
    {
        _report.Note(null, null, null, 250, null);
        _report.Take()!.RoundTripMs.ShouldBe(300);
        _report.Note(null, null, null, 150, null);
        _report.Take().ShouldBeNull("it may get worse again");
        _time.Advance(TimeSpan.FromSeconds(10));
        _report.Note(null, null, null, 190, null);
        _report.Take().ShouldBeNull("it is at the edge of two steps");
        _report.Note(null, null, null, 150, null);
        _report.Take()!.RoundTripMs.ShouldBe(200);
        _report.Note(null, null, null, 450, null);
        _report.Take()!.RoundTripMs.ShouldBe(500);
    }

    [Fact]
    public void Tells_how_far_off_a_client_is_now_and_then()
    {
        _report.Note(null, null, null, null, 40);
        _report.Take()!.SyncOffsetMs.ShouldBe(40);
        _time.Advance(TimeSpan.FromSeconds(9));
        _report.Note(null, null, null, null, 900);
        _report.Take().ShouldBeNull("ten seconds at least");
        _time.Advance(TimeSpan.FromSeconds(1));
        _report.Take()!.SyncOffsetMs.ShouldBe(900);
        _time.Advance(TimeSpan.FromSeconds(59));
        _report.Note(null, null, null, null, 700);
        _report.Take().ShouldBeNull("it is about the same");
        _time.Advance(TimeSpan.FromSeconds(1));
        _report.Take()!.SyncOffsetMs.ShouldBe(700);
        _time.Advance(TimeSpan.FromSeconds(120));
        _report.Take().ShouldBeNull("the client said nothing since");
    }

    [Fact]
    public void Tells_again_what_could_not_be_told()
    {
        _report.Note(WatchStatus.Away, null, true, 333, -20);
        var part = _report.Take()!;
        part.ShouldBe(new ReportPart(WatchStatus.Away, true, 400, -20));
        _report.Return(part);
        Note(WatchStatus.Online);
        _report.Take().ShouldBe(new ReportPart(WatchStatus.Online, true, 400, -20));
    }

    private void Note(WatchStatus status, bool? reportsReady = null, int? barrier = null) =>
        _report.Note(status, barrier, reportsReady, null, null);
}
