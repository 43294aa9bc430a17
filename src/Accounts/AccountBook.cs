using AkkaParty.Accounts.Passwords;
using AkkaParty.Accounts.Sessions;
using AkkaParty.Accounts.Storing;
using AkkaParty.Accounts.Storing.Postgres;
using AkkaParty.Accounts.Storing.Sqlite;
using AkkaParty.Accounts.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaParty.Accounts;

/// <summary>All accounts of a server or a cluster, and everything about them, over one database.</summary>
public sealed partial class AccountBook : IAsyncDisposable
{
    private static readonly TimeSpan CleaningInterval = TimeSpan.FromHours(1);

    private readonly IAccountDatabase _database;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly AccountMetrics _metrics = new();
    private readonly PasswordWork _passwords;
    private readonly LogInGuard _guard;
    private readonly SigningKeys _keys;
    private readonly RevocationWatch _watch;
    private readonly StoredAccounts _accounts;
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stopping = new();
    private Task? _cleaning;
    private bool _isDisposed;

    private AccountBook(AccountOptions options, IAccountDatabase database, TimeProvider time, ILogger logger)
    {
        _database = database;
        _time = time;
        _logger = logger;
        _passwords = new PasswordWork(options.PasswordIterations);
        _guard = new LogInGuard(database, _passwords, options, time);
        _keys = new SigningKeys(database, options, time, logger);
        _watch = new RevocationWatch(database, time, _metrics, logger);
        var tokens = new AccessTokens(_keys, options, time);
        var grants = new GrantCache(database, time);
        var sessions = new StoredSessions(database, tokens, _keys, grants, _watch, _metrics, time);
        var departures = new StoredDepartures(database);
        _accounts = new StoredAccounts(
            database, _passwords, _guard, _keys, tokens, grants, sessions, departures, options, _metrics, time);
        Departures = departures;
        Sessions = sessions;
        Friends = new StoredFriends(database, time);
        Playlists = new StoredPlaylists(database, time);
        Rates = new StoredRateWindows(database, _metrics, time, logger);
    }

    /// <summary>Accounts themselves.</summary>
    public IAccounts Accounts => _accounts;

    /// <summary>Sessions and access tokens.</summary>
    public ISessions Sessions { get; }

    /// <summary>Friendships.</summary>
    public IFriends Friends { get; }

    /// <summary>Saved playlists.</summary>
    public IPlaylists Playlists { get; }

    /// <summary>Sliding windows.</summary>
    public IRateWindows Rates { get; }

    /// <summary>Deleted accounts that others have yet to forget.</summary>
    public IDepartures Departures { get; }

    internal IAccountDatabase Database => _database;

    internal PasswordWork Passwords => _passwords;

    /// <summary>Puts everything together; the database is opened by <see cref="OpenAsync"/> or at the first call.</summary>
    /// <param name="options">How accounts work.</param>
    /// <param name="time">The time, the same on all nodes.</param>
    /// <param name="logger">Where it reports what goes wrong; null for nowhere.</param>
    /// <returns>The book.</returns>
    /// <exception cref="AccountsStartException">An option is out of its range, or the connection string cannot be read.</exception>
    public static AccountBook Create(AccountOptions options, TimeProvider time, ILogger<AccountBook>? logger = null)
    {
        CheckRange(options.AccessTokenLifetime, TimeSpan.FromMinutes(1), TimeSpan.FromDays(7), nameof(options.AccessTokenLifetime));
        CheckRange(options.RefreshTokenLifetime, TimeSpan.FromHours(1), TimeSpan.FromDays(90), nameof(options.RefreshTokenLifetime));
        CheckRange(options.SigningKeyLifetime, TimeSpan.FromDays(1), TimeSpan.FromDays(365), nameof(options.SigningKeyLifetime));
        CheckRange(options.LockoutMax, TimeSpan.FromSeconds(1), TimeSpan.FromHours(24), nameof(options.LockoutMax));
        CheckRange(options.PasswordIterations, 10_000, 10_000_000, nameof(options.PasswordIterations));
        CheckRange(options.FreeFailures, 1, 100, nameof(options.FreeFailures));
        IAccountDatabase database = options.Storage switch
        {
            AccountStorage.Sqlite sqlite => new SqliteAccountDatabase(sqlite),
            AccountStorage.Postgres postgres => new PostgresAccountDatabase(postgres, time),
            _ => throw new AccountsStartException("Accounts are stored in a file or in PostgreSQL."),
        };
        return new AccountBook(options, database, time, logger ?? NullLogger<AccountBook>.Instance);
    }

    /// <summary>
    /// Opens the database, makes or updates its tables, and deletes what has ended from now on, every hour. Calls find a database that was
    /// away by themselves, so that this need not be called again when it fails.
    /// </summary>
    /// <param name="cancellationToken">Stops opening.</param>
    /// <returns>A task that completes when the database can be used.</returns>
    /// <exception cref="AccountsUnavailableException">The database is away; try again.</exception>
    /// <exception cref="AccountsStartException">It can never be used; trying again is no use.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await _database.OpenAsync(cancellationToken);
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _cleaning ??= Task.Run(CleanAsync, CancellationToken.None);
            }
        }
    }

    /// <summary>Makes an account of any role: for the operator's command line.</summary>
    /// <param name="registration">Whose.</param>
    /// <param name="role">What it may do.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The account, or the faults of <see cref="IAccounts.RegisterAsync"/>.</returns>
    /// <exception cref="AccountsUnavailableException">The database is away.</exception>
    public Task<AccountAnswer<Account>> CreateAsync(Registration registration, AccountRole role, CancellationToken cancellationToken) =>
        _accounts.RegisterAsync(registration, role, cancellationToken);

    /// <summary>Ends what is under way and closes the database.</summary>
    /// <returns>A task that completes when it is closed.</returns>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
        }

        await _stopping.CancelAsync();
        await (_cleaning ?? Task.CompletedTask);
        await _watch.DisposeAsync();
        await _database.DisposeAsync();
        _keys.Dispose();
        _guard.Dispose();
        _passwords.Dispose();
        _metrics.Dispose();
        _stopping.Dispose();
    }

    internal static AccountBook Create(AccountOptions options, IServiceProvider provider) => Create(
        options, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<AccountBook>>());

    private static void CheckRange<T>(T value, T min, T max, string name)
        where T : IComparable<T>
    {
        if (value.CompareTo(min) < 0 || value.CompareTo(max) > 0)
        {
            throw new AccountsStartException(FormattableString.Invariant($"{name} must be from {min} to {max}, but is {value}."));
        }
    }

    private async Task CleanAsync()
    {
        using var timer = new PeriodicTimer(CleaningInterval, _time);
        try
        {
            do
            {
                try
                {
                    await _database.WriteAsync(
                        "Deleting what has ended", db => Cleaning.RunAsync(db, Instants.Now(_time)), _stopping.Token);
                }
                catch (Exception error) when (error is AccountsUnavailableException or AccountsStartException)
                {
                    LogNotCleaned(error.Message);
                }
            }
            while (await timer.WaitForNextTickAsync(_stopping.Token));
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The node stops.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What has ended could not be deleted; it will be tried again: {Reason}")]
    private partial void LogNotCleaned(string reason);
}
