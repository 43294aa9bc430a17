using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AkkaParty.Accounts.Storing.Sqlite;

/// <summary>
/// A file of its own. One connection writes, one transaction at a time, and carries the write-ahead log over; others only read.
/// </summary>
internal sealed class SqliteAccountDatabase : IAccountDatabase
{
    /// <summary>The file's name in the data directory.</summary>
    public const string FileName = "accounts.db";

    // "AKPA", in SQLite's header.
    private const int ApplicationId = 0x414B5041;

    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly AccountStorage.Sqlite _storage;
    private readonly string _readers;
    private SqliteConnection? _writer;
    private volatile bool _isOpen;
    private bool _isDisposed;

    static SqliteAccountDatabase() => Batteries_V2.Init();

    public SqliteAccountDatabase(AccountStorage.Sqlite storage)
    {
        _storage = storage;
        Path = System.IO.Path.Combine(System.IO.Path.GetFullPath(storage.DataDirectory), FileName);
        _readers = new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = true,
            DefaultTimeout = 5,
        }.ConnectionString;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <inheritdoc />
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (!_isOpen)
        {
            await _writing.WaitAsync(cancellationToken);
            try
            {
                Open();
            }
            finally
            {
                _writing.Release();
            }
        }
    }

    /// <inheritdoc />
    public async Task<T> ReadAsync<T>(string what, Func<DatabaseCall, Task<T>> read, CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken);
        try
        {
            await using var connection = new SqliteConnection(_readers);
            await connection.OpenAsync(cancellationToken);
            return await read(new DatabaseCall(connection, null, string.Empty, cancellationToken));
        }
        catch (SqliteException error)
        {
            throw Away(what, error);
        }
    }

    /// <inheritdoc />
    public async Task<T> WriteAsync<T>(string what, Func<DatabaseCall, Task<T>> write, CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken);
        await _writing.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);

            // Not deferred: another process may write as well, and a transaction that began by reading could not go on.
            await using var transaction = _writer!.BeginTransaction(deferred: false);
            var result = await write(new DatabaseCall(_writer, transaction, string.Empty, cancellationToken));
            await transaction.CommitAsync(CancellationToken.None);
            return result;
        }
        catch (SqliteException error)
        {
            throw Away(what, error);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _writing.WaitAsync();
        try
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                using (var pooled = new SqliteConnection(_readers))
                {
                    SqliteConnection.ClearPool(pooled);
                }

                _writer?.Dispose();
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    private static AccountsUnavailableException Away(string what, SqliteException error) =>
        new($"{what} failed: {error.Message.ReplaceLineEndings(" ")}", error);

    private void Open()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_isOpen)
        {
            return;
        }

        SqliteConnection? writer = null;
        try
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
            writer = new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = Path,
                Mode = SqliteOpenMode.ReadWriteCreate,
                Pooling = false,
                DefaultTimeout = 5,
            }.ConnectionString);
            writer.Open();
            Prepare(writer);
            _writer = writer;
            _isOpen = true;
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException or AccountsStartException)
        {
            writer?.Dispose();
            throw error switch
            {
                AccountsStartException => error,
                SqliteException { SqliteErrorCode: raw.SQLITE_BUSY or raw.SQLITE_LOCKED } busy => Away("Opening the accounts", busy),
                _ => new AccountsStartException(
                    $"The accounts in {Path} cannot be opened ({error.Message.ReplaceLineEndings(" ")}); nothing was changed.", error),
            };
        }
    }

    private void Prepare(SqliteConnection writer)
    {
        var applicationId = Number(writer, "PRAGMA application_id");
        var version = Number(writer, "PRAGMA user_version");
        if (applicationId != ApplicationId && (applicationId != 0 || Number(writer, "SELECT count(*) FROM sqlite_master") != 0))
        {
            throw new AccountsStartException(
                $"The file {Path} belongs to another program; move it away or choose another data directory.");
        }

        if (version > Scripts.Version)
        {
            throw Scripts.Newer(Path, version);
        }

        Run(writer, _storage.SurvivesPowerLoss ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
        Run(writer, "PRAGMA journal_mode = WAL");

        // The engine's log may break when several connections carry it over: a visitor leaves that to the server.
        Run(writer, _storage.IsVisitor ? "PRAGMA wal_autocheckpoint = 0" : "PRAGMA wal_autocheckpoint = 1000");
        if (version == Scripts.Version)
        {
            return;
        }

        using var transaction = writer.BeginTransaction(deferred: false);
        for (var next = (int)Number(writer, "PRAGMA user_version") + 1; next <= Scripts.Version; next++)
        {
            Run(writer, Scripts.Read("sqlite", next));
        }

        Run(writer, string.Create(
            CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Scripts.Version}"));
        transaction.Commit();
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Our own scripts and pragmas; nothing of it comes from outside.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Our own queries; nothing of it comes from outside.
        command.CommandText = sql;
#pragma warning restore CA2100
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }
}
