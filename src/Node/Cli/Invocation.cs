using AkkaParty.Node.Configuration;

namespace AkkaParty.Node.Cli;

/// <summary>What every verb works with.</summary>
/// <param name="Output">Takes what was asked for.</param>
/// <param name="Error">Takes problems.</param>
/// <param name="Settings">Keys set on the command line; options add theirs.</param>
/// <param name="Sources">Where settings are found, given those of the command line.</param>
internal sealed record Invocation(
    TextWriter Output,
    TextWriter Error,
    List<(string Key, string Value, string Origin)> Settings,
    Func<IReadOnlyList<(string Key, string Value, string Origin)>, SettingSources> Sources)
{
    /// <summary>Reads the configuration and reports what is wrong with it.</summary>
    /// <returns>The configuration, or null when it has problems.</returns>
    public async Task<NodeSettings?> LoadAsync()
    {
        var settings = NodeSettings.Load(Sources(Settings));
        foreach (var warning in settings.Warnings)
        {
            await Error.WriteLineAsync("warning: " + warning);
        }

        foreach (var problem in settings.Problems)
        {
            await Error.WriteLineAsync(problem);
        }

        return settings.Problems.Count == 0 ? settings : null;
    }
}
