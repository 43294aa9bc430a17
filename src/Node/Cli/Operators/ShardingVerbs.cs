using System.CommandLine;

namespace AkkaParty.Node.Cli.Operators;

/// <summary>The group <c>sharding</c>.</summary>
internal static class ShardingVerbs
{
    /// <summary>Builds the group.</summary>
    public static Command Create(Invocation invocation) => new("sharding", "Look at shards and their homes.")
    {
        ShardingRegionsVerb.Create(invocation),
        ShardingStatsVerb.Create(invocation),
        ShardingWhereVerb.Create(invocation),
        ShardingRebalanceVerb.Create(invocation),
    };
}
