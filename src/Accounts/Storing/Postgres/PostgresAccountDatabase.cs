using System.Globalization;
using System.Net.Sockets;
using Npgsql;

namespace AkkaParty.Accounts.Storing.Postgres;

/// <summary>The database that a cluster shares. It may be away at any time, from the start on: then every call says so, at once.</summary>
internal sealed class PostgresAccountDatabase : IAccountDatabase
{
    private const int TriesMax = 4;

    // The same space of advisory locks as the nodes' own, whose numbers are from 0.
    private const string LockSql = "SELECT pg_advisory_xact_lock(1095454809, -1)";

    // Whoever is stopped in the middle of something must not hold the journal's readers back.
    private const string Settings =
        " -c search_path=akkaparty -c jit=off -c idle_in_transaction_session_timeout=5000 -c lock_timeout=2000"
        + " -c statement_timeout=6000"
        + " -c tcp_keepalives_idle=2 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=3 -c tcp_user_timeout=5000";

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _opening = new(1, 1);
    private readonly NpgsqlDataSource _source;
    private readonly TimeProvider _time;
    private volatile bool _isOpen;
    private (long At, AccountsUnavailableException Error)? _lastFailure;

    /// <summary>Reads the connection string; nothing is connected yet.</summary>
    /// <exception cref="AccountsStartException">It cannot be read.</exception>
    public PostgresAccountDatabase(AccountStorage.Postgres storage, TimeProvider time)
    {
        _time = time;
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(storage.ConnectionString);
            settings.ApplicationName = $"{settings.ApplicationName ?? "akkaparty"} accounts";
            settings.Enlist = false;
            settings.Multiplexing = false;
            settings.Timeout = 3;
            settings.CommandTimeout = 8;
            settings.CancellationTimeout = -1;
            settings.MaxPoolSize = storage.ConnectionsMax;
            settings.MinPoolSize = 0;
            settings.NoResetOnClose = true;
            settings.MaxAutoPrepare = 64;
            settings.AutoPrepareMinUsages = 2;
            settings.Options += Settings;
            _source = new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
        }
        catch (Exception error) when (error is ArgumentException or FormatException or NotSupportedException)
        {
            throw new AccountsStartException($"The connection string for PostgreSQL cannot be read ({error.Message}).", error);
        }
    }

    /// <inheritdoc />
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (_isOpen)
        {
            return;
        }

        await _opening.WaitAsync(cancellationToken);
        try
        {
            if (_isOpen)
            {
                return;
            }

            if (_lastFailure is { } last && _time.GetElapsedTime(last.At) < Pause)
            {
                throw new AccountsUnavailableException(last.Error.Message, last.Error);
            }

            await using var connection = await _source.OpenConnectionAsync(cancellationToken);
            await ApplyAsync(connection, cancellationToken);
            _isOpen = true;
            _lastFailure = null;
        }
        catch (Exception error) when (IsDatabases(error))
        {
            if (Misconfiguration(error) is { } reason)
            {
                throw new AccountsStartException($"The accounts' database cannot be opened: {reason}.", error);
            }

            var away = Away("Opening the accounts' database", error);
            _lastFailure = (_time.GetTimestamp(), away);
            throw away;
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <inheritdoc />
    public async Task<T> ReadAsync<T>(string what, Func<DatabaseCall, Task<T>> read, CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken);
        try
        {
            await using var connection = await _source.OpenConnectionAsync(cancellationToken);
            return await read(new DatabaseCall(connection, null, string.Empty, cancellationToken));
        }
        catch (Exception error) when (IsDatabases(error))
        {
            throw Away(what, error);
        }
    }

    /// <inheritdoc />
    public async Task<T> WriteAsync<T>(string what, Func<DatabaseCall, Task<T>> write, CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken);
        for (var tries = 1; ; tries++)
        {
            try
            {
                await using var connection = await _source.OpenConnectionAsync(cancellationToken);
                await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
                var result = await write(new DatabaseCall(connection, transaction, " FOR UPDATE", cancellationToken));
                await transaction.CommitAsync(CancellationToken.None);
                return result;
            }
            catch (PostgresException error) when (tries < TriesMax && IsLostRace(error))
            {
                // The server has undone it; whoever was faster is done now.
            }
            catch (Exception error) when (IsDatabases(error))
            {
                throw Away(what, error);
            }
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        _opening.Dispose();
    }

    private static bool IsDatabases(Exception error) =>
        error is NpgsqlException or TimeoutException or IOException or SocketException or ObjectDisposedException;

    private static bool IsLostRace(PostgresException error) => error.SqlState
        is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.UniqueViolation;

    private static AccountsUnavailableException Away(string what, Exception error)
    {
        var reason = error is PostgresException postgres
            ? $"{postgres.MessageText} ({postgres.SqlState})"
            : error.InnerException is { } inner ? $"{error.Message}: {inner.Message}" : error.Message;
        return new AccountsUnavailableException($"{what} failed: {reason.ReplaceLineEndings(" ")}", error);
    }

    private static string? Misconfiguration(Exception error) => (error as PostgresException)?.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            "the server refuses the user or the password",
        PostgresErrorCodes.InvalidCatalogName => "the database does not exist",
        PostgresErrorCodes.InsufficientPrivilege => "the user may not create or use the schema akkaparty",
        _ => null,
    };

    private static async Task ApplyAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (await VersionAsync(connection, cancellationToken) == Scripts.Version)
        {
            return;
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunAsync(connection, "SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0", cancellationToken);
        await RunAsync(connection, LockSql, cancellationToken);
        var version = await VersionAsync(connection, cancellationToken);
        if (version == 0)
        {
            await RunAsync(
                connection,
                "CREATE SCHEMA IF NOT EXISTS akkaparty; CREATE TABLE akkaparty.account_schema_versions "
                + "(version integer PRIMARY KEY, applied_at timestamptz NOT NULL DEFAULT clock_timestamp())",
                cancellationToken);
        }

        for (var next = version + 1; next <= Scripts.Version; next++)
        {
            await RunAsync(connection, Scripts.Read("postgres", next), cancellationToken);
            await RunAsync(
                connection,
                string.Create(CultureInfo.InvariantCulture, $"INSERT INTO account_schema_versions (version) VALUES ({next})"),
                cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<int> VersionAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var exists = new NpgsqlCommand(
            "SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = 'akkaparty' AND tablename = 'account_schema_versions')", connection);
        if (!(bool)(await exists.ExecuteScalarAsync(cancellationToken))!)
        {
            return 0;
        }

        await using var read = new NpgsqlCommand("SELECT coalesce(max(version), 0) FROM akkaparty.account_schema_versions", connection);
        var version = (int)(await read.ExecuteScalarAsync(cancellationToken))!;
        return version <= Scripts.Version ? version : throw Scripts.Newer($"the database {connection.Database}", version);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 60 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
