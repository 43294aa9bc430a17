using AkkaParty.Accounts.Storing.Sqlite;
using AkkaParty.Catalog.Tests;
using Microsoft.Data.Sqlite;

namespace AkkaParty.Accounts.Tests;

public sealed class SqliteFileTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("akkaparty-accounts-");

    private string Database => Path.Combine(_directory.FullName, SqliteAccountDatabase.FileName);

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _directory.Delete(recursive: true);
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_when_the_file_is_opened_again()
    {
        await using (var book = Book())
        {
            (await RegisterAsync(book)).IsDone.ShouldBeTrue();
        }

        await using var again = Book();
        (await again.Accounts.FindByEmailAsync("ada@example.org", CancellationToken.None)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Nothing_is_left_beside_the_file_of_a_book_that_was_closed()
    {
        await using (var book = Book())
        {
            await RegisterAsync(book);
            File.Exists(Database + "-wal").ShouldBeTrue();
        }

        _directory.GetFiles().Select(file => file.Name).ShouldBe([SqliteAccountDatabase.FileName]);
    }

    [Fact]
    public async Task A_visitor_writes_while_a_server_has_the_file_open()
    {
        await using var server = Book();
        await server.OpenAsync(CancellationToken.None);
        await using (var visitor = Book(isVisitor: true))
        {
            var registration = new Registration("root@example.org", "four words of mine");
            (await visitor.CreateAsync(registration, AccountRole.Admin, CancellationToken.None)).IsDone.ShouldBeTrue();
        }

        (await server.Accounts.FindByEmailAsync("root@example.org", CancellationToken.None)).ShouldNotBeNull()
            .Role.ShouldBe(AccountRole.Admin);
        (await RegisterAsync(server)).Value.ShouldNotBeNull().Number.ShouldBe(2);
    }

    [Fact]
    public async Task A_file_that_is_not_ours_is_refused_and_not_changed()
    {
        await File.WriteAllTextAsync(Database, "my diary, which happens to have this name");
        await using var book = Book();
        (await RefusalAsync(book)).ShouldContain("cannot be opened");
        (await File.ReadAllTextAsync(Database)).ShouldBe("my diary, which happens to have this name");
    }

    [Fact]
    public async Task A_database_of_another_program_is_refused()
    {
        Execute("CREATE TABLE diary (day text)");
        await using var book = Book();
        (await RefusalAsync(book)).ShouldContain("belongs to another program");
    }

    [Fact]
    public async Task A_database_of_a_newer_program_is_refused()
    {
        await using (var book = Book())
        {
            await book.OpenAsync(CancellationToken.None);
        }

        Execute("PRAGMA user_version = 999");
        await using var again = Book();
        (await RefusalAsync(again)).ShouldContain("newer AkkaParty (schema 999");
    }

    [Fact]
    public void An_option_out_of_its_range_is_named()
    {
        var options = new AccountOptions { Storage = new AccountStorage.Sqlite(_directory.FullName), FreeFailures = 0 };
        Should.Throw<AccountsStartException>(() => AccountBook.Create(options, TimeProvider.System))
            .Message.ShouldBe("FreeFailures must be from 1 to 100, but is 0.");
    }

    private static Task<AccountAnswer<Account>> RegisterAsync(AccountBook book) => book.Accounts.RegisterAsync(
        new Registration("ada@example.org", "four words of mine"), CancellationToken.None);

    private static async Task<string> RefusalAsync(AccountBook book) =>
        (await Should.ThrowAsync<AccountsStartException>(() => book.OpenAsync(CancellationToken.None))).Message;

    private AccountBook Book(bool isVisitor = false) => AccountBook.Create(
        new AccountOptions
        {
            Storage = new AccountStorage.Sqlite(_directory.FullName) { IsVisitor = isVisitor },
            PasswordIterations = 10_000,
        },
        new ManualTime());

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The test's own statements.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
