using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Postgres.Committing;
using Npgsql;
using NpgsqlTypes;

namespace AkkaParty.Runtime.Postgres.Reading;

/// <summary>The journal's queries, each one statement and so one snapshot.</summary>
internal sealed class EventQueries(EntityKeys keys, ManifestTable manifests)
{
    private const string EntitySql =
        $"SELECT e.key, h.head, v.* FROM entities AS e JOIN heads AS h ON h.entity = e.key LEFT JOIN LATERAL (" +
        $"SELECT {EventRow.Columns} FROM events WHERE entity = e.key AND seq > $3 ORDER BY seq) AS v ON true " +
        $"WHERE e.kind = $1 AND e.id = $2 ORDER BY v.seq";

    private const string EntrySql =
        $"SELECT {EventRow.Columns} FROM events " +
        $"WHERE entity = (SELECT key FROM entities WHERE kind = $1 AND id = $2) AND seq = $3";

    private const string PageSql =
        $"SELECT {EventRow.Columns} FROM events WHERE \"offset\" > $1 AND \"offset\" < $3 ORDER BY \"offset\" LIMIT $2";

    private const string AnySql = "SELECT EXISTS (SELECT FROM events WHERE \"offset\" > $1)";

    private const string AddressesSql = "SELECT key, kind, id FROM entities WHERE key = ANY ($1)";

    private const string WakeupsSql =
        "SELECT e.kind, e.id, w.shard, w.wake_at FROM (" +
        "SELECT entity, shard, wake_at FROM heads WHERE shard = ANY ($1) AND wake_at <= $2 AND wake_at < 9223372036854775807 " +
        "ORDER BY wake_at, entity LIMIT $3) AS w JOIN entities AS e ON e.key = w.entity ORDER BY w.wake_at, w.entity";

    /// <summary>Reads an entity's head and its events after a number.</summary>
    public async Task<(long Head, List<JournalEntry> Entries)> ReadEntityAsync(
        NpgsqlDataSource database, EntityAddress address, long afterSeq, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(EntitySql);
        Add(command, address);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = afterSeq });
        var rows = new List<EventRow>();
        var (head, key) = (0L, 0L);
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                (key, head) = (reader.GetInt64(0), reader.GetInt64(1));
                AddEvent(reader, rows);
            }
        }

        if (key != 0)
        {
            keys.Add(address, key);
        }

        return (head, await ToEntriesAsync(rows, cancellationToken));
    }

    /// <summary>Reads one event of an entity.</summary>
    public async Task<JournalEntry?> ReadEntryAsync(
        NpgsqlDataSource database, EntityAddress address, long seq, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(EntrySql);
        Add(command, address);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = seq });
        var rows = await ReadRowsAsync(command, cancellationToken);
        return rows.Count == 0 ? null : (await ToEntriesAsync(rows, cancellationToken))[0];
    }

    /// <summary>Reads the next events of the whole journal below an offset.</summary>
    public async Task<List<JournalRecord>> ReadPageAsync(
        NpgsqlDataSource database, long afterOffset, long horizon, int recordsMax, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(PageSql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = afterOffset });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = recordsMax });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = horizon });
        var rows = await ReadRowsAsync(command, cancellationToken);
        await LoadNamesAsync(rows, cancellationToken);
        var addresses = await FindAddressesAsync(database, rows, cancellationToken);
        return rows.ConvertAll(row => new JournalRecord(row.Offset, addresses[row.Key], row.ToEntry(manifests)));
    }

    /// <summary>Reads the offset below which every event that will ever be there is there.</summary>
    public static async Task<long> ReadHorizonAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT journal_horizon()");
        return (long)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Whether there is any event after an offset, be its place certain or not.</summary>
    public static async Task<bool> AnyAsync(NpgsqlDataSource database, long afterOffset, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(AnySql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = afterOffset });
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Finds whom to wake.</summary>
    public static async Task<List<Wakeup>> ReadWakeupsAsync(
        NpgsqlDataSource database, IReadOnlyList<int> shards, DateTimeOffset until, int wakeupsMax, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(WakeupsSql);
        command.Parameters.Add(new NpgsqlParameter<short[]>
        {
            TypedValue = [.. shards.Select(shard => (short)shard)],
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint,
        });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = UnixTime.ToMicroseconds(until) });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = wakeupsMax });
        var wakeups = new List<Wakeup>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var wakeAt = reader.GetInt64(3);
            wakeups.Add(new Wakeup(
                new EntityAddress(reader.GetString(0), reader.GetString(1)),
                reader.GetInt16(2),
                wakeAt == CommitBatch.KeepAlive ? null : UnixTime.FromMicroseconds(wakeAt)));
        }

        return wakeups;
    }

    private static async Task<List<EventRow>> ReadRowsAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var rows = new List<EventRow>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(EventRow.Read(reader, 0));
        }

        return rows;
    }

    // An entity without events in the answer has one row of nulls.
    private static void AddEvent(NpgsqlDataReader reader, List<EventRow> rows)
    {
        if (!reader.IsDBNull(2))
        {
            rows.Add(EventRow.Read(reader, 2));
        }
    }

    private static void Add(NpgsqlCommand command, EntityAddress address)
    {
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = address.Kind });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = address.Id });
    }

    private async Task<List<JournalEntry>> ToEntriesAsync(List<EventRow> rows, CancellationToken cancellationToken)
    {
        await LoadNamesAsync(rows, cancellationToken);
        return rows.ConvertAll(row => row.ToEntry(manifests));
    }

    private async Task LoadNamesAsync(List<EventRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Exists(row => !manifests.HasName(row.Manifest) || row.ReplyManifest is { } reply && !manifests.HasName(reply)))
        {
            await manifests.LoadAsync(cancellationToken);
        }
    }

    private async Task<Dictionary<long, EntityAddress>> FindAddressesAsync(
        NpgsqlDataSource database, List<EventRow> rows, CancellationToken cancellationToken)
    {
        var found = new Dictionary<long, EntityAddress>();
        var unknown = new List<long>();
        foreach (var row in rows)
        {
            if (keys.TryGetAddress(row.Key, out var address))
            {
                found[row.Key] = address.Value;
            }
            else
            {
                unknown.Add(row.Key);
            }
        }

        if (unknown.Count == 0)
        {
            return found;
        }

        await using var command = database.CreateCommand(AddressesSql);
        command.Parameters.Add(new NpgsqlParameter<List<long>>
        {
            TypedValue = [.. unknown.Distinct()],
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint,
        });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var address = new EntityAddress(string.Intern(reader.GetString(1)), reader.GetString(2));
            found[reader.GetInt64(0)] = address;
            keys.Add(address, reader.GetInt64(0));
        }

        return unknown.Find(key => !found.ContainsKey(key)) is var missing and not 0
            ? throw new JournalDamagedException($"events belong to entity {missing}, which is not stored")
            : found;
    }
}
