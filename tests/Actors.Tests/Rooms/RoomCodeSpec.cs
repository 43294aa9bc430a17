using AkkaParty.Actors.Rooms;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Actors.Tests.Rooms;

public sealed class RoomCodeSpec
{
    private static readonly RoomCodeEntity Entity = new();

    [Fact]
    public void A_code_is_claimed_once_and_by_the_same_room_again()
    {
        var free = Entity.Initial("ABC234");
        Entity.Answer(free, new FindRoomByCode()).Rejection!.Code.ShouldBe(RoomErrorCodes.RoomNotFound);

        var claim = Entity.Decide(free, new ClaimRoomCode(RoomSpec.T0, "r1"));
        claim.Reply.ShouldBe(new RoomCodeOwner("r1"));
        var taken = Entity.Evolve(free, claim.Events.ShouldHaveSingleItem());

        var again = Entity.Decide(taken, new ClaimRoomCode(RoomSpec.T0, "r1"));
        (again.Events.Length, again.Reply).ShouldBe((0, new RoomCodeOwner("r1")));
        Entity.Decide(taken, new ClaimRoomCode(RoomSpec.T0, "r2")).Rejection!.Code.ShouldBe(RoomErrorCodes.CodeTaken);
        Entity.Answer(taken, new FindRoomByCode()).Reply.ShouldBe(new RoomCodeOwner("r1"));
    }

    [Fact]
    public void Anything_else_is_an_error()
    {
        var free = Entity.Initial("ABC234");
        Should.Throw<System.Diagnostics.UnreachableException>(() => Entity.Answer(free, "what?"));
        Should.Throw<System.Diagnostics.UnreachableException>(() => Entity.Decide(free, new Other(RoomSpec.T0)));
        Should.Throw<System.Diagnostics.UnreachableException>(() => Entity.Evolve(free, new Unheard(RoomSpec.T0)));
    }

    [Fact]
    public void Invite_codes_of_watch_parties_are_a_kind_of_their_own_with_their_own_words()
    {
        var codes = RoomCodeEntity.OfWatchParties();
        (codes.Kind, Entity.Kind).ShouldBe((WatchAddress.CodeKind, RoomAddress.CodeKind));
        var free = codes.Initial("ABC234");
        codes.Answer(free, new FindRoomByCode()).Rejection!.Code.ShouldBe(WatchErrorCodes.WatchPartyNotFound);
        var taken = codes.Evolve(free, codes.Decide(free, new ClaimRoomCode(RoomSpec.T0, "w1")).Events.ShouldHaveSingleItem());
        codes.Decide(taken, new ClaimRoomCode(RoomSpec.T0, "w2")).Rejection!.Code.ShouldBe(WatchErrorCodes.InviteCodeTaken);
        codes.Answer(taken, new FindRoomByCode()).Reply.ShouldBe(new RoomCodeOwner("w1"));
    }

    private sealed record Other(DateTimeOffset At) : RoomCodeCommand(At);

    private sealed record Unheard(DateTimeOffset At) : RoomCodeEvent(At);
}
