using AkkaParty.Protocol.Rooms;
using Codes = AkkaParty.Protocol.Rooms.RoomErrorCodes;

namespace AkkaParty.Actors.Tests.Rooms;

public sealed class MemberSpec : RoomSpec
{
    [Fact]
    public void Whoever_goes_is_gone_with_their_connection_and_their_items_stay()
    {
        GivenRoom("ann", "bob");
        Given(Add("bob", "Metropolis"), new SetRoomPresence(At(2), "bob", true));
        When(new RemoveMember(At(3), As("ann"), "bob"));

        Then(new MemberDisconnected(At(3), "bob", "bob"), new MemberRemoved(At(3), "bob", "ann"));
        ThenReplied<RoomChanged>().Room.Members.Count.ShouldBe(1);
        Entity.Expels(new MemberRemoved(At(3), "bob", "ann")).ShouldBe("bob");
        Item(1).AddedBy.ShouldBe("bob");
        When(Vote("bob", 1, at: 4));
        ThenRejected(Codes.InvalidToken);
    }

    [Fact]
    public void Members_remove_only_themselves()
    {
        GivenRoom("ann", "bob", "cy");
        When(new RemoveMember(At(1), As("bob"), "cy"));
        ThenRejected(Codes.SelfOrAdminOnly, null, "Users can only remove themselves from a room");
        When(new RemoveMember(At(1), As("bob"), "bob"));
        Then(new MemberRemoved(At(1), "bob", "bob"));
        When(new RemoveMember(At(1), As("ann"), "zoe"));
        ThenRejected(Codes.MemberNotFound);
        When(new RemoveMember(At(1), As("ann"), "ann"));
        ThenRejected(Codes.LastAdmin);
    }

    [Fact]
    public void The_last_admin_names_a_successor()
    {
        GivenRoom("ann", "bob");
        When(new LeaveRoom(At(1), As("ann"), "ann", null));
        ThenRejected(Codes.LastAdmin, "new_admin_user_id", "Last admin cannot leave without transferring admin privileges");
        When(new LeaveRoom(At(1), As("ann"), "ann", "ann"));
        ThenRejected(Codes.TransferToSelf, "new_admin_user_id", "Cannot transfer admin to yourself");
        When(new LeaveRoom(At(1), As("ann"), "ann", "zoe"));
        ThenRejected(Codes.NewAdminNotMember, "new_admin_user_id", "New admin must be an existing room member");
        When(new LeaveRoom(At(1), As("bob"), "ann", "bob"));
        ThenRejected(Codes.ActingUserMismatch, "user_id");

        When(new LeaveRoom(At(1), As("ann"), "ann", "bob"));
        Then(new AdminGranted(At(1), "bob", "bob", "ann", "ann"), new MemberRemoved(At(1), "ann", "ann"));
        ThenReplied<RoomChanged>().Room.Admins.ShouldBe(["bob"]);
    }

    [Fact]
    public void The_last_one_may_leave_and_who_comes_next_leads()
    {
        GivenRoom("ann");
        When(new LeaveRoom(At(1), As("ann"), "ann", null));
        Then(new MemberRemoved(At(1), "ann", "ann"));
        When(Join("bob", 2));
        Then(new MemberJoined(At(2), Seat("bob"), IsAdmin: true, Token("bob")));
    }

    [Fact]
    public void A_member_who_is_no_admin_leaves_just_so()
    {
        GivenRoom("ann", "bob");
        When(new LeaveRoom(At(1), As("bob"), "bob", "ann"));
        Then(new MemberRemoved(At(1), "bob", "bob"));
    }

    [Fact]
    public void An_admin_makes_a_member_an_admin_once()
    {
        GivenRoom("ann", "bob", "cy");
        When(new GrantAdmin(At(1), As("bob"), "bob"));
        ThenRejected(Codes.AdminOnly, null, "Only room admins can grant admin privileges");
        When(new GrantAdmin(At(1), As("ann"), "zoe"));
        ThenRejected(Codes.MemberNotFound, null, "Room or target member not found");
        When(new GrantAdmin(At(1), As("ann"), "bob"));
        Then(new AdminGranted(At(1), "bob", "bob", "ann", "ann"));
        When(new GrantAdmin(At(2), As("ann"), "bob"));
        ThenNothing();
        When(new LeaveRoom(At(3), As("ann"), "ann", null));
        Then(new MemberRemoved(At(3), "ann", "ann"));
    }

    [Fact]
    public void An_admin_changes_name_and_settings_as_a_whole()
    {
        GivenRoom("ann", "bob");
        var settings = new RoomSettings(30, SelectionMode.RoundRobin, AllowRevotes: false);
        When(new UpdateRoom(At(1), As("bob"), "Other", settings));
        ThenRejected(Codes.AdminOnly, null, "Only room admins can change the room");
        When(new UpdateRoom(At(1), As("ann"), " Other ", settings));
        Then(new RoomUpdated(At(1), "Other", settings, "ann"));
        When(new UpdateRoom(At(2), As("ann"), null, settings));
        ThenNothing();
        When(new UpdateRoom(At(2), As("ann"), new string('x', 201), null));
        ThenRejected(Codes.RoomNameInvalid, "name");
        When(new UpdateRoom(At(2), As("ann"), null, settings with { VotingDurationSeconds = 601 }));
        ThenRejected(
            Codes.VotingDurationInvalid, "settings.voting_duration_seconds", "settings.voting_duration_seconds must be 10 to 600");
    }

    [Fact]
    public void Presence_is_stored_at_its_edges()
    {
        GivenRoom("ann", "bob");
        When(new SetRoomPresence(At(1), "bob", true));
        Then(new MemberConnected(At(1), "bob", "bob"));
        When(new SetRoomPresence(At(2), "bob", true));
        ThenNothing();
        Ask<PresentMembers>(new GetPresence(As("ann"), At(2))).Users.ShouldBe(["bob"]);
        Entity.ConnectedMembers(State).ShouldBe(["bob"]);
        Ask<RoomView>(new GetRoom()).Members.Select(member => member.Online).ShouldBe([false, true]);

        When(Entity.OnPresence(State, "bob", connected: false, At(3)).ShouldNotBeNull());
        Then(new MemberDisconnected(At(3), "bob", "bob"));
        When(new SetRoomPresence(At(4), "bob", false));
        ThenNothing();
        Entity.PresenceGrace.ShouldBe(TimeSpan.FromSeconds(2));
    }
}
