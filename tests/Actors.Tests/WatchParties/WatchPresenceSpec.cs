using AkkaParty.Actors.WatchParties;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.Tests.WatchParties;

/// <summary>Who is there, how their clients are, and what is counted of it.</summary>
public sealed class WatchPresenceSpec : WatchSpec
{
    [Fact]
    public void Coming_and_going_is_noted_at_its_edges()
    {
        GivenParty("bob");
        When(Connect("bob", 5));
        ThenRaised(nameof(ParticipantConnected));
        (Member("bob").Connected, Member("bob").LastSeenAt).ShouldBe((true, At(5)));
        Entity.ConnectedMembers(State).ShouldBe(["bob"]);
        Entity.KeepAlive(State).ShouldBeTrue();
        When(Connect("bob", 6));
        ThenRaised();
        When(Disconnect("bob", 9));
        ThenRaised(nameof(ParticipantDisconnected));
        (Member("bob").Connected, Member("bob").LastSeenAt).ShouldBe((false, At(9)));
        When(Disconnect("bob", 10));
        ThenRaised();
        When(Connect("stranger", 10));
        ThenRaised();
        Entity.KeepAlive(State).ShouldBeFalse();
        Entity.OnPresence(State, "bob", connected: true, At(11)).ShouldBe(Connect("bob", 11));
        Entity.OnPresence(Entity.Initial(PartyId), "bob", connected: true, At(11)).ShouldBeNull();
    }

    [Fact]
    public void Only_participants_may_follow()
    {
        GivenParty("bob");
        Entity.MayFollow(State, "bob").ShouldBeTrue();
        Entity.MayFollow(State, "cy").ShouldBeFalse();
        Given(new LeaveWatchParty(At(2), As("bob")));
        Entity.MayFollow(State, "bob").ShouldBeFalse();
    }

    [Fact]
    public void A_client_says_how_it_is_and_only_changes_are_noted()
    {
        GivenParty("bob");
        Given(Connect("bob", 2));
        When(new ReportClient(At(3), As("bob"), WatchStatus.Buffering, true, 230, -40));
        var e = ThenRaised<ClientReported>();
        (e.Status, e.ReportsReady, e.RoundTripMs, e.SyncOffsetMs, e.Quiet).ShouldBe((WatchStatus.Buffering, true, 300, -40, false));
        var bob = Member("bob");
        (bob.Status, bob.RoundTripMs, bob.SyncOffsetMs, bob.LastSyncAt).ShouldBe((WatchStatus.Buffering, 300, -40, At(3)));

        When(new ReportClient(At(4), As("bob"), WatchStatus.Buffering, true, 300, null));
        ThenRaised();
        When(new ReportClient(At(5), As("bob"), null, null, null, -20));
        ThenRaised<ClientReported>().Quiet.ShouldBeTrue();
        When(new ReportClient(At(6), As("stranger"), null, null, null, -20));
        ThenRejected(WatchErrorCodes.NotAParticipant);
    }

    [Theory]
    [InlineData(int.MinValue, 100)]
    [InlineData(0, 100)]
    [InlineData(100, 100)]
    [InlineData(101, 200)]
    [InlineData(1_000, 1_000)]
    [InlineData(int.MaxValue, 1_000)]
    public void Round_trips_are_known_in_steps(int reported, int known)
    {
        GivenParty("bob");
        Given(Connect("bob", 2), new ReportClient(At(3), As("bob"), null, null, reported, 0));
        Member("bob").RoundTripMs.ShouldBe(known);
        State.SlowestRoundTripMs.ShouldBe(known);
    }

    [Fact]
    public void The_slowest_who_is_connected_counts()
    {
        GivenParty("bob", "cy");
        Given(Connect("ann", 2), Connect("bob", 2), Connect("cy", 2));
        Given(new ReportClient(At(3), As("bob"), null, null, 700, null), new ReportClient(At(3), As("cy"), null, null, 400, null));
        State.SlowestRoundTripMs.ShouldBe(700);
        Given(Disconnect("bob", 4));
        State.SlowestRoundTripMs.ShouldBe(400);
        Given(Connect("bob", 5));
        State.SlowestRoundTripMs.ShouldBe(400);
        Given(new KickParticipant(At(6), As("ann"), "cy", Ban: false));
        State.SlowestRoundTripMs.ShouldBe(100);
    }

    [Fact]
    public void Barriers_wait_for_those_connected_who_report()
    {
        GivenParty("bob", "cy");
        Given(Connect("bob", 2), Connect("cy", 2), new ReportClient(At(3), As("bob"), null, true, null, null));
        State.Reporters.ShouldBe(["bob"]);
        Given(Disconnect("bob", 4));
        State.Reporters.ShouldBeEmpty();
        Given(Connect("bob", 5));
        State.Reporters.ShouldBeEmpty();
        Given(new ReportClient(At(6), As("bob"), null, true, null, null));
        Given(new ReportClient(At(7), As("bob"), null, false, null, null));
        State.Reporters.ShouldBeEmpty();
    }

    [Fact]
    public void It_is_known_how_long_everybody_watched()
    {
        GivenParty("bob");
        Given(Connect("ann", 0), Connect("bob", 50), new Play(At(100), As("ann")));
        Given(Disconnect("bob", 160), Connect("bob", 200), new Pause(At(260), As("ann")), Disconnect("ann", 300));
        Given(new LeaveWatchParty(At(310), As("bob")));

        var numbers = Answer<WatchNumbers>(new GetWatchAnalytics(As("ann"), At(400))).Analytics;
        (numbers.ParticipantsTotal, numbers.ConnectedNow, numbers.ConnectedPeak, numbers.ItemsPlayed).ShouldBe((2, 0, 2, 1));
        numbers.PlayedMs.ShouldBe(160_000);
        numbers.DurationMs.ShouldBe(399_000);
        numbers.WatchedMs.Select(one => one.MemberId).ShouldBe(["ann", "bob"]);
        numbers.WatchedMs[0].WatchedMs.ShouldBe(160_000);
        numbers.WatchedMs[1].WatchedMs.ShouldBeInRange(119_000, 121_000);
        Refusal(new GetWatchAnalytics(As("stranger"), At(400))).ShouldBe(WatchErrorCodes.WatchCoHostOnly);
    }

    [Fact]
    public void Whoever_is_muted_or_gone_is_not_heard()
    {
        GivenParty("bob");
        var audience = new Runtime.Feeds.Audience(WatchAddress.PartySocketAudience);
        var signal = new ReactionSignal("bob", "bob", At(2), "🎉", null);
        Entity.ViewSignal(State, signal, audience).ShouldNotBeNull();
        Entity.ViewSignal(State, signal with { MemberId = "cy" }, audience).ShouldBeNull();
        Entity.ViewSignal(State, "something else", audience).ShouldBeNull();
        Given(new MuteParticipant(At(3), As("ann"), "bob", Muted: true));
        Entity.ViewSignal(State, signal, audience).ShouldBeNull();
    }

    [Fact]
    public void A_snapshot_is_made_again_with_all_that_is_counted()
    {
        GivenParty("bob", "cy");
        GivenGuest("gus", "browser");
        Given(Connect("bob", 4), Connect("cy", 4), new ReportClient(At(5), As("bob"), WatchStatus.Ready, true, 500, 3));
        Given(new KickParticipant(At(6), As("ann"), "gus", Ban: true), new LeaveWatchParty(At(7), As("cy")));

        var restored = Entity.StateCodec.Decode(System.Text.Encoding.UTF8.GetBytes(Snapshot(State)));
        WatchInvariants.CheckAll(restored);
        Snapshot(restored).ShouldBe(Snapshot(State));
        restored.SlowestRoundTripMs.ShouldBe(500);
        restored.Reporters.ShouldBe(["bob"]);
        restored.Marks.Keys.ShouldBe(["browser", "hash-gus"]);
        Entity.Deadline(restored).ShouldBe(Entity.Deadline(State));
    }
}
