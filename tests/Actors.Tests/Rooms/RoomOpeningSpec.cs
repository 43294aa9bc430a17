using AkkaParty.Protocol.Rooms;
using AkkaParty.Protocol.WatchParties;
using Codes = AkkaParty.Protocol.Rooms.RoomErrorCodes;

namespace AkkaParty.Actors.Tests.Rooms;

public sealed class RoomOpeningSpec : RoomSpec
{
    [Fact]
    public void An_admin_has_the_watch_party_of_a_film_opened_with_a_seat_for_every_member_once()
    {
        GivenRoom("ann", "bob");
        Given(Add("ann", "Metropolis"));
        When(new MarkWatched(At(5), As("ann"), Id(1), null) { Open = true });

        var requested = Decision.Events[^1].ShouldBeOfType<RoomWatchPartyRequested>();
        (requested.RoomName, requested.HostId, requested.Item.Title).ShouldBe(("Film club", "ann", "Metropolis"));
        requested.Seats.ShouldBe([new OpeningSeat("ann", "ann"), new OpeningSeat("bob", "bob")]);
        Ask<RoomView>(new GetRoom()).WatchParty.ShouldBe(new WatchOpening(requested.WatchPartyId, OpeningStatus.Opening));

        When(new MarkWatched(At(6), As("ann"), Id(1), null) { Open = true });
        ThenNothing();
    }

    [Fact]
    public void A_film_that_was_watched_before_can_be_opened_later()
    {
        GivenRoom("ann");
        Given(Add("ann", "Metropolis"), new MarkWatched(At(5), As("ann"), Id(1), null));
        When(new MarkWatched(At(6), As("ann"), Id(1), null) { Open = true });
        Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<RoomWatchPartyRequested>();
    }

    [Fact]
    public void Members_who_are_no_admins_mark_as_watched_but_open_nothing()
    {
        GivenRoom("ann", "bob");
        Given(Add("ann", "Metropolis"));
        When(new MarkWatched(At(5), As("bob"), Id(1), null) { Open = true });
        ThenRejected(Codes.AdminOnly, null, "Only room admins can open the watch party");
    }

    [Fact]
    public void An_admin_without_a_seat_takes_one_first()
    {
        Given(Create(), Join("bob"), Add("bob", "Metropolis"));
        When(new MarkWatched(At(5), Seatless, Id(1), null) { Open = true });
        ThenRejected(Codes.SeatRequired);
    }

    [Fact]
    public void It_is_there_when_the_node_that_made_it_says_so()
    {
        GivenRoom("ann");
        Given(Add("ann", "Metropolis"), new MarkWatched(At(5), As("ann"), Id(1), null) { Open = true });
        var id = State.Openings[0].View.Id;

        When(new FinishRoomOpening(At(7), id, "ABC234"));
        Then(new RoomWatchPartyOpened(At(7), id, "ABC234", Id(1), "Metropolis"));
        When(new FinishRoomOpening(At(8), id, "ABC235"));
        ThenNothing();
        When(new FinishRoomOpening(At(8), "another", "ABC235"));
        ThenNothing();
    }

    [Fact]
    public void Everybody_is_told_that_it_cannot_be_made_and_an_admin_may_try_again()
    {
        GivenRoom("ann");
        Given(Add("ann", "Metropolis"), new MarkWatched(At(5), As("ann"), Id(1), null) { Open = true });
        var id = State.Openings[0].View.Id;

        When(new FinishRoomOpening(At(7), id, null, "no code is free"));
        Then(new RoomWatchPartyFailed(At(7), id, Id(1), "Metropolis", "no code is free"));
        Ask<RoomView>(new GetRoom()).WatchParty.ShouldBe(new WatchOpening(id, OpeningStatus.Failed, Reason: "no code is free"));
        When(new FinishRoomOpening(At(8), id, null, "no code is free"));
        ThenNothing();

        When(new MarkWatched(At(9), As("ann"), Id(1), null) { Open = true });
        Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<RoomWatchPartyRequested>().WatchPartyId.ShouldBe(id);
        State.Openings.ShouldHaveSingleItem().View.ShouldBe(new WatchOpening(id, OpeningStatus.Opening));
    }

    [Fact]
    public void A_room_that_is_set_so_opens_every_film_that_is_watched()
    {
        GivenRoom("ann", "bob");
        var settings = new RoomSettings(OpenWatchParty: OpensWatchParty.Auto);
        Given(new UpdateRoom(At(1), As("ann"), null, settings), Add("ann", "Metropolis"));
        When(new MarkWatched(At(5), As("bob"), Id(1), null));
        Decision.Events[^1].ShouldBeOfType<RoomWatchPartyRequested>().HostId.ShouldBe("bob");
    }

    [Fact]
    public void As_many_as_are_remembered_may_be_in_the_making()
    {
        GivenRoom("ann");
        for (uint n = 0; n <= RoomLimits.OpeningsMax; n++)
        {
            Given(Add("ann", $"Film {n}", n));
            var open = new MarkWatched(At(10 + n), As("ann"), Id((2 * n) + 1), null) { Open = true };
            if (n < RoomLimits.OpeningsMax)
            {
                Given(open);
                continue;
            }

            When(open);
            ThenRejected(Codes.OpeningsTooMany);
            Given(new FinishRoomOpening(At(30), State.Openings[3].View.Id, "ABC234"));
            When(open);
            State.Openings.Length.ShouldBe(RoomLimits.OpeningsMax);
            State.Openings.Count(opening => opening.View.Status == OpeningStatus.Open).ShouldBe(0, "the one that was there made room");
        }
    }

    [Fact]
    public void The_seat_of_somebody_with_an_account_is_their_accounts()
    {
        GivenRoom("ann");
        Given(
            new JoinRoom(At(1), Stranger, Seat("bob"), Token("bob") with { AccountId = "account-b" }),
            new IssueRoomToken(At(2), "bob", As("bob"), Token("bob-2")),
            Add("ann", "Metropolis"));
        When(new MarkWatched(At(5), As("ann"), Id(1), null) { Open = true });
        Decision.Events[^1].ShouldBeOfType<RoomWatchPartyRequested>().Seats[1].ShouldBe(new OpeningSeat("bob", "bob", "account-b"));
    }
}
