using AkkaParty.Protocol;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.Protocol.Tests.Parties;

public sealed class PartyErrorsTests
{
    [Fact]
    public void Every_code_has_exactly_one_row()
    {
        var codes = typeof(PartyErrorCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!);
        PartyErrors.All.Select(error => error.Code).ShouldBe(codes);
        PartyErrors.All.Select(error => error.Code).ShouldBeUnique();
    }

    [Fact]
    public void Codes_are_snake_case_and_have_a_client_or_server_status_and_a_text()
    {
        foreach (var error in PartyErrors.All)
        {
            error.Code.ShouldMatch("^[a-z]+(_[a-z]+)*$");
            error.Status.ShouldBeInRange(400, 599);
            error.Text.ShouldNotBeNullOrWhiteSpace();
            error.Retryable.ShouldBe(error.Status >= 500, error.Code);
        }
    }

    [Fact]
    public void The_table_is_exactly_like_the_golden_file() =>
        new GoldenFile(Path.Combine("Parties", "Golden", "errors.json")).ShouldHold(
            [.. PartyErrors.All.Select(error => (error.Code, $"{{\"status\":{error.Status},\"text\":\"{error.Text}\"}}"))]);

    [Fact]
    public void Finds_a_row_by_its_code_and_none_for_another_code()
    {
        PartyErrors.Find("pool_full").ShouldBe(new ErrorRow("pool_full", 409, "the nomination pool is full"));
        PartyErrors.Find("no_home").ShouldBeNull();
    }
}
