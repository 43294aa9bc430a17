using System.Diagnostics;
using System.Text;
using AkkaParty.Postgres.TestKit;
using AkkaParty.Runtime.Entities;
using AkkaParty.Runtime.Journal;
using Npgsql;

namespace AkkaParty.Runtime.Postgres.Tests;

/// <summary>An empty database per test, and a few verbs.</summary>
public abstract class PostgresTest : IAsyncLifetime
{
    private PostgresDatabase? _database;

    protected static TimeSpan Patience { get; } = TimeSpan.FromSeconds(30);

    protected PostgresDatabase Database => _database!;

    public async ValueTask InitializeAsync() => _database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected static EntityAddress Party(string id) => new("party", id);

    protected static AppendOperation Append(string id, long head, int count = 1, int payloadBytes = 20) => new()
    {
        Address = Party(id),
        ExpectedHead = head,
        Entries =
        [
            .. Enumerable.Range(1, count).Select(i => new JournalEntry(
                head + i, "test.happened.v1", Encoding.UTF8.GetBytes($"{id} {head + i}".PadRight(payloadBytes)), DateTimeOffset.UnixEpoch)),
        ],
    };

    protected static async Task<AppendOutcome> CommitAsync(PostgresStore store, AppendOperation operation)
    {
        await store.Journal.CommitAsync([operation], CancellationToken.None);
        return operation.Outcome;
    }

    protected static async Task<long[]> ReadAsync(PostgresStore store, string id)
    {
        var seqs = new List<long>();
        await store.Journal.ReadEntityAsync(Party(id), 0, entry => seqs.Add(entry.Seq), CancellationToken.None);
        return [.. seqs];
    }

    protected static async Task<List<JournalRecord>> ReadAllAsync(PostgresStore store, int page = 100)
    {
        var records = new List<JournalRecord>();
        while (await store.Journal.ReadAllAsync(records.LastOrDefault().Offset, page, CancellationToken.None) is { Count: > 0 } next)
        {
            records.AddRange(next);
        }

        return records;
    }

    /// <summary>Opens the store on this test's database.</summary>
    protected Task<PostgresStore> OpenAsync(int commandSeconds = 8, int orderMilliseconds = 500, string? connectionString = null) =>
        OpenOnAsync(connectionString ?? Database.ConnectionString, commandSeconds, orderMilliseconds);

    /// <summary>Opens the store on a database.</summary>
    protected static Task<PostgresStore> OpenOnAsync(string connectionString, int commandSeconds = 8, int orderMilliseconds = 500) =>
        PostgresStore.OpenAsync(new PostgresOptions
        {
            ConnectionString = connectionString,
            CommandTimeout = TimeSpan.FromSeconds(commandSeconds),
            OrderPatience = TimeSpan.FromMilliseconds(orderMilliseconds),
        });

    /// <summary>Locks an entity's head until the returned transaction ends.</summary>
    protected async Task<HeldLock> LockAsync(string id)
    {
        var connection = await Database.ConnectAsync();
        var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand(
            $"SELECT FROM heads WHERE entity = (SELECT key FROM entities WHERE id = '{id}') FOR UPDATE", connection);
        await command.ExecuteNonQueryAsync();
        return new HeldLock(connection, transaction);
    }

    /// <summary>Waits until some session of a kind waits for a lock.</summary>
    /// <returns>The session's process id.</returns>
    protected async Task<int> WaiterAsync()
    {
        await using var connection = await Database.ConnectAsync();
        var startedAt = Stopwatch.GetTimestamp();
        while (true)
        {
            await using var command = new NpgsqlCommand(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'", connection);
            if (await command.ExecuteScalarAsync() is int pid)
            {
                return pid;
            }

            (Stopwatch.GetElapsedTime(startedAt) < Patience).ShouldBeTrue("no session came to wait for a lock");
        }
    }

    protected sealed class HeldLock(NpgsqlConnection connection, NpgsqlTransaction transaction) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
