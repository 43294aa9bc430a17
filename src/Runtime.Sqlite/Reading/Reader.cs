using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Sqlite.Raw;

namespace AkkaParty.Runtime.Sqlite.Reading;

/// <summary>One read-only connection with its statements.</summary>
internal sealed class Reader : IDisposable
{
    private const string EventColumns =
        "prev, entity, seq, at, manifest, payload, command_session, command_number, reply_manifest, reply";

    private readonly Database _database;
    private readonly ManifestTable _manifests;
    private readonly Dictionary<string, Statement> _prepared = [];

    public Reader(Database database, ManifestTable manifests)
    {
        _database = database;
        _manifests = manifests;
        database.Execute("PRAGMA query_only = 1; PRAGMA cache_size = -8192; PRAGMA mmap_size = 268435456");
    }

    public Statement Entity => Prepare("SELECT key, head, last FROM entities JOIN heads ON entity = key WHERE kind = ?1 AND id = ?2");

    public Statement Event => Prepare($"SELECT {EventColumns} FROM events WHERE \"offset\" = ?1");

    public Statement Link => Prepare("SELECT prev, entity, seq FROM events WHERE \"offset\" = ?1");

    public Statement EventsAfter =>
        Prepare($"SELECT {EventColumns}, \"offset\" FROM events WHERE \"offset\" > ?1 ORDER BY \"offset\" LIMIT ?2");

    /// <summary>Opens a read transaction: one view, and one lock instead of one per statement.</summary>
    public Snap Begin()
    {
        _database.Execute("BEGIN");
        return new Snap(_database);
    }

    /// <summary>A statement, prepared at its first use. Reset it after use.</summary>
    public Statement Prepare(string sql)
    {
        if (!_prepared.TryGetValue(sql, out var statement))
        {
            statement = _database.Prepare(sql);
            _prepared.Add(sql, statement);
        }

        return statement;
    }

    /// <summary>The event in the current row of <see cref="Event"/> or <see cref="EventsAfter"/>.</summary>
    public JournalEntry Entry(Statement row)
    {
        var entry = new JournalEntry(
            row.Number(2), Manifest(row.Number(4)), row.Bytes(5).ToArray(), UnixTime.FromMicroseconds(row.Number(3)));
        return row.IsNull(6)
            ? entry
            : entry with
            {
                Command = new CommandId(new Guid(row.Bytes(6)), row.Number(7)),
                ReplyManifest = row.IsNull(8) ? null : Manifest(row.Number(8)),
                Reply = row.Bytes(9).ToArray(),
            };
    }

    /// <inheritdoc />
    public void Dispose() => _database.Dispose();

    private string Manifest(long id)
    {
        if (_manifests.TryGetName(id, out var known))
        {
            return known!;
        }

        var statement = Prepare("SELECT name FROM manifests WHERE id = ?1");
        statement.Bind(1, id);
        var name = statement.Step() ? statement.Text(0) : null;
        statement.Reset();
        if (name is null)
        {
            throw new JournalDamagedException($"an event names the manifest {id}, which is not stored");
        }

        _manifests.Add(id, name);
        return name;
    }

    /// <summary>An open read transaction.</summary>
    public readonly struct Snap(Database database) : IDisposable
    {
        /// <inheritdoc />
        public void Dispose()
        {
            if (!database.IsAutoCommit)
            {
                database.Execute("COMMIT");
            }
        }
    }
}
