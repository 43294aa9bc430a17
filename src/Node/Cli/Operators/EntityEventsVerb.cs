using System.CommandLine;
using AkkaParty.Node.Operations;

namespace AkkaParty.Node.Cli.Operators;

/// <summary><c>entity events KIND ID</c>: an entity's history.</summary>
internal static class EntityEventsVerb
{
    /// <summary>Builds the verb.</summary>
    public static Command Create(Invocation invocation)
    {
        var kind = new Argument<string>("KIND") { Description = "The kind, such as party" };
        var id = new Argument<string>("ID") { Description = "The entity's id" };
        var from = new Option<long?>("--from") { Description = "The first number to show. Default: 1", HelpName = "N" };
        var count = new Option<int?>("--count") { Description = "How many to show, at most 1,000. Default: 100", HelpName = "N" };
        return OperatorVerb.Show(
            invocation,
            new Command("events", "Show an entity's events in order.") { kind, id, from, count },
            (client, parsed, stop) => client.GetAsync<EntityEvents>(
                AdminClient.Path(
                    "entity/events",
                    ("kind", parsed.GetRequiredValue(kind)),
                    ("id", parsed.GetRequiredValue(id)),
                    ("from", parsed.GetValue(from)),
                    ("count", parsed.GetValue(count))),
                stop),
            view =>
            {
                var table = OperatorVerb.Table("seq", "at", "event", "content");

                // Only the content gives way when the terminal is narrow.
                table.Columns[0].Width = 8;
                table.Columns[1].Width = 20;
                table.Columns[2].Width = view.Events.Select(line => line.Event.Length).Append(0).Max();
                foreach (var line in view.Events)
                {
                    table.Row(line.Seq, line.At.ToString("u"), line.Event, line.Payload.GetRawText());
                }

                return table;
            });
    }
}
