using System.CommandLine;

namespace AkkaParty.Node.Cli;

/// <summary>The group <c>config</c>.</summary>
internal static class ConfigVerbs
{
    /// <summary>Builds the group.</summary>
    public static Command Create(Invocation invocation) => new("config", "Look at the configuration without starting the server.")
    {
        ConfigCheckVerb.Create(invocation),
        ConfigShowVerb.Create(invocation),
        ConfigDefaultsVerb.Create(invocation),
    };
}
