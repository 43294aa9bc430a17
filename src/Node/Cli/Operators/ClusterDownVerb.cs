using System.CommandLine;
using AkkaParty.Node.Operations;
using Spectre.Console;

namespace AkkaParty.Node.Cli.Operators;

/// <summary><c>cluster down NODE</c>: a member is removed without being asked.</summary>
internal static class ClusterDownVerb
{
    /// <summary>Builds the verb.</summary>
    public static Command Create(Invocation invocation)
    {
        var node = new Argument<string>("NODE") { Description = "The member's name" };
        return OperatorVerb.Show(
            invocation,
            new Command("down", "Remove a member that does not answer any more, without waiting for its lease: the journal keeps it safe.")
            {
                node,
            },
            (client, parsed, stop) =>
                client.PostAsync<DoneView>(AdminClient.Path("cluster/down", ("node", parsed.GetRequiredValue(node))), stop),
            answer => new Text(answer.Done + "\n"));
    }
}
