using System.Net.Sockets;
using AkkaParty.Runtime.Journal;
using Npgsql;

namespace AkkaParty.Runtime.Postgres;

/// <summary>What the driver's errors mean. Nobody else looks at them.</summary>
internal static class PostgresFailure
{
    /// <summary>Whether this is an error of the server, the driver or the network, and not one of this program.</summary>
    public static bool IsStores(Exception exception) =>
        exception is NpgsqlException or TimeoutException or IOException or SocketException or ObjectDisposedException;

    /// <summary>
    /// Whether the server has certainly undone the statement: it said so itself, in a session that went on. What a session says while
    /// it ends (FATAL) may come after its commit.
    /// </summary>
    public static bool IsUndone(Exception exception) => exception is PostgresException { InvariantSeverity: "ERROR" };

    /// <summary>Whether the same statement may well succeed at once: it lost a race for locks, or a guess about the order.</summary>
    public static bool IsLostRace(Exception exception) => exception is PostgresException
    {
        SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.LockNotAvailable
            or PostgresErrorCodes.UniqueViolation,
    };

    /// <summary>The exception for callers that may try again; damage is said as such.</summary>
    public static Exception Translate(string what, Exception exception) =>
        exception is PostgresException { SqlState: PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted } damage
            ? new JournalDamagedException($"{what}: the database is damaged ({damage.MessageText})", damage)
            : new JournalUnavailableException($"{what} failed: {Describe(exception)}", exception);

    /// <summary>One line for people.</summary>
    public static string Describe(Exception exception) =>
        exception is PostgresException { } postgres
            ? $"{postgres.MessageText} ({postgres.SqlState})"
            : (exception.InnerException is { } inner ? $"{exception.Message}: {inner.Message}" : exception.Message)
                .ReplaceLineEndings(" ");

    /// <summary>What is wrong with the configuration, or null when the database is only away.</summary>
    public static string? Misconfiguration(Exception exception) => exception is not PostgresException error
        ? null
        : error.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
                "the server refuses the user or the password",
            PostgresErrorCodes.InvalidCatalogName => "the database does not exist",
            PostgresErrorCodes.InsufficientPrivilege => "the user may not create or use the schema akkaparty",
            PostgresErrorCodes.ProtocolViolation when error.MessageText.Contains("startup parameter", StringComparison.Ordinal) =>
                "a connection pooler answers, and the store needs a direct connection",
            PostgresErrorCodes.ReadOnlySqlTransaction => "the server is a read-only standby",
            _ => null,
        };
}
