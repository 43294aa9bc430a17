using System.Net.Sockets;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Membership;
using AkkaParty.Runtime.Postgres.Committing;
using AkkaParty.Runtime.Postgres.Reading;
using AkkaParty.Runtime.Projections;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace AkkaParty.Runtime.Postgres;

/// <summary>
/// The store of a cluster: a PostgreSQL database that all its nodes share. Everything is in the schema <c>akkaparty</c>. Each node
/// has its commits and its lease on connections of their own, and a small pool for the rest.
/// </summary>
public sealed partial class PostgresStore : IAsyncDisposable
{
    private static readonly TimeSpan LeavePatience = TimeSpan.FromSeconds(2);

    private readonly StoreConnections _connections;
    private readonly Committer _committer;
    private readonly PostgresLeaseStore _leases;
    private readonly OrderLag _lag = new();
    private readonly ManifestTable _manifests;
    private readonly ILogger _logger;
    private bool _disposed;

    private PostgresStore(PostgresOptions options, ILogger logger)
    {
        _logger = logger;
        _connections = new StoreConnections(options);
        _manifests = new ManifestTable(_connections.Reads);
        var keys = new EntityKeys();
        var calls = new ReadCalls(_connections.Reads);
        _committer = new Committer(_connections, options, keys, _manifests, logger);
        _leases = new PostgresLeaseStore(_connections, calls);
        Journal = new PostgresJournal(_committer, calls, new EventQueries(keys, _manifests), _lag, options);
        Snapshots = new PostgresSnapshotStore(calls);
        Projections = new PostgresProjectionStore(calls);
    }

    /// <summary>The journal. It ends with the store.</summary>
    public IJournal Journal { get; }

    /// <summary>The snapshots.</summary>
    public ISnapshotStore Snapshots { get; }

    /// <summary>Members and shard homes.</summary>
    public ILeaseStore Leases => _leases;

    /// <summary>The read models.</summary>
    public IProjectionStore Projections { get; }

    internal OrderLag Lag => _lag;

    /// <summary>
    /// Opens the store, and brings its schema to this program's version. Many nodes may do so at once. A database that is away is an
    /// answer at once: whoever wants to wait for it calls again.
    /// </summary>
    /// <param name="options">How it works.</param>
    /// <param name="logger">Where it reports what goes wrong; null for nowhere.</param>
    /// <param name="cancellationToken">Stops opening.</param>
    /// <returns>The open store.</returns>
    /// <exception cref="JournalUnavailableException">The database is away; try again.</exception>
    /// <exception cref="StoreStartException">
    /// The options, the connection string or the server cannot do, or the database is newer than this program: trying again is no use.
    /// </exception>
    public static async Task<PostgresStore> OpenAsync(
        PostgresOptions options, ILogger<PostgresStore>? logger = null, CancellationToken cancellationToken = default)
    {
        CheckOptions(options);
        PostgresStore store;
        try
        {
            store = new PostgresStore(options, logger ?? NullLogger<PostgresStore>.Instance);
        }
        catch (Exception error) when (error is ArgumentException or FormatException or NotSupportedException)
        {
            throw new StoreStartException($"The connection string for PostgreSQL cannot be read ({error.Message}).", error);
        }

        try
        {
            await store.StartAsync(cancellationToken);
            return store;
        }
        catch (Exception error)
        {
            await store.DisposeAsync();
            if (PostgresFailure.Misconfiguration(error) is { } reason)
            {
                throw new StoreStartException($"The PostgreSQL database cannot be opened: {reason}.", error);
            }

            if (PostgresFailure.IsStores(error) || error is SocketException)
            {
                throw PostgresFailure.Translate("Opening the PostgreSQL database", error);
            }

            throw;
        }
    }

    /// <summary>Ends what is under way, and lets members go that have not left by themselves.</summary>
    /// <returns>A task that completes when all connections are closed.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
        {
            return;
        }

        await LeaveAsync();
        await _leases.DisposeAsync();
        await _committer.DisposeAsync();
        await _connections.DisposeAsync();
        _lag.Dispose();
    }

    private static void CheckOptions(PostgresOptions options)
    {
        CheckRange(options.CommitOperationsMax, 1, 10_000, nameof(options.CommitOperationsMax));
        CheckRange(options.CommitsMax, 1, 16, nameof(options.CommitsMax));
        CheckRange(options.ConnectionsMax, 1, 100, nameof(options.ConnectionsMax));
        CheckRange(options.CommandTimeout.TotalSeconds, 2, 60, nameof(options.CommandTimeout));
        CheckRange(options.HeartbeatTimeout.TotalSeconds, 1, 10, nameof(options.HeartbeatTimeout));
    }

    private static void CheckRange(double value, int min, int max, string name)
    {
        if (value < min || value > max || value != Math.Truncate(value))
        {
            throw new StoreStartException($"{name} must be a whole number from {min} to {max}, but is {value}.");
        }
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        await using (var connection = await _connections.Reads.OpenConnectionAsync(cancellationToken))
        {
            await SchemaScripts.ApplyAsync(connection, cancellationToken);
            await ServerChecks.CheckContentAsync(connection, cancellationToken);
        }

        var session = await _committer.OpenAsync(cancellationToken);
        await ServerChecks.CheckSessionAsync(session.Connection, _logger, cancellationToken);
        await _manifests.LoadAsync(cancellationToken);
    }

    private async Task LeaveAsync()
    {
        using var patience = new CancellationTokenSource(LeavePatience);
        foreach (var node in _leases.Joined)
        {
            try
            {
                await _leases.LeaveAsync(node, patience.Token);
            }
            catch (Exception error) when (error is JournalUnavailableException or OperationCanceledException)
            {
                LogNotLeft(node.Name, error.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Node} could not leave the cluster, the others will find out: {Reason}")]
    private partial void LogNotLeft(string node, string reason);
}
