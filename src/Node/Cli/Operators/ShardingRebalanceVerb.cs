using System.CommandLine;
using AkkaParty.Node.Operations;
using Spectre.Console;

namespace AkkaParty.Node.Cli.Operators;

/// <summary><c>sharding rebalance</c>: the homes are computed anew.</summary>
internal static class ShardingRebalanceVerb
{
    /// <summary>Builds the verb.</summary>
    public static Command Create(Invocation invocation) => OperatorVerb.Show(
        invocation,
        new Command("rebalance", "Compute anew where each shard should be. Members do that by themselves whenever one comes or goes."),
        (client, _, stop) => client.PostAsync<DoneView>("sharding/rebalance", stop),
        answer => new Text(answer.Done + "\n"));
}
