namespace AkkaParty.Node.Configuration;

/// <summary>A variable name that people know from other programs of this kind.</summary>
/// <param name="Name">The environment variable.</param>
/// <param name="Key">The key it means.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Translate">Turns its value into the key's.</param>
internal sealed record Alias(string Name, string Key, string Description, Func<string, string> Translate)
{
    /// <summary>Our own variable of the same meaning.</summary>
    public string EnvironmentName => Key.Replace(":", "__", StringComparison.Ordinal);
}

/// <summary>A well-known variable whose meaning does not exist here.</summary>
/// <param name="Name">The environment variable.</param>
/// <param name="Message">What happens instead: one sentence, said at the start when it is set.</param>
internal sealed record Unsupported(string Name, string Message);

/// <summary>The variable names of other programs that work here too, and those that do not.</summary>
internal static class Aliases
{
    private const string NoRedis = "this build needs no Redis: nothing is stored or looked up there.";
    private const string NoGateway = "it limits the film discovery gateway, which this build does not have; see AkkaParty__RateLimits__*.";
    private const string NoMedia = "this build does not store, convert or stream films.";
    private const string NoSuchStore = "this build stores in SQLite, or in the PostgreSQL database that DATABASE_URL names.";

    /// <summary>The names that work. When two mean the same key, the first one set counts.</summary>
    public static IReadOnlyList<Alias> Known { get; } =
    [
        new("ASPNETCORE_URLS", "AkkaParty:Urls", "The addresses to listen on, separated by semicolons.", Semicolons),
        new("PORT", "AkkaParty:Port", "The port to listen on.", Same),
        new("SERVER_PORT", "AkkaParty:Port", "The port to listen on, when PORT is not set.", Same),
        new("ASPNETCORE_HTTP_PORTS", "AkkaParty:Urls", "Ports to listen on, on all interfaces; container images set it.", AllInterfaces),
        new("DATABASE_URL", "AkkaParty:Store:ConnectionString", "The PostgreSQL database to store in.", Same),
        new("JWT_SECRET", "AkkaParty:Accounts:KeySecret", "Encrypts the keys that sign access tokens.", Same),
        new("TMDB_API_KEY", "AkkaParty:Tmdb:ApiKey", "The API key of TMDB.", Same),
        new("TMDB_BASE_URL", "AkkaParty:Tmdb:BaseUrl", "Where the API of TMDB is.", Same),
        new("WS_HEARTBEAT_INTERVAL", "AkkaParty:Rooms:HeartbeatSeconds", "Seconds between two heartbeats of a room's connection.", Same),
        new("DEFAULT_VOTING_DURATION", "AkkaParty:Rooms:VotingSeconds", "How long a voting round takes, in seconds.", Same),
        new("DEFAULT_REGION", "AkkaParty:Rooms:Region", "The region of members who do not say theirs.", Same),
        new("BASE_URL", "AkkaParty:WatchParties:BaseUrl", "Where the pages are that invite addresses lead to.", Same),
        new("CORS_ALLOWED_ORIGINS", "AkkaParty:AllowedOrigins", "Origins of other web pages that may use the server.", Same),
        new("LOG_LEVEL", "AkkaParty:Logging:Level", "The least serious messages to write: debug, info, warn or error.", Level),
    ];

    /// <summary>The names that mean something this build does not have.</summary>
    public static IReadOnlyList<Unsupported> NotHere { get; } =
    [
        new("MONGODB_URL", NoSuchStore),
        new("MONGODB_DATABASE", NoSuchStore),
        new("DB_HOST", NoSuchStore),
        new("DB_PORT", NoSuchStore),
        new("DB_NAME", NoSuchStore),
        new("DB_DATABASE", NoSuchStore),
        new("REDIS_URL", NoRedis),
        new("REDIS_ADDR", NoRedis),
        new("REDIS_HOST", NoRedis),
        new("RATE_LIMIT_MAX", NoGateway),
        new("RATE_LIMIT_WINDOW_SECONDS", NoGateway),
        new("ROOM_CODE_LENGTH", "the code of a room always has 6 characters."),
        new("AUTH_SESSION_TTL_SECONDS", "tokens live as long as AkkaParty__Accounts__AccessTokenMinutes, __RefreshTokenDays, "
            + "AkkaParty__Parties__TokenSeconds and AkkaParty__Rooms__TokenDays say."),
        new("GOOGLE_CLIENT_ID", "accounts are signed in to by e-mail and password only."),
        new("STORAGE_PROVIDER", NoMedia),
        new("MINIO_ENDPOINT", NoMedia),
        new("FFMPEG_PATH", NoMedia),
        new("FFPROBE_PATH", NoMedia),
        new("SSL_CERT_PATH", "certificates are configured as Kestrel__Certificates__Default__Path and __KeyPath, with an https address."),
    ];

    private static string Same(string value) => value;

    private static string Semicolons(string value) => value.Replace(';', ',');

    private static string AllInterfaces(string value) => string.Join(
        ',',
        value.Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(port => "http://*:" + port));

    private static string Level(string value) => value.ToUpperInvariant() switch
    {
        "INFO" => nameof(LogLevel.Information),
        "WARN" => nameof(LogLevel.Warning),
        "FATAL" or "PANIC" => nameof(LogLevel.Critical),
        "OFF" => nameof(LogLevel.None),
        _ => value,
    };
}
