namespace AkkaParty.Node.Configuration;

/// <summary>A value that is not the default.</summary>
/// <param name="Option">The value's description.</param>
/// <param name="Shown">The value, masked when it is a secret.</param>
/// <param name="Origin">Where it was set.</param>
internal sealed record ChangedSetting(OptionDescriptor Option, string Shown, string Origin);

/// <summary>The configuration as it was found: checked, and complete when there is no problem.</summary>
/// <param name="Options">The values.</param>
/// <param name="Problems">What is wrong, one line each; with any, nothing may be started.</param>
/// <param name="Warnings">What was set and has no effect, or has one that should be known, one line each.</param>
/// <param name="Changed">The values that are not the defaults.</param>
/// <param name="Others">Settings outside our section, for the web server and its log levels.</param>
internal sealed record NodeSettings(
    NodeOptions Options,
    IReadOnlyList<string> Problems,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<ChangedSetting> Changed,
    IReadOnlyDictionary<string, string?> Others)
{
    private const string SectionPrefix = NodeOptions.Section + ":";

    /// <summary>Reads and checks all sources.</summary>
    public static NodeSettings Load(SettingSources sources)
    {
        var problems = new List<string>();
        var warnings = new List<string>();
        var layers = sources.Read(problems, warnings);
        var options = new NodeOptions();
        var changed = new List<ChangedSetting>();
        foreach (var layer in layers)
        {
            problems.AddRange(layer.Settings
                .Select(setting => UnknownKey(setting.Key, setting.Value))
                .OfType<string>()
                .Order(StringComparer.Ordinal));
        }

        foreach (var option in OptionCatalogue.All)
        {
            if (layers.FirstOrDefault(layer => layer.Has(option.Key)) is not { } layer)
            {
                continue;
            }

            var before = option.Show(options);
            var origin = SettingBinder.Bind(option, layer, options, problems);
            if (option.Show(options) != before)
            {
                changed.Add(new ChangedSetting(option, option.Show(options), origin));
            }
        }

        problems.AddRange(CrossChecks.Problems(options));
        warnings.AddRange(CrossChecks.Warnings(options));
        if (ClusterSecret.ReadFile(options.Cluster) is { } unreadable)
        {
            problems.Add(unreadable);
        }

        return new NodeSettings(options, problems, warnings, changed, OthersOf(layers));
    }

    private static Dictionary<string, string?> OthersOf(IReadOnlyList<SettingLayer> layers)
    {
        var others = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, setting) in layers.Reverse().SelectMany(layer => layer.Settings))
        {
            if (!key.StartsWith(SectionPrefix, StringComparison.OrdinalIgnoreCase))
            {
                others[key] = setting.Value;
            }
        }

        return others;
    }

    private static string? UnknownKey(string key, Setting setting)
    {
        if (!key.StartsWith(SectionPrefix, StringComparison.OrdinalIgnoreCase)
            && !key.Equals(NodeOptions.Section, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        foreach (var option in OptionCatalogue.All)
        {
            if (key.Equals(option.Key, StringComparison.OrdinalIgnoreCase) || (option.IsList && SettingLayer.IsItemOf(key, option.Key)))
            {
                return null;
            }
        }

        var nearest = Suggestion.Nearest(key, [.. OptionCatalogue.All.Select(option => option.Key)]);
        return $"{key} ({setting.Origin}) is not a known key{(nearest is null ? "." : $"; did you mean {nearest}?")}";
    }
}
