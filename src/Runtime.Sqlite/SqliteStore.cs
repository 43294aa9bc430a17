using System.Globalization;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Projections;
using AkkaParty.Runtime.Sqlite.Raw;
using AkkaParty.Runtime.Sqlite.Reading;
using AkkaParty.Runtime.Sqlite.Writing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaParty.Runtime.Sqlite;

/// <summary>
/// The embedded store: one database file, <c>akkaparty.db</c>, in a data directory that belongs to this process while
/// the store is open. One thread and one connection write and checkpoint; reads use read-only connections and run on
/// the caller's thread.
/// </summary>
public sealed class SqliteStore : IAsyncDisposable
{
    private readonly DataDirectoryLock _lock;
    private readonly WriteSession _session;
    private readonly WriterThread _writer;
    private readonly ReaderPool _readers;
    private bool _disposed;

    private SqliteStore(DataDirectoryLock directoryLock, string path, Database database, SqliteOptions options, ILogger logger)
    {
        var manifests = new ManifestTable();
        _lock = directoryLock;
        _session = new WriteSession(database, manifests);
        _readers = new ReaderPool(path, manifests, options);
        _writer = new WriterThread(_session, manifests, options, logger);
        Journal = new SqliteJournal(_writer, _readers, options);
        Snapshots = new SqliteSnapshotStore(_writer, _readers);
        Projections = new SqliteProjectionStore(_writer, _readers);
        Leases = new SqliteLeaseStore(_writer, database, TimeProvider.System);
    }

    /// <summary>The journal. It ends with the store.</summary>
    public IJournal Journal { get; }

    /// <summary>The snapshots.</summary>
    public ISnapshotStore Snapshots { get; }

    /// <summary>Members and shard homes.</summary>
    public ILeaseStore Leases { get; }

    /// <summary>The read models.</summary>
    public IProjectionStore Projections { get; }

    internal WriterThread Writer => _writer;

    internal WriteSession Session => _session;

    /// <summary>Opens the store, and creates it when the folder has none.</summary>
    /// <param name="options">How it works.</param>
    /// <param name="logger">Where it reports what goes wrong; null for nowhere.</param>
    /// <returns>The open store.</returns>
    /// <exception cref="StoreStartException">
    /// The folder cannot be used, another process uses it, or its database is damaged, newer or another program's.
    /// </exception>
    public static SqliteStore Open(SqliteOptions options, ILogger<SqliteStore>? logger = null)
    {
        CheckOptions(options);
        var directory = Path.GetFullPath(options.DataDirectory);
        var directoryLock = DataDirectoryLock.Take(directory);
        Database? database = null;
        try
        {
            var path = Path.Combine(directory, "akkaparty.db");
            SchemaScripts.Inspect(path, options);
            database = OpenWriter(path, options);
            return new SqliteStore(directoryLock, path, database, options, logger ?? NullLogger<SqliteStore>.Instance);
        }
        catch (SqliteFailure failure)
        {
            database?.Dispose();
            directoryLock.Dispose();
            throw new StoreStartException($"The database in {directory} cannot be opened ({failure.Message}).", failure);
        }
        catch
        {
            database?.Dispose();
            directoryLock.Dispose();
            throw;
        }
    }

    /// <summary>Writes what waits, carries the write-ahead log over into the database and closes everything.</summary>
    /// <returns>A task that completes when the data directory is free.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
        {
            return;
        }

        await _writer.StopAsync();
        _readers.Dispose();
        try
        {
            _session.Database.ReadNumber("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteFailure)
        {
            // What is in the write-ahead log is durable there, and the next start reads it.
        }

        _session.Dispose();
        _lock.Dispose();
    }

    private static Database OpenWriter(string path, SqliteOptions options)
    {
        var database = Database.Open(path, readOnly: false, options.BusyTimeout);
        try
        {
            database.Execute("PRAGMA page_size = 8192");
            database.ReadText("PRAGMA journal_mode = WAL");
            database.Execute(options.Synchronous == SqliteSynchronous.Full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
            database.Execute("PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -32768");
            if (options.PagesMax > 0)
            {
                database.ReadNumber(string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {options.PagesMax}"));
            }

            SchemaScripts.Apply(database);
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static void CheckOptions(SqliteOptions options)
    {
        Check(options.CommitOperationsMax, nameof(options.CommitOperationsMax), 1, 10_000);
        Check(options.CheckpointPages, nameof(options.CheckpointPages), 16, 1_000_000);
        Check(options.ReadersMax, nameof(options.ReadersMax), 1, 64);
        Check((long)options.BusyTimeout.TotalMilliseconds, nameof(options.BusyTimeout), 0, 60_000);

        static void Check(long value, string name, long min, long max)
        {
            if (value < min || value > max)
            {
                throw new StoreStartException(string.Create(
                    CultureInfo.InvariantCulture, $"The option {name} is {value}; it must be from {min} to {max}."));
            }
        }
    }
}
