using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Postgres.Reading;
using Npgsql;

namespace AkkaParty.Runtime.Postgres;

/// <summary>Snapshots in the database, each call one statement.</summary>
internal sealed class PostgresSnapshotStore(ReadCalls calls) : ISnapshotStore
{
    private const string SaveSql =
        "INSERT INTO snapshots (kind, id, seq, schema_version, payload) VALUES ($1, $2, $3, $4, $5) " +
        "ON CONFLICT (kind, id) DO UPDATE " +
        "SET seq = excluded.seq, schema_version = excluded.schema_version, payload = excluded.payload " +
        "WHERE excluded.seq >= snapshots.seq";

    /// <inheritdoc />
    public async ValueTask SaveAsync(EntityAddress address, Snapshot snapshot, CancellationToken cancellationToken) =>
        await calls.RunAsync(
            $"Saving the snapshot of {address}",
            (address, snapshot),
            static async (database, s, token) =>
            {
                await using var command = Command(database, SaveSql, s.address);
                command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = s.snapshot.Seq });
                command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = s.snapshot.SchemaVersion });
                command.Parameters.Add(new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = s.snapshot.Payload });
                return await command.ExecuteNonQueryAsync(token);
            },
            cancellationToken);

    /// <inheritdoc />
    public ValueTask<Snapshot?> FindAsync(EntityAddress address, CancellationToken cancellationToken) => calls.RunAsync(
        $"Reading the snapshot of {address}",
        address,
        static async (database, a, token) =>
        {
            await using var command = Command(
                database, "SELECT seq, schema_version, payload FROM snapshots WHERE kind = $1 AND id = $2", a);
            await using var reader = await command.ExecuteReaderAsync(token);
            return await reader.ReadAsync(token) ? Read(reader) : (Snapshot?)null;
        },
        cancellationToken);

    /// <inheritdoc />
    public async ValueTask RemoveAsync(EntityAddress address, CancellationToken cancellationToken) =>
        await calls.RunAsync(
            $"Removing the snapshot of {address}",
            address,
            static async (database, a, token) =>
            {
                await using var command = Command(database, "DELETE FROM snapshots WHERE kind = $1 AND id = $2", a);
                return await command.ExecuteNonQueryAsync(token);
            },
            cancellationToken);

    private static Snapshot Read(NpgsqlDataReader reader) =>
        new(reader.GetInt64(0), reader.GetInt32(1), reader.GetFieldValue<byte[]>(2));

    private static NpgsqlCommand Command(NpgsqlDataSource database, string sql, EntityAddress address)
    {
        var command = database.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = address.Kind });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = address.Id });
        return command;
    }
}
