using System.Collections.Concurrent;
using AkkaParty.Runtime.Journal;
using Npgsql;
using NpgsqlTypes;

namespace AkkaParty.Runtime.Postgres;

/// <summary>
/// The names of events and replies by their numbers. A name gets its number in a transaction of its own, before it is first used: a
/// name that nothing uses harms nobody.
/// </summary>
internal sealed class ManifestTable(NpgsqlDataSource database)
{
    private readonly ConcurrentDictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<int, string> _names = new();

    public bool TryGetId(string name, out int id) => _ids.TryGetValue(name, out id);

    public bool HasName(int id) => _names.ContainsKey(id);

    /// <summary>The name with this number, when all names have been read.</summary>
    /// <exception cref="JournalDamagedException">There is none.</exception>
    public string NameOf(int id) =>
        _names.TryGetValue(id, out var name)
            ? name
            : throw new JournalDamagedException($"an event has the name number {id}, which is not stored");

    /// <summary>Gives names their numbers.</summary>
    public async Task AddAsync(IReadOnlyCollection<string> names, CancellationToken cancellationToken)
    {
        // Twice the same: of two nodes that insert at once, one sees the other's row only in a later statement.
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            "INSERT INTO manifests (name) SELECT n FROM unnest($1) AS n ORDER BY n ON CONFLICT (name) DO NOTHING")
        {
            Parameters = { new NpgsqlParameter { Value = names.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text } },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT id, name FROM manifests"));
        await LoadAsync(batch, cancellationToken);
    }

    /// <summary>Reads all names.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT id, name FROM manifests"));
        await LoadAsync(batch, cancellationToken);
    }

    private async Task LoadAsync(NpgsqlBatch batch, CancellationToken cancellationToken)
    {
        var rows = new List<(int Id, string Name)>();
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add((reader.GetInt32(0), reader.GetString(1)));
            }
        }

        // Only what the server has answered to the end is stored.
        foreach (var (id, name) in rows)
        {
            _names[id] = name;
            _ids[name] = id;
        }
    }
}
