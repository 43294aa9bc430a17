using System.ComponentModel;
using AkkaParty.Http;
using AkkaParty.Protocol.Rooms;

namespace AkkaParty.Node.Configuration;

/// <summary>When an append counts as stored.</summary>
internal enum StoreSynchronous
{
    /// <summary>After the disk has it: survives a power loss.</summary>
    Full,

    /// <summary>After the operating system has it: survives a crash of this process only.</summary>
    Normal,
}

/// <summary>Which database holds everything.</summary>
internal enum StoreKind
{
    /// <summary>PostgreSQL when a connection string is set, otherwise SQLite.</summary>
    Automatic,

    /// <summary>A file in the data directory; one node.</summary>
    Sqlite,

    /// <summary>A PostgreSQL database; one node or many.</summary>
    Postgres,
}

/// <summary>How log lines look.</summary>
internal enum LogFormat
{
    /// <summary>One line of text each.</summary>
    Text,

    /// <summary>One JSON object each.</summary>
    Json,
}

/// <summary>How events are stored.</summary>
internal sealed class StoreSection
{
    [Description("Sqlite: a file in the data directory. Postgres: a database. Automatic: Postgres when the next one is set.")]
    public StoreKind Kind { get; set; } = StoreKind.Automatic;

    [Secret]
    [PostgresDatabase]
    [Description("The PostgreSQL database: postgres://user:password@host/database or Host=...;Database=.... Also DATABASE_URL.")]
    public string ConnectionString { get; set; } = "";

    [Description("SQLite only. Full: an acknowledged command survives a power loss. Normal: faster, survives a crash of the process only.")]
    public StoreSynchronous Synchronous { get; set; } = StoreSynchronous.Full;

    /// <summary>Whether everything is in PostgreSQL.</summary>
    public bool IsPostgres() => Kind == StoreKind.Postgres || (Kind == StoreKind.Automatic && ConnectionString.Length > 0);
}

/// <summary>The rules of parties.</summary>
internal sealed class PartySection
{
    [Between(1, 1_000)]
    [Description("At most this many people in one party.")]
    public int MaxParticipants { get; set; } = 100;

    [Between(5, 86_400)]
    [Description("A nomination's vote ends by itself after this many seconds.")]
    public int NominationSeconds { get; set; } = 120;

    [Between(5, 86_400)]
    [Description("Who lost the connection and made no call for this many seconds is away: votes no longer wait for them.")]
    public int AwaySeconds { get; set; } = 120;

    [Between(5, 86_400)]
    [Description("A host who is away for this many seconds hands the role to the member who is there longest.")]
    public int HostAwaySeconds { get; set; } = 300;

    [Between(5, 86_400)]
    [Description("While films are nominated or ranked: who never connected and made no call for this many seconds is away.")]
    public int SilentSeconds { get; set; } = 600;

    /// <summary>The life of a token, in seconds, 5 to 2,592,000 (30 days).</summary>
    [Between(5, 2_592_000)]
    [Description("A participant's token ends after this many seconds; use does not extend it.")]
    public int TokenSeconds { get; set; } = 86_400;
}

/// <summary>Rooms.</summary>
internal sealed class RoomSection
{
    [Description("Members: every command needs the token that creating or joining a room gave. Open: anybody may act as anybody.")]
    public RoomAccess Access { get; set; } = RoomAccess.Members;

    [Between(1, 3_650)]
    [Description("A member's token ends after this many days; use does not extend it.")]
    public int TokenDays { get; set; } = 365;

    [Between(RoomLimits.VotingSecondsMin, RoomLimits.VotingSecondsMax)]
    [Description("How long a voting round takes in a room whose creator does not say, in seconds. Also DEFAULT_VOTING_DURATION.")]
    public int VotingSeconds { get; set; } = 60;

    [RegionCode]
    [Description("The region of members who do not say theirs: two letters. Also DEFAULT_REGION.")]
    public string Region { get; set; } = RoomSeat.DefaultRegion;

    [Between(5, 600)]
    [Description("Send every connection of a room a heartbeat after this many seconds. Also WS_HEARTBEAT_INTERVAL.")]
    public int HeartbeatSeconds { get; set; } = 30;
}

/// <summary>The film database TMDB.</summary>
internal sealed class TmdbSection
{
    [Secret]
    [KeyText]
    [Description("The API key (v3). Also TMDB_API_KEY.")]
    public string ApiKey { get; set; } = "";

    [Secret]
    [KeyText]
    [Description("The read access token (v4), used instead of the key when both are set.")]
    public string AccessToken { get; set; } = "";

    [ServiceUrl]
    [Description("Where the API is: https, or http on this machine. Also TMDB_BASE_URL.")]
    public string BaseUrl { get; set; } = "https://api.themoviedb.org/3/";

    [ServiceUrl]
    [Description("What is put in front of a poster's path, the size included.")]
    public string ImageBaseUrl { get; set; } = "https://image.tmdb.org/t/p/w500";

    [Between(1, 120)]
    [Description("Give up on one try after this many seconds.")]
    public int TimeoutSeconds { get; set; } = 10;

    [Between(0, 5)]
    [Description("Repeat a failed try this many times (429, 5xx, time-outs, lost connections).")]
    public int RetriesMax { get; set; } = 2;

    [Between(0, 1_440)]
    [Description("Keep an answer and share it for this many minutes; 0 keeps none.")]
    public int CacheMinutes { get; set; } = 60;

    [Between(1, 100_000)]
    [Description("Keep at most this many answers, for searches and for details each.")]
    public int CacheEntriesMax { get; set; } = 2_000;
}

/// <summary>How films that are queued in rooms are looked up.</summary>
internal sealed class EnrichmentSection
{
    [Between(1, 32)]
    [Description("Look up at most this many titles at once.")]
    public int LookupsMax { get; set; } = 4;

    [Between(1, 20)]
    [Description("After this many tries, with growing waits of up to a minute, an item says that its look-up failed.")]
    public int TriesMax { get; set; } = 6;
}

/// <summary>Limits of WebSocket connections.</summary>
internal sealed class WebSocketSection
{
    [Between(512, 1_048_576)]
    [Description("The largest message a client may send, in bytes.")]
    public int MessageBytesMax { get; set; } = 16_384;

    [Between(1, 10_000)]
    [Description("Messages a second one connection may send in the long run.")]
    public int MessagesPerSecond { get; set; } = 20;

    [Between(1, 10_000)]
    [Description("Messages one connection may send at once before the rate above counts.")]
    public int MessageBurst { get; set; } = 40;

    [Between(16_384, 67_108_864)]
    [Description("Bytes that may wait for one slow client; beyond that it is closed and may reconnect.")]
    public int PendingBytesMax { get; set; } = 262_144;

    [Between(1, 1_000)]
    [Description("Connections one person may hold at the same time.")]
    public int ConnectionsPerUserMax { get; set; } = 16;

    [Between(1, 1_000_000)]
    [Description("Connections this server accepts in all.")]
    public int ConnectionsMax { get; set; } = 50_000;

    [Between(0, 100_000)]
    [Description("Events that a client which comes back to a room may have missed and still gets; beyond it reads the room anew.")]
    public int ResumeEventsMax { get; set; } = 10_000;

    [Between(10, 3_600)]
    [Description("A connection from which nothing, not even a pong, came for this many seconds is closed.")]
    public int IdleSeconds { get; set; } = 60;

    [Between(5, 600)]
    [Description("Ping every connection after this many seconds.")]
    public int PingSeconds { get; set; } = 25;
}

/// <summary>Calls a minute; 0 switches a limit off.</summary>
internal sealed class RateLimitSection
{
    [Between(0, 1_000_000)]
    [Description("Creating parties and rooms, per client address.")]
    public int CreatePerMinute { get; set; } = 30;

    [Between(0, 1_000_000)]
    [Description("Joining parties and rooms, per client address.")]
    public int JoinPerMinute { get; set; } = 60;

    [Between(0, 1_000_000)]
    [Description("Searching films, per client address.")]
    public int SearchPerMinute { get; set; } = 120;

    [Between(0, 1_000_000)]
    [Description("Reading parties and rooms without a token, per client address.")]
    public int ReadPerMinute { get; set; } = 600;

    [Between(0, 1_000_000)]
    [Description("All calls with a token, per token.")]
    public int TokenPerMinute { get; set; } = 600;

    [Between(0, 1_000_000)]
    [Description("Opening WebSockets, per client address.")]
    public int ConnectPerMinute { get; set; } = 600;
}

/// <summary>The actor runtime.</summary>
internal sealed class RuntimeSection
{
    [Between(16, 1_048_576)]
    [Description("Commands that may wait for one entity; one more is answered with 'busy'.")]
    public int MailboxMax { get; set; } = 1_024;

    [Between(1, 100_000)]
    [Description("Commands that may wait for one shard while it has no home.")]
    public int ShardBufferMax { get; set; } = 1_000;

    [Between(1, 300)]
    [Description("A command that the store has not answered after this many seconds gets an answer that says so; it may be retried.")]
    public int AskTimeoutSeconds { get; set; } = 10;
}

/// <summary>The figures at /metrics.</summary>
internal sealed class MetricsSection
{
    [Description("Serve /metrics to every caller. Otherwise only to callers on this machine.")]
    public bool Public { get; set; }
}

/// <summary>What is written to the console.</summary>
internal sealed class LoggingSection
{
    [Description("Text: one line each. Json: one object each, for log collectors.")]
    public LogFormat Format { get; set; } = LogFormat.Text;

    [Description("The least serious messages to write: Trace, Debug, Information, Warning, Error, Critical or None. Also LOG_LEVEL.")]
    public LogLevel Level { get; set; } = LogLevel.Information;
}
