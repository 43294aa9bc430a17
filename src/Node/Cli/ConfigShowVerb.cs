using System.CommandLine;
using AkkaParty.Node.Configuration;

namespace AkkaParty.Node.Cli;

/// <summary><c>config show</c>: every value in force.</summary>
internal static class ConfigShowVerb
{
    /// <summary>Builds the verb.</summary>
    public static Command Create(Invocation invocation)
    {
        var options = new ServeOptions();
        var command = new Command("show", "Print every setting in force; secrets are masked.");
        options.AddTo(command);
        command.SetAction(async (parsed, _) =>
        {
            options.Apply(parsed, invocation.Settings);
            if (await invocation.LoadAsync() is not { } settings)
            {
                return AkkaPartyCommand.Misuse;
            }

            foreach (var option in OptionCatalogue.All)
            {
                await invocation.Output.WriteLineAsync($"{option.Key} = {option.Show(settings.Options)}");
            }

            return AkkaPartyCommand.Success;
        });
        return command;
    }
}
