namespace AkkaParty.Node.Configuration;

/// <summary>A value and where a person finds it.</summary>
/// <param name="Value">The text as it was written.</param>
/// <param name="Origin">Such as "environment variable PORT".</param>
internal readonly record struct Setting(string Value, string Origin);

/// <summary>The values of one source. A higher layer's value replaces a lower one's; a list is replaced as a whole.</summary>
internal sealed class SettingLayer
{
    private readonly Dictionary<string, Setting> _settings = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every key that has a value here.</summary>
    public IReadOnlyDictionary<string, Setting> Settings => _settings;

    /// <summary>Sets a value; the last one wins.</summary>
    public void Set(string key, string value, string origin) => _settings[key] = new Setting(value, origin);

    /// <summary>Sets a value unless there is one, or a list's item, already.</summary>
    public void SetIfAbsent(string key, string value, string origin)
    {
        if (!Has(key))
        {
            Set(key, value, origin);
        }
    }

    /// <summary>Whether there is a value for a key or for an item of the list it names.</summary>
    public bool Has(string key) => _settings.ContainsKey(key) || Items(key).Any();

    /// <summary>The items of a list, in the order of their numbers.</summary>
    public IEnumerable<Setting> Items(string key) => _settings
        .Where(setting => IsItemOf(setting.Key, key))
        .OrderBy(setting => int.Parse(setting.Key.AsSpan(key.Length + 1), provider: null))
        .Select(setting => setting.Value);

    /// <summary>Whether a key is a numbered item of a list.</summary>
    public static bool IsItemOf(string key, string list) =>
        key.Length > list.Length + 1
        && key.Length <= list.Length + 5
        && key.StartsWith(list, StringComparison.OrdinalIgnoreCase)
        && key[list.Length] == ':'
        && !key.AsSpan(list.Length + 1).ContainsAnyExceptInRange('0', '9');
}
