using AkkaParty.Postgres.TestKit;
using Npgsql;
using NpgsqlTypes;

namespace AkkaParty.Bench.Runtime;

/// <summary>Group commit and nothing else: rows that wait go into one prepared insert; their callers go on when it is durable.</summary>
internal sealed class RawPostgres : IAsyncDisposable
{
    private const string TableSql =
        "CREATE SCHEMA akkaparty; CREATE TABLE akkaparty.raw (entity bigint, seq bigint, at bigint, manifest integer, payload bytea, " +
        "command_session uuid, command_number bigint, reply_manifest integer, reply bytea, UNIQUE (entity, seq))";

    private static readonly byte[] Payload = new byte[32];
    private static readonly byte[] Reply = new byte[10];

    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _command;
    private readonly Lock _gate = new();
    private readonly Guid _session = Guid.NewGuid();
    private readonly List<long> _entities = [];
    private readonly List<long> _seqs = [];
    private readonly List<long> _ats = [];
    private readonly List<int> _manifests = [];
    private readonly List<byte[]> _payloads = [];
    private readonly List<Guid> _sessions = [];
    private readonly List<long> _numbers = [];
    private readonly List<int> _replyManifests = [];
    private readonly List<byte[]> _replies = [];
    private List<(long Entity, long Seq, TaskCompletionSource Done)> _waiting = [];
    private List<(long Entity, long Seq, TaskCompletionSource Done)> _taken = [];
    private bool _running;

    private RawPostgres(NpgsqlConnection connection)
    {
        _connection = connection;
        _command = new NpgsqlCommand(
            "INSERT INTO raw SELECT unnest($1), unnest($2), unnest($3), unnest($4), unnest($5), unnest($6), unnest($7), unnest($8), " +
            "unnest($9)",
            connection);
        Bind(_entities, NpgsqlDbType.Bigint);
        Bind(_seqs, NpgsqlDbType.Bigint);
        Bind(_ats, NpgsqlDbType.Bigint);
        Bind(_manifests, NpgsqlDbType.Integer);
        Bind(_payloads, NpgsqlDbType.Bytea);
        Bind(_sessions, NpgsqlDbType.Uuid);
        Bind(_numbers, NpgsqlDbType.Bigint);
        Bind(_replyManifests, NpgsqlDbType.Integer);
        Bind(_replies, NpgsqlDbType.Bytea);
    }

    public static Task<RawPostgres> OpenAsync(PostgresDatabase database) => OpenAsync(database.ConnectionString);

    public static async Task<RawPostgres> OpenAsync(string connectionString)
    {
        var connection = new NpgsqlConnection(connectionString + ";Pooling=false;Search Path=akkaparty,public");
        await connection.OpenAsync();
        await using (var table = new NpgsqlCommand(TableSql, connection))
        {
            await table.ExecuteNonQueryAsync();
        }

        var raw = new RawPostgres(connection);
        await raw._command.PrepareAsync();
        return raw;
    }

    /// <summary>Inserts one row together with whatever else waits.</summary>
    public Task InsertAsync(long entity, long seq)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Add((entity, seq, done));
            if (_running)
            {
                return done.Task;
            }

            _running = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static raw => _ = raw.RunAsync(), this, preferLocal: false);
        return done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _command.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private void Bind<T>(List<T> values, NpgsqlDbType type) =>
        _command.Parameters.Add(new NpgsqlParameter<List<T>> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type });

    private async Task RunAsync()
    {
        while (Take())
        {
            try
            {
                await _command.ExecuteNonQueryAsync();
                _taken.ForEach(row => row.Done.SetResult());
            }
            catch (Exception error)
            {
                _taken.ForEach(row => row.Done.SetException(error));
            }
        }
    }

    private bool Take()
    {
        lock (_gate)
        {
            if (_waiting.Count == 0)
            {
                _running = false;
                return false;
            }

            _taken.Clear();
            (_waiting, _taken) = (_taken, _waiting);
        }

        Clear();
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        foreach (var (entity, seq, _) in _taken)
        {
            _entities.Add(entity);
            _seqs.Add(seq);
            _ats.Add(now);
            _manifests.Add(1);
            _payloads.Add(Payload);
            _sessions.Add(_session);
            _numbers.Add(seq);
            _replyManifests.Add(2);
            _replies.Add(Reply);
        }

        return true;
    }

    private void Clear()
    {
        _entities.Clear();
        _seqs.Clear();
        _ats.Clear();
        _manifests.Clear();
        _payloads.Clear();
        _sessions.Clear();
        _numbers.Clear();
        _replyManifests.Clear();
        _replies.Clear();
    }
}
