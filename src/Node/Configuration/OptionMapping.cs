using AkkaParty.Catalog;
using AkkaParty.Http;
using AkkaParty.Node.Enrichment;
using AkkaParty.Node.Hosting;
using AkkaParty.Protocol.Parties;
using AkkaParty.Runtime;
using AkkaParty.Runtime.Postgres;
using AkkaParty.Runtime.Projections;
using AkkaParty.Runtime.Sqlite;

namespace AkkaParty.Node.Configuration;

/// <summary>Hands each part of the server its share of the configuration.</summary>
internal static class OptionMapping
{
    /// <summary>The runtime's share.</summary>
    public static RuntimeOptions ToRuntime(this NodeOptions options) => new()
    {
        NodeName = options.NameInCluster(),
        LeaseDuration = TimeSpan.FromSeconds(options.Cluster.LeaseSeconds),
        HeartbeatInterval = TimeSpan.FromMilliseconds(options.Cluster.HeartbeatMilliseconds),
        MailboxMax = options.Runtime.MailboxMax,
        ShardBufferMax = options.Runtime.ShardBufferMax,
        AskTimeout = TimeSpan.FromSeconds(options.Runtime.AskTimeoutSeconds),
    };

    /// <summary>This node's name among the members.</summary>
    public static string NameInCluster(this NodeOptions options)
    {
        if (options.Cluster.NodeName.Length > 0)
        {
            return options.Cluster.NodeName;
        }

        return options.Cluster.Listen.Length == 0 ? new RuntimeOptions().NodeName : MachineName();
    }

    /// <summary>Where everything is stored, for people; nothing of it is secret.</summary>
    public static string StoreShown(this NodeOptions options) =>
        options.Store.IsPostgres() && PostgresDatabase.TryParse(options.Store.ConnectionString, out var database)
            ? "PostgreSQL at " + database.Shown
            : Path.GetFullPath(options.DataDirectory);

    /// <summary>How long the steps of a stop may take: half of it is for what is under way, the rest for connections.</summary>
    public static HostTimes ToHostTimes(this NodeOptions options)
    {
        var half = TimeSpan.FromSeconds(Math.Max(1, options.ShutdownSeconds / 2));
        var notReady = options.Cluster.Listen.Length == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(options.Cluster.NotReadySeconds);
        return new HostTimes(half, notReady, half);
    }

    /// <summary>How projections follow. A database may be written by other nodes, which do not say so.</summary>
    public static ProjectionOptions ToProjections(this NodeOptions options)
    {
        var projections = new ProjectionOptions();
        if (options.Store.IsPostgres())
        {
            projections.PollInterval = TimeSpan.FromSeconds(1);
        }

        return projections;
    }

    /// <summary>The embedded store's share.</summary>
    public static SqliteOptions ToSqlite(this NodeOptions options) => new()
    {
        DataDirectory = options.DataDirectory,
        Synchronous = options.Store.Synchronous == StoreSynchronous.Full ? SqliteSynchronous.Full : SqliteSynchronous.Normal,
    };

    /// <summary>The database's share.</summary>
    public static PostgresOptions ToPostgres(this NodeOptions options)
    {
        // Checked when the configuration was read.
        _ = PostgresDatabase.TryParse(options.Store.ConnectionString, out var database);
        return new PostgresOptions { ConnectionString = database.ConnectionString };
    }

    /// <summary>The film catalogue's share.</summary>
    public static TmdbOptions ToTmdb(this NodeOptions options) => new()
    {
        ApiKey = options.Tmdb.ApiKey.Length == 0 ? null : options.Tmdb.ApiKey,
        AccessToken = options.Tmdb.AccessToken.Length == 0 ? null : options.Tmdb.AccessToken,
        BaseUrl = new Uri(options.Tmdb.BaseUrl),
        ImageBaseUrl = new Uri(options.Tmdb.ImageBaseUrl),
        Timeout = TimeSpan.FromSeconds(options.Tmdb.TimeoutSeconds),
        RetriesMax = options.Tmdb.RetriesMax,
        CacheDuration = TimeSpan.FromMinutes(options.Tmdb.CacheMinutes),
        CacheEntriesMax = options.Tmdb.CacheEntriesMax,
    };

    /// <summary>How queued films are looked up. What other nodes append is seen as fast as projections see it.</summary>
    public static EnrichmentOptions ToEnrichment(this NodeOptions options) => new()
    {
        LookupsMax = options.Enrichment.LookupsMax,
        TriesMax = options.Enrichment.TriesMax,
        PollInterval = options.ToProjections().PollInterval,
    };

    /// <summary>The share of everything that speaks HTTP and WebSocket.</summary>
    public static HttpOptions ToHttp(this NodeOptions options) => new()
    {
        AllowedOrigins = [.. options.AllowedOrigins],
        TrustedProxies = [.. options.TrustedProxies],
        TrustLoopbackProxies = options.TrustLoopbackProxies,
        TokenLifetime = TimeSpan.FromSeconds(options.Parties.TokenSeconds),
        Parties = new PartyOptions(
            options.Parties.MaxParticipants,
            options.Parties.NominationSeconds,
            options.Parties.AwaySeconds,
            options.Parties.HostAwaySeconds,
            options.Parties.SilentSeconds),
        Rooms = new RoomOptions
        {
            Access = options.Rooms.Access,
            TokenLifetime = TimeSpan.FromDays(options.Rooms.TokenDays),
            VotingSeconds = options.Rooms.VotingSeconds,
            Region = options.Rooms.Region.ToUpperInvariant(),
            HeartbeatEvery = TimeSpan.FromSeconds(options.Rooms.HeartbeatSeconds),
        },
        Rates = new CallRateOptions
        {
            CreatePerMinute = options.RateLimits.CreatePerMinute,
            JoinPerMinute = options.RateLimits.JoinPerMinute,
            SearchPerMinute = options.RateLimits.SearchPerMinute,
            ReadPerMinute = options.RateLimits.ReadPerMinute,
            TokenPerMinute = options.RateLimits.TokenPerMinute,
            ConnectPerMinute = options.RateLimits.ConnectPerMinute,
        },
        Sockets = new SocketOptions
        {
            MessageMaxBytes = options.WebSockets.MessageBytesMax,
            MessagesPerSecond = options.WebSockets.MessagesPerSecond,
            MessageBurst = options.WebSockets.MessageBurst,
            PendingMaxBytes = options.WebSockets.PendingBytesMax,
            ConnectionsPerUserMax = options.WebSockets.ConnectionsPerUserMax,
            ConnectionsMax = options.WebSockets.ConnectionsMax,
            ResumeEventsMax = options.WebSockets.ResumeEventsMax,
            IdleTimeout = TimeSpan.FromSeconds(options.WebSockets.IdleSeconds),
            PingEvery = TimeSpan.FromSeconds(options.WebSockets.PingSeconds),
        },
    };

    private static string MachineName()
    {
        var name = new string([.. Environment.MachineName.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]);
        return name.Length > 64 ? name[..64] : name;
    }
}
