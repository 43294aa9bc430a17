using AkkaParty.Actors.Rooms;
using AkkaParty.Protocol.Rooms;
using Codes = AkkaParty.Protocol.Rooms.RoomErrorCodes;

namespace AkkaParty.Actors.Tests.Rooms;

public sealed class SelectionSpec : RoomSpec
{
    [Fact]
    public void A_weighted_draw_is_stored_with_everything_that_explains_it()
    {
        GivenQueue();
        Given(Vote("ann", 2), Vote("bob", 2), Vote("cy", 3, isUp: false));
        When(new SelectItem(At(5), As("ann"), null, 0x8000_0000_0000_0000));

        // Weights 1, 1 + 2 x 2 and, for a score below zero, 1: of 7 tickets the middle of all random numbers is number 3.
        DrawnCandidate[] candidates = [new(Id(1), 0, 1), new(Id(2), 2, 5), new(Id(3), -1, 1)];
        Then(new SelectionMade(
            At(5), Id(4), SelectionMode.WeightedRandom, "ann", Id(2), "Film 2", null, candidates, 7, "8000000000000000", 3, null,
            "Drawn at random: its score of 2 gave it 5 of 7 tickets, and ticket 4 won."));
        ThenReplied<ItemSelected>().Item.Status.ShouldBe(ItemStatus.Queued);

        var told = Ask<SelectionList>(new ListSelections(As("bob"), At(6), 50)).Selections.ShouldHaveSingleItem();
        told.Candidates.ShouldBe(
        [
            new CandidateView(Id(1), "Film 1", "ann", 0, 1),
            new CandidateView(Id(2), "Film 2", "bob", 2, 5),
            new CandidateView(Id(3), "Film 3", "cy", -1, 1),
        ]);
        (told.TotalWeight, told.Ticket, told.Draw, told.Turn).ShouldBe((7, 3, "8000000000000000", null));
    }

    [Theory]
    [InlineData(0UL, 1)]
    [InlineData(ulong.MaxValue, 3)]
    [InlineData(ulong.MaxValue / 7 * 6, 2)]
    public void The_ends_of_the_random_numbers_are_the_ends_of_the_tickets(ulong draw, uint item)
    {
        GivenQueue();
        Given(Vote("ann", 2), Vote("bob", 2));
        When(new SelectItem(At(5), As("ann"), SelectionMode.WeightedRandom, draw));
        ThenReplied<ItemSelected>().Item.Id.ShouldBe(Id(item));
    }

    [Fact]
    public void The_highest_score_wins_and_of_equal_ones_the_oldest()
    {
        GivenQueue();
        Given(Vote("ann", 3), Vote("bob", 2));
        When(new SelectItem(At(5), As("ann"), SelectionMode.HighestVotes, 0));
        var made = Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<SelectionMade>();
        (made.ItemId, made.Ticket, made.TotalWeight).ShouldBe((Id(2), null, 3));
        made.Explanation.ShouldBe("It has the highest score, 1, and of the 2 that have it, it was added first.");
        Given(Vote("cy", 3));
        When(new SelectItem(At(6), As("ann"), SelectionMode.HighestVotes, 0));
        Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<SelectionMade>().Explanation.ShouldBe("It has the highest score, 2.");
    }

    [Fact]
    public void Round_robin_serves_the_new_ones_first_and_then_whoever_waited_longest()
    {
        GivenQueue();
        Given(Add("ann", "Film 1b"), Add("bob", "Film 2b"), Vote("cy", 4));
        PickAndWatch().ShouldBe(("ann", "Film 1b"));
        PickAndWatch().ShouldBe(("bob", "Film 2"));
        PickAndWatch().ShouldBe(("cy", "Film 3"));
        PickAndWatch().ShouldBe(("ann", "Film 1"));
        State.Selections[^1].Explanation.ShouldBe(
            "It was the turn of ann, who has waited the longest; of their films this one has the highest score, 0.");
        PickAndWatch().ShouldBe(("bob", "Film 2b"));
    }

    [Fact]
    public void A_pick_that_was_not_watched_is_no_turn()
    {
        GivenQueue();
        for (var n = 0; n < 3; n++)
        {
            When(new SelectItem(At(5 + n), As("ann"), SelectionMode.RoundRobin, 0));
            ThenReplied<ItemSelected>().Selection.Turn.ShouldBe("ann");
        }

        Given(new MarkWatched(At(9), As("ann"), Id(2), null));
        When(new SelectItem(At(10), As("ann"), SelectionMode.RoundRobin, 0));
        ThenReplied<ItemSelected>().Selection.Turn.ShouldBe("ann");
    }

    [Fact]
    public void Only_admins_have_the_room_pick_and_only_from_what_is_queued()
    {
        GivenRoom("ann", "bob");
        When(new SelectItem(At(1), As("bob"), null, 0));
        ThenRejected(Codes.AdminOnly, null, "Only room admins can pick");
        When(new SelectItem(At(1), As("ann"), null, 0));
        ThenRejected(Codes.QueueEmpty, null, "No items in queue or room not found");
        Given(Add("ann", "Metropolis"), new UpdateItem(At(2), As("ann"), Id(1), ItemStatus.Watching, ItemDetails.None));
        When(new SelectItem(At(3), As("ann"), null, 0));
        ThenRejected(Codes.QueueEmpty);
        When(new SelectItem(At(3), As("ann"), (SelectionMode)9, 0));
        ThenRejected(Codes.SelectionModeInvalid, "mode");
    }

    [Fact]
    public void An_admin_picks_by_hand_and_a_pick_that_stands_is_only_repeated()
    {
        GivenQueue();
        When(new PickItem(At(5), As("bob"), Id(2)));
        ThenRejected(Codes.AdminOnly, null, "Only room admins can pick");
        When(new PickItem(At(5), As("ann"), Id(2)));
        var made = Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<SelectionMade>();
        (made.Mode, made.ItemId, made.Candidates.Count, made.Explanation).ShouldBe((null, Id(2), 0, "An admin picked it by hand."));
        When(new PickItem(At(6), As("bob"), Id(2)));
        ThenNothing();
        ThenReplied<ItemSelected>().Selection.Id.ShouldBe(made.Id);

        When(new PickItem(At(6), As("ann"), Id(9)));
        ThenRejected(Codes.ItemNotFound);
        Given(new MarkWatched(At(7), As("ann"), Id(1), null));
        When(new PickItem(At(8), As("ann"), Id(1)));
        ThenRejected(Codes.ItemNotQueued);
    }

    [Fact]
    public void The_last_50_selections_are_remembered_with_what_is_still_known_of_their_candidates()
    {
        GivenQueue();
        for (var n = 0; n < 60; n++)
        {
            Given(new SelectItem(At(5 + n), As("ann"), SelectionMode.HighestVotes, (ulong)n));
        }

        var told = Ask<SelectionList>(new ListSelections(As("bob"), At(99), 50)).Selections;
        (told.Count, told[0].Draw, told[^1].Draw).ShouldBe((50, "000000000000003b", "000000000000000a"));
        Ask<SelectionList>(new ListSelections(As("bob"), At(99), 1)).Selections.Count.ShouldBe(1);
        Refusal(new ListSelections(As("bob"), At(99), 51)).ShouldBe(Codes.LimitInvalid);
    }

    [Fact]
    public void There_is_nothing_to_draw_from_nothing() =>
        Should.Throw<ArgumentException>(() => RoomSelection.Draw([], 7)).ParamName.ShouldBe("weights");

    private void GivenQueue()
    {
        GivenRoom("ann", "bob", "cy");
        Given(Add("ann", "Film 1"), Add("bob", "Film 2"), Add("cy", "Film 3"));
    }

    private (string? Turn, string Title) PickAndWatch()
    {
        When(new SelectItem(At(5), As("ann"), SelectionMode.RoundRobin, 0));
        var (turn, item) = (ThenReplied<ItemSelected>().Selection.Turn, ThenReplied<ItemSelected>().Item);
        Given(new MarkWatched(At(6), As("ann"), item.Id, null));
        return (turn, item.Title);
    }
}
