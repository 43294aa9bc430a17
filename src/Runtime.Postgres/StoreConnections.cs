using System.Globalization;
using Npgsql;

namespace AkkaParty.Runtime.Postgres;

/// <summary>
/// The three kinds of connections. Commits and leases have connections of their own that are not pooled: a commit must never wait for
/// a reader's turn, and a lease is the session itself.
/// </summary>
internal sealed class StoreConnections : IAsyncDisposable
{
    // The plan of a commit must not depend on statistics: it probes indexes, always.
    private const string CommitSettings =
        " -c enable_seqscan=off -c enable_bitmapscan=off -c plan_cache_mode=force_generic_plan";

    // Whoever is stopped in the middle of something must not keep the others from their locks for long.
    private const string CommonSettings =
        " -c search_path=akkaparty -c jit=off -c idle_in_transaction_session_timeout=2000" +
        " -c tcp_keepalives_idle=2 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=3 -c tcp_user_timeout=5000";

    /// <summary>Reads the connection string; nothing is connected yet.</summary>
    /// <exception cref="ArgumentException">The connection string cannot be read.</exception>
    public StoreConnections(PostgresOptions options)
    {
        var timeout = (int)options.CommandTimeout.TotalMilliseconds;
        Commits = Build(options, "commits", options.CommandTimeout, settings =>
        {
            settings.Pooling = false;
            settings.WriteBufferSize = 64 * 1024;

            // The server gives up first, and says so: then nothing is in doubt.
            settings.Options += string.Create(
                CultureInfo.InvariantCulture, $"{CommitSettings} -c lock_timeout={timeout / 4} -c statement_timeout={timeout * 3 / 4}");
        });
        Leases = Build(options, "lease", options.HeartbeatTimeout, settings =>
        {
            settings.Pooling = false;
            settings.Timeout = (int)options.HeartbeatTimeout.TotalSeconds;

            // A heartbeat that is lost with the server is followed by the next one.
            settings.Options += " -c synchronous_commit=off";
        });
        Reads = Build(options, "store", options.CommandTimeout, settings =>
        {
            settings.MaxPoolSize = options.ConnectionsMax;
            settings.MinPoolSize = 0;
            settings.NoResetOnClose = true;
            settings.MaxAutoPrepare = 32;
            settings.AutoPrepareMinUsages = 2;
            settings.ReadBufferSize = 32 * 1024;
            settings.Options += string.Create(CultureInfo.InvariantCulture, $" -c lock_timeout={timeout / 4}");
        });
    }

    /// <summary>For commits.</summary>
    public NpgsqlDataSource Commits { get; }

    /// <summary>For one member's lease each.</summary>
    public NpgsqlDataSource Leases { get; }

    /// <summary>For everything else: pooled.</summary>
    public NpgsqlDataSource Reads { get; }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Commits.DisposeAsync();
        await Leases.DisposeAsync();
        await Reads.DisposeAsync();
    }

    private static NpgsqlDataSource Build(
        PostgresOptions options, string purpose, TimeSpan timeout, Action<NpgsqlConnectionStringBuilder> adjust)
    {
        var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString);
        settings.ApplicationName = $"{settings.ApplicationName ?? "akkaparty"} {purpose}";
        settings.Enlist = false;
        settings.Multiplexing = false;
        settings.Timeout = 3;
        settings.CommandTimeout = (int)timeout.TotalSeconds;

        // A call that took too long ends its connection: whatever it still does at the server is nobody's answer.
        settings.CancellationTimeout = -1;
        settings.Options += CommonSettings;
        adjust(settings);
        return new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
    }
}
