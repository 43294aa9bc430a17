using AkkaParty.Postgres.TestKit;
using AkkaParty.Runtime.TestKit;
using AkkaParty.Runtime.TestKit.Journal;
using AkkaParty.Runtime.TestKit.Membership;
using AkkaParty.Runtime.TestKit.Projections;

namespace AkkaParty.Runtime.Postgres.Tests;

public sealed class PostgresProvider : StoreProvider
{
    private PostgresDatabase? _database;
    private PostgresStore? _store;

    public override bool KeepsDataWhenReopened => true;

    public override async ValueTask<Stores> OpenAsync()
    {
        _database ??= await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();
        _store = await PostgresStore.OpenAsync(new PostgresOptions { ConnectionString = _database.ConnectionString });
        return new Stores(_store.Journal, _store.Snapshots, _store.Leases, _store.Projections);
    }

    public override async ValueTask CloseAsync()
    {
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }
    }

    public override async ValueTask DeleteAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }
}

public sealed class PostgresJournalSpec : JournalSpec<PostgresProvider>;

public sealed class PostgresJournalOrderSpec : JournalOrderSpec<PostgresProvider>;

public sealed class PostgresJournalModelSpec : JournalModelSpec<PostgresProvider>;

public sealed class PostgresSnapshotStoreSpec : SnapshotStoreSpec<PostgresProvider>;

public sealed class PostgresLeaseSpec : LeaseSpec<PostgresProvider>;

public sealed class PostgresProjectionStoreSpec : ProjectionStoreSpec<PostgresProvider>;

public sealed class PostgresProjectionRunnerSpec : ProjectionRunnerSpec<PostgresProvider>;
