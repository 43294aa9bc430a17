using System.CommandLine;
using AkkaParty.Node.Operations;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AkkaParty.Node.Cli.Operators;

/// <summary><c>cluster join-info</c>: what a new node needs.</summary>
internal static class ClusterJoinInfoVerb
{
    /// <summary>Builds the verb.</summary>
    public static Command Create(Invocation invocation) => OperatorVerb.Show(
        invocation,
        new Command("join-info", "Show what a new node needs to join."),
        (client, _, stop) => client.GetAsync<JoinInfo>("cluster/join-info", stop),
        Show);

    private static Rows Show(JoinInfo info)
    {
        var table = OperatorVerb.Table("setting", "value");
        foreach (var (name, value) in info.Settings)
        {
            table.Row(name, value);
        }

        return new Rows(
            (IRenderable)new Text($"Everything is in {info.Database}. It must read formats of level {info.FeatureLevel}."),
            new Text($"Members: {string.Join(", ", info.Members)}; their links: {string.Join(", ", info.Addresses)}."),
            table);
    }
}
