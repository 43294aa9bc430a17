using System.Buffers.Binary;
using System.Globalization;
using System.Reflection;
using AkkaParty.Runtime.Journal;
using AkkaParty.Runtime.Sqlite.Raw;

namespace AkkaParty.Runtime.Sqlite;

/// <summary>
/// The numbered scripts that make the schema, and the checks before them: a file that is not ours, is newer than this
/// program or is damaged is refused without a byte of it being changed.
/// </summary>
internal static class SchemaScripts
{
    /// <summary>The number this program knows the schema by: the last script's.</summary>
    public const int Version = 1;

    /// <summary>Marks our files in SQLite's header: "AKPY".</summary>
    public const int ApplicationId = 0x414B5059;

    private const int HeaderBytes = 100;

    /// <summary>Refuses a file that must not be opened.</summary>
    /// <exception cref="StoreStartException">It is damaged, newer or not ours.</exception>
    public static void Inspect(string path, SqliteOptions options)
    {
        if (!File.Exists(path) || new FileInfo(path).Length == 0)
        {
            if (File.Exists(path + "-wal") && new FileInfo(path + "-wal").Length > 0)
            {
                throw new StoreStartException(
                    $"The database {path} is missing but its write-ahead log is there; restore both together or move {path}-wal away.");
            }

            return;
        }

        CheckHeader(path);
        try
        {
            // Read-only: nothing is recovered into the file and nothing is checkpointed when it is closed.
            using var database = Database.Open(path, readOnly: true, options.BusyTimeout);
            CheckNumbers(path, database.ReadNumber("PRAGMA application_id"), database.ReadNumber("PRAGMA user_version"));
            CheckContent(path, database, options);
        }
        catch (SqliteFailure failure) when (failure.IsDamage)
        {
            throw Damaged(path, failure.Message, failure);
        }
        catch (SqliteFailure failure)
        {
            throw new StoreStartException($"The database {path} cannot be read ({failure.Message}).", failure);
        }
    }

    /// <summary>Brings a new or older database to <see cref="Version"/>, all scripts or none.</summary>
    public static void Apply(Database database)
    {
        var version = (int)database.ReadNumber("PRAGMA user_version");
        if (version == Version)
        {
            return;
        }

        database.Execute("BEGIN IMMEDIATE");
        for (var next = version + 1; next <= Version; next++)
        {
            database.Execute(Read(next));
        }

        database.Execute(string.Create(
            CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version}; COMMIT"));
    }

    private static string Read(int number)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var prefix = number.ToString("000_", CultureInfo.InvariantCulture);
        var name = assembly.GetManifestResourceNames().Single(n => n.StartsWith(prefix, StringComparison.Ordinal));
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private static void CheckHeader(string path)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        int read;
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))
        {
            read = file.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false);
        }

        if (read < HeaderBytes || !header.StartsWith("SQLite format 3\0"u8))
        {
            throw Damaged(path, "it is not an SQLite database", null);
        }

        CheckNumbers(path, BinaryPrimitives.ReadInt32BigEndian(header[68..]), BinaryPrimitives.ReadInt32BigEndian(header[60..]));
    }

    private static void CheckNumbers(string path, long applicationId, long version)
    {
        // A file whose creation never committed has neither number.
        if (applicationId != ApplicationId && (applicationId, version) != (0, 0))
        {
            throw Foreign(path);
        }

        if (version > Version)
        {
            throw new StoreStartException(string.Create(
                CultureInfo.InvariantCulture,
                $"The database {path} was written by a newer AkkaParty (schema {version}, this one knows {Version}); " +
                $"start that version or a newer one."));
        }
    }

    private static void CheckContent(string path, Database database, SqliteOptions options)
    {
        if (database.ReadNumber("PRAGMA application_id") == 0)
        {
            if (database.ReadNumber("SELECT count(*) FROM sqlite_master") != 0)
            {
                throw Foreign(path);
            }

            return;
        }

        if (new FileInfo(path).Length <= options.QuickCheckBytesMax)
        {
            if (database.ReadText("PRAGMA quick_check(1)") is { } found and not "ok")
            {
                throw Damaged(path, found, null);
            }
        }
        else
        {
            database.ReadNumber("SELECT count(*) FROM (SELECT payload FROM events ORDER BY \"offset\" LIMIT 1)");
            database.ReadNumber("SELECT count(*) FROM (SELECT payload FROM events ORDER BY \"offset\" DESC LIMIT 1)");
        }
    }

    private static StoreStartException Foreign(string path) =>
        new($"The database {path} belongs to another program; move it away or choose another data directory.");

    private static StoreStartException Damaged(string path, string found, Exception? exception) => new(
        $"The database {path} is damaged ({found.ReplaceLineEndings(" ")}); nothing was changed. " +
        "Restore a backup, or move the file away to start empty.",
        exception);
}
