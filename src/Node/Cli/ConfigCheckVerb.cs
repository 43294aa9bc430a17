using System.CommandLine;

namespace AkkaParty.Node.Cli;

/// <summary><c>config check</c>: is the configuration right, and what in it is not a default?</summary>
internal static class ConfigCheckVerb
{
    /// <summary>Builds the verb.</summary>
    public static Command Create(Invocation invocation)
    {
        var options = new ServeOptions();
        var command = new Command("check", "Check the configuration; exit code 2 when something is wrong with it.");
        options.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            options.Apply(parsed, invocation.Settings);
            if (await invocation.LoadAsync() is not { } settings)
            {
                return AkkaPartyCommand.Misuse;
            }

            await invocation.Output.WriteLineAsync("Configuration is valid.");
            foreach (var changed in settings.Changed)
            {
                await invocation.Output.WriteLineAsync($"{changed.Option.Key} = {changed.Shown} ({changed.Origin})");
            }

            if (settings.Changed.Count == 0)
            {
                await invocation.Output.WriteLineAsync("All values are defaults.");
            }

            return AkkaPartyCommand.Success;
        });
        return command;
    }
}
