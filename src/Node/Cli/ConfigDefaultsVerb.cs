using System.CommandLine;
using AkkaParty.Node.Configuration;

namespace AkkaParty.Node.Cli;

/// <summary><c>config defaults</c>: a commented file to start from.</summary>
internal static class ConfigDefaultsVerb
{
    /// <summary>Builds the verb.</summary>
    public static Command Create(Invocation invocation)
    {
        var env = new Option<bool>("--env") { Description = "As a .env file instead of appsettings.json" };
        var command = new Command("defaults", "Print every setting with its default and a comment.") { env };
        command.SetAction(async (parsed, _) =>
        {
            await invocation.Output.WriteAsync(parsed.GetValue(env) ? DefaultsText.DotEnv() : DefaultsText.Json());
            return AkkaPartyCommand.Success;
        });
        return command;
    }
}
