using AkkaParty.Accounts.Tests.Support;

namespace AkkaParty.Accounts.Tests.Kit;

public abstract class RegistrationSpec<TProvider> : AccountSpec<TProvider>
    where TProvider : AccountProvider, new()
{
    [Fact]
    public async Task An_account_is_found_by_its_id_and_by_its_e_mail_in_any_case()
    {
        var account = await RegisterAsync("Ada.Lovelace@Example.org");

        account.ShouldBe(new Account(
            account.Id, 1, "Ada.Lovelace@Example.org", "Ada.Lovelace", null, AccountRole.User, Time.GetUtcNow()));
        (await Another().Accounts.FindAsync(account.Id, None)).ShouldBe(account);
        (await Another().Accounts.FindByEmailAsync(" ada.lovelace@example.ORG ", None)).ShouldBe(account);
        (await Book.Accounts.FindAsync(Guid.Empty, None)).ShouldBeNull();
        (await Book.Accounts.FindByEmailAsync("eve@example.org", None)).ShouldBeNull();
    }

    [Fact]
    public async Task Numbers_are_never_used_again()
    {
        (await RegisterAsync("a@example.org")).Number.ShouldBe(1);
        var second = await RegisterAsync("b@example.org");
        await Book.Accounts.DeleteAsync(second.Id, Password, Here, None);
        (await RegisterAsync("c@example.org")).Number.ShouldBe(3);
    }

    [Fact]
    public async Task A_taken_e_mail_is_refused_in_any_case()
    {
        await RegisterAsync("ada@example.org");
        var answer = await Book.Accounts.RegisterAsync(new Registration("ADA@example.org", Password), None);
        answer.Fault.ShouldNotBeNull().Code.ShouldBe(AccountFaultCodes.EmailTaken);
    }

    [Fact]
    public async Task Of_many_that_register_an_e_mail_at_once_on_two_nodes_one_has_it()
    {
        AccountBook[] nodes = [Book, Another()];
        await nodes[0].OpenAsync(None);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i =>
            nodes[i % 2].Accounts.RegisterAsync(new Registration("ada@example.org", Password), None)));

        answers.Count(answer => answer.IsDone).ShouldBe(1);
        answers.Where(answer => !answer.IsDone).ShouldAllBe(answer => answer.Fault!.Code == AccountFaultCodes.EmailTaken);
        (await NumberAsync("SELECT count(*) FROM accounts")).ShouldBe(1);
    }

    [Fact]
    public async Task A_repeated_call_answers_the_same_account_to_whoever_knows_key_and_password()
    {
        var registration = new Registration("ada@example.org", Password, "Ada", "key-1");
        var first = (await Book.Accounts.RegisterAsync(registration, None)).Value.ShouldNotBeNull();

        (await Another().Accounts.RegisterAsync(registration, None)).Value.ShouldBe(first);
        (await CodeAsync(registration with { IdempotencyKey = "key-2" })).ShouldBe(AccountFaultCodes.EmailTaken);
        (await CodeAsync(registration with { IdempotencyKey = null })).ShouldBe(AccountFaultCodes.EmailTaken);
        (await CodeAsync(registration with { Password = "other words of mine" })).ShouldBe(AccountFaultCodes.EmailTaken);
        Time.Advance(TimeSpan.FromHours(24));
        (await CodeAsync(registration)).ShouldBe(AccountFaultCodes.EmailTaken);
    }

    [Theory]
    [InlineData("ada", Password, null, AccountFaultCodes.InvalidEmail, "email")]
    [InlineData("ada@example.org", Password, " ", AccountFaultCodes.InvalidName, "name")]
    [InlineData("ada@example.org", "7 chars", null, AccountFaultCodes.InvalidPassword, "password")]
    [InlineData("ada@example.org", "Password123", null, AccountFaultCodes.CommonPassword, "password")]
    [InlineData("ada.lovelace@example.org", "Ada.Lovelace", null, AccountFaultCodes.CommonPassword, "password")]
    public async Task What_breaks_a_rule_names_the_field(string email, string password, string? name, string code, string field)
    {
        var fault = (await Book.Accounts.RegisterAsync(new Registration(email, password, name), None)).Fault.ShouldNotBeNull();
        fault.Code.ShouldBe(code);
        fault.Field.ShouldBe(field);
        (await NumberAsync("SELECT count(*) FROM accounts")).ShouldBe(0);
    }

    [Fact]
    public async Task A_profile_is_changed_member_by_member()
    {
        var account = await RegisterAsync(name: "Ada");
        var changed = await Book.Accounts.ChangeProfileAsync(account.Id, new ProfileChange(AvatarUrl: "https://example.org/ada.png"), None);
        changed.Value.ShouldBe(account with { AvatarUrl = "https://example.org/ada.png" });
        changed = await Book.Accounts.ChangeProfileAsync(account.Id, new ProfileChange("Countess of Lovelace"), None);
        changed.Value.ShouldBe(account with { Name = "Countess of Lovelace", AvatarUrl = "https://example.org/ada.png" });
        changed = await Book.Accounts.ChangeProfileAsync(account.Id, new ProfileChange(AvatarUrl: ""), None);
        changed.Value.ShouldBe(account with { Name = "Countess of Lovelace" });

        (await FaultAsync(account.Id, new ProfileChange("a\0b"))).ShouldBe(AccountFaultCodes.InvalidName);
        (await FaultAsync(account.Id, new ProfileChange(AvatarUrl: "javascript:alert(1)"))).ShouldBe(AccountFaultCodes.InvalidAvatar);
        (await FaultAsync(Guid.Empty, new ProfileChange("Eve"))).ShouldBe(AccountFaultCodes.AccountNotFound);
    }

    private async Task<string?> FaultAsync(Guid id, ProfileChange change) =>
        (await Book.Accounts.ChangeProfileAsync(id, change, None)).Fault?.Code;

    private async Task<string?> CodeAsync(Registration registration) =>
        (await Book.Accounts.RegisterAsync(registration, None)).Fault?.Code;
}
