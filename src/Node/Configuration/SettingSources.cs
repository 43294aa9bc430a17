using System.Collections;

namespace AkkaParty.Node.Configuration;

/// <summary>Where settings are looked for.</summary>
/// <param name="InstalledDirectory">The folder of the program, whose appsettings.json holds the defaults.</param>
/// <param name="WorkingDirectory">The folder whose appsettings.json and .env are read.</param>
/// <param name="Environment">The environment variables.</param>
/// <param name="CommandLine">Keys and values of the command line, each with the words that set it.</param>
internal sealed record SettingSources(
    string InstalledDirectory,
    string WorkingDirectory,
    IReadOnlyDictionary<string, string> Environment,
    IReadOnlyList<(string Key, string Value, string Origin)> CommandLine)
{
    private const string FileName = "appsettings.json";

    /// <summary>The sources of this process.</summary>
    public static SettingSources OfThisProcess(IReadOnlyList<(string Key, string Value, string Origin)> commandLine)
    {
        var environment = System.Environment.GetEnvironmentVariables()
            .Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);
        return new SettingSources(AppContext.BaseDirectory, Directory.GetCurrentDirectory(), environment, commandLine);
    }

    /// <summary>Reads all sources.</summary>
    /// <param name="problems">Takes one line per problem.</param>
    /// <param name="warnings">Takes one line per setting that has no effect.</param>
    /// <returns>The layers, the highest first.</returns>
    public IReadOnlyList<SettingLayer> Read(ICollection<string> problems, ICollection<string> warnings)
    {
        var commandLine = new SettingLayer();
        foreach (var (key, value, origin) in CommandLine)
        {
            commandLine.Set(key, value, origin);
        }

        var environment = FromVariables(
            [.. Environment.Select(entry => (entry.Key, entry.Value))],
            "environment variable ", problems, warnings);
        var layers = new List<SettingLayer> { commandLine, environment };
        var dotEnv = Path.Combine(WorkingDirectory, ".env");
        if (File.Exists(dotEnv) && ReadText(dotEnv, problems) is { } text)
        {
            layers.Add(FromVariables(DotEnvFile.Parse(text, problems), ".env: ", problems, warnings));
        }

        var installed = Path.GetFullPath(Path.Combine(InstalledDirectory, FileName));
        var local = Path.GetFullPath(Path.Combine(WorkingDirectory, FileName));
        if (local != installed)
        {
            AddJson(layers, local, problems);
        }

        AddJson(layers, installed, problems);
        return layers;
    }

    private static void AddJson(List<SettingLayer> layers, string path, ICollection<string> problems)
    {
        if (!File.Exists(path))
        {
            return;
        }

        var layer = new SettingLayer();
        try
        {
            var configuration = new ConfigurationBuilder().AddJsonFile(path, optional: false, reloadOnChange: false).Build();
            foreach (var (key, value) in configuration.AsEnumerable())
            {
                // A section has no value of its own; an empty list has an empty one.
                if (value is not null)
                {
                    layer.Set(key, value, path);
                }
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            var reason = (exception.InnerException?.InnerException ?? exception.InnerException ?? exception).Message;
            problems.Add($"{path} cannot be read: {reason.ReplaceLineEndings(" ")}");
        }

        layers.Add(layer);
    }

    private static string? ReadText(string path, ICollection<string> problems)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add($"{path} cannot be read: {exception.Message.ReplaceLineEndings(" ")}");
            return null;
        }
    }

    /// <summary>Our own names first, then the aliases. An empty value counts as not set: compose files pass those on.</summary>
    private static SettingLayer FromVariables(
        IReadOnlyList<(string Name, string Value)> variables,
        string origin,
        ICollection<string> problems,
        ICollection<string> warnings)
    {
        var layer = new SettingLayer();
        foreach (var (name, value) in variables)
        {
            if (name.Contains("__", StringComparison.Ordinal) && value.Length > 0)
            {
                layer.Set(name.Replace("__", ":", StringComparison.Ordinal), value, origin + name);
            }
            else if (name.StartsWith("AkkaParty_", StringComparison.OrdinalIgnoreCase) && value.Length > 0)
            {
                problems.Add($"{origin}{name} is not known: names of this section begin with AkkaParty__ (two underscores).");
            }
        }

        // The last line of a file wins, and names of the environment have no order.
        var byName = variables
            .GroupBy(variable => variable.Name)
            .ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal);
        foreach (var alias in Aliases.Known)
        {
            var listensAlready = alias.Name == "ASPNETCORE_HTTP_PORTS" && layer.Has("AkkaParty:Port");
            if (!listensAlready && byName.GetValueOrDefault(alias.Name) is { Length: > 0 } value)
            {
                layer.SetIfAbsent(alias.Key, alias.Translate(value), origin + alias.Name);
            }
        }

        foreach (var unsupported in Aliases.NotHere)
        {
            if (byName.GetValueOrDefault(unsupported.Name) is { Length: > 0 })
            {
                warnings.Add($"{origin}{unsupported.Name} is set, but {unsupported.Message}");
            }
        }

        return layer;
    }
}
