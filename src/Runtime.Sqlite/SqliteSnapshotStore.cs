using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Sqlite.Reading;
using AkkaParty.Runtime.Sqlite.Writing;

namespace AkkaParty.Runtime.Sqlite;

/// <summary>Snapshots in the store's database, written in the same transactions as the appends that happen to wait with them.</summary>
internal sealed class SqliteSnapshotStore(WriterThread writer, ReaderPool readers) : ISnapshotStore
{
    /// <inheritdoc />
    public ValueTask SaveAsync(EntityAddress address, Snapshot snapshot, CancellationToken cancellationToken)
    {
        // The writer reads the bytes later, when the caller's buffer may be in use again.
        var payload = snapshot.Payload.ToArray();
        return new ValueTask(writer.WriteAsync(
            $"saving the snapshot of {address}", session => Save(session, address, snapshot, payload), cancellationToken));
    }

    /// <inheritdoc />
    public ValueTask<Snapshot?> FindAsync(EntityAddress address, CancellationToken cancellationToken) =>
        readers.ReadAsync($"reading the snapshot of {address}", address, Find, cancellationToken);

    /// <inheritdoc />
    public ValueTask RemoveAsync(EntityAddress address, CancellationToken cancellationToken) =>
        new(writer.WriteAsync($"removing the snapshot of {address}", session => Remove(session, address), cancellationToken));

    private static bool Save(WriteSession session, EntityAddress address, Snapshot snapshot, byte[] payload)
    {
        var statement = session.Prepare(
            "INSERT INTO snapshots (kind, id, seq, schema_version, payload) VALUES (?1, ?2, ?3, ?4, ?5) " +
            "ON CONFLICT (kind, id) DO UPDATE " +
            "SET seq = excluded.seq, schema_version = excluded.schema_version, payload = excluded.payload " +
            "WHERE excluded.seq >= snapshots.seq");
        statement.Bind(1, address.Kind);
        statement.Bind(2, address.Id);
        statement.Bind(3, snapshot.Seq);
        statement.Bind(4, snapshot.SchemaVersion);
        statement.Bind(5, payload);
        statement.Run();
        return true;
    }

    private static bool Remove(WriteSession session, EntityAddress address)
    {
        var statement = session.Prepare("DELETE FROM snapshots WHERE kind = ?1 AND id = ?2");
        statement.Bind(1, address.Kind);
        statement.Bind(2, address.Id);
        statement.Run();
        return true;
    }

    private static Snapshot? Find(Reader reader, EntityAddress address)
    {
        var statement = reader.Prepare("SELECT seq, schema_version, payload FROM snapshots WHERE kind = ?1 AND id = ?2");
        statement.Bind(1, address.Kind);
        statement.Bind(2, address.Id);
        Snapshot? found = statement.Step()
            ? new Snapshot(statement.Number(0), (int)statement.Number(1), statement.Bytes(2).ToArray())
            : null;
        statement.Reset();
        return found;
    }
}
