using AkkaParty.Bench.Runtime;

namespace AkkaParty.Bench.Rooms;

/// <summary>Makes rows durable, many rooms' in one commit, and nothing else.</summary>
internal interface IRowCommit
{
    /// <summary>Stores a room's next rows.</summary>
    /// <param name="room">The room's number, from 0.</param>
    /// <param name="first">The number of the first row.</param>
    /// <param name="count">How many.</param>
    /// <returns>Ends when they are durable.</returns>
    Task CommitAsync(int room, long first, int count);
}

/// <summary>On SQLite: one thread commits whatever waits.</summary>
internal sealed class SqliteRows : IRowCommit
{
    private readonly object _gate = new();
    private List<(long Key, int Count, TaskCompletionSource Done)> _waiting = [];
    private List<(long Key, int Count, TaskCompletionSource Done)> _taken = [];

    /// <param name="database">Used by its thread alone from now on, as long as the process lives.</param>
    public SqliteRows(RawSqlite database) => new Thread(() => Run(database)) { IsBackground = true }.Start();

    public Task CommitAsync(int room, long first, int count)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiting.Add((room + 1, count, done));
            Monitor.Pulse(_gate);
        }

        return done.Task;
    }

    private void Run(RawSqlite database)
    {
        while (true)
        {
            lock (_gate)
            {
                while (_waiting.Count == 0)
                {
                    Monitor.Wait(_gate);
                }

                (_waiting, _taken) = (_taken, _waiting);
            }

            database.Commit(_taken.SelectMany(rows => Enumerable.Repeat(rows.Key, rows.Count)));
            _taken.ForEach(rows => rows.Done.SetResult());
            _taken.Clear();
        }
    }
}

/// <summary>On PostgreSQL: one connection inserts whatever waits.</summary>
internal sealed class PostgresRows(RawPostgres raw) : IRowCommit
{
    public static async Task<PostgresRows> OpenAsync(string connectionString) => new(await RawPostgres.OpenAsync(connectionString));

    public Task CommitAsync(int room, long first, int count) =>
        count == 1
            ? raw.InsertAsync(room, first)
            : Task.WhenAll(Enumerable.Range(0, count).Select(row => raw.InsertAsync(room, first + row)));
}
