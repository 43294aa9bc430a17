using AkkaParty.Protocol.Parties;
using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Protocol.Tests.Rooms;

public sealed class RoomErrorsTests
{
    [Fact]
    public void Every_code_has_exactly_one_row()
    {
        var codes = typeof(RoomErrorCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!);
        RoomErrors.All.Select(error => error.Code).ShouldBe(codes);
        RoomErrors.All.Select(error => error.Code).ShouldBeUnique();
    }

    [Fact]
    public void Codes_are_snake_case_and_have_a_client_status_and_a_text()
    {
        foreach (var error in RoomErrors.All)
        {
            error.Code.ShouldMatch("^[a-z]+(_[a-z]+)*$");
            error.Status.ShouldBeInRange(400, 499);
            error.Text.ShouldNotBeNullOrWhiteSpace();
            error.Retryable.ShouldBeFalse();
        }
    }

    [Fact]
    public void A_code_that_parties_have_as_well_means_the_same_there()
    {
        var shared = RoomErrors.All.Where(error => PartyErrors.Find(error.Code) is not null).ToList();
        shared.ShouldNotBeEmpty();
        shared.ShouldAllBe(error => error == PartyErrors.Find(error.Code));
    }

    [Fact]
    public void The_texts_of_the_limits_are_those_of_the_limits()
    {
        RoomErrors.TextOf(RoomErrorCodes.RoomNameInvalid).ShouldContain($"{RoomLimits.NameMax}");
        RoomErrors.TextOf(RoomErrorCodes.UserIdInvalid).ShouldContain($"{RoomLimits.UserIdMax}");
        RoomErrors.TextOf(RoomErrorCodes.MemberNameInvalid).ShouldContain($"{RoomLimits.MemberNameMax}");
        RoomErrors.TextOf(RoomErrorCodes.AvatarInvalid).ShouldContain($"{RoomLimits.AvatarMax}");
        RoomErrors.TextOf(RoomErrorCodes.MembersTooMany).ShouldContain($"{RoomLimits.CreationMembersMax}");
        RoomErrors.TextOf(RoomErrorCodes.TitleInvalid).ShouldContain($"{RoomLimits.TitleMax}");
        RoomErrors.TextOf(RoomErrorCodes.NotesInvalid).ShouldContain($"{RoomLimits.NotesMax}");
        RoomErrors.TextOf(RoomErrorCodes.VotingDurationInvalid)
            .ShouldContain($"{RoomLimits.VotingSecondsMin} to {RoomLimits.VotingSecondsMax}");
        ItemReactions.All.ShouldAllBe(reaction => RoomErrors.TextOf(RoomErrorCodes.ItemReactionInvalid).Contains(reaction));
    }

    [Fact]
    public void Finds_a_row_by_its_code_and_none_for_another_code()
    {
        RoomErrors.Find("queue_full").ShouldBe(new ErrorRow("queue_full", 409, "The queue is full"));
        RoomErrors.Find("no_home").ShouldBeNull();
    }
}
