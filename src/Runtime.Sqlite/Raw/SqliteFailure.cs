using AkkaParty.Runtime.Journal;
using SQLitePCL;

namespace AkkaParty.Runtime.Sqlite.Raw;

/// <summary>SQLite answered with an error. Stays inside this project: the seams throw the journal's exceptions.</summary>
internal sealed class SqliteFailure(int code, string message) : Exception($"SQLite error {code}: {message}")
{
    /// <summary>The extended result code.</summary>
    public int Code => code;

    /// <summary>Whether the file itself is wrong, rather than out of reach.</summary>
    public bool IsDamage => (code & 0xFF) is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB;

    /// <summary>The error as the seams know it.</summary>
    public Exception Translate(string what) => IsDamage
        ? new JournalDamagedException($"{what}: the database is damaged ({Message})", this)
        : new JournalUnavailableException($"{what}: the database cannot be used now ({Message})", this);
}
