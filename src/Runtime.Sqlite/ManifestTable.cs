using System.Collections.Concurrent;

namespace AkkaParty.Runtime.Sqlite;

/// <summary>The names of events and replies that are known to be stored, by number and back.</summary>
internal sealed class ManifestTable
{
    private readonly ConcurrentDictionary<string, long> _ids = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, string> _names = new();

    public bool TryGetId(string name, out long id) => _ids.TryGetValue(name, out id);

    public bool TryGetName(long id, out string? name) => _names.TryGetValue(id, out name);

    /// <summary>Remembers a name that is durable.</summary>
    public void Add(long id, string name)
    {
        _ids[name] = id;
        _names[id] = name;
    }
}
