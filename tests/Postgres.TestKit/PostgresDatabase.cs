using Npgsql;

namespace AkkaParty.Postgres.TestKit;

/// <summary>A database of a test server.</summary>
public sealed class PostgresDatabase : IAsyncDisposable
{
    private readonly PostgresServer _server;

    internal PostgresDatabase(PostgresServer server, string name)
    {
        _server = server;
        Name = name;
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>How to connect to it.</summary>
    public string ConnectionString => _server.ConnectionString(Name);

    /// <summary>Connects, with a connection that ends when it is closed.</summary>
    /// <returns>The open connection.</returns>
    public async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(ConnectionString + ";Pooling=false;Search Path=akkaparty,public");
        try
        {
            await connection.OpenAsync();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs statements.</summary>
    /// <param name="sql">The statements.</param>
    /// <returns>A task that completes when they have run.</returns>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Reads one value.</summary>
    /// <param name="sql">The query.</param>
    /// <returns>The first column of its first row.</returns>
    public async Task<T> ReadAsync<T>(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Ends all its sessions and drops the store's schema; the next one who needs an empty database gets it.</summary>
    /// <returns>A task that completes when it is empty.</returns>
    public async ValueTask DisposeAsync()
    {
        await ExecuteAsync(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid(); " +
            "SET client_min_messages = warning; DROP SCHEMA IF EXISTS akkaparty CASCADE");
        _server.TakeBack(Name);
    }
}
