using AkkaParty.Postgres.TestKit;

namespace AkkaParty.Accounts.Tests.Support;

/// <summary>One kind of database under test. It enrols in the kit by an empty subclass of each spec.</summary>
public abstract class AccountProvider
{
    /// <summary>Makes an empty database, which two books may have open at once.</summary>
    public abstract ValueTask<AccountStorage> CreateAsync();

    /// <summary>Removes it.</summary>
    public abstract ValueTask DeleteAsync();
}

public sealed class SqliteAccounts : AccountProvider
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("akkaparty-accounts-");

    public override ValueTask<AccountStorage> CreateAsync() => new(new AccountStorage.Sqlite(_directory.FullName));

    public override ValueTask DeleteAsync()
    {
        _directory.Delete(recursive: true);
        return default;
    }
}

public sealed class PostgresAccounts : AccountProvider
{
    private PostgresDatabase? _database;

    public override async ValueTask<AccountStorage> CreateAsync()
    {
        _database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
        return new AccountStorage.Postgres(_database.ConnectionString + ";Pooling=true");
    }

    public override async ValueTask DeleteAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }
}
