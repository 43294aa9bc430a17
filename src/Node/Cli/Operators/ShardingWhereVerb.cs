using System.CommandLine;
using AkkaParty.Node.Operations;

namespace AkkaParty.Node.Cli.Operators;

/// <summary><c>sharding where KIND ID</c>: the home of an entity.</summary>
internal static class ShardingWhereVerb
{
    /// <summary>Builds the verb.</summary>
    public static Command Create(Invocation invocation)
    {
        var kind = new Argument<string>("KIND") { Description = "The kind, such as party" };
        var id = new Argument<string>("ID") { Description = "The entity's id" };
        return OperatorVerb.Show(
            invocation,
            new Command("where", "Show which node an entity lives on, and whether it is in memory.") { kind, id },
            (client, parsed, stop) => client.GetAsync<WhereView>(
                AdminClient.Path("sharding/where", ("kind", parsed.GetRequiredValue(kind)), ("id", parsed.GetRequiredValue(id))), stop),
            view =>
            {
                var table = OperatorVerb.Table("shard", "home", "should be", "moves", "in memory", "seq", "mail", "followers");
                table.Row(
                    view.Shard,
                    view.Owner ?? "(nobody)",
                    view.Target,
                    view.Epoch,
                    view.InMemory?.Status ?? (view.OwnerAnswers ? "no" : "(no answer)"),
                    view.InMemory?.Seq,
                    view.InMemory?.Mail,
                    view.InMemory?.Subscriptions);
                return table;
            });
    }
}
