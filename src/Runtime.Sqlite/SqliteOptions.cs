namespace AkkaParty.Runtime.Sqlite;

/// <summary>What a commit waits for.</summary>
public enum SqliteSynchronous
{
    /// <summary>The disk: an acknowledged command survives power loss.</summary>
    Full,

    /// <summary>The operating system: an acknowledged command survives the process's death, and may be lost with the power.</summary>
    Normal,
}

/// <summary>How the embedded store works.</summary>
public sealed class SqliteOptions
{
    /// <summary>The folder that holds the database; created when it is missing. One process may use it at a time.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>What a commit waits for.</summary>
    public SqliteSynchronous Synchronous { get; init; } = SqliteSynchronous.Full;

    /// <summary>The most operations of one commit, 1 to 10,000.</summary>
    public int CommitOperationsMax { get; init; } = 1024;

    /// <summary>After how many pages of 8,192 bytes the write-ahead log is carried over into the database, 16 to 1,000,000.</summary>
    public int CheckpointPages { get; init; } = 1000;

    /// <summary>How long a lock held by another program on the database is waited for before a commit is refused.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The most read connections that are kept open, 1 to 64.</summary>
    public int ReadersMax { get; init; } = 4;

    /// <summary>
    /// Databases up to this many bytes are checked as a whole at the start; of larger ones only the header, the schema
    /// and both ends of the journal.
    /// </summary>
    public long QuickCheckBytesMax { get; init; } = 64 * 1024 * 1024;

    /// <summary>The most pages the database may have; 0 for no limit. For tests of a full disk.</summary>
    internal int PagesMax { get; init; }
}
