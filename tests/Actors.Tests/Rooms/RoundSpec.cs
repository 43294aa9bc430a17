using AkkaParty.Protocol.Rooms;
using Codes = AkkaParty.Protocol.Rooms.RoomErrorCodes;

namespace AkkaParty.Actors.Tests.Rooms;

public sealed class RoundSpec : RoomSpec
{
    [Fact]
    public void A_round_takes_the_rooms_time_or_the_one_given()
    {
        GivenQueue();
        When(new StartVotingRound(At(10), As("bob"), null));
        Then(new VotingRoundStarted(At(10), Id(4), 60, At(70), "bob"));
        var open = ThenReplied<VotingChanged>().Rounds.Open.ShouldNotBeNull();
        (open.Id, open.EndsAt, open.DurationSeconds, open.StartedBy).ShouldBe((Id(4), At(70), 60, "bob"));
        Entity.Deadline(State).ShouldBe(At(70));

        When(new StartVotingRound(At(11), As("bob"), 60));
        ThenNothing();
        When(new StartVotingRound(At(11), As("ann"), null));
        ThenRejected(Codes.VotingRoundOpen);
        When(new StartVotingRound(At(80), As("ann"), 9));
        ThenRejected(Codes.VotingDurationInvalid, "duration_seconds", "duration_seconds must be 10 to 600");
    }

    [Fact]
    public void It_ends_at_its_deadline_with_the_ten_best_items()
    {
        GivenQueue();
        Given(Vote("bob", 2), Vote("ann", 3, isUp: false), new StartVotingRound(At(10), As("ann"), 30));
        WhenTimeIs(At(100));
        var result = new RoundResultView(
            Id(4), At(10), At(40), VotingRoundEnd.Deadline, Id(2),
            [
                new StandingView(Id(2), "Film 2", 1, 0, 1),
                new StandingView(Id(1), "Film 1", 0, 0, 0),
                new StandingView(Id(3), "Film 3", 0, 1, -1),
            ]);
        Then(new VotingRoundEnded(At(40), result));
        var rounds = Ask<VotingRounds>(new GetVotingRounds(As("bob"), At(101)));
        rounds.Open.ShouldBeNull();
        rounds.Last.ShouldNotBeNull().WinnerItemId.ShouldBe(Id(2));
        Entity.Deadline(State).ShouldBeNull();
    }

    [Fact]
    public void A_vote_that_comes_late_does_not_count_for_it()
    {
        GivenQueue();
        Given(new StartVotingRound(At(10), As("ann"), 30));
        When(Vote("bob", 3, at: 40));
        Decision.Events.Select(e => e.GetType().Name).ShouldBe(["VotingRoundEnded", "VoteCast"]);
        State.LastRound!.WinnerItemId.ShouldBe(Id(1));
        State.LastRound.EndedAt.ShouldBe(At(40));
    }

    [Fact]
    public void An_admin_closes_it_early()
    {
        GivenQueue();
        When(new CloseVotingRound(At(10), As("ann")));
        ThenRejected(Codes.NoVotingRound);
        Given(new StartVotingRound(At(10), As("bob"), null));
        When(new CloseVotingRound(At(11), As("bob")));
        ThenRejected(Codes.AdminOnly, null, "Only room admins can close a voting round");
        When(new CloseVotingRound(At(11), As("ann")));
        Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<VotingRoundEnded>().Result.Reason.ShouldBe(VotingRoundEnd.Closed);
        ThenReplied<VotingChanged>().Rounds.Last!.Reason.ShouldBe(VotingRoundEnd.Closed);
    }

    [Fact]
    public void It_ends_when_every_connected_member_is_done()
    {
        GivenQueue();
        Given(new SetRoomPresence(At(5), "ann", true), new SetRoomPresence(At(5), "bob", true));
        When(new FinishVoting(At(6), As("bob"), "bob"));
        ThenRejected(Codes.NoVotingRound);
        Given(new StartVotingRound(At(10), As("bob"), null));
        When(new FinishVoting(At(11), As("cy"), "cy"));
        Then(new VotingDone(At(11), Id(4), "cy"));
        When(new FinishVoting(At(11), As("cy"), "cy"));
        ThenNothing();
        Given(new FinishVoting(At(12), As("bob"), "bob"));
        When(new FinishVoting(At(13), As("ann"), "ann"));
        Decision.Events.Select(e => e.GetType().Name).ShouldBe(["VotingDone", "VotingRoundEnded"]);
        State.LastRound!.Reason.ShouldBe(VotingRoundEnd.AllDone);
    }

    [Fact]
    public void It_ends_when_the_last_one_who_is_not_done_goes()
    {
        GivenQueue();
        Given(
            new SetRoomPresence(At(5), "ann", true),
            new SetRoomPresence(At(5), "bob", true),
            new StartVotingRound(At(10), As("bob"), null),
            new FinishVoting(At(11), As("bob"), "bob"));
        When(new SetRoomPresence(At(12), "ann", false));
        Decision.Events.Select(e => e.GetType().Name).ShouldBe(["MemberDisconnected", "VotingRoundEnded"]);
    }

    [Fact]
    public void While_nobody_is_connected_only_time_or_an_admin_ends_it()
    {
        GivenQueue();
        Given(new StartVotingRound(At(10), As("bob"), null), new FinishVoting(At(11), As("bob"), "bob"));
        State.Round.ShouldNotBeNull();
        When(new FinishVoting(At(11), As("bob"), "ann"));
        ThenRejected(Codes.ActingUserMismatch, "user_id");
    }

    [Fact]
    public void A_round_over_an_empty_queue_has_no_winner()
    {
        GivenRoom("ann");
        Given(new StartVotingRound(At(1), As("ann"), 10), new CloseVotingRound(At(2), As("ann")));
        State.LastRound!.WinnerItemId.ShouldBeNull();
        State.LastRound.Standings.ShouldBeEmpty();
    }

    private void GivenQueue()
    {
        GivenRoom("ann", "bob", "cy");
        Given(Add("ann", "Film 1"), Add("bob", "Film 2"), Add("cy", "Film 3"));
    }
}
