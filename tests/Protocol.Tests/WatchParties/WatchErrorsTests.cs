using AkkaParty.Protocol.Parties;
using AkkaParty.Protocol.Rooms;
using AkkaParty.Protocol.WatchParties;

namespace AkkaParty.Protocol.Tests.WatchParties;

public sealed class WatchErrorsTests
{
    [Fact]
    public void Every_code_has_exactly_one_row()
    {
        var codes = typeof(WatchErrorCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!);
        WatchErrors.All.Select(error => error.Row.Code).ShouldBe(codes);
        WatchErrors.All.Select(error => error.Row.Code).ShouldBeUnique();
    }

    [Fact]
    public void Codes_are_snake_case_and_have_a_client_status_and_texts()
    {
        foreach (var error in WatchErrors.All)
        {
            error.Row.Code.ShouldMatch("^[a-z]+(_[a-z]+)*$");
            error.EnvelopeCode.ShouldMatch("^[A-Z]+(_[A-Z]+)*$");
            error.Row.Status.ShouldBeInRange(400, 499);
            error.Row.Text.ShouldNotBeNullOrWhiteSpace();
            error.RoomText.ShouldNotBeNullOrWhiteSpace();
            error.Row.Retryable.ShouldBe(error.Row.Status == 429);
        }
    }

    [Fact]
    public void No_code_means_something_else_on_another_surface() => WatchErrors.All.ShouldAllBe(
        error => PartyErrors.Find(error.Row.Code) == null && RoomErrors.Find(error.Row.Code) == null);

    [Fact]
    public void The_envelope_has_the_codes_of_the_watch_parties_surface()
    {
        WatchErrors.Find("watch_party_not_found")!.ShouldBe(new WatchErrorRow(
            new ErrorRow("watch_party_not_found", 404, "watch party not found or has ended"), "NOT_FOUND", "Room not found"));
        WatchErrors.Find(WatchErrorCodes.WatchPartyFull)!.EnvelopeCode.ShouldBe("PARTY_FULL");
        WatchErrors.Find(WatchErrorCodes.PasswordRequired)!.EnvelopeCode.ShouldBe("PASSWORD_REQUIRED");
        WatchErrors.Find(WatchErrorCodes.PasswordWrong)!.EnvelopeCode.ShouldBe("INVALID_PASSWORD");
        WatchErrors.Find("no_home").ShouldBeNull();
    }

    [Fact]
    public void The_texts_of_the_limits_are_those_of_the_limits()
    {
        WatchErrors.TextOf(WatchErrorCodes.WatchTitleInvalid).ShouldContain($"{WatchInput.TitleMax}");
        WatchErrors.TextOf(WatchErrorCodes.WatchDescriptionInvalid).ShouldContain($"{WatchInput.DescriptionMax}");
        WatchErrors.TextOf(WatchErrorCodes.WatchNameInvalid).ShouldContain($"{WatchInput.NameMax}");
        WatchErrors.TextOf(WatchErrorCodes.WatchTextInvalid).ShouldContain($"{WatchInput.NoteMax}");
        WatchErrors.TextOf(WatchErrorCodes.ChatTextInvalid).ShouldContain($"{WatchLimits.MessageLengthMax}");
        WatchErrors.TextOf(WatchErrorCodes.ChatTooFast).ShouldContain($"{WatchLimits.MessagesPerMinute}");
        WatchErrors.TextOf(WatchErrorCodes.PlaylistFull).ShouldContain($"{WatchLimits.ItemsMax}");
        WatchErrors.TextOf(WatchErrorCodes.EmojiInvalid).ShouldContain($"{WatchInput.EmojiMax}");
    }
}
