using AkkaParty.Runtime.TestKit;
using AkkaParty.Runtime.TestKit.Journal;
using AkkaParty.Runtime.TestKit.Membership;
using AkkaParty.Runtime.TestKit.Projections;

namespace AkkaParty.Runtime.Sqlite.Tests;

public sealed class SqliteProvider : StoreProvider
{
    private readonly string _directory = Directory.CreateTempSubdirectory("akkaparty-").FullName;
    private SqliteStore? _store;

    public override bool KeepsDataWhenReopened => true;

    public override ValueTask<Stores> OpenAsync()
    {
        _store = SqliteStore.Open(new SqliteOptions { DataDirectory = _directory });
        return new ValueTask<Stores>(new Stores(_store.Journal, _store.Snapshots, _store.Leases, _store.Projections));
    }

    public override async ValueTask CloseAsync()
    {
        if (_store is not null)
        {
            await _store.DisposeAsync();
        }
    }

    public override ValueTask DeleteAsync()
    {
        Directory.Delete(_directory, recursive: true);
        return ValueTask.CompletedTask;
    }
}

public sealed class SqliteJournalSpec : JournalSpec<SqliteProvider>;

public sealed class SqliteJournalOrderSpec : JournalOrderSpec<SqliteProvider>;

public sealed class SqliteJournalModelSpec : JournalModelSpec<SqliteProvider>;

public sealed class SqliteSnapshotStoreSpec : SnapshotStoreSpec<SqliteProvider>;

public sealed class SqliteLeaseSpec : LeaseSpec<SqliteProvider>;

public sealed class SqliteProjectionStoreSpec : ProjectionStoreSpec<SqliteProvider>;

public sealed class SqliteProjectionRunnerSpec : ProjectionRunnerSpec<SqliteProvider>;
