using System.CommandLine;
using AkkaParty.Node.Operations;
using Spectre.Console;

namespace AkkaParty.Node.Cli.Operators;

/// <summary><c>cluster leave NODE</c>: an orderly end.</summary>
internal static class ClusterLeaveVerb
{
    /// <summary>Builds the verb.</summary>
    public static Command Create(Invocation invocation)
    {
        var node = new Argument<string>("NODE") { Description = "The member's name" };
        return OperatorVerb.Show(
            invocation,
            new Command("leave", "Have a member hand its shards over and stop, as SIGTERM does.") { node },
            (client, parsed, stop) =>
                client.PostAsync<DoneView>(AdminClient.Path("cluster/leave", ("node", parsed.GetRequiredValue(node))), stop),
            answer => new Text(answer.Done + "\n"));
    }
}
