using AkkaParty.Runtime.Membership;
using Npgsql;
using NpgsqlTypes;

namespace AkkaParty.Runtime.Postgres.Leasing;

/// <summary>Members and shard homes as rows: read in one snapshot, written if nobody else has written in between.</summary>
internal static class ClusterRows
{
    // One statement, one snapshot: the cluster's row first, then members by name, then homes by number.
    private const string ReadSql =
        "SELECT 0, NULL, NULL, version, incarnation, 0, 0::smallint FROM cluster UNION ALL " +
        "(SELECT 1, name, address, incarnation, counter, feature_level, standing FROM members ORDER BY name) UNION ALL " +
        "(SELECT 2, owner, target, shard, epoch, 0, 0::smallint FROM shard_homes ORDER BY shard)";

    private const string PulsesSql =
        "SELECT name, incarnation, counter, clock_offset, has_gone FROM member_pulses WHERE name = $1";

    private const string WriteSql = "SELECT cluster_write($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";

    /// <summary>Reads everything, and the last incarnation given out.</summary>
    public static async Task<(ClusterRecord Cluster, long Incarnation)> ReadAsync(
        NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(ReadSql);
        long version = 0;
        long incarnation = 0;
        var members = new List<MemberRecord>();
        var homes = new List<ShardHomeRecord>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            switch (reader.GetInt32(0))
            {
                case 0:
                    (version, incarnation) = (reader.GetInt64(3), reader.GetInt64(4));
                    break;
                case 1:
                    members.Add(Member(reader));
                    break;
                default:
                    homes.Add(new ShardHomeRecord(
                        (int)reader.GetInt64(3), TextOrNull(reader, 1), TextOrNull(reader, 2), reader.GetInt64(4)));
                    break;
            }
        }

        return (new ClusterRecord(version, members, homes), incarnation);
    }

    /// <summary>Reads one member's signs of life; null when there is none of that name any more.</summary>
    public static async Task<MemberPulse?> ReadPulseAsync(NpgsqlDataSource database, string name, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(PulsesSql);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = name });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? Pulse(reader, 0) : null;
    }

    /// <summary>A pulse from five columns.</summary>
    public static MemberPulse Pulse(NpgsqlDataReader reader, int column) => new(
        reader.GetString(column),
        reader.GetInt64(column + 1),
        reader.GetInt64(column + 2),
        reader.GetBoolean(column + 4),
        TimeSpan.FromMicroseconds(reader.GetInt64(column + 3)));

    /// <summary>Writes the rows that differ.</summary>
    /// <param name="database">Where.</param>
    /// <param name="before">What was read.</param>
    /// <param name="after">What it shall be.</param>
    /// <param name="incarnation">The last incarnation given out, with the joining member's.</param>
    /// <param name="joined">Who joins; null for nobody.</param>
    /// <param name="featureLevel">The joining member's.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>False when somebody else wrote: nothing was changed.</returns>
    public static async Task<bool> WriteAsync(
        NpgsqlDataSource database,
        ClusterRecord before,
        ClusterRecord after,
        long incarnation,
        NodeIdentity? joined,
        int featureLevel,
        CancellationToken cancellationToken)
    {
        var kept = after.Members.ToDictionary(member => member.Node.Incarnation);
        var removed = before.Members.Where(member => !kept.ContainsKey(member.Node.Incarnation)).ToList();
        var marked = before.Members
            .Where(member => kept.TryGetValue(member.Node.Incarnation, out var now) && now.Standing != member.Standing).ToList();
        var homes = after.Homes.Where(home => before.Homes[home.Shard] != home).ToList();
        await using var command = database.CreateCommand(WriteSql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = before.Version });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = after.Version });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = incarnation });
        Add(command, removed.ConvertAll(member => member.Node.Incarnation), NpgsqlDbType.Bigint);
        Add(command, removed.ConvertAll(member => member.Counter), NpgsqlDbType.Bigint);
        Add(command, marked.ConvertAll(member => member.Node.Incarnation), NpgsqlDbType.Bigint);
        Add(command, marked.ConvertAll(member => (short)kept[member.Node.Incarnation].Standing), NpgsqlDbType.Smallint);
        command.Parameters.Add(TextParameter(joined?.Name));
        command.Parameters.Add(TextParameter(joined?.Address));
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = featureLevel });
        Add(command, homes.ConvertAll(home => (short)home.Shard), NpgsqlDbType.Smallint);
        Add(command, homes.ConvertAll(home => home.Owner), NpgsqlDbType.Text);
        Add(command, homes.ConvertAll(home => home.Target), NpgsqlDbType.Text);
        Add(command, homes.ConvertAll(home => home.Epoch), NpgsqlDbType.Bigint);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static MemberRecord Member(NpgsqlDataReader reader) => new(
        new NodeIdentity(reader.GetString(1), reader.GetInt64(3), reader.GetString(2)),
        reader.GetInt64(4),
        (MemberStanding)reader.GetInt16(6),
        reader.GetInt32(5));

    private static string? TextOrNull(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static NpgsqlParameter TextParameter(string? value) =>
        new() { Value = value is null ? DBNull.Value : value, NpgsqlDbType = NpgsqlDbType.Text };

    private static void Add<T>(NpgsqlCommand command, List<T> values, NpgsqlDbType type) =>
        command.Parameters.Add(new NpgsqlParameter<List<T>> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type });
}
