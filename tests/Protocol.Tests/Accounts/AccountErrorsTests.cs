using System.Globalization;
using AkkaParty.Protocol.Accounts;
using AkkaParty.Protocol.Parties;

namespace AkkaParty.Protocol.Tests.Accounts;

public sealed class AccountErrorsTests
{
    [Fact]
    public void Every_code_has_exactly_one_row()
    {
        var codes = typeof(AccountErrorCodes).GetFields().Select(field => (string)field.GetRawConstantValue()!);
        AccountErrors.All.Select(error => error.Code).ShouldBe(codes);
        AccountErrors.All.Select(error => error.Code).ShouldBeUnique();
    }

    [Fact]
    public void Codes_are_snake_case_and_have_a_client_status_and_a_text()
    {
        foreach (var error in AccountErrors.All)
        {
            error.Code.ShouldMatch("^[a-z]+(_[a-z]+)*$");
            error.Status.ShouldBeInRange(400, 499);
            error.Text.ShouldNotBeNullOrWhiteSpace();
            error.Retryable.ShouldBe(error.Status == 429, error.Code);
        }
    }

    [Fact]
    public void A_code_that_parties_have_as_well_has_the_same_status_there()
    {
        var shared = AccountErrors.All.Where(error => PartyErrors.Find(error.Code) is not null).ToList();
        shared.Select(error => error.Code).ShouldBe(["invalid_request_body", "token_required", "invalid_token"]);
        shared.ShouldAllBe(error => error.Status == PartyErrors.Find(error.Code)!.Status);
    }

    [Fact]
    public void The_page_lists_every_row_in_this_order()
    {
        var expected = AccountErrors.All.Select(error => string.Create(
            CultureInfo.InvariantCulture, $"{error.Code} {error.Status} {(error.Retryable ? "yes" : "no")} {error.Text}"));
        new ProtocolPage().Table("### Of accounts").Select(row => string.Join(' ', row)).ShouldBe(expected);
    }
}
