using System.Globalization;
using System.Reflection;
using AkkaParty.Runtime.Journal;
using Npgsql;

namespace AkkaParty.Runtime.Postgres;

/// <summary>The numbered scripts that make the schema. However many nodes start at once, each script runs once.</summary>
internal static class SchemaScripts
{
    /// <summary>The number this program knows the schema by: the last script's.</summary>
    public const int Version = 2;

    // "AKPY": the same space of advisory locks as the members', whose numbers are from 1.
    private const string LockSql = "SELECT pg_advisory_xact_lock(1095454809, 0)";

    /// <summary>Brings a new or older database to <see cref="Version"/>, all scripts or none.</summary>
    /// <exception cref="StoreStartException">The schema is newer than this program.</exception>
    public static async Task ApplyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (await ReadVersionAsync(connection, cancellationToken) == Version)
        {
            return;
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunAsync(connection, "SET LOCAL lock_timeout = 0", cancellationToken);
        await RunAsync(connection, LockSql, cancellationToken);
        var version = await ReadVersionAsync(connection, cancellationToken);
        if (version == 0)
        {
            await RunAsync(
                connection,
                "CREATE SCHEMA IF NOT EXISTS akkaparty; CREATE TABLE akkaparty.schema_versions " +
                "(version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT clock_timestamp())",
                cancellationToken);
        }

        for (var next = version + 1; next <= Version; next++)
        {
            await RunAsync(connection, await ReadScriptAsync(next, cancellationToken), cancellationToken);
            await RunAsync(
                connection,
                string.Create(CultureInfo.InvariantCulture, $"INSERT INTO schema_versions (version) VALUES ({next})"),
                cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<int> ReadVersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // Not by to_regclass: that may answer from what the session remembers of before it waited for the lock.
        await using var exists = new NpgsqlCommand(
            "SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = 'akkaparty' AND tablename = 'schema_versions')", connection);
        if (!(bool)(await exists.ExecuteScalarAsync(cancellationToken))!)
        {
            return 0;
        }

        await using var read = new NpgsqlCommand("SELECT coalesce(max(version), 0) FROM akkaparty.schema_versions", connection);
        var version = (int)(await read.ExecuteScalarAsync(cancellationToken))!;
        return version <= Version
            ? version
            : throw new StoreStartException(string.Create(
                CultureInfo.InvariantCulture,
                $"The database {connection.Database} was written by a newer AkkaParty (schema {version}, this one knows {Version}); " +
                $"start that version or a newer one."));
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 60 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<string> ReadScriptAsync(int number, CancellationToken cancellationToken)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = number.ToString("000_", CultureInfo.InvariantCulture);
        var name = assembly.GetManifestResourceNames().Single(n => n.StartsWith(prefix, StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return await reader.ReadToEndAsync(cancellationToken);
    }
}
