using System.ComponentModel;

namespace AkkaParty.Node.Configuration;

/// <summary>Everything that can be set, section <c>AkkaParty</c>. Each property's description is its comment in appsettings.json.</summary>
internal sealed class NodeOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "AkkaParty";

    [NotEmpty]
    [Description("The folder where everything is stored, relative to the working directory. One process at a time may use it.")]
    public string DataDirectory { get; set; } = "./data";

    [ListenUrl]
    [Description("The addresses to listen on. Empty: http://127.0.0.1 and the port below. Also --urls and ASPNETCORE_URLS.")]
    public IReadOnlyList<string> Urls { get; set; } = [];

    [Between(0, 65_535)]
    [Description("The port to listen on when no addresses are given; 0 picks a free one. Also --port and PORT.")]
    public int Port { get; set; } = 8080;

    [Description("Listen on all network interfaces and print the address to share with its QR code. Also --lan.")]
    public bool Lan { get; set; }

    [HostName]
    [Description("The host names this server answers to. Empty or *: any, which LAN addresses and tunnels need.")]
    public IReadOnlyList<string> AllowedHosts { get; set; } = [];

    [Origin]
    [Description("Web pages of these origins may use the server besides its own, such as https://party.example.org; * allows all.")]
    public IReadOnlyList<string> AllowedOrigins { get; set; } = [];

    [Network]
    [Description("Proxies whose X-Forwarded-For, -Proto and -Host headers are believed, such as 127.0.0.1 or 10.0.0.0/8.")]
    public IReadOnlyList<string> TrustedProxies { get; set; } = [];

    [Description("Believe those headers from this machine too: a tunnel or proxy that runs here.")]
    public bool TrustLoopbackProxies { get; set; } = true;

    [Description("How events are stored.")]
    public StoreSection Store { get; set; } = new();

    [Description("Several nodes as one service, over one PostgreSQL database.")]
    public ClusterSection Cluster { get; set; } = new();

    [Description("The endpoint for operators; never on the public port.")]
    public AdminSection Admin { get; set; } = new();

    [Description("The rules of parties.")]
    public PartySection Parties { get; set; } = new();

    [Description("Rooms.")]
    public RoomSection Rooms { get; set; } = new();

    [Description("Watch parties.")]
    public WatchPartySection WatchParties { get; set; } = new();

    [Description("Accounts, their sessions and tokens.")]
    public AccountSection Accounts { get; set; } = new();

    [Description("Where films come from. With neither key nor token the built-in catalogue of public-domain films is used.")]
    public TmdbSection Tmdb { get; set; } = new();

    [Description("How films that are queued in rooms are looked up there, in the background.")]
    public EnrichmentSection Enrichment { get; set; } = new();

    [Description("Limits of all connections.")]
    public ConnectionSection Connections { get; set; } = new();

    [Description("Limits of WebSocket connections.")]
    public WebSocketSection WebSockets { get; set; } = new();

    [Description("Calls a minute or an hour one caller may make; 0 switches a limit off.")]
    public RateLimitSection RateLimits { get; set; } = new();

    [Description("The actor runtime.")]
    public RuntimeSection Runtime { get; set; } = new();

    [Description("The figures at /metrics.")]
    public MetricsSection Metrics { get; set; } = new();

    [Description("What is written to the console.")]
    public LoggingSection Logging { get; set; } = new();

    [Between(1, 300)]
    [Description("On a stop, wait at most this many seconds for connections and entities to finish.")]
    public int ShutdownSeconds { get; set; } = 10;
}
