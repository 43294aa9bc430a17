using System.Diagnostics;
using AkkaParty.Bench.Measuring;
using SQLitePCL;

namespace AkkaParty.Bench.Runtime;

/// <summary>
/// The limit for persisted commands on SQLite: one thread that does nothing but begin, insert a batch (append-only
/// events, each with its entity's head compared and set), commit, and checkpoint now and then.
/// </summary>
internal sealed class RawSqlite : IDisposable
{
    private const int CheckpointPages = 2_000;

    private const string Schema = """
        CREATE TABLE entities (key INTEGER PRIMARY KEY, head INTEGER NOT NULL, last INTEGER NOT NULL, shard INTEGER NOT NULL,
          due_at INTEGER, keep_alive INTEGER NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, UNIQUE (kind, id));
        CREATE TABLE events ("offset" INTEGER PRIMARY KEY, entity INTEGER NOT NULL, seq INTEGER NOT NULL, prev INTEGER NOT NULL,
          at INTEGER NOT NULL, manifest INTEGER NOT NULL, payload BLOB NOT NULL,
          command_session BLOB, command_number INTEGER, reply_manifest INTEGER, reply BLOB);
        """;

    private static readonly byte[] Payload = """{"amount":1,"note":"one more for the bench"}"""u8.ToArray();
    private static readonly byte[] Reply = """{"value":12345}"""u8.ToArray();
    private static readonly byte[] Session = new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11).ToByteArray();

    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _find;
    private readonly sqlite3_stmt _insert;
    private readonly sqlite3_stmt _move;
    private readonly int _entities;
    private long _offset;
    private long _pages;
    private int _next;

    public RawSqlite(string path, bool full, int entities)
    {
        Batteries_V2.Init();
        Check(raw.sqlite3_open_v2(path, out _database, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX, null));
        Execute("PRAGMA page_size = 4096; PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = -32768");
        Execute($"PRAGMA journal_size_limit = 67108864; PRAGMA synchronous = {(full ? "FULL" : "NORMAL")}");
        Execute(Schema);
        _entities = entities;
        Execute("BEGIN");
        for (var key = 1; key <= entities; key++)
        {
            Execute($"INSERT INTO entities VALUES ({key}, 0, 0, 0, NULL, 0, 'counter', '{new Guid(key, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)}')");
        }

        Execute("COMMIT");
        _find = Prepare("SELECT head, last FROM entities WHERE key = ?1");
        _insert = Prepare("INSERT INTO events VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6, ?7, ?8, 2, ?9)");
        _move = Prepare("UPDATE entities SET head = ?2, last = ?3 WHERE key = ?1");
    }

    /// <summary>Commits batches for a while.</summary>
    public Cost Run(int batch, TimeSpan duration)
    {
        var window = CostWindow.Open();
        var startedAt = Stopwatch.GetTimestamp();
        long operations = 0;
        while (Stopwatch.GetElapsedTime(startedAt) < duration)
        {
            Execute("BEGIN IMMEDIATE");
            for (var i = 0; i < batch; i++)
            {
                Append((_next++ % _entities) + 1);
            }

            Execute("COMMIT");
            operations += batch;
            Checkpoint();
        }

        return window.Close(operations);
    }

    /// <summary>Commits one row each for entities, by their keys from 1.</summary>
    public void Commit(IEnumerable<long> keys)
    {
        Execute("BEGIN IMMEDIATE");
        foreach (var key in keys)
        {
            Append(key);
        }

        Execute("COMMIT");
        Checkpoint();
    }

    public void Dispose()
    {
        _find.Dispose();
        _insert.Dispose();
        _move.Dispose();
        _database.Dispose();
    }

    private void Append(long key)
    {
        raw.sqlite3_bind_int64(_find, 1, key);
        raw.sqlite3_step(_find);
        var seq = raw.sqlite3_column_int64(_find, 0) + 1;
        var prev = raw.sqlite3_column_int64(_find, 1);
        raw.sqlite3_reset(_find);

        var offset = ++_offset;
        raw.sqlite3_bind_int64(_insert, 1, offset);
        raw.sqlite3_bind_int64(_insert, 2, key);
        raw.sqlite3_bind_int64(_insert, 3, seq);
        raw.sqlite3_bind_int64(_insert, 4, prev);
        raw.sqlite3_bind_int64(_insert, 5, 1_700_000_000_000_000 + offset);
        raw.sqlite3_bind_blob(_insert, 6, Payload);
        raw.sqlite3_bind_blob(_insert, 7, Session);
        raw.sqlite3_bind_int64(_insert, 8, seq);
        raw.sqlite3_bind_blob(_insert, 9, Reply);
        Step(_insert);

        raw.sqlite3_bind_int64(_move, 1, key);
        raw.sqlite3_bind_int64(_move, 2, seq);
        raw.sqlite3_bind_int64(_move, 3, offset);
        Step(_move);
    }

    private void Checkpoint()
    {
        Check(raw.sqlite3_db_status(_database, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var pages, out _, 1));
        _pages += pages;
        if (_pages >= CheckpointPages)
        {
            Execute("PRAGMA wal_checkpoint(PASSIVE)");
            _pages = 0;
        }
    }

    private sqlite3_stmt Prepare(string sql)
    {
        Check(raw.sqlite3_prepare_v3(_database, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement));
        return statement;
    }

    private void Execute(string sql) => Check(raw.sqlite3_exec(_database, sql));

    private void Step(sqlite3_stmt statement)
    {
        var code = raw.sqlite3_step(statement);
        raw.sqlite3_reset(statement);
        Check(code == raw.SQLITE_DONE ? raw.SQLITE_OK : code);
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
        {
            throw new InvalidOperationException($"SQLite answers {code}: {raw.sqlite3_errmsg(_database).utf8_to_string()}");
        }
    }
}
