using AkkaParty.Runtime.Projections;
using AkkaParty.Runtime.Sqlite.Raw;
using AkkaParty.Runtime.Sqlite.Reading;
using AkkaParty.Runtime.Sqlite.Writing;

namespace AkkaParty.Runtime.Sqlite;

/// <summary>Read models in the store's database: a projection's position and its rows move in one transaction.</summary>
internal sealed class SqliteProjectionStore(WriterThread writer, ReaderPool readers) : IProjectionStore
{
    private const string PositionSql = "SELECT \"offset\", version FROM projections WHERE name = ?1";

    private const string MoveSql =
        "INSERT INTO projections (name, \"offset\", version) VALUES (?1, ?2, ?3) " +
        "ON CONFLICT (name) DO UPDATE SET \"offset\" = excluded.\"offset\", version = excluded.version";

    private const string PutSql =
        "INSERT INTO projection_rows (projection, key, sort, value) VALUES (?1, ?2, ?3, ?4) " +
        "ON CONFLICT (projection, key) DO UPDATE SET sort = excluded.sort, value = excluded.value";

    private const string ListSql =
        "SELECT key, sort, value FROM projection_rows WHERE projection = ?1 AND sort BETWEEN ?2 AND ?3 ";

    /// <inheritdoc />
    public ValueTask<ProjectionPosition> ReadPositionAsync(string projection, CancellationToken cancellationToken) =>
        readers.ReadAsync(
            $"reading the projection {projection}",
            projection,
            static (reader, name) => ReadPosition(reader.Prepare(PositionSql), name),
            cancellationToken);

    /// <inheritdoc />
    public ValueTask<bool> CommitAsync(ProjectionCommit commit, CancellationToken cancellationToken) =>
        new(writer.WriteAsync($"storing the projection {commit.Projection}", session => Commit(session, commit), cancellationToken));

    /// <inheritdoc />
    public ValueTask<ProjectionRow?> FindAsync(string projection, string key, CancellationToken cancellationToken) =>
        readers.ReadAsync(
            $"reading the projection {projection}",
            (projection, key),
            static (reader, s) => Find(reader, s.projection, s.key),
            cancellationToken);

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<ProjectionRow>> ListAsync(
        string projection, ProjectionRange range, CancellationToken cancellationToken) =>
        readers.ReadAsync<IReadOnlyList<ProjectionRow>, (string Projection, ProjectionRange Range)>(
            $"reading the projection {projection}",
            (projection, range),
            static (reader, s) => List(reader, s.Projection, s.Range),
            cancellationToken);

    private static ProjectionPosition ReadPosition(Statement statement, string projection)
    {
        statement.Bind(1, projection);
        var position = statement.Step() ? new ProjectionPosition(statement.Number(0), (int)statement.Number(1)) : default;
        statement.Reset();
        return position;
    }

    private static bool Commit(WriteSession session, ProjectionCommit commit)
    {
        if (ReadPosition(session.Prepare(PositionSql), commit.Projection) != commit.Expected)
        {
            return false;
        }

        if (commit.Clear)
        {
            var clear = session.Prepare("DELETE FROM projection_rows WHERE projection = ?1");
            clear.Bind(1, commit.Projection);
            clear.Run();
        }

        foreach (var change in commit.Changes)
        {
            Change(session, commit.Projection, change);
        }

        var move = session.Prepare(MoveSql);
        move.Bind(1, commit.Projection);
        move.Bind(2, commit.Next.Offset);
        move.Bind(3, commit.Next.Version);
        move.Run();
        return true;
    }

    private static void Change(WriteSession session, string projection, ProjectionChange change)
    {
        var statement = session.Prepare(
            change.Row is null ? "DELETE FROM projection_rows WHERE projection = ?1 AND key = ?2" : PutSql);
        statement.Bind(1, projection);
        statement.Bind(2, change.Key);
        if (change.Row is { } row)
        {
            statement.Bind(3, row.Sort);
            statement.Bind(4, row.Value.Span);
        }

        statement.Run();
    }

    private static ProjectionRow? Find(Reader reader, string projection, string key)
    {
        var statement = reader.Prepare("SELECT key, sort, value FROM projection_rows WHERE projection = ?1 AND key = ?2");
        statement.Bind(1, projection);
        statement.Bind(2, key);
        ProjectionRow? row = statement.Step() ? Row(statement) : null;
        statement.Reset();
        return row;
    }

    private static List<ProjectionRow> List(Reader reader, string projection, ProjectionRange range)
    {
        var statement = reader.Prepare(
            ListSql + (range.Descending ? "ORDER BY sort DESC, key DESC LIMIT ?4" : "ORDER BY sort, key LIMIT ?4"));
        statement.Bind(1, projection);
        statement.Bind(2, range.SortMin);
        statement.Bind(3, range.SortMax);
        statement.Bind(4, range.RowsMax);
        var rows = new List<ProjectionRow>();
        while (statement.Step())
        {
            rows.Add(Row(statement));
        }

        statement.Reset();
        return rows;
    }

    private static ProjectionRow Row(Statement statement) =>
        new(statement.Text(0), statement.Number(1), statement.Bytes(2).ToArray());
}
