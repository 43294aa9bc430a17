using AkkaParty.Catalog;
using AkkaParty.Http;
using AkkaParty.Protocol.Parties;
using AkkaParty.Runtime;
using AkkaParty.Runtime.Sqlite;

namespace AkkaParty.Node.Configuration;

/// <summary>Hands each part of the server its share of the configuration.</summary>
internal static class OptionMapping
{
    /// <summary>The runtime's share.</summary>
    public static RuntimeOptions ToRuntime(this NodeOptions options) => new()
    {
        MailboxMax = options.Runtime.MailboxMax,
        ShardBufferMax = options.Runtime.ShardBufferMax,
        AskTimeout = TimeSpan.FromSeconds(options.Runtime.AskTimeoutSeconds),
    };

    /// <summary>The store's share.</summary>
    public static SqliteOptions ToStore(this NodeOptions options) => new()
    {
        DataDirectory = options.DataDirectory,
        Synchronous = options.Store.Synchronous == StoreSynchronous.Full ? SqliteSynchronous.Full : SqliteSynchronous.Normal,
    };

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
            IdleTimeout = TimeSpan.FromSeconds(options.WebSockets.IdleSeconds),
            PingEvery = TimeSpan.FromSeconds(options.WebSockets.PingSeconds),
        },
    };
}
