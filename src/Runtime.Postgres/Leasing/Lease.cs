using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Membership;
using Npgsql;
using NpgsqlTypes;

namespace AkkaParty.Runtime.Postgres.Leasing;

/// <summary>
/// One member's session, whose advisory lock shows the others that it lives. The lock is a shared one: after a connection was lost
/// the next one takes it at once, even while the server still believes in the first.
/// </summary>
internal sealed class Lease(NpgsqlDataSource database, string name, long incarnation) : IAsyncDisposable
{
    private const string LockSql = "SELECT pg_advisory_lock_shared(1095454809, $1)";
    private const string BeatSql =
        "SELECT version, store_time, name, incarnation, counter, clock_offset, has_gone FROM member_heartbeat($1, $2, $3)";

    private readonly SemaphoreSlim _gate = new(1);
    private readonly NpgsqlParameter<long> _clusterTime = new() { NpgsqlDbType = NpgsqlDbType.Bigint };
    private NpgsqlConnection? _connection;
    private NpgsqlCommand? _beat;
    private bool _ended;

    /// <summary>Connects and takes the lock.</summary>
    /// <exception cref="JournalUnavailableException">The database is away.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken) =>
        await RunAsync("Joining the cluster", static (lease, token) => lease.ConnectAsync(token), cancellationToken);

    /// <summary>Beats once, on a new connection if the last one broke.</summary>
    /// <param name="clusterTime">What the member takes the cluster's time to be.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The cluster's pulse, or null when this run is not a member.</returns>
    /// <exception cref="JournalUnavailableException">The database is away.</exception>
    public async Task<Pulse?> BeatAsync(DateTimeOffset clusterTime, CancellationToken cancellationToken) => await RunAsync(
        "The heartbeat",
        async (lease, token) =>
        {
            var command = lease._beat ?? await lease.ConnectAsync(token);
            lease._clusterTime.TypedValue = UnixTime.ToMicroseconds(clusterTime);
            return await ReadAsync(command, token);
        },
        cancellationToken);

    /// <summary>Ends the session, and the lock with it.</summary>
    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync();
        try
        {
            _ended = true;
            await DisconnectAsync();
        }
        finally
        {
            _gate.Release();
        }
    }

    private static async Task<Pulse?> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var members = new List<MemberPulse>();
        long version = 0;
        long storeTime = 0;
        await using (var reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                (version, storeTime) = (reader.GetInt64(0), reader.GetInt64(1));
                members.Add(ClusterRows.Pulse(reader, 2));
            }
        }

        return members.Count == 0 ? null : new Pulse(version, UnixTime.FromMicroseconds(storeTime), members);
    }

    private async Task<T> RunAsync<T>(
        string what, Func<Lease, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        var done = false;
        try
        {
            if (_ended)
            {
                throw new JournalUnavailableException($"{what} failed: the store is closed or the member has left");
            }

            var result = await call(this, cancellationToken);
            done = true;
            return result;
        }
        catch (Exception error) when (PostgresFailure.IsStores(error))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw PostgresFailure.Translate(what, error);
        }
        finally
        {
            if (!done)
            {
                await DisconnectAsync();
            }

            _gate.Release();
        }
    }

    private async Task<NpgsqlCommand> ConnectAsync(CancellationToken cancellationToken)
    {
        _connection = await database.OpenConnectionAsync(cancellationToken);
        await using (var take = new NpgsqlCommand(LockSql, _connection))
        {
            take.Parameters.Add(new NpgsqlParameter<int> { TypedValue = checked((int)incarnation) });
            await take.ExecuteNonQueryAsync(cancellationToken);
        }

        _beat = new NpgsqlCommand(BeatSql, _connection);
        _beat.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name, NpgsqlDbType = NpgsqlDbType.Text });
        _beat.Parameters.Add(new NpgsqlParameter<long> { TypedValue = incarnation, NpgsqlDbType = NpgsqlDbType.Bigint });
        _beat.Parameters.Add(_clusterTime);
        await _beat.PrepareAsync(cancellationToken);
        return _beat;
    }

    private async Task DisconnectAsync()
    {
        if (_beat is not null)
        {
            _beat.Parameters.Clear();
            await _beat.DisposeAsync();
            _beat = null;
        }

        if (_connection is not null)
        {
            await _connection.DisposeAsync();
            _connection = null;
        }
    }
}
