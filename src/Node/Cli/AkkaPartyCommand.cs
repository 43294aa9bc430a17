using System.CommandLine;
using System.Text.RegularExpressions;
using AkkaParty.Node.Cli.Operators;
using AkkaParty.Node.Configuration;

namespace AkkaParty.Node.Cli;

/// <summary>The command line: the root serves, the verbs look at the configuration.</summary>
internal static partial class AkkaPartyCommand
{
    /// <summary>Everything went as asked.</summary>
    public const int Success = 0;

    /// <summary>The server could not start or failed.</summary>
    public const int Failure = 1;

    /// <summary>The configuration or the command line is wrong.</summary>
    public const int Misuse = 2;

    /// <summary>What was asked for does not exist.</summary>
    public const int NotFound = 3;

    /// <summary>Runs a command line.</summary>
    /// <param name="args">The words after the program's name.</param>
    /// <param name="output">Takes what was asked for.</param>
    /// <param name="error">Takes problems.</param>
    /// <param name="sources">Where settings are found, given those of the command line; a test passes its own.</param>
    /// <param name="serve">Runs the server with a configuration that is valid.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> args,
        TextWriter output,
        TextWriter error,
        Func<IReadOnlyList<(string Key, string Value, string Origin)>, SettingSources> sources,
        Func<NodeSettings, TextWriter, TextWriter, Task<int>> serve)
    {
        var settings = new List<(string Key, string Value, string Origin)>();
        var words = TakeSettings(args, settings);
        var invocation = new Invocation(output, error, settings, sources);
        var root = ServeVerb.Create(invocation, serve);
        foreach (var verb in (Command[])[
            ConfigVerbs.Create(invocation),
            ClusterVerbs.Create(invocation),
            ShardingVerbs.Create(invocation),
            EntityVerbs.Create(invocation),
            FeedsVerb.Create(invocation),
            JournalVerbs.Create(invocation),
            UserVerbs.Create(invocation)])
        {
            root.Subcommands.Add(verb);
        }

        var parsed = root.Parse(words);
        if (parsed.Errors.Count > 0)
        {
            foreach (var problem in parsed.Errors)
            {
                await error.WriteLineAsync(problem.Message);
            }

            await error.WriteLineAsync("'akkaparty --help' shows what can be said.");
            return Misuse;
        }

        return await parsed.InvokeAsync(new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            // The server listens for signals itself and takes the time that is configured; what is watched ends at Ctrl+C.
            ProcessTerminationTimeout = parsed.CommandResult.Command is RootCommand ? null : TimeSpan.FromSeconds(1),
        });
    }

    /// <summary>Takes out <c>--AkkaParty:Key=value</c> and <c>--AkkaParty:Key value</c>: their names are data, not options.</summary>
    private static List<string> TakeSettings(IReadOnlyList<string> args, List<(string Key, string Value, string Origin)> settings)
    {
        var words = new List<string>();
        for (var i = 0; i < args.Count; i++)
        {
            var match = SettingWord().Match(args[i]);
            if (!match.Success)
            {
                words.Add(args[i]);
                continue;
            }

            var key = match.Groups["key"].Value;
            var isFollowed = !match.Groups["value"].Success && i + 1 < args.Count
                && !args[i + 1].StartsWith("--", StringComparison.Ordinal);
            var value = match.Groups["value"].Success ? match.Groups["value"].Value : isFollowed ? args[++i] : "";
            settings.Add((key, value, "command line --" + key));
        }

        return words;
    }

    [GeneratedRegex("^--(?<key>AkkaParty:[^=]+)(=(?<value>.*))?$",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.Singleline,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex SettingWord();
}
