using AkkaParty.Protocol.Parties;

namespace AkkaParty.Http;

/// <summary>The options of everything that speaks HTTP and WebSocket.</summary>
public sealed class HttpOptions
{
    /// <summary>Origins (<c>scheme://host[:port]</c>) besides the server's own that may open sockets and read answers; <c>*</c>
    /// allows all.</summary>
    public IList<string> AllowedOrigins { get; init; } = [];

    /// <summary>Addresses or networks (<c>10.0.0.0/8</c>) of proxies whose <c>X-Forwarded-*</c> headers are believed.</summary>
    public IList<string> TrustedProxies { get; init; } = [];

    /// <summary>Whether proxies and tunnels on this machine are believed too.</summary>
    public bool TrustLoopbackProxies { get; set; } = true;

    /// <summary>The longest request body, in bytes.</summary>
    public int BodyMaxBytes { get; set; } = 64 * 1024;

    /// <summary>How long a participant's token lives.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>The settings a new party keeps.</summary>
    public PartyOptions Parties { get; set; } = new();

    /// <summary>Rooms.</summary>
    public RoomOptions Rooms { get; init; } = new();

    /// <summary>Watch parties.</summary>
    public WatchPartyOptions WatchParties { get; init; } = new();

    /// <summary>Calls per minute.</summary>
    public CallRateOptions Rates { get; init; } = new();

    /// <summary>Calls per hour, on all nodes together.</summary>
    public RateWindowOptions Windows { get; init; } = new();

    /// <summary>The limits of WebSocket connections.</summary>
    public SocketOptions Sockets { get; init; } = new();
}

/// <summary>Who may act in a room.</summary>
public enum RoomAccess
{
    /// <summary>Members, who show the token that creating or joining the room gave them.</summary>
    Members,

    /// <summary>Everybody, as whoever the request names: no tokens are asked for.</summary>
    Open,
}

/// <summary>The options of rooms.</summary>
public sealed class RoomOptions
{
    /// <summary>Who may act.</summary>
    public RoomAccess Access { get; set; }

    /// <summary>How long a member's token lives.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromDays(365);

    /// <summary>How long a voting round of a new room takes when its creator does not say, in seconds, 10 to 600.</summary>
    public int VotingSeconds { get; set; } = 60;

    /// <summary>The region of members who do not say theirs: two letters.</summary>
    public string Region { get; set; } = "US";

    /// <summary>How often a connection of a room is told that the server is there.</summary>
    public TimeSpan HeartbeatEvery { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>The options of watch parties.</summary>
public sealed class WatchPartyOptions
{
    /// <summary>
    /// Where the pages are that invite addresses lead to, such as <c>https://example.org</c>; the server itself when empty.
    /// </summary>
    public string BaseUrl { get; set; } = "";
}

/// <summary>How many calls per minute one client may make; 0 switches a limit off.</summary>
public sealed class CallRateOptions
{
    /// <summary>Creating parties, per client address.</summary>
    public int CreatePerMinute { get; set; } = 30;

    /// <summary>Joining parties, per client address.</summary>
    public int JoinPerMinute { get; set; } = 60;

    /// <summary>Searching films, per client address.</summary>
    public int SearchPerMinute { get; set; } = 120;

    /// <summary>Reading parties without a token, per client address.</summary>
    public int ReadPerMinute { get; set; } = 600;

    /// <summary>All calls with a token, per token.</summary>
    public int TokenPerMinute { get; set; } = 600;

    /// <summary>Opening sockets, per client address.</summary>
    public int ConnectPerMinute { get; set; } = 600;

    /// <summary>Registering, logging in and refreshing, per client address.</summary>
    public int ProvePerMinute { get; set; } = 60;
}

/// <summary>How many calls per hour one person may make, on all nodes together; 0 switches a limit off. At most 1,000.</summary>
public sealed class RateWindowOptions
{
    /// <summary>Creating watch parties, per account.</summary>
    public int CreateWatchPartyPerHour { get; set; } = 10;

    /// <summary>Joining watch parties, per account or guest.</summary>
    public int JoinWatchPartyPerHour { get; set; } = 30;

    /// <summary>Kicking people out of watch parties, per account.</summary>
    public int KickPerHour { get; set; } = 20;

    /// <summary>Asking to be let into watch parties as a guest, per client address.</summary>
    public int AskForAccessPerHour { get; set; } = 60;

    /// <summary>Registering, per client address.</summary>
    public int RegisterPerHour { get; set; } = 60;

    /// <summary>Asking for friendship, per account.</summary>
    public int AskForFriendshipPerHour { get; set; } = 60;
}

/// <summary>The limits of WebSocket connections and event streams.</summary>
public sealed class SocketOptions
{
    /// <summary>The longest message from a client, in bytes.</summary>
    public int MessageMaxBytes { get; set; } = 16 * 1024;

    /// <summary>Messages per second that a connection may send for ever.</summary>
    public int MessagesPerSecond { get; set; } = 20;

    /// <summary>Messages that a connection may send at once.</summary>
    public int MessageBurst { get; set; } = 40;

    /// <summary>Refused messages after which a connection is closed, unless it fell silent for a while in between.</summary>
    public int RefusedMessagesMax { get; set; } = 200;

    /// <summary>The most bytes that may wait for one connection.</summary>
    public int PendingMaxBytes { get; set; } = 256 * 1024;

    /// <summary>The most connections one participant may have open.</summary>
    public int ConnectionsPerUserMax { get; set; } = 16;

    /// <summary>The most connections this node accepts.</summary>
    public int ConnectionsMax { get; set; } = 50_000;

    /// <summary>How often the server pings.</summary>
    public TimeSpan PingEvery { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>How long a connection may stay without anything received.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The most events that a client which comes back to a room may have missed and still gets; beyond it reads the room
    /// anew.</summary>
    public int ResumeEventsMax { get; set; } = 10_000;

    /// <summary>How long one write may block before the connection counts as slow.</summary>
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the closing handshake may take before the connection is cut.</summary>
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(3);
}
