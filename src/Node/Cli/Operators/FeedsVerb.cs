using System.CommandLine;
using AkkaParty.Node.Operations;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AkkaParty.Node.Cli.Operators;

/// <summary><c>feeds</c>: the entities that are followed.</summary>
internal static class FeedsVerb
{
    /// <summary>Builds the verb.</summary>
    public static Command Create(Invocation invocation) => OperatorVerb.Show(
        invocation,
        new Command("feeds", "Show the entities that are followed, the most followed first."),
        (client, _, stop) => client.GetAsync<FeedsView>("feeds", stop),
        Show,
        watchable: true);

    private static Rows Show(FeedsView view)
    {
        var table = OperatorVerb.Table("kind", "id", "node", "seq", "followers");
        foreach (var feed in view.Feeds)
        {
            table.Row(feed.Kind, feed.Id, feed.Node, feed.Seq, feed.Subscriptions);
        }

        return new Rows((IRenderable)table, new Text(ShardingRegionsVerb.Unreachable(view.Unreachable)));
    }
}
