using AkkaParty.Protocol.Rooms;
using Codes = AkkaParty.Protocol.Rooms.RoomErrorCodes;

namespace AkkaParty.Actors.Tests.Rooms;

/// <summary>A server whose rooms are open to everybody: whoever the request names acts.</summary>
public sealed class OpenRoomSpec : RoomSpec
{
    [Fact]
    public void Joining_twice_changes_nothing()
    {
        Given(Create("ann", "bob"));
        When(new JoinRoom(At(1), null, Seat("cy"), Token("cy")));
        Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<MemberJoined>();
        foreach (var userId in new[] { "ann", "bob", "cy" })
        {
            When(new JoinRoom(At(2), null, new RoomSeat(userId, "Another name"), Token("again")));
            ThenNothing();
            ThenReplied<RoomEntered>().HasToken.ShouldBeFalse();
        }

        When(new JoinRoom(At(2), null, new RoomSeat("dee", "ANN"), Token("dee")));
        ThenRejected(Codes.NameTaken, "name");
    }

    [Fact]
    public void Anybody_adds_votes_rates_and_picks()
    {
        Given(Create("ann"));
        Given(
            new AddItem(At(1), Open(), "whoever", "Metropolis", ItemDetails.None),
            new CastVote(At(2), Open("other"), Id(1), "whoever", true),
            new SelectItem(At(3), Open(), SelectionMode.RoundRobin, 0),
            new MarkWatched(At(4), Open(), Id(1), null),
            new RateEntry(At(5), Open(), Id(3), "whoever", 8));
        Ask<RoomStats>(new GetRoomStats(Open(), At(6))).Users.ShouldBe([new RoomUserStats("whoever", 1, 1, 1, 8)]);
        When(new AddItem(At(1), Open(), " ", "Nosferatu", ItemDetails.None));
        ThenRejected(Codes.UserIdInvalid, "added_by", "added_by must be 1 to 50 visible characters");
    }

    [Fact]
    public void Admins_are_asked_for_only_where_the_request_names_somebody()
    {
        Given(Create("ann", "bob", "cy", "dee"));
        When(new DeleteRoom(At(1), Open("bob")));
        ThenRejected(Codes.AdminOnly, null, "Only room admins can delete the room");
        When(new RemoveMember(At(1), Open("bob"), "cy"));
        ThenRejected(Codes.SelfOrAdminOnly);
        Given(
            new RemoveMember(At(1), Open("bob"), "bob"),
            new RemoveMember(At(1), Open("ann"), "cy"),
            new RemoveMember(At(1), Open(), "dee"));
        When(new DeleteRoom(At(2), Open()));
        Decision.Events.ShouldHaveSingleItem().ShouldBeOfType<RoomDeleted>();
    }

    [Fact]
    public void Leaving_twice_is_fine()
    {
        Given(Create("ann", "bob"));
        Given(new LeaveRoom(At(1), Open("bob"), "bob", null));
        When(new LeaveRoom(At(2), Open("bob"), "bob", null));
        ThenNothing();
        ThenReplied<RoomChanged>();
        When(new LeaveRoom(At(2), Open("ann"), "ann", null));
        Then(new MemberRemoved(At(2), "ann", "ann"));
    }

    [Fact]
    public void Who_is_no_member_may_be_present()
    {
        Given(Create("ann"));
        When(new SetRoomPresence(At(1), "whoever", true));
        Then(new MemberConnected(At(1), "whoever", null));
        Ask<PresentMembers>(new GetPresence(Open(), At(2))).Users.ShouldBe(["whoever"]);
    }
}
