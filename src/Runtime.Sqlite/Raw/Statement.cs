using SQLitePCL;

namespace AkkaParty.Runtime.Sqlite.Raw;

/// <summary>One prepared statement, used again and again. Parameters and columns have the numbers SQLite gives them.</summary>
internal sealed class Statement(Database database, sqlite3_stmt handle) : IDisposable
{
    public void Bind(int index, long value) => database.Check(raw.sqlite3_bind_int64(handle, index, value));

    public void Bind(int index, string? value)
    {
        if (value is null)
        {
            BindNull(index);
        }
        else
        {
            database.Check(raw.sqlite3_bind_text(handle, index, value));
        }
    }

    public void Bind(int index, ReadOnlySpan<byte> value)
    {
        // SQLite takes an empty blob's missing address for NULL.
        database.Check(value.IsEmpty ? raw.sqlite3_bind_zeroblob(handle, index, 0) : raw.sqlite3_bind_blob(handle, index, value));
    }

    public void BindNull(int index) => database.Check(raw.sqlite3_bind_null(handle, index));

    /// <summary>Goes to the next row.</summary>
    /// <returns>False at the end.</returns>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        if (code != raw.SQLITE_DONE)
        {
            var message = raw.sqlite3_errmsg(raw.sqlite3_db_handle(handle)).utf8_to_string();
            Reset();
            throw new SqliteFailure(code, message);
        }

        return false;
    }

    /// <summary>Runs the statement to its end and makes it ready for the next time.</summary>
    public void Run()
    {
        Step();
        Reset();
    }

    // Reset repeats the last step's error, which was thrown already.
    public void Reset() => _ = raw.sqlite3_reset(handle);

    public long Number(int column) => raw.sqlite3_column_int64(handle, column);

    public string Text(int column) => raw.sqlite3_column_text(handle, column).utf8_to_string() ?? "";

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>The bytes, valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(handle, column);

    public bool IsNull(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_NULL;

    /// <inheritdoc />
    public void Dispose() => handle.Dispose();
}
