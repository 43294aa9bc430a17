using System.Data;
using Npgsql;

namespace AkkaParty.Runtime.Postgres.Committing;

/// <summary>A connection that only commits, with the one statement it runs prepared.</summary>
internal sealed class CommitSession : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly NpgsqlCommand _command;

    private CommitSession(NpgsqlConnection connection)
    {
        _connection = connection;
        _command = new NpgsqlCommand(CommitArguments.Sql, connection);
    }

    public CommitBatch Batch { get; } = new();

    public NpgsqlConnection Connection => _connection;

    /// <summary>False once the connection is known to be broken; an error that was answered may have been the last answer.</summary>
    public bool IsOpen => _connection.State == ConnectionState.Open;

    /// <summary>Connects and prepares. What is added to transaction numbers holds for as long as the session does.</summary>
    public static async Task<CommitSession> OpenAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        var session = new CommitSession(await database.OpenConnectionAsync(cancellationToken));
        try
        {
            await using var read = new NpgsqlCommand("SELECT journal_base()", session._connection);
            session.Batch.Arguments.BindTo(session._command, (long)(await read.ExecuteScalarAsync(cancellationToken))!);
            await session._command.PrepareAsync(cancellationToken);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs the statement with the batch's arguments, and reads the answer to its end: only then it is committed.</summary>
    public async ValueTask<(long[]? Lost, long[]? Stale, int[]? Present)> ExecuteAsync(CancellationToken cancellationToken)
    {
        await using var reader = await _command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        var answer = Read(reader);
        await reader.NextResultAsync(cancellationToken);
        return answer;
    }

    private static (long[]? Lost, long[]? Stale, int[]? Present) Read(NpgsqlDataReader reader) => (
        reader.IsDBNull(0) ? null : reader.GetFieldValue<long[]>(0),
        reader.IsDBNull(1) ? null : reader.GetFieldValue<long[]>(1),
        reader.IsDBNull(2) ? null : reader.GetFieldValue<int[]>(2));

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _command.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
