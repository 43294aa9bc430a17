using AkkaParty.Postgres.TestKit;
using Npgsql;
using NpgsqlTypes;

namespace AkkaParty.Bench.Cluster;

/// <summary>
/// The limit for persisted commands on PostgreSQL: callers leave rows, and one connection inserts all that wait with one prepared
/// statement and one commit. No heads, no command ids, no replies.
/// </summary>
internal sealed class RawGroupCommit : IAsyncDisposable
{
    private static readonly byte[] Payload = [.. Enumerable.Range(0, 200).Select(i => (byte)i)];
    private readonly PostgresDatabase _database;
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _insert;
    private readonly Lock _gate = new();
    private List<Row> _waiting = [];
    private Task _committing = Task.CompletedTask;
    private long _rows;
    private long _commits;

    private RawGroupCommit(PostgresDatabase database, NpgsqlConnection connection)
    {
        _database = database;
        _connection = connection;
        _insert = new NpgsqlCommand(
            "INSERT INTO raw_events (entity, seq, at, payload) SELECT * FROM unnest($1, $2, $3, $4)", connection)
        {
            Parameters =
            {
                new NpgsqlParameter<long[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint },
                new NpgsqlParameter<long[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint },
                new NpgsqlParameter<long[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint },
                new NpgsqlParameter<byte[][]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea },
            },
        };
    }

    /// <summary>The rows of a mean commit.</summary>
    public double MeanBatch => (double)_rows / Math.Max(1, _commits);

    public static async Task<RawGroupCommit> OpenAsync(PostgresDatabase database)
    {
        await database.ExecuteAsync(
            "DROP TABLE IF EXISTS raw_events; CREATE TABLE raw_events (\"offset\" bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, " +
            "entity bigint NOT NULL, seq bigint NOT NULL, at bigint NOT NULL, payload bytea NOT NULL)");
        var raw = new RawGroupCommit(database, await database.ConnectAsync());
        await raw._insert.PrepareAsync();
        return raw;
    }

    /// <summary>Completes when the row is durable.</summary>
    public Task AppendAsync(long entity, long seq)
    {
        var row = new Row(entity, seq);
        lock (_gate)
        {
            _waiting.Add(row);
            if (_waiting.Count == 1 && _committing.IsCompleted)
            {
                _committing = CommitAllAsync();
            }
        }

        return row.Durable.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _committing;
        await _insert.DisposeAsync();
        await _connection.DisposeAsync();
        await _database.ExecuteAsync("DROP TABLE raw_events");
    }

    private async Task CommitAllAsync()
    {
        await Task.Yield();
        while (Take() is { Count: > 0 } rows)
        {
            ((NpgsqlParameter<long[]>)_insert.Parameters[0]).TypedValue = [.. rows.Select(row => row.Entity)];
            ((NpgsqlParameter<long[]>)_insert.Parameters[1]).TypedValue = [.. rows.Select(row => row.Seq)];
            ((NpgsqlParameter<long[]>)_insert.Parameters[2]).TypedValue = new long[rows.Count];
            ((NpgsqlParameter<byte[][]>)_insert.Parameters[3]).TypedValue = [.. Enumerable.Repeat(Payload, rows.Count)];
            await _insert.ExecuteNonQueryAsync();
            _rows += rows.Count;
            _commits++;
            rows.ForEach(row => row.Durable.SetResult());
        }
    }

    private List<Row> Take()
    {
        lock (_gate)
        {
            var rows = _waiting;
            if (rows.Count == 0)
            {
                // Whoever comes next starts anew: decided under the lock, so nobody waits for this one.
                _committing = Task.CompletedTask;
                return rows;
            }

            _waiting = [];
            return rows;
        }
    }

    private sealed record Row(long Entity, long Seq)
    {
        public TaskCompletionSource Durable { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
