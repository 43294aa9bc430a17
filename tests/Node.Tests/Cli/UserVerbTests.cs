using AkkaParty.Accounts;
using AkkaParty.Node.Cli;
using AkkaParty.Node.Configuration;

namespace AkkaParty.Node.Tests.Cli;

public sealed class UserVerbTests : IDisposable
{
    private readonly SettingsFixture _given = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public UserVerbTests() => _given
        .Env("AkkaParty__DataDirectory", Data)
        .Env("AkkaParty__Accounts__PasswordIterations", "10000")
        .Env("NEW_USER_PASSWORD", "four words of mine");

    private string Data => Path.Combine(_given.Working, "data");

    public void Dispose()
    {
        _given.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task The_first_administrator_is_made_before_the_server_has_ever_run()
    {
        (await RunAsync("user", "create", "--admin", "ada@example.org", "--name", "Ada")).ShouldBe(0, _error.ToString());
        var account = await FindAsync("ada@example.org");
        _output.ToString().ShouldBe($"Account {account.Id:D} of ada@example.org was made; its role is admin.\n");
        account.Role.ShouldBe(AccountRole.Admin);
        account.Name.ShouldBe("Ada");
        await LogInAsync();
    }

    [Fact]
    public async Task An_account_is_a_users_unless_said_otherwise_and_its_role_can_be_changed()
    {
        (await RunAsync("user", "create", "ada@example.org")).ShouldBe(0);
        (await FindAsync("ada@example.org")).Role.ShouldBe(AccountRole.User);
        (await RunAsync("user", "role", "ADA@example.org", "admin")).ShouldBe(0);
        (await FindAsync("ada@example.org")).Role.ShouldBe(AccountRole.Admin);
        _output.ToString().ShouldEndWith("The role of ada@example.org is admin.\n");
    }

    [Fact]
    public async Task A_taken_e_mail_and_a_missing_account_are_told()
    {
        await RunAsync("user", "create", "ada@example.org");
        (await RunAsync("user", "create", "Ada@example.org")).ShouldBe(1);
        (await RunAsync("user", "role", "eve@example.org", "admin")).ShouldBe(3);
        _error.ToString().ShouldBe("Somebody has registered with this email already.\nThere is no such account.\n");
    }

    [Theory]
    [InlineData("ada", "four words of mine", "email must be")]
    [InlineData("ada@example.org", "short", "password must have")]
    [InlineData("ada@example.org", "password1", "tried first")]
    public async Task What_breaks_a_rule_is_told_and_makes_nothing(string email, string password, string message)
    {
        _given.Env("NEW_USER_PASSWORD", password);
        (await RunAsync("user", "create", "--admin", email)).ShouldBe(2);
        _error.ToString().ShouldContain(message);
        _output.ToString().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_folder_of_another_program_is_left_alone()
    {
        Directory.CreateDirectory(Data);
        await File.WriteAllTextAsync(Path.Combine(Data, "accounts.db"), "not a database at all, but long enough to look at");
        (await RunAsync("user", "create", "ada@example.org")).ShouldBe(1);
        _error.ToString().ShouldContain("cannot be opened");
    }

    private Task<int> RunAsync(params string[] args) => AkkaPartyCommand.RunAsync(
        args, _output, _error, commandLine => _given.Sources([.. commandLine]), (_, _, _) => Task.FromResult(99));

    private async Task<Account> FindAsync(string email)
    {
        await using var book = Book();
        return (await book.Accounts.FindByEmailAsync(email, CancellationToken.None)).ShouldNotBeNull();
    }

    private async Task LogInAsync()
    {
        await using var book = Book();
        (await book.Accounts.LogInAsync("ada@example.org", "four words of mine", new Origin("192.0.2.1"), CancellationToken.None))
            .IsDone.ShouldBeTrue();
    }

    private AccountBook Book() => AccountBook.Create(_given.Load().Options.ToAccounts(), TimeProvider.System);
}
