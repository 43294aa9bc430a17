using AkkaParty.Protocol.Rooms;
using Codes = AkkaParty.Protocol.Rooms.RoomErrorCodes;

namespace AkkaParty.Actors.Tests.Rooms;

public sealed class SeatSpec : RoomSpec
{
    [Fact]
    public void The_first_listed_member_takes_their_seat_and_is_the_admin()
    {
        When(new CreateRoom(
            T0, "ABC234", "  Film club ", [new(" ann ", "Ann", "🎬", "de"), Seat("bob")], new RoomSettings(), Token("ann")));

        Then(new RoomCreated(
            T0, "ABC234", "Film club", [new("ann", "Ann", "🎬", "DE"), Seat("bob")], new RoomSettings(), Token("ann")));
        var entered = ThenReplied<RoomEntered>();
        (entered.UserId, entered.HasToken, entered.Room.Seq).ShouldBe(("ann", true, 1));
        entered.Room.Admins.ShouldBe(["ann"]);
        entered.Room.Members.Select(member => (member.UserId, member.Claimed)).ShouldBe([("ann", true), ("bob", false)]);
        Ask<RoomMember>(new AuthenticateRoomCaller("hash-ann", T0))
            .ShouldBe(new RoomMember("ann", "Ann", IsAdmin: true, Person, T0.AddDays(365)));
    }

    [Fact]
    public void Without_members_the_token_is_an_admins_without_a_seat()
    {
        When(Create());

        ThenReplied<RoomEntered>().UserId.ShouldBeNull();
        Ask<RoomMember>(new AuthenticateRoomCaller("hash-admin", T0))
            .ShouldBe(new RoomMember(null, null, IsAdmin: true, Person, T0.AddDays(365)));
        When(new AddItem(At(1), Seatless, "ann", "Metropolis", ItemDetails.None));
        ThenRejected(Codes.SeatRequired);
        When(new UpdateRoom(At(1), Seatless, "Other", null));
        Then(new RoomUpdated(At(1), "Other", new RoomSettings(), null));
    }

    [Fact]
    public void A_room_is_created_once()
    {
        Given(Create("ann"));
        When(Create("bob"));
        ThenRejected(Codes.RoomExists);
    }

    [Fact]
    public void Two_listed_members_have_different_names_and_ids()
    {
        When(new CreateRoom(T0, "ABC234", "R", [new("a", "Ann"), new("b", "ANN")], new RoomSettings(), Token("a")));
        ThenRejected(Codes.NameTaken, "members", "User already exists, choose another name");
        When(new CreateRoom(T0, "ABC234", "R", [new("a", "Ann"), new("a", "Bob")], new RoomSettings(), Token("a")));
        ThenRejected(Codes.UserIdTaken, "members");
    }

    [Fact]
    public void A_new_room_has_valid_members_and_settings_and_at_most_50_members()
    {
        When(Create([.. Enumerable.Range(0, 51).Select(n => $"u{n}")]));
        ThenRejected(Codes.MembersTooMany, "members");
        When(new CreateRoom(T0, "ABC234", "R", [Seat("a"), new("b", " ")], new RoomSettings(), Token("a")));
        ThenRejected(Codes.MemberNameInvalid, "members[1].name", "members[1].name must be 1 to 100 visible characters");
        When(new CreateRoom(T0, "ABC234", "R", [], new RoomSettings(9), Token("a")));
        ThenRejected(
            Codes.VotingDurationInvalid, "settings.voting_duration_seconds", "settings.voting_duration_seconds must be 10 to 600");
        When(Create([.. Enumerable.Range(0, 50).Select(n => $"u{n}")]));
        ThenReplied<RoomEntered>().Room.Members.Count.ShouldBe(50);
    }

    [Fact]
    public void Whoever_joins_is_a_member_with_a_token()
    {
        Given(Create("ann"));
        When(Join("bob", 5));

        Then(new MemberJoined(At(5), Seat("bob"), IsAdmin: false, Token("bob")));
        var entered = ThenReplied<RoomEntered>();
        (entered.UserId, entered.HasToken).ShouldBe(("bob", true));
        entered.Room.Admins.ShouldBe(["ann"]);
    }

    [Fact]
    public void A_listed_seat_is_claimed_once_and_keeps_its_name()
    {
        Given(Create("ann", "bob"));
        When(new JoinRoom(At(5), Stranger, new RoomSeat("bob", "Robert", "🍿", "FR"), Token("bob")));
        Then(new SeatClaimed(At(5), Seat("bob"), IsAdmin: false, Token("bob")));

        When(new JoinRoom(At(6), Stranger, Seat("bob"), Token("thief")));
        ThenRejected(Codes.UserIdTaken, "user_id");
        When(new JoinRoom(At(6), As("bob"), Seat("bob"), Token("again")));
        ThenNothing();
        ThenReplied<RoomEntered>().HasToken.ShouldBeFalse();
        When(new JoinRoom(At(6), As("ann"), Seat("bob"), Token("ann-as-bob")));
        ThenRejected(Codes.UserIdTaken, "user_id");
    }

    [Theory]
    [InlineData("ANN")]
    [InlineData(" Ann")]
    [InlineData("A\u200Dnn")]
    public void A_name_is_taken_whatever_the_case_and_whatever_cannot_be_seen(string name)
    {
        Given(Create("ann"));
        When(new JoinRoom(At(1), Stranger, new RoomSeat("other", name), Token("other")));
        ThenRejected(Codes.NameTaken, "name", "User already exists, choose another name");
        When(new AddMember(At(1), As("ann"), new RoomSeat("other", name)));
        ThenRejected(Codes.NameTaken, "name");
    }

    [Fact]
    public void A_room_takes_200_members()
    {
        GivenRoom([.. Enumerable.Range(0, 200).Select(n => $"u{n}").Take(50)]);
        for (var n = 50; n < 200; n++)
        {
            Given(Join($"u{n}"));
        }

        When(Join("u200"));
        ThenRejected(Codes.RoomFull);
        When(new AddMember(At(1), As("u0"), Seat("u200")));
        ThenRejected(Codes.RoomFull);
    }

    [Fact]
    public void The_admin_without_a_seat_stays_admin_when_they_take_one()
    {
        Given(Create());
        When(new JoinRoom(At(1), Seatless, Seat("ann"), Token("ann")));
        Then(new MemberJoined(At(1), Seat("ann"), IsAdmin: true, Token("ann")));
        Ask<RoomMember>(new AuthenticateRoomCaller("hash-admin", At(2))).UserId.ShouldBeNull();
        When(new JoinRoom(At(2), Stranger, Seat("bob"), Token("bob")));
        Then(new MemberJoined(At(2), Seat("bob"), IsAdmin: false, Token("bob")));
    }

    [Fact]
    public void A_member_lists_somebody_who_claims_the_seat_later()
    {
        GivenRoom("ann", "bob");
        When(new AddMember(At(1), As("bob"), Seat("cy")));
        Then(new MemberListed(At(1), Seat("cy"), "bob"));
        When(new AddMember(At(2), As("bob"), new RoomSeat("cy", "Other")));
        ThenNothing();
        When(Join("cy", 3));
        Then(new SeatClaimed(At(3), Seat("cy"), IsAdmin: false, Token("cy")));
    }

    [Fact]
    public void Oneself_or_an_admin_changes_a_member()
    {
        GivenRoom("ann", "bob", "cy");
        var seat = new RoomSeat("bob", "Robert", "🍿", "FR");
        When(new UpdateMember(At(1), As("bob"), seat));
        Then(new MemberUpdated(At(1), seat, Claimed: true, "bob"));
        When(new UpdateMember(At(2), As("ann"), seat));
        ThenNothing();
        When(new UpdateMember(At(2), As("cy"), seat));
        ThenRejected(Codes.SelfOrAdminOnly, null, "Only the member or a room admin can change a member");
        When(new UpdateMember(At(2), As("ann"), Seat("zoe")));
        ThenRejected(Codes.MemberNotFound);
        When(new UpdateMember(At(2), As("ann"), new RoomSeat("bob", "CY")));
        ThenRejected(Codes.NameTaken, "name");
        When(new UpdateMember(At(2), As("ann"), new RoomSeat("bob", "Bob", "🍿", "F")));
        ThenRejected(Codes.RegionInvalid, "region");
    }

    [Fact]
    public void A_token_that_is_unknown_expired_or_anothers_is_refused()
    {
        GivenRoom("ann", "bob");
        RoomActor[] actors = [new("bob", "nonsense"), new("bob", "hash-ann"), new("zoe", "hash-ann"), new(null, "hash-ann")];
        foreach (var actor in actors)
        {
            When(new AddItem(At(1), actor, "bob", "Metropolis", ItemDetails.None));
            ThenRejected(Codes.InvalidToken);
            Refusal(new GetPresence(actor, At(1))).ShouldBe(Codes.InvalidToken);
        }

        var later = T0.AddDays(365);
        When(new AddItem(later, As("bob"), "bob", "Metropolis", ItemDetails.None));
        ThenRejected(Codes.InvalidToken);
        Refusal(new AuthenticateRoomCaller("hash-bob", later)).ShouldBe(Codes.InvalidToken);
    }

    [Fact]
    public void Nothing_is_decided_before_a_room_is_created_or_after_it_was_deleted()
    {
        When(Join("ann"));
        ThenRejected(Codes.RoomNotFound);
        Refusal(new GetRoom()).ShouldBe(Codes.RoomNotFound);

        GivenRoom("ann", "bob");
        Given(Add("ann", "Metropolis"), new SetRoomPresence(At(2), "bob", true));
        When(new DeleteRoom(At(3), As("bob")));
        ThenRejected(Codes.AdminOnly, null, "Only room admins can delete the room");
        When(new DeleteRoom(At(3), As("ann")));
        Then(new RoomDeleted(At(3), ["ann", "bob"], [Id(1)], "ann"));

        State.Exists.ShouldBeFalse();
        When(Join("ann"));
        ThenRejected(Codes.RoomNotFound);
        When(Create("ann"));
        ThenRejected(Codes.RoomExists);
        Refusal(new GetRoom()).ShouldBe(Codes.RoomNotFound);
        Entity.OnPresence(State, "bob", connected: false, At(4)).ShouldBeNull();
        Entity.EndsFeed(new RoomDeleted(At(3), [], [], "ann")).ShouldBeTrue();
    }
}
