using System.CommandLine;
using AkkaParty.Node.Operations;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AkkaParty.Node.Cli.Operators;

/// <summary><c>sharding regions</c>: what each node has in memory, by kind.</summary>
internal static class ShardingRegionsVerb
{
    /// <summary>Builds the verb.</summary>
    public static Command Create(Invocation invocation) => OperatorVerb.Show(
        invocation,
        new Command("regions", "Show what each node has in memory of each kind of entity."),
        (client, _, stop) => client.GetAsync<RegionsView>("sharding/regions", stop),
        Show,
        watchable: true);

    private static Rows Show(RegionsView view)
    {
        var table = OperatorVerb.Table("kind", "node", "shards in use", "entities", "waiting", "followers");
        foreach (var region in view.Regions)
        {
            table.Row(region.Kind, region.Node, region.Shards, region.Entities, region.Waiting, region.Subscriptions);
        }

        return new Rows((IRenderable)table, new Text(Unreachable(view.Unreachable)));
    }

    /// <summary>Names the members whose figures are missing.</summary>
    public static string Unreachable(IReadOnlyList<string> nodes) =>
        nodes.Count == 0 ? "" : $"Did not answer: {string.Join(", ", nodes)}.\n";
}
