using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Sqlite.Raw;

namespace AkkaParty.Runtime.Sqlite.Writing;

/// <summary>The hot path: compares an entity's stored head and inserts its events, inside the writer's transaction.</summary>
internal sealed class AppendStatements(Database database, ManifestTable manifests)
{
    private readonly Statement _findHead = database.Prepare("SELECT head, last, due_at, keep_alive FROM heads WHERE entity = ?1");
    private readonly Statement _findKey = database.Prepare("SELECT key FROM entities WHERE kind = ?1 AND id = ?2");
    private readonly Statement _insertEntity = database.Prepare("INSERT INTO entities (key, shard, kind, id) VALUES (?1, ?2, ?3, ?4)");

    private readonly Statement _insertHead =
        database.Prepare("INSERT INTO heads (entity, head, last, due_at, keep_alive) VALUES (?1, ?2, ?3, ?4, ?5)");

    private readonly Statement _moveHead = database.Prepare("UPDATE heads SET head = ?2, last = ?3 WHERE entity = ?1");

    private readonly Statement _moveHeadAndWakeup =
        database.Prepare("UPDATE heads SET head = ?2, last = ?3, due_at = ?4, keep_alive = ?5 WHERE entity = ?1");

    private readonly Statement _insertEvent = database.Prepare(
        "INSERT INTO events (\"offset\", entity, seq, prev, at, manifest, payload) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");

    private readonly Statement _insertEventWithCommand = database.Prepare(
        "INSERT INTO events (\"offset\", entity, seq, prev, at, manifest, payload, " +
        "command_session, command_number, reply_manifest, reply) " +
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");

    private readonly Statement _findManifest = database.Prepare("SELECT id FROM manifests WHERE name = ?1");
    private readonly Statement _insertManifest = database.Prepare("INSERT INTO manifests (name) VALUES (?1) RETURNING id");

    // Neither number goes back after a rollback: a key that was given out is never another entity's.
    private long _lastOffset = database.ReadNumber("SELECT max(\"offset\") FROM events");
    private long _lastKey = database.ReadNumber("SELECT max(key) FROM entities");

    /// <summary>Carries out one operation.</summary>
    public AppendOutcome Execute(AppendOperation operation)
    {
        var found = Find(operation, out var stored);
        if (stored.Head != operation.ExpectedHead)
        {
            return AppendOutcome.Conflict;
        }

        if (operation.Entries.Count == 0)
        {
            return AppendOutcome.Appended;
        }

        var key = found ? stored.Key : ++_lastKey;
        var last = stored.Last;
        for (var i = 0; i < operation.Entries.Count; i++)
        {
            last = Insert(key, last, operation.Entries[i]);
        }

        var head = operation.ExpectedHead + operation.Entries.Count;
        if (found)
        {
            Move(stored, head, last, operation);
        }
        else
        {
            Create(key, head, last, operation);
        }

        operation.StoreKey = key;
        return AppendOutcome.Appended;
    }

    private bool Find(AppendOperation operation, out HeadRow row)
    {
        if (operation.StoreKey > 0 && ReadHead(operation.StoreKey, out row))
        {
            return true;
        }

        _findKey.Bind(1, operation.Address.Kind);
        _findKey.Bind(2, operation.Address.Id);
        operation.StoreKey = _findKey.Step() ? _findKey.Number(0) : 0;
        _findKey.Reset();
        row = default;
        return operation.StoreKey > 0 && ReadHead(operation.StoreKey, out row);
    }

    private bool ReadHead(long key, out HeadRow row)
    {
        _findHead.Bind(1, key);
        var found = _findHead.Step();
        row = found
            ? new HeadRow(
                key,
                _findHead.Number(0),
                _findHead.Number(1),
                _findHead.IsNull(2) ? null : _findHead.Number(2),
                _findHead.Number(3) != 0)
            : default;
        _findHead.Reset();
        return found;
    }

    private long Insert(long key, long prev, in JournalEntry entry)
    {
        var offset = ++_lastOffset;
        var statement = entry.Command is null ? _insertEvent : _insertEventWithCommand;
        statement.Bind(1, offset);
        statement.Bind(2, key);
        statement.Bind(3, entry.Seq);
        statement.Bind(4, prev);
        statement.Bind(5, UnixTime.ToMicroseconds(entry.At));
        statement.Bind(6, ManifestId(entry.Manifest));
        statement.Bind(7, entry.Payload.Span);
        if (entry.Command is { } command)
        {
            BindCommand(statement, command, entry);
        }

        statement.Run();
        return offset;
    }

    private void BindCommand(Statement statement, CommandId command, in JournalEntry entry)
    {
        Span<byte> session = stackalloc byte[16];
        command.Session.TryWriteBytes(session);
        statement.Bind(8, session);
        statement.Bind(9, command.Number);
        if (entry.ReplyManifest is null)
        {
            statement.BindNull(10);
        }
        else
        {
            statement.Bind(10, ManifestId(entry.ReplyManifest));
        }

        statement.Bind(11, entry.Reply.Span);
    }

    private void Move(in HeadRow stored, long head, long last, AppendOperation operation)
    {
        var dueAt = UnixTime.ToMicroseconds(operation.DueAt);
        if (dueAt == stored.DueAt && operation.KeepAlive == stored.KeepAlive)
        {
            _moveHead.Bind(1, stored.Key);
            _moveHead.Bind(2, head);
            _moveHead.Bind(3, last);
            _moveHead.Run();
        }
        else
        {
            RunWithWakeup(_moveHeadAndWakeup, stored.Key, head, last, dueAt, operation.KeepAlive);
        }
    }

    private void Create(long key, long head, long last, AppendOperation operation)
    {
        _insertEntity.Bind(1, key);
        _insertEntity.Bind(2, operation.Shard);
        _insertEntity.Bind(3, operation.Address.Kind);
        _insertEntity.Bind(4, operation.Address.Id);
        _insertEntity.Run();
        RunWithWakeup(_insertHead, key, head, last, UnixTime.ToMicroseconds(operation.DueAt), operation.KeepAlive);
    }

    private static void RunWithWakeup(Statement statement, long key, long head, long last, long? dueAt, bool keepAlive)
    {
        statement.Bind(1, key);
        statement.Bind(2, head);
        statement.Bind(3, last);
        if (dueAt is { } due)
        {
            statement.Bind(4, due);
        }
        else
        {
            statement.BindNull(4);
        }

        statement.Bind(5, keepAlive ? 1 : 0);
        statement.Run();
    }

    // A rollback takes new names away again, so a name is remembered only when its transaction is durable.
    private long ManifestId(string name)
    {
        if (manifests.TryGetId(name, out var id))
        {
            return id;
        }

        _findManifest.Bind(1, name);
        var found = _findManifest.Step();
        id = found ? _findManifest.Number(0) : 0;
        _findManifest.Reset();
        if (!found)
        {
            _insertManifest.Bind(1, name);
            _insertManifest.Step();
            id = _insertManifest.Number(0);
            _insertManifest.Reset();
        }

        NewManifests.Add((id, name));
        return id;
    }

    /// <summary>Names the open transaction used for the first time; remembered when it is durable.</summary>
    public List<(long Id, string Name)> NewManifests { get; } = [];

    private readonly record struct HeadRow(long Key, long Head, long Last, long? DueAt, bool KeepAlive);
}
