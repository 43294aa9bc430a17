using System.Globalization;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Sharding;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AkkaParty.Runtime.Postgres;

/// <summary>What a server must be like for the store to keep its promises.</summary>
internal static partial class ServerChecks
{
    private const int OldestServer = 14;

    private const string Sql =
        "SELECT pg_backend_pid(), current_setting('synchronous_commit'), current_setting('fsync'), pg_is_in_recovery(), " +
        "current_setting('server_encoding')";

    /// <summary>Looks at a session as commits use it.</summary>
    /// <exception cref="StoreStartException">The store could not keep its promises on this server.</exception>
    public static async Task CheckSessionAsync(NpgsqlConnection connection, ILogger logger, CancellationToken cancellationToken)
    {
        if (connection.PostgreSqlVersion.Major < OldestServer)
        {
            throw new StoreStartException(string.Create(
                CultureInfo.InvariantCulture,
                $"PostgreSQL {connection.PostgreSqlVersion} is too old: the store needs version {OldestServer} or newer."));
        }

        await using var command = new NpgsqlCommand(Sql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        if (reader.GetInt32(0) != connection.ProcessID)
        {
            throw new StoreStartException(
                "A connection pooler stands between this node and PostgreSQL; the store needs a direct connection, " +
                "because members are known by their sessions.");
        }

        if (reader.GetString(1) == "off")
        {
            throw new StoreStartException(
                "PostgreSQL's synchronous_commit is off for this user or database; acknowledged commands could be lost. Turn it on.");
        }

        if (reader.GetBoolean(3))
        {
            throw new StoreStartException("The PostgreSQL server is a read-only standby; connect to the primary.");
        }

        if (reader.GetString(4) != "UTF8")
        {
            throw new StoreStartException(
                $"The database {connection.Database} has the encoding {reader.GetString(4)}; create it with UTF8.");
        }

        if (reader.GetString(2) == "off")
        {
            LogNoFsync(logger);
        }
    }

    /// <summary>Looks at what is stored.</summary>
    /// <exception cref="StoreStartException">The data was written with another number of shards.</exception>
    public static async Task CheckContentAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT shards FROM cluster", connection);
        var shards = await command.ExecuteScalarAsync(cancellationToken);
        if (shards is not ShardId.Count)
        {
            throw new StoreStartException(string.Create(
                CultureInfo.InvariantCulture,
                $"The database {connection.Database} was made for {shards} shards and this program has {ShardId.Count}; " +
                $"it belongs to another version of AkkaParty."));
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "PostgreSQL runs with fsync off: acknowledged commands are lost with the power")]
    private static partial void LogNoFsync(ILogger logger);
}
