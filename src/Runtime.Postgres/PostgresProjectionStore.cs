using AkkaParty.Runtime.Postgres.Reading;
using AkkaParty.Runtime.Projections;
using Npgsql;
using NpgsqlTypes;

namespace AkkaParty.Runtime.Postgres;

/// <summary>Read models in the database: a projection's position and its rows move in one statement.</summary>
internal sealed class PostgresProjectionStore(ReadCalls calls) : IProjectionStore
{
    private const string ListSql =
        "SELECT key, sort, value FROM projection_rows WHERE projection = $1 AND sort BETWEEN $2 AND $3 ";

    /// <inheritdoc />
    public ValueTask<ProjectionPosition> ReadPositionAsync(string projection, CancellationToken cancellationToken) => calls.RunAsync(
        $"Reading the projection {projection}",
        projection,
        static async (database, name, token) =>
        {
            await using var command = database.CreateCommand("SELECT \"offset\", version FROM projections WHERE name = $1");
            command.Parameters.Add(Text(name));
            await using var reader = await command.ExecuteReaderAsync(token);
            return await reader.ReadAsync(token) ? new ProjectionPosition(reader.GetInt64(0), reader.GetInt32(1)) : default;
        },
        cancellationToken);

    /// <inheritdoc />
    public ValueTask<bool> CommitAsync(ProjectionCommit commit, CancellationToken cancellationToken) =>
        calls.RunOnceAsync($"Storing the projection {commit.Projection}", commit, StepAsync, cancellationToken);

    /// <inheritdoc />
    public ValueTask<ProjectionRow?> FindAsync(string projection, string key, CancellationToken cancellationToken) => calls.RunAsync(
        $"Reading the projection {projection}",
        (projection, key),
        static async (database, s, token) =>
        {
            await using var command = database.CreateCommand(
                "SELECT key, sort, value FROM projection_rows WHERE projection = $1 AND key = $2");
            command.Parameters.Add(Text(s.projection));
            command.Parameters.Add(Text(s.key));
            await using var reader = await command.ExecuteReaderAsync(token);
            return await reader.ReadAsync(token) ? Row(reader) : (ProjectionRow?)null;
        },
        cancellationToken);

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<ProjectionRow>> ListAsync(
        string projection, ProjectionRange range, CancellationToken cancellationToken) =>
        await calls.RunAsync($"Reading the projection {projection}", (projection, range), ListAsync, cancellationToken);

    private static async Task<List<ProjectionRow>> ListAsync(
        NpgsqlDataSource database, (string Projection, ProjectionRange Range) s, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(
            ListSql + (s.Range.Descending ? "ORDER BY sort DESC, key DESC LIMIT $4" : "ORDER BY sort, key LIMIT $4"));
        command.Parameters.Add(Text(s.Projection));
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = s.Range.SortMin });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = s.Range.SortMax });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = s.Range.RowsMax });
        var rows = new List<ProjectionRow>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(Row(reader));
        }

        return rows;
    }

    private static async Task<bool> StepAsync(NpgsqlDataSource database, ProjectionCommit commit, CancellationToken cancellationToken)
    {
        var puts = commit.Changes.Where(change => change.Row is not null).Select(change => change.Row!.Value).ToList();
        await using var command = database.CreateCommand("SELECT projection_commit($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)");
        command.Parameters.Add(Text(commit.Projection));
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = commit.Expected.Offset });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = commit.Expected.Version });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = commit.Next.Offset });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = commit.Next.Version });
        command.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = commit.Clear });
        command.Parameters.Add(Array(
            commit.Changes.Where(change => change.Row is null).Select(change => change.Key).ToList(), NpgsqlDbType.Text));
        command.Parameters.Add(Array(puts.ConvertAll(row => row.Key), NpgsqlDbType.Text));
        command.Parameters.Add(Array(puts.ConvertAll(row => row.Sort), NpgsqlDbType.Bigint));
        command.Parameters.Add(Array(puts.ConvertAll(row => row.Value), NpgsqlDbType.Bytea));
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static ProjectionRow Row(NpgsqlDataReader reader) =>
        new(reader.GetString(0), reader.GetInt64(1), reader.GetFieldValue<byte[]>(2));

    private static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter<List<T>> Array<T>(List<T> values, NpgsqlDbType type) =>
        new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };
}
