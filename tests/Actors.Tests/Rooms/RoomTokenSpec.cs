using AkkaParty.Protocol.Rooms;
using Codes = AkkaParty.Protocol.Rooms.RoomErrorCodes;

namespace AkkaParty.Actors.Tests.Rooms;

public sealed class RoomTokenSpec : RoomSpec
{
    [Fact]
    public void Another_token_of_a_member_belongs_to_the_same_person()
    {
        GivenRoom("ann");
        When(new IssueRoomToken(At(1), "ann", As("ann"), new RoomTokenGrant("hash-phone", At(100), "somebody else")));
        Then(new RoomTokenIssued(At(1), "ann", new RoomTokenGrant("hash-phone", At(100), Person), null));
        Ask<RoomMember>(new AuthenticateRoomCaller("hash-phone", At(2))).Person.ShouldBe(Person);
    }

    [Fact]
    public void The_server_itself_gives_a_token_to_whom_it_has_recognised()
    {
        Given(Create());
        When(new IssueRoomToken(At(1), null, null, Token("again")));
        Then(new RoomTokenIssued(At(1), null, Token("again"), null));
        When(new IssueRoomToken(At(1), "zoe", null, Token("again")));
        ThenRejected(Codes.MemberNotFound);
    }

    [Fact]
    public void Nobody_gets_a_token_of_another()
    {
        GivenRoom("ann", "bob");
        When(new IssueRoomToken(At(1), "ann", As("bob"), Token("stolen")));
        ThenRejected(Codes.InvalidToken);
        When(new IssueRoomToken(At(1), "ann", new RoomActor("ann", "hash-bob"), Token("stolen")));
        ThenRejected(Codes.InvalidToken);
    }

    [Fact]
    public void A_ninth_token_ends_the_oldest_and_what_was_open_with_it()
    {
        GivenRoom("ann");
        for (var n = 2; n <= 8; n++)
        {
            Given(new IssueRoomToken(At(n), "ann", As("ann"), Token($"ann-{n}")));
        }

        When(new IssueRoomToken(At(9), "ann", As("ann"), Token("ann-9")));
        var issued = new RoomTokenIssued(At(9), "ann", Token("ann-9"), "hash-ann");
        Then(issued);
        Entity.Revokes(issued).ShouldBe("hash-ann");
        Refusal(new AuthenticateRoomCaller("hash-ann", At(10))).ShouldBe(Codes.InvalidToken);
        Entity.Accepts(State, "ann", "hash-ann").ShouldBeFalse();
        Entity.Accepts(State, "ann", "hash-ann-9").ShouldBeTrue();
    }

    [Fact]
    public void A_token_that_was_ended_does_not_hold_and_the_last_one_ends_everything_of_its_member()
    {
        GivenRoom("ann");
        Given(new IssueRoomToken(At(1), "ann", As("ann"), Token("phone")));
        When(new RevokeRoomToken(At(2), new RoomActor("ann", "hash-phone")));
        var first = new RoomTokenRevoked(At(2), "ann", "hash-phone", WasLast: false);
        Then(first);
        (Entity.Revokes(first), Entity.Expels(first)).ShouldBe(("hash-phone", null));

        When(new RevokeRoomToken(At(3), As("ann")));
        var last = new RoomTokenRevoked(At(3), "ann", "hash-ann", WasLast: true);
        Then(last);
        (Entity.Revokes(last), Entity.Expels(last)).ShouldBe(("hash-ann", "ann"));
        When(Join("ann"));
        ThenRejected(Codes.UserIdTaken, "user_id");
    }

    [Fact]
    public void An_admin_frees_a_seat_whose_holder_lost_the_token()
    {
        GivenRoom("ann", "bob");
        Given(new SetRoomPresence(At(1), "bob", true));
        When(new FreeSeat(At(2), As("bob"), "bob"));
        ThenRejected(Codes.AdminOnly, null, "Only room admins can free a seat");
        When(new FreeSeat(At(2), As("ann"), "bob"));
        Then(new MemberDisconnected(At(2), "bob", "bob"), new SeatFreed(At(2), Seat("bob"), "ann", WasAdmin: false));
        Entity.Expels(new SeatFreed(At(2), Seat("bob"), "ann", WasAdmin: false)).ShouldBe("bob");

        When(Add("bob", "Metropolis", 3));
        ThenRejected(Codes.InvalidToken);
        When(new FreeSeat(At(3), As("ann"), "bob"));
        ThenNothing();
        When(new FreeSeat(At(3), As("ann"), "zoe"));
        ThenRejected(Codes.MemberNotFound);
        When(new JoinRoom(At(4), Stranger, Seat("bob"), Token("bob-again")));
        Then(new SeatClaimed(At(4), Seat("bob"), IsAdmin: false, Token("bob-again")));
    }

    [Fact]
    public void Whoever_takes_the_freed_seat_of_an_admin_is_none_and_the_last_admins_stays()
    {
        GivenRoom("ann", "bob");
        Given(new GrantAdmin(At(1), As("ann"), "bob"));
        When(new FreeSeat(At(2), As("bob"), "ann"));
        Then(new SeatFreed(At(2), Seat("ann"), "bob", WasAdmin: true));
        Given(new JoinRoom(At(3), Stranger, Seat("ann"), Token("ann-again")));
        State.Admins.ShouldBe(["bob"]);

        When(new FreeSeat(At(4), As("bob"), "bob"));
        ThenRejected(Codes.LastAdmin, null, "The seat of the last admin cannot be freed");
    }

    [Fact]
    public void A_follower_without_a_seat_needs_some_token_of_the_room()
    {
        GivenRoom("ann", "bob");
        Entity.Accepts(State, null, "hash-bob").ShouldBeTrue();
        Entity.Accepts(State, "ann", "hash-bob").ShouldBeFalse();
        Entity.Accepts(State, null, "hash-zoe").ShouldBeFalse();
        Entity.MayFollow(State, "whoever").ShouldBeTrue();
    }
}
