using System.CommandLine;
using AkkaParty.Node.Operations;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AkkaParty.Node.Cli.Operators;

/// <summary><c>sharding stats</c>: the shards' homes, summed up by node.</summary>
internal static class ShardingStatsVerb
{
    /// <summary>Builds the verb.</summary>
    public static Command Create(Invocation invocation) => OperatorVerb.Show(
        invocation,
        new Command("stats", "Show how the shards are spread; --json has every shard."),
        (client, _, stop) => client.GetAsync<ShardsView>("sharding/shards", stop),
        Show,
        watchable: true);

    private static Rows Show(ShardsView view)
    {
        var table = OperatorVerb.Table("node", "shards", "should be", "arriving", "departing", "entities", "fullest shard", "waiting");
        var nodes = view.Shards.SelectMany(shard => (string?[])[shard.Owner, shard.Target]).Distinct().Order(StringComparer.Ordinal);
        foreach (var node in nodes)
        {
            var own = view.Shards.Where(shard => shard.Owner == node).ToList();
            table.Row(
                node ?? "(nobody)",
                own.Count,
                view.Shards.Count(shard => shard.Target == node),
                view.Shards.Count(shard => shard.Target == node && shard.Owner != node),
                own.Count(shard => shard.Target != node),
                own.Sum(shard => shard.Entities ?? 0),
                own.Max(shard => shard.Entities),
                own.Sum(shard => shard.Waiting));
        }

        return new Rows((IRenderable)table, new Text(ShardingRegionsVerb.Unreachable(view.Unreachable)));
    }
}
