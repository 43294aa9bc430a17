using System.Security.Cryptography;

namespace AkkaParty.Accounts;

/// <summary>Where accounts are stored.</summary>
public abstract record AccountStorage
{
    private AccountStorage()
    {
    }

    /// <summary>A file of its own, <c>accounts.db</c>, in a data directory; one node.</summary>
    /// <param name="DataDirectory">The directory; created when it is missing.</param>
    public sealed record Sqlite(string DataDirectory) : AccountStorage
    {
        /// <summary>Whether an acknowledged change survives a loss of power, and not only the end of the process.</summary>
        public bool SurvivesPowerLoss { get; init; } = true;

        /// <summary>Whether a server may have the file open at the same time: a command line that does one thing and ends.</summary>
        public bool IsVisitor { get; init; }
    }

    /// <summary>A PostgreSQL database, which all nodes of a cluster share; everything is in the schema <c>akkaparty</c>.</summary>
    /// <param name="ConnectionString">Where it is, as Npgsql reads it.</param>
    public sealed record Postgres(string ConnectionString) : AccountStorage
    {
        /// <summary>The most connections, 1 to 100.</summary>
        public int ConnectionsMax { get; init; } = 8;
    }
}

/// <summary>How accounts work.</summary>
public sealed record AccountOptions
{
    /// <summary>Where they are stored.</summary>
    public required AccountStorage Storage { get; init; }

    /// <summary>Who signs tokens: claim <c>iss</c>.</summary>
    public string Issuer { get; init; } = "akkaparty";

    /// <summary>Whom tokens are for: claim <c>aud</c>.</summary>
    public string Audience { get; init; } = "akkaparty";

    /// <summary>How long an access token holds, 1 minute to 7 days.</summary>
    public TimeSpan AccessTokenLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long a refresh token holds, 1 hour to 90 days.</summary>
    public TimeSpan RefreshTokenLifetime { get; init; } = TimeSpan.FromDays(7);

    /// <summary>After how long another key signs, 1 to 365 days.</summary>
    public TimeSpan SigningKeyLifetime { get; init; } = TimeSpan.FromDays(30);

    /// <summary>What private keys in the database are encrypted with; null stores them as they are.</summary>
    public string? KeySecret { get; init; }

    /// <summary>How often a password is hashed (PBKDF2, HMAC-SHA-512), 10,000 to 10,000,000.</summary>
    public int PasswordIterations { get; init; } = 210_000;

    /// <summary>Failed log-ins before each further one has to wait, 1 to 100.</summary>
    public int FreeFailures { get; init; } = 5;

    /// <summary>The longest wait after a failed log-in, 1 s to 24 h.</summary>
    public TimeSpan LockoutMax { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Makes the keys that sign; tests, which make many, have a quicker way.</summary>
    internal Func<RSA> MakeSigningKey { get; init; } = static () => RSA.Create(2048);
}
