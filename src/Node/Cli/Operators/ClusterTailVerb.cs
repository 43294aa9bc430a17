using System.CommandLine;
using System.Globalization;
using AkkaParty.Node.Operations;

namespace AkkaParty.Node.Cli.Operators;

/// <summary><c>cluster tail</c>: what happens to members and shards.</summary>
internal static class ClusterTailVerb
{
    /// <summary>Builds the verb.</summary>
    public static Command Create(Invocation invocation) => OperatorVerb.Tail(
        invocation,
        new Command("tail", "Show what happened to members and shards, as the node asked saw it, and what happens, until Ctrl+C."),
        async (client, _, after, stop) =>
        {
            var events = await client.GetAsync<ClusterEvents>(AdminClient.Path("cluster/events", ("after", after ?? 0)), stop);
            return (events.Events, events.Last);
        },
        happened => string.Create(
            CultureInfo.InvariantCulture, $"{happened.At:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}  {happened.Event,-18}  {happened.Text}"));
}
